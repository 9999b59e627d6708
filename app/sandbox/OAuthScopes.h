// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace ringside::sandbox {

/// What a token may do, in the words of the CRM: ZohoCRM.modules.contacts.READ, ZohoCRM.settings.ALL and so on.
class OAuthScopes
{
public:
    OAuthScopes() = default;
    /// Takes names joined by commas or spaces.
    explicit OAuthScopes(const QString &text);

    bool isEmpty() const { return m_names.isEmpty(); }
    QStringList names() const { return m_names; }
    /// As token replies give it: joined by spaces.
    QString text() const { return m_names.join(u' '); }
    /// The first name that is no scope, or null: one of them makes the whole consent fail.
    QString firstUnknown() const;

    /// `operation` is READ, CREATE, UPDATE or DELETE; `module` is an API name such as Sales_Orders.
    bool allowsModule(const QString &module, const QString &operation) const;
    /// Modules that the organisation made go by ZohoCRM.modules.custom.X as well as by their own name.
    static bool isCustom(const QString &module);
    /// `area` is users, org, coql or settings.fields and the like.
    bool allows(const QString &area, const QString &operation) const;
    /// ZohoSearch.securesearch.READ
    bool allowsSearch() const;

    /// The scope in a sentence for the consent page.
    static QString describe(const QString &name);

private:
    QStringList m_names;
};

} // namespace ringside::sandbox
