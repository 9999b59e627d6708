// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PhoneNumberMint.h"
#include "RecordFiller.h"

namespace ringside::sandbox {

/// The customers that every sandbox has, whatever its seed: those of the demonstration, and two brothers behind one number.
class DemoRecords
{
public:
    struct Numbers
    {
        QString known; ///< of one contact and nothing else
        QString knownId;
        QString shared; ///< of two contacts
        QStringList sharedIds;
    };

    static Numbers add(RecordFiller &filler, PhoneNumberMint &mint);
};

} // namespace ringside::sandbox
