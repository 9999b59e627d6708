// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DataCentres.h"
#include "Result.h"
#include "TokenSet.h"

namespace ringside {

/// What every way of signing in ends with: the tokens of a reply with the data centre that gave them.
/// Errors: BadReply when they cannot be renewed. Pure.
Result<TokenSet> grantedTokens(const TokenSet &reply, const DataCentre &centre);

} // namespace ringside
