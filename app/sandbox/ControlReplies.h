// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"

namespace ringside::sandbox {

/// How the control interface says no and yes.
inline HttpReply refuse(int status, const QString &sentence)
{
    return HttpReply::json(status, {{QStringLiteral("error"), sentence}});
}

inline HttpReply done(const QJsonObject &object = {})
{
    QJsonObject reply = object;
    reply.insert(QStringLiteral("ok"), true);
    return HttpReply::json(200, reply);
}

} // namespace ringside::sandbox
