// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ringside {

/// The names of what a sign-in may do at Zoho, for those who ask for it, those who need it and those who check it.
/// Pure. Source: Zoho reference, section 6.
namespace scopes {

/// "ZohoCRM.modules.salesorders.READ" for Sales_Orders. All modules that are not Zoho's own, but made by the
/// organisation, go by the one name "custom".
QString ofModule(const QString &module, const QString &operation);

/// Whether a granted text (separated by blanks or commas) allows a scope, whatever the case: "ALL" stands for every
/// operation, "WRITE" for CREATE and UPDATE, and "ZohoCRM.modules.READ" for all modules.
bool covers(const QString &granted, const QString &scope);

} // namespace scopes
} // namespace ringside
