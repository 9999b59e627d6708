// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CardGuard.h"
#include "TextHistory.h"

#include <QString>

namespace ringside {

/// What the notes panel keeps of a call while it shows another: the notes with their undo, and what the agent said of
/// card numbers. In memory, for the run of the program.
struct CallNotes
{
    QString key;
    TextHistory notes; ///< As shown.
    QString kept;      ///< As it may leave the field; see CardGuard.
    CardGuard guard;
};

} // namespace ringside
