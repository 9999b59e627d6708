// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "RecordFilter.h"
#include "RecordStore.h"

#include <functional>
#include <optional>

namespace ringside::sandbox {

/// The rules of reading that need no state: parameters, conditional headers, what an open activity is.
class CrmReading
{
public:
    static QStringList fields(const HttpRequest &request);
    /// The refusal when `fields` is missing or too long.
    static std::optional<HttpReply> checkFields(const HttpRequest &request, bool mandatory);
    /// If-Modified-Since as ISO-8601 (not an HTTP-date), in seconds since 1970.
    static std::optional<qint64> modifiedSince(const HttpRequest &request);

    static bool isPhoneQuery(const QString &phone);
    /// The digits a phone search looks for: those of the number, without an international prefix.
    static QByteArray searchDigits(const QString &phone);
    static bool hasEmail(const ModuleSpec &module, const StoredRecord &record, const QString &email);
    /// None with the refusal when the criteria cannot be used. `typeOf` gives a field's data_type; empty: there is none.
    static std::optional<RecordFilter> criteria(const QString &text, const std::function<QString(const QString &)> &typeOf,
                                                HttpReply *refusal);
    /// Scheduled calls, tasks not done, meetings to come.
    static bool isOpen(const QString &module, const StoredRecord &record);
};

} // namespace ringside::sandbox
