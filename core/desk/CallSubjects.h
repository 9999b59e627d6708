// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallActivity.h"
#include "CallEntry.h"
#include "NoteDrafts.h"

#include <QString>

namespace ringside::callSubjects {

/// "Inbound call from Layla Haddad", in the agent's language.
QString suggested(const CallEntry &entry);

/// What tells this call's record from every other, found again after a lost answer: a line below the notes, or its last
/// word in a field of its own.
QString reference(const QString &callKey);

/// The record to make. Missed only when nobody answered an incoming call; an outgoing call that nobody answered is
/// Outbound with one second, because the CRM takes no zero (Zoho reference, 3.10) and Missed is for incoming ones. Without
/// the fields that only the org knows. With `referenceBelow` the reference is the description's last line; room for it
/// is left in any case.
CallActivity activity(const CallEntry &entry, const NoteDraft &draft, bool referenceBelow = true);

/// Back from activity(): what the agent would have typed for this record.
NoteDraft draftOf(const CallActivity &call, const CallEntry &entry);

/// Whether both say the same of what may be changed once a call is logged.
bool sameRecord(const CallActivity &one, const CallActivity &other);

} // namespace ringside::callSubjects
