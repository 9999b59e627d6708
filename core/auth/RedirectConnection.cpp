// SPDX-License-Identifier: Apache-2.0
#include "RedirectConnection.h"

#include "RedirectPage.h"

#include <QTcpSocket>

namespace ringside {

RedirectConnection::RedirectConnection(QTcpSocket *socket, std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent), m_socket(socket)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(RedirectRequestParser::mostHeadBytes);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, m_socket, &QAbstractSocket::abort);
    connect(m_socket, &QAbstractSocket::disconnected, this, &QObject::deleteLater);
    connect(m_socket, &QIODevice::readyRead, this, &RedirectConnection::read);
    m_limit.start(limit);
}

void RedirectConnection::read()
{
    if (m_hasRequest || m_responded) {
        m_socket->readAll(); // Unread bytes would turn our close into a reset and lose the page.
        return;
    }
    m_received += m_socket->read(RedirectRequestParser::mostHeadBytes - m_received.size());
    const RedirectParse parse = RedirectRequestParser::parse(m_received);
    switch (parse.status) {
    case RedirectParse::Status::Incomplete:
        return;
    case RedirectParse::Status::Bad:
        respond(RedirectPage::refused(parse.httpStatus));
        return;
    case RedirectParse::Status::Ok:
        break;
    }
    m_hasRequest = true;
    m_received.clear(); // It holds the code.
    m_limit.stop();
    Q_EMIT requested(parse.request);
}

void RedirectConnection::respond(const RedirectPage &page)
{
    if (m_responded)
        return;
    m_responded = true;
    m_received.clear();
    m_socket->readAll();
    m_socket->write(page.response());
    // Whoever is told of the end may delete us next; the page fits into the system's buffer.
    m_socket->flush();
    m_limit.start(timeLimit);
    m_socket->disconnectFromHost();
}

} // namespace ringside
