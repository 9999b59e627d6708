// SPDX-License-Identifier: Apache-2.0
#include "CoqlQuery.h"

#include <QHash>
#include <QRegularExpression>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr int deepest = 30;

struct Token
{
    enum class Kind { Word, Text, Symbol, End };
    Kind kind = Kind::End;
    QString text;
};

std::optional<std::vector<Token>> tokenize(const QString &text, QString *near)
{
    static const QRegularExpression pattern(
        uR"(\s*(?:(?<text>'(?:[^'\\]|''|\\.)*')|(?<word>[A-Za-z0-9_.$+:\-]+)|(?<symbol>!=|<>|>=|<=|[=<>(),]))\s*)"_qs);
    std::vector<Token> tokens;
    qsizetype at = 0;
    while (at < text.size()) {
        const auto match = pattern.match(text, at, QRegularExpression::NormalMatch,
                                         QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch()) {
            *near = text.mid(at, 20);
            return std::nullopt;
        }
        if (const QString literal = match.captured(u"text"_qs); !literal.isEmpty()) {
            QString value = literal.mid(1, literal.size() - 2);
            value.replace(u"''"_qs, u"'"_qs).replace(u"\\'"_qs, u"'"_qs);
            tokens.push_back({Token::Kind::Text, value});
        } else if (const QString word = match.captured(u"word"_qs); !word.isEmpty()) {
            tokens.push_back({Token::Kind::Word, word});
        } else {
            tokens.push_back({Token::Kind::Symbol, match.captured(u"symbol"_qs)});
        }
        at = match.capturedEnd();
    }
    tokens.push_back({});
    return tokens;
}

class Parser
{
public:
    explicit Parser(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}

    std::optional<CoqlQuery> whole()
    {
        CoqlQuery query;
        if (!word(u"select"_qs) || !columns(&query) || !word(u"from"_qs) || !name(&query.module) || !word(u"where"_qs))
            return std::nullopt;
        auto filter = expression(0);
        if (!filter)
            return std::nullopt;
        query.filter = std::move(*filter);
        if (word(u"order"_qs)) {
            if (!word(u"by"_qs) || !name(&query.orderBy))
                return std::nullopt;
            query.descending = word(u"desc"_qs);
            if (!query.descending)
                word(u"asc"_qs);
        }
        if (word(u"limit"_qs) && !limits(&query))
            return std::nullopt;
        return current().kind == Token::Kind::End ? std::optional(std::move(query)) : std::nullopt;
    }

    QString near() const { return current().text; }

private:
    const Token &current() const { return m_tokens[m_at]; }

    bool word(const QString &expected)
    {
        if (current().kind != Token::Kind::Word || current().text.compare(expected, Qt::CaseInsensitive) != 0)
            return false;
        ++m_at;
        return true;
    }

    bool symbol(const QString &expected)
    {
        if (current().kind != Token::Kind::Symbol || current().text != expected)
            return false;
        ++m_at;
        return true;
    }

    bool name(QString *into)
    {
        if (current().kind != Token::Kind::Word)
            return false;
        *into = m_tokens[m_at++].text;
        return true;
    }

    bool columns(CoqlQuery *query)
    {
        do {
            QString column;
            if (!name(&column))
                return false;
            query->columns.append(column);
        } while (symbol(u","_qs));
        return true;
    }

    std::optional<RecordFilter> expression(int depth)
    {
        auto left = operand(depth);
        if (!left)
            return std::nullopt;
        const bool conjunction = word(u"and"_qs);
        if (!conjunction && !word(u"or"_qs))
            return left;
        auto right = operand(depth); // a third part needs brackets of its own: it is left over and refused
        if (!right)
            return std::nullopt;
        return RecordFilter::combine(conjunction ? RecordFilter::Kind::And : RecordFilter::Kind::Or,
                                     {std::move(*left), std::move(*right)});
    }

