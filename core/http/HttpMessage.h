// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QPair>
#include <QUrl>

#include <chrono>

namespace ringside {

enum class HttpMethod { Get, Post, Put, Delete };

/// Classes of work, most urgent first; the scheduler lets a higher class overtake.
enum class RequestPriority { Pop, Log, Search, Refresh, Sync };

struct HttpRequest
{
    HttpMethod method = HttpMethod::Get;
    QUrl url; ///< Query already percent-encoded; '+' in a value must be %2B.
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray contentType;
    QByteArray body;
    RequestPriority priority = RequestPriority::Search;
    std::chrono::milliseconds timeout{15000};
    /// Bytes of the answer's body. More is not read to its end: BadReply. The usual limit is ten times any page of
    /// records (200 records of 100 fields).
    static constexpr qint64 usualMostReplyBytes = 32 * 1024 * 1024;
    qint64 mostReplyBytes = usualMostReplyBytes;
    bool readOnly = false;  ///< A POST that only reads (COQL, a composite of reads): may be repeated like a GET.
    bool provesIdentity = false; ///< Asks whose the sign-in is, so it goes out before that is known.
    bool authorized = true; ///< Adds the access token; false for the token endpoint itself.
};

struct HttpReply
{
    int status = 0;
    QHash<QByteArray, QByteArray> headers; ///< Names in lower case.
    QByteArray body;
};

} // namespace ringside
