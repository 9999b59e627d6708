// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonValue>
#include <QStringList>
#include <functional>
#include <vector>

namespace ringside::sandbox {

enum class Comparison {
    Equals,
    EqualsWords, ///< Equals, but of a text that has all these words too.
    NotEqual,
    StartsWith,
    In,
    NotIn,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Between,
    Like,
    NotLike,
    IsNull,
    IsNotNull,
};

/// A field's value and its data_type.
struct TypedValue
{
    QJsonValue value;
    QString type;
};

/// The condition of a search or a query as a tree.
class RecordFilter
{
public:
    enum class Kind { Condition, And, Or };
    using Lookup = std::function<TypedValue(const QString &field)>;

    static RecordFilter condition(QString field, Comparison comparison, QStringList values);
    static RecordFilter combine(Kind kind, std::vector<RecordFilter> parts);

    bool matches(const Lookup &lookup) const;
    /// All fields named, so that the caller can refuse unknown ones.
    QStringList fields() const;
    qsizetype conditionCount() const;
    /// Lets every Equals be content with the words.
    void loosen();
    /// The conditions at the leaves, from left to right; they live as long as this does.
    QList<const RecordFilter *> conditions() const;
    /// Of a condition.
    const QString &field() const { return m_field; }
    Comparison comparison() const { return m_comparison; }
    const QStringList &values() const { return m_values; }

    static bool compare(const TypedValue &actual, Comparison comparison, const QStringList &values);
    /// Less than zero, zero, greater: how two values of that type sort.
    static int order(const QJsonValue &left, const QJsonValue &right, const QString &type);

private:
    Kind m_kind = Kind::Condition;
    QString m_field;
    Comparison m_comparison = Comparison::Equals;
    QStringList m_values;
    std::vector<RecordFilter> m_parts;
};

} // namespace ringside::sandbox
