// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"

namespace ringside::sandbox {

/// Version 2 of the API speaks of the same fields by some other names (`Call_Status`), answers partial failures with
/// 202, and is otherwise translated here so that the parts that answer know one set of names.
class LegacyNames
{
public:
    static HttpRequest toCurrent(HttpRequest request);
    static HttpReply toOld(HttpReply reply);
};

} // namespace ringside::sandbox
