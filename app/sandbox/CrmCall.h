// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "OAuthScopes.h"

namespace ringside::sandbox {

/// One request to the CRM that has passed the door: its token is good and its version known.
struct CrmCall
{
    const HttpRequest &request;
    const OAuthScopes &scopes;
    double version = 8;     ///< of the API: 2, 2.1, 3 … 8
    qsizetype mostRows = 0; ///< 25 within a composite request; 0: the usual limits

    /// Version 2 needs no `fields`, knows no page tokens and names some things otherwise.
    bool isOld() const { return version < 3; }
    bool isComposed() const { return mostRows > 0; }
};

} // namespace ringside::sandbox
