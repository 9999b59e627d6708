// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace ringside {

/// A condition of CrmClient::search by criteria: one field compared, or several conditions joined. A value. Brackets,
/// commas and backslashes in values are escaped here; percent-encoding is the client's. Source: Zoho reference, 3.5.
class SearchCriterion
{
public:
    static SearchCriterion equals(const QString &field, const QString &value);
    static SearchCriterion startsWith(const QString &field, const QString &value);
    /// At most 100 values.
    static SearchCriterion oneOf(const QString &field, const QStringList &values);
    static SearchCriterion between(const QString &field, const QString &from, const QString &to);

    friend SearchCriterion operator&&(const SearchCriterion &left, const SearchCriterion &right);
    friend SearchCriterion operator||(const SearchCriterion &left, const SearchCriterion &right);

    /// As the CRM reads it: "((Last_Name:equals:Burns\, B)and(First_Name:starts_with:M))".
    const QString &text() const { return m_text; }
    /// The CRM takes ten.
    int conditions() const { return m_conditions; }

private:
    SearchCriterion(const QString &text, int conditions) : m_text(text), m_conditions(conditions) {}
    static SearchCriterion comparison(const QString &field, const QString &comparator, const QStringList &values);
    static SearchCriterion joined(const SearchCriterion &left, const QString &word, const SearchCriterion &right);

    QString m_text;
    int m_conditions = 0;
};

} // namespace ringside
