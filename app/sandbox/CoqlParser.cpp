// SPDX-License-Identifier: Apache-2.0
#include "CoqlParser.h"

#include <QHash>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr int deepest = 30;
constexpr qsizetype nearLength = 20;

bool isKeyword(const QString &word)
{
    static const QStringList keywords{u"select"_qs, u"from"_qs,    u"where"_qs, u"group"_qs, u"order"_qs, u"by"_qs,
                                      u"limit"_qs,  u"offset"_qs,  u"and"_qs,   u"or"_qs,    u"not"_qs,   u"in"_qs,
                                      u"like"_qs,   u"between"_qs, u"is"_qs,    u"null"_qs,  u"as"_qs};
    return keywords.contains(word, Qt::CaseInsensitive);
}

bool isFunction(const QString &word)
{
    static const QStringList functions{u"COUNT"_qs, u"SUM"_qs, u"MIN"_qs, u"MAX"_qs, u"AVG"_qs};
    return functions.contains(word, Qt::CaseInsensitive);
}

} // namespace

QJsonObject CoqlError::details() const
{
    if (!op.isEmpty())
        return {{"operator"_L1, op}, {"near"_L1, near}};
    if (!clause.isEmpty())
        return {{"clause"_L1, clause}};
    return {{"line"_L1, line}, {"column"_L1, column}, {"near"_L1, near}};
}

CoqlOutcome CoqlParser::parse(const QString &query)
{
    return CoqlParser(query).whole();
}

CoqlParser::CoqlParser(const QString &query) : m_text(query), m_tokens(CoqlLexer::tokens(query)) {}

bool CoqlParser::fail(const QString &clause, const QString &op)
{
    if (m_error) // the first is the cause
        return false;
    CoqlError error;
    error.clause = clause;
    error.op = op;
    error.at = std::min(current().at, m_text.size());
    error.near = m_text.mid(error.at, nearLength);
    const QStringView before = QStringView(m_text).left(error.at);
    error.line = static_cast<int>(before.count(u'\n')) + 1;
    error.column = static_cast<int>(error.at - (before.lastIndexOf(u'\n') + 1)) + 1;
    m_error = error;
    return false;
}

CoqlOutcome CoqlParser::whole()
{
    const auto refuse = [this] {
        fail();
        return CoqlOutcome{std::nullopt, *m_error};
    };
    if (!word("select"_L1))
        fail(u"select"_qs);
    if (m_error || !columns())
        return refuse();
    if (!word("from"_L1) || !name(&m_query.module))
        fail(current().kind == CoqlToken::Kind::Word && !isKeyword(current().text) ? QString() : u"from"_qs);
    if (!m_error && !word("where"_L1))
        fail(u"where"_qs);
    if (m_error)
        return refuse();
    auto filter = expression(0);
    if (!filter)
        return refuse();
    m_query.filter = std::move(*filter);
    if ((word("group"_L1) && !groups()) || (word("order"_L1) && !orders()) || (word("limit"_L1) && !limits()) ||
        current().kind != CoqlToken::Kind::End)
        return refuse();
    return {std::move(m_query), {}};
}

bool CoqlParser::word(QLatin1String expected)
{
    if (current().kind != CoqlToken::Kind::Word || current().text.compare(expected, Qt::CaseInsensitive) != 0)
        return false;
    ++m_at;
    return true;
}

bool CoqlParser::symbol(QLatin1String expected)
{
    if (current().kind != CoqlToken::Kind::Symbol || current().text != expected)
        return false;
    ++m_at;
    return true;
}

bool CoqlParser::name(QString *into)
{
    if (current().kind != CoqlToken::Kind::Word || isKeyword(current().text))
        return false;
    *into = m_tokens[m_at++].text;
    return true;
}

bool CoqlParser::columns()
{
    do {
        if (!column())
            return fail();
    } while (symbol(","_L1));
    return true;
}

bool CoqlParser::column()
{
    CoqlColumn column;
    if (!name(&column.field))
        return false;
    if (isFunction(column.field) && symbol("("_L1)) {
        column.function = column.field.toUpper();
        const bool all = column.function == "COUNT"_L1 && symbol("*"_L1);
        if (all)
            column.field = u"*"_qs;
        if ((!all && !name(&column.field)) || !symbol(")"_L1))
            return false;
    }
    if (word("as"_L1) && !name(&column.alias))
        return false;
    m_query.columns.push_back(column);
    return true;
}

bool CoqlParser::groups()
{
    if (!word("by"_L1))
        return fail(u"group by"_qs);
    do {
        QString field;
        if (!name(&field))
            return fail(u"group by"_qs);
        m_query.groupBy.append(field);
    } while (symbol(","_L1));
    return true;
}

