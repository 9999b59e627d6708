// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QLoggingCategory>

namespace ringside {

// One category a folder: "ringside.http" and so on; debug is off unless asked for.
Q_DECLARE_LOGGING_CATEGORY(logApp)
Q_DECLARE_LOGGING_CATEGORY(logHttp)
Q_DECLARE_LOGGING_CATEGORY(logAuth)
Q_DECLARE_LOGGING_CATEGORY(logCrm)
Q_DECLARE_LOGGING_CATEGORY(logTelephony)
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logDesk)
Q_DECLARE_LOGGING_CATEGORY(logUi)

/// Replaces what looks like a token, a secret, a code or an authorization header by "[hidden]". A second line of
/// defence: nothing should log one in the first place. Pure.
QString redacted(const QString &text);

/// Sends Qt's messages, redacted, to a file (appended to, owner-only, one line a message, UTC) and to standard error.
/// A file that has grown to `most` bytes is set aside as PATH.1, what was PATH.1 before as PATH.2, and so on: there are
/// at most `files`, with the one that is written. Call once, at start. Errors: Storage.
Result<void> startFileLog(const QString &path, qint64 most = 2 * 1024 * 1024, int files = 5);

} // namespace ringside
