// SPDX-License-Identifier: Apache-2.0
#include "Netstring.h"

namespace ringside::netstring {

Parsed parse(QByteArrayView buffer, qsizetype limit)
{
    const Parsed bad{.status = Status::Bad};
    qsizetype length = 0;
    qsizetype at = 0;
    for (; at < buffer.size() && buffer[at] != ':'; ++at) {
        const char c = buffer[at];
        const bool leadingZero = at > 0 && length == 0;
        if (c < '0' || c > '9' || leadingZero)
            return bad;
        length = length * 10 + (c - '0');
        if (length > limit)
            return bad;
    }
    if (at == buffer.size())
        return {};
    if (at == 0)
        return bad;

    const qsizetype start = at + 1;
    const qsizetype end = start + length;
    if (buffer.size() <= end)
        return {};
    if (buffer[end] != ',')
        return bad;
    return {.status = Status::Ok, .used = end + 1, .payload = buffer.sliced(start, length)};
}

QByteArray encode(QByteArrayView payload)
{
    QByteArray frame = QByteArray::number(payload.size());
    frame.reserve(frame.size() + payload.size() + 2);
    frame += ':';
    frame.append(payload.data(), payload.size());
    frame += ',';
    return frame;
}

} // namespace ringside::netstring
