// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QString>

namespace ringside {

/// A note on any record, a call's included. Source: Zoho reference, section 3.9.
struct NoteText
{
    QString title;    ///< One line, cut at 120 characters; may be empty.
    QString content;  ///< Required; at most 65,535 characters: a longer one is refused by the CRM, never cut here.
    RecordRef parent; ///< Required.
};

} // namespace ringside
