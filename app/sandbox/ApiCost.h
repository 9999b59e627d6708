// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"

namespace ringside::sandbox {

/// What a request costs of the credits of a day and of the calls that may run at once. A pure function of the request.
struct ApiCost
{
    QString kind; ///< list, get, search, related, coql, composite, insert …: what the sandbox sums up by
    int credits = 1;
    int concurrency = 1; ///< a composite request counts five
    bool heavy = false;  ///< one of those that have a limit of their own: COQL, composite, convert, more than 10
                         ///< records, cvid or sort_by

    static ApiCost of(const HttpRequest &request);
};

} // namespace ringside::sandbox
