// SPDX-License-Identifier: Apache-2.0
#include "RecordFilter.h"

#include <QDateTime>
#include <QJsonObject>
#include <QRegularExpression>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

bool isLookup(const QString &type)
{
    return type == "lookup"_L1 || type == "ownerlookup"_L1;
}

bool isNumber(const QString &type)
{
    return type == "integer"_L1 || type == "currency"_L1 || type == "double"_L1;
}

QString plain(const QJsonValue &value, const QString &type)
{
    if (isLookup(type))
        return value.toObject().value("id"_L1).toString();
    if (value.isBool())
        return value.toBool() ? u"true"_qs : u"false"_qs;
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 15) : value.toString();
}

int orderText(const QString &left, const QString &right, const QString &type)
{
    if (isNumber(type)) {
        const double a = left.toDouble();
        const double b = right.toDouble();
        return a < b ? -1 : (a > b ? 1 : 0);
    }
    if (type == "datetime"_L1) {
        const QDateTime a = QDateTime::fromString(left, Qt::ISODate);
        const QDateTime b = QDateTime::fromString(right, Qt::ISODate);
        return a < b ? -1 : (a > b ? 1 : 0);
    }
    return left.compare(right, Qt::CaseInsensitive);
}

bool isEmpty(const QJsonValue &value, const QString &type)
{
    return value.isNull() || value.isUndefined() || plain(value, type).isEmpty();
}

bool equals(const TypedValue &actual, const QString &wanted)
{
    if (wanted == "${EMPTY}"_L1)
        return isEmpty(actual.value, actual.type);
    if (isEmpty(actual.value, actual.type))
        return wanted.isEmpty();
    if (isLookup(actual.type) && actual.value.toObject().value("name"_L1).toString().compare(wanted, Qt::CaseInsensitive) == 0)
        return true;
    return orderText(plain(actual.value, actual.type), wanted, actual.type) == 0;
}

QString searchable(const TypedValue &actual)
{
    return isLookup(actual.type) ? actual.value.toObject().value("name"_L1).toString() : plain(actual.value, actual.type);
}

bool hasWords(const QString &text, const QString &wanted)
{
    static const QRegularExpression between(u"[^\\p{L}\\p{N}]+"_qs);
    const QStringList there = text.toCaseFolded().split(between, Qt::SkipEmptyParts);
    const QStringList words = wanted.toCaseFolded().split(between, Qt::SkipEmptyParts);
    return !words.isEmpty() &&
           std::all_of(words.begin(), words.end(), [&](const QString &word) { return there.contains(word); });
}

/// `%` stands for any text. From left to right, each part at its first place; only the last must fit at the end.
bool like(const QString &text, const QString &pattern)
{
    const QStringList parts = pattern.split(u'%');
    if (parts.size() == 1)
        return text.compare(pattern, Qt::CaseInsensitive) == 0;
    const QString &last = parts.last();
    if (text.size() < parts.first().size() + last.size() || !text.startsWith(parts.first(), Qt::CaseInsensitive)
        || !text.endsWith(last, Qt::CaseInsensitive))
        return false;
    qsizetype at = parts.first().size();
    for (qsizetype i = 1; i + 1 < parts.size(); ++i) {
        const qsizetype found = text.indexOf(parts.at(i), at, Qt::CaseInsensitive);
        if (found < 0)
            return false;
        at = found + parts.at(i).size();
    }
    return at + last.size() <= text.size();
}

} // namespace

RecordFilter RecordFilter::condition(QString field, Comparison comparison, QStringList values)
{
    RecordFilter filter;
    filter.m_field = std::move(field);
    filter.m_comparison = comparison;
    filter.m_values = std::move(values);
    return filter;
}

RecordFilter RecordFilter::combine(Kind kind, std::vector<RecordFilter> parts)
{
    RecordFilter filter;
    filter.m_kind = kind;
    filter.m_parts = std::move(parts);
    return filter;
}

bool RecordFilter::matches(const Lookup &lookup) const
{
    const auto holds = [&](const RecordFilter &part) { return part.matches(lookup); };
    switch (m_kind) {
    case Kind::And:
        return std::all_of(m_parts.begin(), m_parts.end(), holds);
    case Kind::Or:
        return std::any_of(m_parts.begin(), m_parts.end(), holds);
    case Kind::Condition:
        break;
    }
    return compare(lookup(m_field), m_comparison, m_values);
}

QStringList RecordFilter::fields() const
{
    if (m_kind == Kind::Condition)
        return {m_field};
    QStringList names;
    for (const RecordFilter &part : m_parts)
        names += part.fields();
    return names;
}

void RecordFilter::loosen()
{
    if (m_comparison == Comparison::Equals)
        m_comparison = Comparison::EqualsWords;
    for (RecordFilter &part : m_parts)
        part.loosen();
}

qsizetype RecordFilter::conditionCount() const
{
    return fields().size();
}

QList<const RecordFilter *> RecordFilter::conditions() const
{
    if (m_kind == Kind::Condition)
        return {this};
    QList<const RecordFilter *> list;
    for (const RecordFilter &part : m_parts)
        list += part.conditions();
    return list;
}

int RecordFilter::order(const QJsonValue &left, const QJsonValue &right, const QString &type)
{
    return orderText(plain(left, type), plain(right, type), type);
}

bool RecordFilter::compare(const TypedValue &actual, Comparison comparison, const QStringList &values)
{
    const QString wanted = values.value(0);
    const bool empty = isEmpty(actual.value, actual.type);
    const auto ordered = [&](const QString &other) { return orderText(plain(actual.value, actual.type), other, actual.type); };
    const auto isOneOf = [&] {
        return std::any_of(values.begin(), values.end(), [&](const QString &value) { return equals(actual, value); });
    };
    switch (comparison) {
    case Comparison::Equals:
        return equals(actual, wanted);
    case Comparison::EqualsWords:
        return equals(actual, wanted) || ((actual.type == "text"_L1 || actual.type == "textarea"_L1) &&
                                          hasWords(plain(actual.value, actual.type), wanted));
    case Comparison::NotEqual:
        return !equals(actual, wanted);
    case Comparison::StartsWith:
        return !empty && searchable(actual).startsWith(wanted, Qt::CaseInsensitive);
    case Comparison::In:
        return isOneOf();
    case Comparison::NotIn:
        return !isOneOf();
    case Comparison::Greater:
        return !empty && ordered(wanted) > 0;
    case Comparison::GreaterEqual:
        return !empty && ordered(wanted) >= 0;
    case Comparison::Less:
        return !empty && ordered(wanted) < 0;
    case Comparison::LessEqual:
        return !empty && ordered(wanted) <= 0;
    case Comparison::Between:
        return !empty && ordered(wanted) >= 0 && ordered(values.value(1)) <= 0;
    case Comparison::Like:
        return !empty && like(searchable(actual), wanted);
    case Comparison::NotLike:
        return empty || !like(searchable(actual), wanted);
    case Comparison::IsNull:
        return empty;
    case Comparison::IsNotNull:
        return !empty;
    }
    return false;
}

} // namespace ringside::sandbox
