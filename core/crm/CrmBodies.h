// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallActivity.h"
#include "CrmRequests.h"
#include "LeadConversion.h"
#include "Metadata.h"
#include "NoteText.h"
#include "RecordWrite.h"
#include "TaskActivity.h"

#include <QHash>
#include <QSet>
#include <QVariantMap>

namespace ringside {

/// What the org's own metadata says about writing a call; until it is read, the standard layout is assumed.
struct CallLayout
{
    int subjectLength = 255;
    QSet<QString> closedFields; ///< Read-only or absent: not sent where the call can do without.
    QSet<QString> openFields;   ///< All that can be written; empty = not known.
    QString statusField;        ///< The outgoing call's status; its name differs. Empty = the version's own.
    QHash<QString, QHash<QString, QString>> choices; ///< By field: from the word that is shown to the one that is written.
};

/// The JSON that goes to the CRM. Pure. Source: Zoho reference, sections 3.0, 3.3, 3.6 to 3.12, 3.16 and 3.18.
namespace crmbodies {

CallLayout callLayout(const QList<Field> &fields);
QByteArray call(const CallActivity &activity, const CallLayout &layout, CrmVersion version = CrmVersion::V8);
/// What may be changed of a call once it is logged, by field: texts, picklists, parties, as record() takes them. What
/// is empty is null. "$se_module" goes along with the parties and is no field of its own.
QVariantMap callValues(const CallActivity &activity, const CallLayout &layout);
/// What a call has in a picklist, by the words that are shown for it.
QVariant callShown(const QString &field, const QVariant &stored, const CallLayout &layout);
QByteArray task(const TaskActivity &activity);
QByteArray note(const NoteText &note, CrmVersion version);
/// Values as Record has them; QDateTime, QDate and RecordRef (as a lookup) are taken too, and an invalid one clears.
QByteArray record(const QVariantMap &values, const WriteOptions &options = {});
QByteArray query(const QString &selectQuery);
QByteArray tags(const QStringList &names);
QByteArray conversion(const LeadConversion &conversion, CrmVersion version);
QByteArray bulkRead(const QString &module, const QStringList &fields, int page, CrmVersion version);
/// The body of a composite request.
QByteArray together(const QList<CrmRequest> &parts);

/// ISO 8601 with an offset and without milliseconds, which the CRM refuses.
QString dateTimeText(const QDateTime &time);

/// "mm:ss", minutes running on past the hour: "75:03". Sources differ on what follows 59:59 (section 3.10); a shipping
/// softphone plug-in writes minutes and seconds alone, and a third part would be read as hh:mm by others.
QString durationText(std::chrono::seconds duration);

} // namespace crmbodies

} // namespace ringside
