// SPDX-License-Identifier: Apache-2.0
#include "SearchCriteria.h"

#include <QHash>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr int deepest = 20;

std::optional<Comparison> comparisonOf(const QString &word)
{
    static const QHash<QString, Comparison> words{
        {u"equals"_qs, Comparison::Equals},          {u"not_equal"_qs, Comparison::NotEqual},
        {u"starts_with"_qs, Comparison::StartsWith}, {u"in"_qs, Comparison::In},
        {u"greater_than"_qs, Comparison::Greater},   {u"greater_equal"_qs, Comparison::GreaterEqual},
        {u"less_than"_qs, Comparison::Less},         {u"less_equal"_qs, Comparison::LessEqual},
        {u"between"_qs, Comparison::Between}};
    const auto found = words.constFind(word);
    return found == words.cend() ? std::nullopt : std::optional(*found);
}

class Parser
{
public:
    explicit Parser(const QString &text) : m_text(text) {}

    std::optional<RecordFilter> whole()
    {
        auto filter = m_text.startsWith(u'(') ? group(0) : condition();
        if (filter && m_at < m_text.size()) { // "(a)and(b)" without the outer brackets
            m_at = 0;
            filter = sequence(0, false);
        }
        return filter && m_at == m_text.size() ? filter : std::nullopt;
    }

private:
    std::optional<RecordFilter> group(int depth)
    {
        if (depth > deepest || !take(u'('))
            return std::nullopt;
        auto inner = peek() == u'(' ? sequence(depth + 1, true) : condition();
        return inner && take(u')') ? inner : std::nullopt;
    }

    std::optional<RecordFilter> sequence(int depth, bool bracketed)
    {
        std::vector<RecordFilter> parts;
        std::optional<RecordFilter::Kind> kind;
        while (true) {
            auto part = group(depth);
            if (!part)
                return std::nullopt;
            parts.push_back(std::move(*part));
            if (m_at >= m_text.size() || (bracketed && peek() == u')'))
                break;
            const auto next = connective();
            if (!next || (kind && *kind != *next)) // mixed without brackets: ambiguous
                return std::nullopt;
            kind = next;
        }
        if (!kind)
            return std::move(parts.front());
        return RecordFilter::combine(*kind, std::move(parts));
    }

    std::optional<RecordFilter::Kind> connective()
    {
        for (const auto &[word, kind] : {std::pair(u"and"_qs, RecordFilter::Kind::And), {u"or"_qs, RecordFilter::Kind::Or}}) {
            if (QStringView(m_text).mid(m_at).trimmed().startsWith(word, Qt::CaseInsensitive)) {
                m_at = m_text.indexOf(word, m_at, Qt::CaseInsensitive) + word.size();
                while (peek() == u' ')
                    ++m_at;
                return kind;
            }
        }
        return std::nullopt;
    }

    std::optional<RecordFilter> condition()
    {
        const QString field = until(u':');
        if (field.isEmpty() || !take(u':'))
            return std::nullopt;
        const auto comparison = comparisonOf(until(u':'));
        if (!comparison || !take(u':'))
            return std::nullopt;
        QStringList values{QString()};
        const bool several = comparison == Comparison::In || comparison == Comparison::Between;
        while (m_at < m_text.size() && peek() != u')' && peek() != u'(') {
            if (peek() == u'\\' && m_at + 1 < m_text.size())
                ++m_at;
            else if (peek() == u',' && !several) // of a text it stands behind a backslash
                return std::nullopt;
            else if (peek() == u',') {
                values.append(QString());
                ++m_at;
                continue;
            }
            values.last() += m_text.at(m_at++);
        }
        if (comparison == Comparison::Between && values.size() != 2)
            return std::nullopt;
        return RecordFilter::condition(field, *comparison, values);
    }

    QString until(QChar end)
    {
        QString word;
        while (m_at < m_text.size() && peek() != end && peek() != u'(' && peek() != u')')
            word += m_text.at(m_at++);
        return word.trimmed();
    }

    QChar peek() const { return m_at < m_text.size() ? m_text.at(m_at) : QChar(); }

    bool take(QChar letter)
    {
        if (peek() != letter)
            return false;
        ++m_at;
        return true;
    }

    QString m_text;
    qsizetype m_at = 0;
};

} // namespace

std::optional<RecordFilter> SearchCriteria::parse(const QString &text)
{
    return Parser(text.trimmed()).whole();
}

} // namespace ringside::sandbox
