// SPDX-License-Identifier: Apache-2.0
#include "CertificateFile.h"

#include "SmallFile.h"

#include <QCoreApplication>

#include <algorithm>

namespace ringside {

Result<QList<QSslCertificate>> readCertificateFile(const QString &path)
{
    const QString setting = QStringLiteral("network/root-certificates");
    const auto pem = readSmallFile(path, setting);
    if (!pem)
        return pem.error();
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(pem.value(), QSsl::Pem);
    if (certificates.isEmpty() ||
        std::any_of(certificates.cbegin(), certificates.cend(), [](const auto &one) { return one.isNull(); })) {
        return Error{.kind = ErrorKind::Configuration,
                     .message = QCoreApplication::translate(
                                    "ringside::CertificateFile",
                                    "The file %1 has no certificates in PEM form, so none of it is trusted. Name "
                                    "another file in the settings.")
                                    .arg(path),
                     .detail = setting};
    }
    return certificates;
}

} // namespace ringside
