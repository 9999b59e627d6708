// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallActivity.h"
#include "Record.h"
#include "Result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace ringside {

class ActivityApi;

/// A call's log as the outbox keeps it: our own JSON, versioned, not the CRM's. Read again by any later build.
struct CallPayload
{
    CallActivity call;
    bool callerSettled =
        false;         ///< `person` is who called, or the CRM was asked and knows nobody. False: worth asking again.
    QString reference; ///< The line that tells this call's record from every other; its last word is enough.
    QString referenceField{}; ///< API name of the field that takes that word; empty: the line is in the description.
    QString personName{}; ///< Of the person, for this desk alone; not sent.
    QString company{};
    QStringList changedThere{}; ///< Of what the CRM turned out to have: the fields (API names) that somebody else changed.

    QByteArray encoded() const;
    /// Errors: Internal with a sentence, when it was written by a newer build or is damaged.
    static Result<CallPayload> decode(const QByteArray &bytes);

    /// As it is written: with its reference, which goes into the description all the same where the CRM closed the
    /// field for it.
    CallActivity sent(const ActivityApi &crm) const;

    /// COQL for the calls that start when this one did; the index has no delay there (Zoho reference, 3.6). Without an owner
    /// (who is signed in is not known yet) the start time alone is asked for. At most `lookUpRows` from `offset` on.
    QString lookUpQuery(const QString &ownerUserId, int offset = 0) const;
    static constexpr int lookUpRows = 200;
    /// Whether a row of that query is this call's record.
    bool isRecord(const Record &row) const;
};

} // namespace ringside
