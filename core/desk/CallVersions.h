// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallPayload.h"

#include <QList>
#include <QString>

namespace ringside {

/// A field of a logged call that somebody else has changed in the CRM while the agent changed it here. For people: plain text.
struct FieldVersions
{
    QString label; ///< The field, in a word.
    QString theirs;
    QString mine;

    bool operator==(const FieldVersions &) const = default;
};

namespace callVersions {

/// Where the two differ: `told` is what CallUpdate::found() has kept of the CRM's record, `mine` what the agent wants. Empty
/// when nobody else has changed what the agent did.
QList<FieldVersions> of(const CallPayload &told, const CallPayload &mine);

} // namespace callVersions

} // namespace ringside
