// SPDX-License-Identifier: Apache-2.0
#include "GrantedTokens.h"

#include <QCoreApplication>

namespace ringside {

Result<TokenSet> grantedTokens(const TokenSet &reply, const DataCentre &centre)
{
    if (reply.refreshToken.isEmpty()) {
        return Error{.kind = ErrorKind::BadReply,
                     .message = QCoreApplication::translate(
                         "ringside::GrantedTokens",
                         "Zoho gave a sign-in that cannot be renewed, so it was not used. Sign "
                         "in again; if it happens again, check the client's type in Zoho's "
                         "API console.")};
    }
    TokenSet tokens = reply;
    tokens.accountsServer = centre.accounts;
    tokens.location = centre.location;
    if (tokens.apiDomain.isEmpty())
        tokens.apiDomain = centre.api;
    return tokens;
}

} // namespace ringside
