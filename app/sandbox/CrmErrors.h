// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"

namespace ringside::sandbox {

/// The CRM's refusals that concern a whole request.
class CrmErrors
{
public:
    static HttpReply scopeMismatch();
    static HttpReply noPermission(const QString &permission);
    static HttpReply noSuchPath();
    static HttpReply wrongMethod();
    static HttpReply invalidModule();
    static HttpReply invalidRelation();
    /// The id at that place of the path, counted from the module (0).
    static HttpReply invalidId(int pathIndex = 1);
    static HttpReply invalidParameter(const QString &name, QJsonObject details);
    static HttpReply missingParameter(const QString &name);
    static HttpReply missingField(const QString &name);
    static HttpReply invalidBody();
    /// What exists in Zoho CRM but not in this version of the API, or not in this sandbox.
    static HttpReply notSupported(const QString &firstVersion = {});
    static HttpReply tooManyRequests(bool oldForm);
    static HttpReply internalError();

    static bool isId(const QString &text);
};

} // namespace ringside::sandbox
