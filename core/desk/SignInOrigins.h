// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DataCentres.h"
#include "TokenSet.h"

#include <QUrl>

namespace ringside {

class Settings;

/// Where a sign-in's API and pages are. Pure.
namespace signInOrigins {

/// The data centre that issued the tokens, else the one of the settings.
const DataCentre &dataCentreOf(const TokenSet &tokens, const DataCentres &centres);

ZohoEnvironment environmentOf(const Settings &settings);

/// Where every request carries the token. The token reply's api_domain where it can be that data centre's (its own API
/// host or one beside it, such as its sandbox's), over https or on loopback; else the data centre's for that
/// environment. An api_domain that names production is not believed in another environment: some orgs are told so
/// wrongly (reference 2).
QUrl api(const TokenSet &tokens, const DataCentre &centre, ZohoEnvironment environment);

/// Which environment an API's address is of, so that nobody works in the wrong one unknowingly;
/// the wanted one where it has no address of its own.
ZohoEnvironment environmentAt(const QUrl &api, const DataCentre &centre, ZohoEnvironment wanted);

} // namespace signInOrigins
} // namespace ringside
