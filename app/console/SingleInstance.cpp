// SPDX-License-Identifier: Apache-2.0
#include "SingleInstance.h"

#include "Logging.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTimer>

namespace ringside {

namespace {
constexpr char showRequest[] = "show\n";
constexpr char showAnswer[] = "ok\n";
constexpr int answerMs = 3000;
constexpr qint64 longestRequest = 64;
} // namespace

SingleInstance::SingleInstance(const QString &socketName, QObject *parent)
    : QObject(parent), m_socketName(socketName), m_server(new QLocalServer(this))
{
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &SingleInstance::takeConnections);
}

void SingleInstance::ask()
{
    m_question = new QLocalSocket(this);
    connect(m_question, &QLocalSocket::connected, this, [this] {
        m_reached = true;
        m_question->write(showRequest);
    });
    connect(m_question, &QLocalSocket::readyRead, this, [this] {
        if (m_question && m_question->canReadLine())
            decide(m_question->readLine() == showAnswer ? Answer::Shown : Answer::Silent);
    });
    // A name that nobody listens on refuses at once, also when it is left over from a program that died. Who takes the
    // connection lives, whatever comes of it.
    connect(m_question, &QLocalSocket::errorOccurred, this,
            [this] { decide(m_reached ? Answer::Silent : Answer::Alone); });
    QTimer::singleShot(answerMs, this, [this] { decide(m_reached ? Answer::Silent : Answer::Alone); });
    m_question->connectToServer(m_socketName);
}

void SingleInstance::decide(Answer answer)
{
    if (!m_question)
        return;
    m_question->deleteLater();
    m_question = nullptr;
    if (answer == Answer::Alone)
        listen();
    Q_EMIT decided(answer);
}

void SingleInstance::listen()
{
    if (m_server->listen(m_socketName))
        return;
    // Nobody answered, so the name belongs to a program that died.
    QLocalServer::removeServer(m_socketName);
    if (!m_server->listen(m_socketName))
        qCWarning(logApp).noquote() << "A second Ringside will not find this one:" << m_server->errorString();
}

void SingleInstance::takeConnections()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { readRequest(socket); });
        QTimer::singleShot(answerMs, socket, &QLocalSocket::abort);
        readRequest(socket);
    }
}

void SingleInstance::readRequest(QLocalSocket *socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() > longestRequest)
            socket->abort();
        return;
    }
    if (socket->readLine() == showRequest) {
        socket->write(showAnswer);
        Q_EMIT showRequested();
    }
    socket->disconnectFromServer();
}

} // namespace ringside
