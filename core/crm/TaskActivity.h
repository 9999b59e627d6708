// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QDate>
#include <QDateTime>
#include <QString>
#include <QStringList>

namespace ringside {

/// A task as the Tasks module takes it. Its Who_Id and What_Id follow the rule of CallActivity. Source: Zoho reference,
/// section 3.11.
struct TaskActivity
{
    QString subject; ///< Required; one line.
    QDate due;
    QString status;   ///< Picklist value, or empty: the org's default.
    QString priority; ///< Picklist value, or empty.
    QString description;
    RecordRef person;
    RecordRef relatedTo;
    QString ownerId;     ///< A user's id; empty = the signed-in agent.
    QDateTime remindAt;  ///< A pop-up in the CRM at that moment; invalid = none.
    bool notify = false; ///< Send the owner an e-mail.
    QString recurrence;  ///< An RRULE ("FREQ=WEEKLY;…") for Recurring_Activity; empty = once.
    QStringList tags;
};

} // namespace ringside
