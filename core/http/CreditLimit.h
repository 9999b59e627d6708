// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ringside {

/// The API credits that a company has a day, from its edition as the CRM names it ("enterprise") and its number of users;
/// -1 for an edition that is not known. Bought credits come on top and are not told, so what the CRM says in its headers goes
/// before this. Pure. Source: Zoho reference, 4.1.
qint64 dailyCredits(const QString &edition, int users);

} // namespace ringside
