// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DataCentres.h"
#include "TokenSet.h"

#include <QStringList>
#include <QUrl>

namespace ringside {

class Settings;

/// Where a sign-in's API and pages are. Pure.
namespace signInOrigins {

/// The data centre that issued the tokens, else the one of the settings.
const DataCentre &dataCentreOf(const TokenSet &tokens, const DataCentres &centres);

/// The token reply's api_domain where it can be that data centre's (its own API host or one beside it, such as its
/// sandbox's), over https or on loopback; else the data centre's. Every request carries the token there.
QUrl api(const TokenSet &tokens, const DataCentre &centre);

/// The scopes of the settings, else the least that Ringside needs (Zoho reference, section 6).
QStringList scopes(const Settings &settings);

} // namespace signInOrigins
} // namespace ringside
