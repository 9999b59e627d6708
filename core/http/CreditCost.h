// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1String>

namespace ringside {

struct HttpRequest;

/// What a request is for, as far as counting goes. Stored as these numbers: add at the end, never renumber.
enum class CreditKind { Other = 0, Metadata = 1, Search = 2, Read = 3, Related = 4, Query = 5, Composite = 6, Write = 7, Bulk = 8 };

constexpr int creditKinds = 9;

/// "search", for logs and figures.
QLatin1String creditKindName(CreditKind kind);

struct CreditCost
{
    CreditKind kind = CreditKind::Other;
    int credits = 1;
};

/// What the CRM takes for a request, from its address and body. Pure. Source: Zoho reference, 4.1: most calls 1, writes 1
/// per 10 records, a custom view 3, COQL 1 to 3 by rows, converting a lead 5, composite 1 (2 when it rolls back), a record
/// count 50, bulk read 50, bulk write 500, mail 20, merging 50, converting many 200.
CreditCost creditCost(const HttpRequest &request);

} // namespace ringside
