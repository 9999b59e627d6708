// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallActivity.h"
#include "Metadata.h"

#include <QSet>
#include <QVariantMap>

namespace ringside {

/// What the org's own metadata says about writing a call; until it is read, the standard layout is assumed.
struct CallLayout
{
    int subjectLength = 255;
    QSet<QString> closedFields; ///< Read-only or absent: not sent where the call can do without.
};

/// The JSON that goes to the CRM. Pure. Source: Zoho reference, sections 3.0, 3.3, 3.6 and 3.10.
namespace crmbodies {

CallLayout callLayout(const QList<Field> &fields);
QByteArray call(const CallActivity &activity, const CallLayout &layout);
/// Values as Record has them; QDateTime, QDate and RecordRef (as a lookup) are taken too.
QByteArray record(const QVariantMap &values);
QByteArray query(const QString &selectQuery);

/// ISO 8601 with an offset and without milliseconds, which the CRM refuses.
QString dateTimeText(const QDateTime &time);

/// "mm:ss", minutes running on past the hour: "75:03". Sources differ on what follows 59:59 (section 3.10); a shipping
/// softphone plug-in writes minutes and seconds alone, and a third part would be read as hh:mm by others.
QString durationText(std::chrono::seconds duration);

} // namespace crmbodies

} // namespace ringside
