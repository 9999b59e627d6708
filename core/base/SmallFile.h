// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QByteArray>
#include <QString>

namespace ringside {

/// Reads a file that the settings name; blocks, so run it inBackground(). Errors: Configuration with a sentence that names
/// the file (missing, unreadable, a folder, or larger than 4 MiB); `detail` is `settingName`.
Result<QByteArray> readSmallFile(const QString &path, const QString &settingName);

} // namespace ringside
