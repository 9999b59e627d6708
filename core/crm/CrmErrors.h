// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "Result.h"

#include <QString>
#include <QStringList>

class QJsonObject;

namespace ringside {

/// What was asked, as far as reading the refusal needs to know.
struct CrmOperation
{
    enum class Kind {
        Metadata, ///< users, org, settings.
        List,     ///< Search, COQL.
        Record,   ///< One record or a list below it: 404 and a bad path mean that it is gone.
        Create,   ///< A write: an answer that cannot be read means "may or may not have happened".
    };
    Kind kind = Kind::List;
    QString module;     ///< API name; empty where there is none.
    QStringList scopes; ///< What the CRM asks for; one that is missing is among them.
    QString granted = {}; ///< What the sign-in may do; empty = not told.
};

/// Which Error an answer stands for. Pure. Source: Zoho reference, section 5; the table there is this code's table.
namespace crmerrors {

/// Any answer that is not a success: JSON of today's or the old shape, HTML, nothing at all.
Error fromReply(const HttpReply &reply, const CrmOperation &operation);

/// A refusal of one record of a write ({"code", "details", "message", "status":"error"}), or a whole request's.
Error fromRefusal(const QJsonObject &refusal, int status, const CrmOperation &operation);

/// True for an object that says that it is an error, whatever the HTTP status.
bool isRefusal(const QJsonObject &object);

/// An answer of status 2xx that cannot be read. For a write that is ServerError: the record may exist.
Error unreadable(const CrmOperation &operation);

/// The record or module is not there.
Error gone(const CrmOperation &operation);

/// There is no API origin yet.
Error signedOut();

} // namespace crmerrors

} // namespace ringside
