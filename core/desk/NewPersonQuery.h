// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QDateTime>
#include <QString>
#include <QVariantMap>

namespace ringside {

/// The question whether a record was made whose answer was lost: COQL, which has no index delay (Zoho reference, 3.6),
/// by the number that was sent; without one by the time. Pure.
struct NewPersonQuery
{
    QString module;
    QVariantMap sent; ///< As it went out.
    QDateTime sentAt;

    QString text() const;
    /// The record is what was sent: the same name, and the same number where both have one.
    bool isIt(const Record &record) const;
};

} // namespace ringside
