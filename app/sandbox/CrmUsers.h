// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QString>
#include <array>

namespace ringside::sandbox {

struct CrmUser
{
    QLatin1String id;
    QLatin1String firstName;
    QLatin1String lastName;
    QLatin1String email;
    QLatin1String role;

    QString fullName() const { return firstName + QLatin1Char(' ') + lastName; }
    QJsonObject reference() const
    {
        return {{QStringLiteral("id"), id}, {QStringLiteral("name"), fullName()}, {QStringLiteral("email"), email}};
    }
};

/// The people who work with this CRM. The first is the one who signs in.
inline constexpr std::array<CrmUser, 5> crmUsers{{
    {QLatin1String("5725767000000411001"), QLatin1String("Mariam"), QLatin1String("Al Amiri"),
     QLatin1String("mariam@northlight.example"), QLatin1String("Agent")},
    {QLatin1String("5725767000000411018"), QLatin1String("Omar"), QLatin1String("Fathi"),
     QLatin1String("omar@northlight.example"), QLatin1String("Agent")},
    {QLatin1String("5725767000000411035"), QLatin1String("Priya"), QLatin1String("Nair"),
     QLatin1String("priya@northlight.example"), QLatin1String("Agent")},
    {QLatin1String("5725767000000411052"), QLatin1String("Jonas"), QLatin1String("Weber"),
     QLatin1String("jonas@northlight.example"), QLatin1String("Account Manager")},
    {QLatin1String("5725767000000411069"), QLatin1String("Huda"), QLatin1String("Saleh"),
     QLatin1String("huda@northlight.example"), QLatin1String("Team Lead")},
}};

} // namespace ringside::sandbox