    std::optional<RecordFilter> operand(int depth)
    {
        if (depth > deepest)
            return std::nullopt;
        if (!symbol(u"("_qs))
            return condition();
        auto inner = expression(depth + 1);
        return inner && symbol(u")"_qs) ? std::move(inner) : std::nullopt;
    }

    std::optional<RecordFilter> condition()
    {
        QString field;
        if (!name(&field))
            return std::nullopt;
        if (word(u"is"_qs)) {
            const bool negated = word(u"not"_qs);
            if (!word(u"null"_qs))
                return std::nullopt;
            return RecordFilter::condition(field, negated ? Comparison::IsNotNull : Comparison::IsNull, {});
        }
        if (word(u"between"_qs)) {
            QStringList bounds;
            if (!value(&bounds) || !word(u"and"_qs) || !value(&bounds))
                return std::nullopt;
            return RecordFilter::condition(field, Comparison::Between, bounds);
        }
        const bool negated = word(u"not"_qs);
        if (word(u"in"_qs))
            return list(field, negated ? Comparison::NotIn : Comparison::In);
        QStringList values;
        if (word(u"like"_qs))
            return value(&values) ? std::optional(RecordFilter::condition(
                                        field, negated ? Comparison::NotLike : Comparison::Like, values))
                                  : std::nullopt;
        const auto comparison = negated ? std::nullopt : operatorSymbol();
        if (!comparison || !value(&values))
            return std::nullopt;
        return RecordFilter::condition(field, *comparison, values);
    }

    std::optional<RecordFilter> list(const QString &field, Comparison comparison)
    {
        QStringList values;
        if (!symbol(u"("_qs))
            return std::nullopt;
        do {
            if (!value(&values))
                return std::nullopt;
        } while (symbol(u","_qs));
        return symbol(u")"_qs) ? std::optional(RecordFilter::condition(field, comparison, values)) : std::nullopt;
    }

    std::optional<Comparison> operatorSymbol()
    {
        static const QHash<QString, Comparison> symbols{
            {u"="_qs, Comparison::Equals},  {u"!="_qs, Comparison::NotEqual},      {u"<>"_qs, Comparison::NotEqual},
            {u">"_qs, Comparison::Greater}, {u">="_qs, Comparison::GreaterEqual},  {u"<"_qs, Comparison::Less},
            {u"<="_qs, Comparison::LessEqual}};
        const auto found = symbols.constFind(current().text);
        if (current().kind != Token::Kind::Symbol || found == symbols.cend())
            return std::nullopt;
        ++m_at;
        return *found;
    }

    bool value(QStringList *into)
    {
        if (current().kind != Token::Kind::Text && current().kind != Token::Kind::Word)
            return false;
        into->append(m_tokens[m_at++].text);
        return true;
    }

    bool limits(CoqlQuery *query)
    {
        QStringList numbers;
        if (!value(&numbers))
            return false;
        const bool comma = symbol(u","_qs);
        const bool offsetWord = !comma && word(u"offset"_qs);
        if ((comma || offsetWord) && !value(&numbers))
            return false;
        bool good = true;
        bool goodToo = true;
        const qlonglong first = numbers.at(0).toLongLong(&good);
        const qlonglong second = numbers.size() > 1 ? numbers.at(1).toLongLong(&goodToo) : 0;
        query->limit = comma ? second : first;
        query->offset = comma ? first : second;
        return good && goodToo && query->limit >= 0 && query->offset >= 0;
    }

    std::vector<Token> m_tokens;
    size_t m_at = 0;
};

} // namespace

std::optional<CoqlQuery> CoqlQuery::parse(const QString &text, QString *near)
{
    auto tokens = tokenize(text, near);
    if (!tokens)
        return std::nullopt;
    Parser parser(std::move(*tokens));
    auto query = parser.whole();
    if (!query)
        *near = parser.near();
    return query;
}

} // namespace ringside::sandbox
