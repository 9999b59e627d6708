// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <chrono>

namespace ringside {

/// A call as the Calls module takes it. Source: Zoho reference, section 3.10. Its Who_Id takes a contact and its
/// What_Id one record of any other module: where both `person` and `relatedTo` need What_Id, the person wins, but an
/// account gives way.
struct CallActivity
{
    enum class Type { Inbound, Outbound, Missed };
    /// Of an Outbound call. Scheduled: in the future, without a duration.
    enum class Status { Completed, Scheduled, Cancelled, Overdue };

    QString subject; ///< Required; one line. Cut to what the field holds.
    Type type = Type::Inbound;
    Status status = Status::Completed;
    QString reminder{};               ///< Of a scheduled call, as the org's picklist has it ("15 mins"); empty = none.
    QDateTime start;                  ///< Required. With its offset; sent without milliseconds.
    std::chrono::seconds duration{0}; ///< At least 1 s is sent for Inbound and Outbound.
    QString description;
    /// The other party's, E.164 or as shown: Dialled_Number of Outbound, else Caller_ID; also To_Number__s or
    /// From_Number__s where the org has them.
    QString callerNumber;
    QString result;       ///< Picklist value as it is shown, or empty.
    QString purpose;      ///< Picklist value as it is shown, or empty.
    QString agenda;
    QString ownerId;      ///< A user's id; empty = the signed-in agent. Cannot be changed once the call is completed.
    QString recordingUrl; ///< Where the phone system keeps the recording; empty = none.
    QStringList tags;
    RecordRef person;    ///< Contacts goes to Who_Id, any other module to What_Id with $se_module.
    RecordRef relatedTo; ///< Deal, case or account; optional.
    /// Further fields by API name, as Record has them, picklists by the word that is shown. Fields that the org closed or
    /// has not are left out.
    QVariantMap extra{};
};

} // namespace ringside
