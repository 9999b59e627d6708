// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QSslCertificate>
#include <QSslKey>

namespace ringside::test {

/// A certificate and its key.
struct Identity
{
    QByteArray certificatePem;
    QByteArray keyPem;

    QSslCertificate certificate() const { return QSslCertificate(certificatePem, QSsl::Pem); }
    QSslKey key() const { return QSslKey(keyPem, QSsl::Ec); }
};

/// An authority of the test's own, and the certificates that it signs. Made anew in each process; nothing trusts it.
class CertificateMint
{
public:
    explicit CertificateMint(const QByteArray &authorityName);

    const Identity &authority() const { return m_authority; }
    /// For DNS names or addresses; good from a day ago for two days unless told otherwise.
    Identity signedFor(const QList<QByteArray> &hosts, const QDateTime &from = {}, const QDateTime &to = {}) const;

private:
    Identity m_authority;
};

} // namespace ringside::test
