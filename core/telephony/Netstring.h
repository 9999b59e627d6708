// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace ringside::netstring {

enum class Status {
    Ok,         ///< One whole frame; `used` bytes may be dropped from the buffer.
    Incomplete, ///< So far right; more bytes are needed. `used` is 0.
    Bad,        ///< Cannot become a frame whatever follows. There is no way to find the next one.
};

struct Parsed
{
    Status status = Status::Incomplete;
    qsizetype used = 0;     ///< Length of the frame with its length, colon and comma.
    QByteArrayView payload{}; ///< A view into the buffer; only with Ok.
};

/// No phone sends a frame this long; more is a peer that is broken or hostile.
inline constexpr qsizetype maximumPayload = 1024 * 1024;

/// Reads one netstring ("5:hello,") from the start of the buffer. Strict as D. J. Bernstein's definition: no leading zeros,
/// no blanks, a comma at the end. Pure.
Parsed parse(QByteArrayView buffer, qsizetype limit = maximumPayload);

QByteArray encode(QByteArrayView payload);

} // namespace ringside::netstring
