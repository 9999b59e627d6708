// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "Result.h"

#include <QString>

#include <chrono>

namespace ringside {

/// One line a request on the debug level of ringside.http: method, host, path, the names of the query's parameters,
/// status or kind of error, milliseconds, bytes out and in. Built from an allow-list: no header, no query value and no
/// body can get in, so there is nothing to redact. Pure.
namespace httplog {

QByteArray methodName(HttpMethod method);

/// "https://host/path?name=…&name=…"
QString address(const QUrl &url);

QString line(const HttpRequest &request, const Result<HttpReply> &result, std::chrono::milliseconds elapsed);

} // namespace httplog

} // namespace ringside
