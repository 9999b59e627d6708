// SPDX-License-Identifier: Apache-2.0
#include "RedirectRequest.h"

#include <QList>

#include <algorithm>
#include <cstring>

namespace ringside {

namespace {

constexpr qsizetype longestMethod = 16;

RedirectParse bad(int httpStatus)
{
    return {.status = RedirectParse::Status::Bad, .httpStatus = httpStatus};
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/// RFC 9110 "tchar".
bool isTokenCharacter(char c)
{
    return isUpper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c));
}

bool isVisible(char c)
{
    return c > 0x20 && c < 0x7f;
}

bool isValueCharacter(char c)
{
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

/// Whether what came so far may still become "GET ": a browser's speculative TLS hello is told apart at its first byte.
bool mayBeRequest(QByteArrayView bytes)
{
    const auto end = std::find_if_not(bytes.begin(), bytes.end(), isUpper);
    const qsizetype letters = std::distance(bytes.begin(), end);
    if (letters > longestMethod)
        return false;
    return end == bytes.end() || (letters > 0 && *end == ' ');
}

/// Fills path and query. 0 or the status to answer.
int readRequestLine(const QByteArray &line, RedirectRequest &request)
{
    const QList<QByteArray> words = line.split(' ');
    if (words.size() != 3)
        return 400;
    const QByteArray &target = words.at(1);
    if (!words.at(2).startsWith("HTTP/") || target.isEmpty() || !std::all_of(target.begin(), target.end(), isVisible))
        return 400;
    if (words.at(2) != "HTTP/1.1" && words.at(2) != "HTTP/1.0")
        return 505;
    if (words.at(0) != "GET")
        return 405;
    if (!target.startsWith('/') || target.contains('#'))
        return 400;
    const qsizetype mark = target.indexOf('?');
    request.path = mark < 0 ? target : target.left(mark);
    request.query = mark < 0 ? QByteArray() : target.mid(mark + 1);
    return 0;
}

/// One header line. 0 or the status to answer.
int readHeader(const QByteArray &line, RedirectRequest &request)
{
    const qsizetype colon = line.indexOf(':');
    const QByteArray name = line.left(colon).toLower();
    const bool isNamed = colon > 0 && std::all_of(name.begin(), name.end(), isTokenCharacter);
    if (!isNamed || !std::all_of(line.begin() + colon, line.end(), isValueCharacter))
        return 400;
    const QByteArray value = line.mid(colon + 1).trimmed();
    if (name == "transfer-encoding" || (name == "content-length" && value != "0"))
        return 400;
    if (name == "host") {
        if (!request.host.isNull() || value.isEmpty())
            return 400;
        request.host = value.toLower();
    }
    if (name == "origin") {
        if (!request.origin.isNull() || value.isEmpty())
            return 400;
        request.origin = value;
    }
    return 0;
}

} // namespace

RedirectParse RedirectRequestParser::parse(QByteArrayView bytes)
{
    if (!mayBeRequest(bytes.first(std::min<qsizetype>(bytes.size(), longestMethod + 2))))
        return bad(400);
    const qsizetype end = bytes.first(std::min(bytes.size(), mostHeadBytes)).indexOf("\r\n\r\n");
    if (end < 0)
        return bytes.size() >= mostHeadBytes ? bad(431) : RedirectParse{};

    RedirectParse parse{.status = RedirectParse::Status::Ok, .bytesUsed = end + 4};
    const QByteArray head = bytes.first(end).toByteArray();
    qsizetype from = 0;
    bool first = true;
    while (from <= head.size()) {
        qsizetype to = head.indexOf("\r\n", from);
        if (to < 0)
            to = head.size();
        const QByteArray line = head.mid(from, to - from);
        // A bare CR or LF inside a line is not visible, not a value and not a token: it ends in 400.
        const int status = first ? readRequestLine(line, parse.request) : readHeader(line, parse.request);
        if (status != 0)
            return bad(status);
        first = false;
        from = to + 2;
    }
    return parse;
}

} // namespace ringside
