// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace ringside {

/// The head of a browser's request, as far as a redirect needs it.
struct RedirectRequest
{
    QByteArray path;   ///< As sent, undecoded.
    QByteArray query;  ///< After '?', undecoded.
    QByteArray host;   ///< Of the Host header, in lower case; empty when there is none (HTTP/1.0).
    QByteArray origin; ///< Of the Origin header; null when there is none.
};

/// What became of some bytes.
struct RedirectParse
{
    enum class Status { Ok, Incomplete, Bad };

    Status status = Status::Incomplete;
    qsizetype bytesUsed = 0; ///< Of the head, when Ok.
    int httpStatus = 0;      ///< What to answer, when Bad.
    RedirectRequest request{};
};

/// Reads one request head: GET, HTTP/1.0 or 1.1, at most 8 KiB, no body. Strict, since the only honest client is a browser.
/// Pure; never waits for what cannot become a good request.
class RedirectRequestParser
{
public:
    static constexpr qsizetype mostHeadBytes = 8 * 1024;

    static RedirectParse parse(QByteArrayView bytes);
};

} // namespace ringside
