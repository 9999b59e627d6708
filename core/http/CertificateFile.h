// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QList>
#include <QSslCertificate>
#include <QString>

namespace ringside {

/// The certificates of a file (PEM) that the settings name as trusted; blocks, so run it inBackground(). Errors:
/// Configuration with a sentence that names the file: it cannot be read, or any part of it is no certificate.
Result<QList<QSslCertificate>> readCertificateFile(const QString &path);

} // namespace ringside
