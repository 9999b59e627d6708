// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CertificateMint.h"

#include <QSslServer>

namespace ringside::test {

/// Answers every request that comes over TLS with 200 and a small JSON text, and counts them.
class TlsServer final : public QSslServer
{
    Q_OBJECT

public:
    explicit TlsServer(const Identity &identity);

    bool silent = false; ///< Counts, and says nothing.

    int requests() const { return m_requests; }
    QByteArray lastHead() const { return m_lastHead; }
    QUrl url(const QString &host = QStringLiteral("localhost")) const;

private:
    void accept();
    void read(QTcpSocket *socket);

    int m_requests = 0;
    QByteArray m_lastHead;
};

} // namespace ringside::test
