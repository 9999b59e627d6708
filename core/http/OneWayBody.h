// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace ringside {

/// A request body that can be read once. QNetworkAccessManager rewinds the body to send a request again after the peer
/// hung up; from this one it cannot, so a write arrives at most once (Qt 6.4.2, counted at a raw socket by a test).
/// An empty body needs it too: a POST without any device is repeated like a GET.
class OneWayBody final : public QIODevice
{
    Q_OBJECT

public:
    explicit OneWayBody(QByteArray bytes, QObject *parent = nullptr);

    bool isSequential() const override { return true; }
    bool atEnd() const override;
    qint64 bytesAvailable() const override;
    /// Nobody has asked for it, so it cannot have been sent. Of an empty body that is not known.
    bool isUntouched() const { return !m_asked && !m_bytes.isEmpty(); }
    bool reset() override { return false; } // QIODevice's own would warn for every lost connection.

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_bytes;
    qsizetype m_read = 0;
    bool m_asked = false;
};

} // namespace ringside
