// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSet>
#include <QString>

namespace ringside::sandbox {

/// What the profile of the user who signs in allows, in the CRM's names: Crm_Implied_Api_Access,
/// Crm_Implied_View_Leads, Crm_Implied_Create_Calls, Crm_Implied_Edit_Contacts, Crm_Implied_Delete_Leads,
/// Crm_Implied_Convert_Leads … All is allowed at first.
class AccessProfile
{
public:
    static QString apiAccess() { return QStringLiteral("Crm_Implied_Api_Access"); }
    /// `operation` is READ, CREATE, UPDATE, DELETE or CONVERT.
    static QString permission(const QString &module, const QString &operation)
    {
        const QString verb = operation == QLatin1String("CREATE")    ? QStringLiteral("Create")
                             : operation == QLatin1String("UPDATE")  ? QStringLiteral("Edit")
                             : operation == QLatin1String("DELETE")  ? QStringLiteral("Delete")
                             : operation == QLatin1String("CONVERT") ? QStringLiteral("Convert")
                                                                     : QStringLiteral("View");
        return QStringLiteral("Crm_Implied_") + verb + QLatin1Char('_') + module;
    }

    void deny(const QString &name) { m_denied.insert(name); }
    void allow(const QString &name) { m_denied.remove(name); }
    bool allows(const QString &name) const { return !m_denied.contains(name); }
    QSet<QString> denied() const { return m_denied; }

private:
    QSet<QString> m_denied;
};

} // namespace ringside::sandbox
