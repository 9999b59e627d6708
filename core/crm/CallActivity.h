// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QDateTime>
#include <QString>

#include <chrono>

namespace ringside {

/// A call as the Calls module takes it. Source: Zoho reference, section 3.10.
struct CallActivity
{
    enum class Type { Inbound, Outbound, Missed };

    QString subject; ///< Required.
    Type type = Type::Inbound;
    QDateTime start; ///< With its offset; sent without milliseconds.
    std::chrono::seconds duration{0}; ///< At least 1 s is sent for Inbound and Outbound.
    QString description;
    QString callerNumber; ///< E.164 or as shown.
    QString result;       ///< Picklist value, or empty.
    QString purpose;      ///< Picklist value, or empty.
    RecordRef person;     ///< Contacts goes to Who_Id, any other module to What_Id with $se_module.
    RecordRef relatedTo;  ///< Deal, case or account; optional.
};

} // namespace ringside
