// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Error.h"

#include <QString>

#include <chrono>

namespace ringside {

/// What an error means for a write that was being sent. When in doubt it may have happened.
struct SendOutcome
{
    enum class Kind {
        NotSent, ///< Certainly not written: send it again after `wait`.
        Refused, ///< Certainly not written, and sending the same again would not help.
        Unknown, ///< May have been written: ask before sending it again.
    };

    Kind kind = Kind::Unknown;
    std::chrono::milliseconds wait{0};
    bool silence = false; ///< The CRM asks for no requests at all during `wait`.
    QString sentence;
    QList<FieldError> fields{}; ///< With Refused: what the CRM named.

    static SendOutcome of(const Error &error, int attempts);

    /// 2 s doubling to 5 min, from half of it to the whole, so that many desks do not come back at once.
    static std::chrono::milliseconds backOff(int attempts);
};

} // namespace ringside
