// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <httplib.h>
#include <memory>

namespace ringside::test {

/// ringside-sandbox itself, running until this is gone. `base` is empty and `client` null when it did not start.
class SandboxProgram
{
public:
    explicit SandboxProgram(const QStringList &arguments)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(RINGSIDE_SANDBOX_PROGRAM), arguments);
        while (!m_process.canReadLine() && m_process.waitForReadyRead(60'000)) {
        }
        const QList<QByteArray> addresses = m_process.readLine().trimmed().split(' ');
        base = addresses.value(0).toStdString();
        events = QString::fromLatin1(addresses.value(1));
        if (base.starts_with("http://"))
            client = std::make_unique<httplib::Client>(base);
    }
    ~SandboxProgram() { kill(); }
    SandboxProgram(const SandboxProgram &) = delete;
    SandboxProgram &operator=(const SandboxProgram &) = delete;

    /// SIGKILL: the program can do nothing more.
    void kill()
    {
        client.reset();
        m_process.kill();
        m_process.waitForFinished();
    }

    /// SIGTERM; the status with which it ended, -1 when it did not or was killed by it.
    int terminate()
    {
        client.reset();
        m_process.terminate();
        const bool ended = m_process.waitForFinished(60'000) && m_process.exitStatus() == QProcess::NormalExit;
        return ended ? m_process.exitCode() : -1;
    }

    /// A request to the control interface.
    QJsonObject control(const std::string &path) const { return object(client->Get(("/__sandbox/" + path).c_str())); }
    QJsonObject control(const std::string &path, const QJsonObject &order) const
    {
        const std::string body = QJsonDocument(order).toJson().toStdString();
        return object(client->Post(("/__sandbox/" + path).c_str(), body, "application/json"));
    }

    /// The answer in JSON; empty when there was none.
    static QJsonObject object(const httplib::Result &reply)
    {
        return reply ? QJsonDocument::fromJson(QByteArray::fromStdString(reply->body)).object() : QJsonObject();
    }

    std::string base;
    QString events;
    std::unique_ptr<httplib::Client> client;

private:
    QProcess m_process;
};

} // namespace ringside::test
