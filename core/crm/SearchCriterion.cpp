// SPDX-License-Identifier: Apache-2.0
#include "SearchCriterion.h"

namespace ringside {

namespace {

QString escaped(const QString &value)
{
    QString out;
    for (const QChar c : value) {
        if (c == u'(' || c == u')' || c == u',' || c == u'\\')
            out.append(u'\\');
        out.append(c);
    }
    return out;
}

} // namespace

SearchCriterion SearchCriterion::comparison(const QString &field, const QString &comparator, const QStringList &values)
{
    QStringList parts;
    for (const QString &value : values)
        parts.append(escaped(value));
    return {QStringLiteral("(%1:%2:").arg(field, comparator) + parts.join(QLatin1Char(',')) + QLatin1Char(')'), 1};
}

SearchCriterion SearchCriterion::joined(const SearchCriterion &left, const QString &word, const SearchCriterion &right)
{
    return {QLatin1Char('(') + left.m_text + word + right.m_text + QLatin1Char(')'),
            left.m_conditions + right.m_conditions};
}

SearchCriterion SearchCriterion::equals(const QString &field, const QString &value)
{
    return comparison(field, QStringLiteral("equals"), {value});
}

SearchCriterion SearchCriterion::startsWith(const QString &field, const QString &value)
{
    return comparison(field, QStringLiteral("starts_with"), {value});
}

SearchCriterion SearchCriterion::oneOf(const QString &field, const QStringList &values)
{
    constexpr qsizetype mostValues = 100;
    return comparison(field, QStringLiteral("in"), values.mid(0, mostValues));
}

SearchCriterion SearchCriterion::between(const QString &field, const QString &from, const QString &to)
{
    return comparison(field, QStringLiteral("between"), {from, to});
}

SearchCriterion operator&&(const SearchCriterion &left, const SearchCriterion &right)
{
    return SearchCriterion::joined(left, QStringLiteral("and"), right);
}

SearchCriterion operator||(const SearchCriterion &left, const SearchCriterion &right)
{
    return SearchCriterion::joined(left, QStringLiteral("or"), right);
}

} // namespace ringside
