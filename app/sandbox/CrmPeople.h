// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmCall.h"

namespace ringside::sandbox {

/// GET /users: those who work with the CRM, and those who no longer or not yet do, by every `type` that Zoho knows.
class CrmPeople
{
public:
    HttpReply list(const CrmCall &call) const;
    HttpReply one(const QString &id) const;
    HttpReply count(const CrmCall &call) const;
};

} // namespace ringside::sandbox
