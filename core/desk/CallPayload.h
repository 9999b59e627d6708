// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallActivity.h"
#include "Result.h"

#include <QByteArray>
#include <QString>

namespace ringside {

/// A call's log as the outbox keeps it: our own JSON, versioned, not the CRM's. Read again by any later build.
struct CallPayload
{
    CallActivity call;
    bool callerSettled =
        false;         ///< `person` is who called, or the CRM was asked and knows nobody. False: worth asking again.
    QString reference; ///< The line in the description that tells this call's record from every other.
    QString personName{}; ///< Of the person, for this desk alone; not sent.
    QString company{};

    QByteArray encoded() const;
    /// Errors: Internal with a sentence, when it was written by a newer build or is damaged.
    static Result<CallPayload> decode(const QByteArray &bytes);

    /// COQL for the calls that start when this one did; the index has no delay there (Zoho reference, 3.6). Without an owner
    /// (who is signed in is not known yet) the start time alone is asked for.
    QString lookUpQuery(const QString &ownerUserId) const;
};

} // namespace ringside
