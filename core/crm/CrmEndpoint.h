// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QUrl>

namespace ringside {

/// Of the CRM's REST API. What differs is in the Zoho reference, section 3.18.
enum class CrmVersion {
    V8,
    V2, ///< For orgs whose gateway or policy still allows only the old paths.
};

/// Where requests go: the origin and the scope from the token reply, and the version.
struct CrmEndpoint
{
    CrmEndpoint() = default;
    CrmEndpoint(const QUrl &apiOrigin, CrmVersion apiVersion = CrmVersion::V8) : origin(apiOrigin), version(apiVersion)
    {
    }

    QUrl origin;
    CrmVersion version = CrmVersion::V8;
    QString grantedScope{}; ///< What the sign-in may do, as the token reply has it; empty = not told.
};

} // namespace ringside