bool CoqlParser::orders()
{
    if (!word("by"_L1))
        return fail(u"order by"_qs);
    do {
        CoqlOrder order;
        if (!name(&order.field))
            return fail(u"order by"_qs);
        order.descending = word("desc"_L1);
        if (!order.descending)
            word("asc"_L1);
        m_query.orders.push_back(order);
    } while (symbol(","_L1));
    return true;
}

bool CoqlParser::wholeNumber(qsizetype *into)
{
    bool good = false;
    const qlonglong number = current().text.toLongLong(&good);
    if (current().kind != CoqlToken::Kind::Number || !good || number < 0)
        return fail(u"limit"_qs);
    *into = number;
    ++m_at;
    return true;
}

bool CoqlParser::limits()
{
    // `limit count`, `limit offset, count` or `limit count offset offset`
    qsizetype first = 0;
    if (!wholeNumber(&first))
        return false;
    m_query.limit = first;
    if (symbol(","_L1)) {
        m_query.offset = first;
        return wholeNumber(&m_query.limit);
    }
    return !word("offset"_L1) || wholeNumber(&m_query.offset);
}

std::optional<RecordFilter> CoqlParser::expression(int depth)
{
    auto left = operand(depth);
    if (!left)
        return std::nullopt;
    const bool conjunction = word("and"_L1);
    if (!conjunction && !word("or"_L1))
        return left;
    auto right = operand(depth); // a third part needs brackets of its own: it is left over and refused
    if (!right)
        return std::nullopt;
    return RecordFilter::combine(conjunction ? RecordFilter::Kind::And : RecordFilter::Kind::Or,
                                 {std::move(*left), std::move(*right)});
}

std::optional<RecordFilter> CoqlParser::operand(int depth)
{
    if (depth > deepest) {
        fail();
        return std::nullopt;
    }
    if (!symbol("("_L1))
        return condition();
    auto inner = expression(depth + 1);
    if (inner && symbol(")"_L1))
        return inner;
    fail();
    return std::nullopt;
}

std::optional<RecordFilter> CoqlParser::condition()
{
    const auto bad = [this](const QString &op = {}) {
        fail({}, op);
        return std::nullopt;
    };
    QString field;
    if (!name(&field))
        return bad();
    QStringList values;
    if (word("is"_L1)) {
        const bool negated = word("not"_L1);
        if (!word("null"_L1))
            return bad(u"is"_qs);
        return RecordFilter::condition(field, negated ? Comparison::IsNotNull : Comparison::IsNull, {});
    }
    if (word("between"_L1)) {
        if (!value(&values) || !word("and"_L1) || !value(&values))
            return bad(u"between"_qs);
        return RecordFilter::condition(field, Comparison::Between, values);
    }
    const bool negated = word("not"_L1);
    if (word("in"_L1))
        return listCondition(field, negated ? Comparison::NotIn : Comparison::In);
    if (word("like"_L1)) {
        if (!value(&values))
            return bad(u"like"_qs);
        return RecordFilter::condition(field, negated ? Comparison::NotLike : Comparison::Like, values);
    }
    const auto comparison = negated ? std::nullopt : symbolOperator();
    if (!comparison)
        return bad(current().kind == CoqlToken::Kind::Word ? current().text : QString());
    if (!value(&values))
        return bad();
    return RecordFilter::condition(field, *comparison, values);
}

std::optional<RecordFilter> CoqlParser::listCondition(const QString &field, Comparison comparison)
{
    QStringList values;
    bool good = symbol("("_L1);
    while (good && value(&values)) {
        if (symbol(")"_L1))
            return RecordFilter::condition(field, comparison, values);
        good = symbol(","_L1);
    }
    fail({}, u"in"_qs);
    return std::nullopt;
}

std::optional<Comparison> CoqlParser::symbolOperator()
{
    static const QHash<QString, Comparison> symbols{
        {u"="_qs, Comparison::Equals},    {u"!="_qs, Comparison::NotEqual},     {u"<>"_qs, Comparison::NotEqual},
        {u">"_qs, Comparison::Greater},   {u">="_qs, Comparison::GreaterEqual}, {u"<"_qs, Comparison::Less},
        {u"<="_qs, Comparison::LessEqual}};
    const auto found = symbols.constFind(current().text);
    if (current().kind != CoqlToken::Kind::Symbol || found == symbols.cend())
        return std::nullopt;
    ++m_at;
    return *found;
}

bool CoqlParser::value(QStringList *into)
{
    const CoqlToken &token = current();
    const bool truth =
        token.kind == CoqlToken::Kind::Word && (token.text.compare("true"_L1, Qt::CaseInsensitive) == 0 ||
                                                token.text.compare("false"_L1, Qt::CaseInsensitive) == 0);
    if (token.kind != CoqlToken::Kind::Text && token.kind != CoqlToken::Kind::Number && !truth)
        return false;
    into->append(truth ? token.text.toLower() : token.text);
    ++m_at;
    return true;
}

} // namespace ringside::sandbox
