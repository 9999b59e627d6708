// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QPair>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>

namespace ringside::test {

/// A real baresip on loopback, with free ports and no sound hardware; ended with the object. It can be driven in two ways:
/// through its ctrl_tcp (attach(), which takes the only place there) or, beside another client, through its httpd.
/// Blocks while it starts and ends, as tests may.
class BaresipProcess final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString user = QStringLiteral("agent");
        QString displayName = QStringLiteral("Agent One");
        QString answerMode = QStringLiteral("manual");
        quint16 controlPort = 0; ///< 0 = any that is free.
    };

    explicit BaresipProcess(Options options, QObject *parent = nullptr);
    ~BaresipProcess() override;

    /// Starts it and waits until its control port answers. False, with a reason in error(), when it does not.
    bool start();
    void stop(); ///< Asks it to end, and insists after a while.

    QString sipUri() const;
    quint16 controlPort() const { return m_controlPort; }
    quint16 httpPort() const { return m_httpPort; }
    QString error() const { return m_error; }

    /// Takes the ctrl_tcp place; events() grows from now on.
    bool attach();
    void command(const QString &name, const QString &parameters = {});
    const QList<QJsonObject> &events() const { return m_events; }
    bool sawEvent(const QString &type) const;

    /// Sends a command through httpd, without its answer: "accept", "hangup", "hold", "resume", "dial sip:…".
    void commandByHttp(const QString &command);

private:
    bool writeConfiguration();
    bool waitUntilListening();
    void read();

    Options m_options;
    QTemporaryDir m_folder;
    QProcess m_process;
    QTcpSocket m_control;
    QByteArray m_buffer;
    QList<QJsonObject> m_events;
    quint16 m_sipPort = 0;
    quint16 m_controlPort = 0;
    quint16 m_httpPort = 0;
    QString m_error;
};

} // namespace ringside::test
