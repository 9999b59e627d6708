// SPDX-License-Identifier: Apache-2.0
#include "BaresipProcess.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QHostAddress>
#include <QJsonDocument>
#include <QTcpServer>
#include <QUdpSocket>
#include <QUrl>

#include <memory>
#include <utility>

namespace ringside::test {

namespace {

/// A port that is free at this moment for TCP, and for UDP where asked. SIP also takes the next port, for TLS.
quint16 freePort(bool sip)
{
    for (int attempt = 0; attempt < 50; ++attempt) {
        QTcpServer server;
        if (!server.listen(QHostAddress::LocalHost, 0))
            continue;
        const quint16 port = server.serverPort();
        QUdpSocket udp;
        QTcpServer next;
        if (!sip
            || (port < 65'000 && udp.bind(QHostAddress::LocalHost, port)
                && next.listen(QHostAddress::LocalHost, static_cast<quint16>(port + 1))))
            return port;
    }
    return 0;
}

QString modulePath()
{
    for (const QString &path : {QStringLiteral("/usr/lib/baresip/modules"), QStringLiteral("/usr/local/lib/baresip/modules")}) {
        if (QFile::exists(path))
            return path;
    }
    return {};
}

constexpr int startMilliseconds = 15'000;

} // namespace

BaresipProcess::BaresipProcess(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
    connect(&m_control, &QTcpSocket::readyRead, this, &BaresipProcess::read);
}

BaresipProcess::~BaresipProcess()
{
    stop();
}

bool BaresipProcess::start()
{
    if (m_sipPort == 0) {
        m_sipPort = freePort(true);
        m_controlPort = m_options.controlPort != 0 ? m_options.controlPort : freePort(false);
        m_httpPort = freePort(false);
    }
    if (!writeConfiguration())
        return false;
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardOutputFile(m_folder.filePath(QStringLiteral("output.txt")));
    m_process.start(QStringLiteral("baresip"), {QStringLiteral("-f"), m_folder.path()});
    if (!m_process.waitForStarted(startMilliseconds)) {
        m_error = m_process.errorString();
        return false;
    }
    return waitUntilListening();
}

void BaresipProcess::stop()
{
    m_control.abort();
    if (m_process.state() == QProcess::NotRunning)
        return;
    constexpr int patience = 5000; // It unregisters for about two seconds.
    m_process.terminate();
    if (!m_process.waitForFinished(patience)) {
        m_process.kill();
        m_process.waitForFinished(patience);
    }
}

QString BaresipProcess::sipUri() const
{
    return QStringLiteral("sip:%1@127.0.0.1:%2").arg(m_options.user).arg(m_sipPort);
}

bool BaresipProcess::attach()
{
    m_buffer.clear();
    m_control.connectToHost(QHostAddress::LocalHost, m_controlPort);
    return m_control.waitForConnected(startMilliseconds);
}

void BaresipProcess::command(const QString &name, const QString &parameters)
{
    QJsonObject request{{QStringLiteral("command"), name}};
    if (!parameters.isEmpty())
        request.insert(QStringLiteral("params"), parameters);
    const QByteArray json = QJsonDocument(request).toJson(QJsonDocument::Compact);
    m_control.write(QByteArray::number(json.size()) + ':' + json + ',');
    m_control.flush();
}

bool BaresipProcess::sawEvent(const QString &type) const
{
    for (const QJsonObject &event : m_events) {
        if (event.value(QLatin1String("type")).toString() == type)
            return true;
    }
    return false;
}

void BaresipProcess::commandByHttp(const QString &command)
{
    auto *socket = new QTcpSocket(this);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QTcpSocket::connected, socket, [socket, command] {
        socket->write("GET /raw/?/" + QUrl::toPercentEncoding(command) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    });
    socket->connectToHost(QHostAddress::LocalHost, m_httpPort);
}

bool BaresipProcess::writeConfiguration()
{
    const QString modules = modulePath();
    if (!m_folder.isValid() || modules.isEmpty() || m_sipPort == 0) {
        m_error = QStringLiteral("no folder, no free port, or baresip is not installed");
        return false;
    }
    // ausine wants 48 kHz stereo; aubridge swallows what would be heard.
    const QString config = QStringLiteral("poll_method epoll\nsip_listen 127.0.0.1:%1\nnet_interface 127.0.0.1\n"
                                          "audio_source ausine,440\naudio_player aubridge,x\naudio_alert aubridge,x\n"
                                          "ausrc_srate 48000\nausrc_channels 2\nmodule_path %2\n"
                                          "module g711.so\nmodule ausine.so\nmodule aubridge.so\n"
                                          "module_tmp uuid.so\nmodule_tmp account.so\n"
                                          "module_app menu.so\nmodule_app ctrl_tcp.so\nmodule_app httpd.so\n"
                                          "ctrl_tcp_listen 127.0.0.1:%3\nhttp_listen 127.0.0.1:%4\n")
                               .arg(m_sipPort)
                               .arg(modules)
                               .arg(m_controlPort)
                               .arg(m_httpPort);
    const QString accounts =
        QStringLiteral("\"%1\" <%2>;regint=0;answermode=%3\n").arg(m_options.displayName, sipUri(), m_options.answerMode);
    const QList<QPair<QString, QString>> files{{QStringLiteral("config"), config},
                                               {QStringLiteral("accounts"), accounts},
                                               {QStringLiteral("contacts"), QString()}};
    for (const auto &[name, content] : files) {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content.toUtf8()) < 0) {
            m_error = file.errorString();
            return false;
        }
    }
    return true;
}

/// Asks httpd, not ctrl_tcp: a knock there would throw out the client that waits for it.
bool BaresipProcess::waitUntilListening()
{
    QDeadlineTimer deadline(startMilliseconds);
    constexpr int step = 50;
    while (!deadline.hasExpired()) {
        QTcpSocket probe;
        probe.connectToHost(QHostAddress::LocalHost, m_httpPort);
        if (probe.waitForConnected(step))
            return true;
        if (m_process.waitForFinished(step)) {
            QFile output(m_folder.filePath(QStringLiteral("output.txt")));
            m_error = QStringLiteral("baresip ended: ")
                + (output.open(QIODevice::ReadOnly) ? QString::fromUtf8(output.readAll()) : QString());
            return false;
        }
    }
    m_error = QStringLiteral("baresip does not listen");
    return false;
}

void BaresipProcess::read()
{
    m_buffer += m_control.readAll();
    for (;;) {
        const qsizetype colon = m_buffer.indexOf(':');
        const qsizetype length = colon > 0 ? m_buffer.first(colon).toLongLong() : -1;
        if (length < 0 || m_buffer.size() < colon + length + 2)
            return;
        const QJsonObject frame = QJsonDocument::fromJson(m_buffer.sliced(colon + 1, length)).object();
        if (frame.value(QLatin1String("event")).toBool())
            m_events.append(frame);
        m_buffer.remove(0, colon + length + 2);
    }
}

} // namespace ringside::test
