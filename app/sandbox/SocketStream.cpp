// SPDX-License-Identifier: Apache-2.0
#include "SocketStream.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <openssl/err.h>
#include <openssl/ssl.h>

#ifndef _WIN32
#include <netinet/tcp.h>
#include <poll.h>
#endif

namespace ringside::sandbox {

namespace {

constexpr int patience = 30'000; // ms to wait for the rest of a request, or for room to write
constexpr qsizetype largestHead = 64 * 1024;
constexpr QByteArrayView endOfHead = "\r\n\r\n";

template<typename Value>
void setOption(socket_t socket, int level, int name, const Value &value)
{
    ::setsockopt(socket, level, name, reinterpret_cast<const char *>(&value), sizeof value);
}

} // namespace

SocketStream::SocketStream(socket_t socket, SSL_CTX *context) : m_socket(socket)
{
    const int on = 1;
    setOption(m_socket, IPPROTO_TCP, TCP_NODELAY, on); // head and body are two writes
    if (context) {
        m_tls = SSL_new(context);
        SSL_set_fd(m_tls, static_cast<int>(socket));
    }
}

SocketStream::~SocketStream()
{
    SSL_free(m_tls);
}

bool SocketStream::shakeHands()
{
    if (!m_tls)
        return true;
    ERR_clear_error();
    return SSL_accept(m_tls) == 1;
}

bool SocketStream::readHead()
{
    m_buffer.remove(0, m_position); // a pipelined request may have come along
    m_position = 0;
    m_bodyAllowance = -1;
    bool first = m_buffer.isEmpty();
    std::array<char, 8192> chunk{};
    while (true) {
        const qsizetype end = m_buffer.indexOf(endOfHead);
        if (end >= 0) {
            completeHead(end);
            return true;
        }
        if (m_buffer.size() > largestHead || !waitFor(POLLIN, first ? -1 : patience))
            return false;
        const ssize_t got = receive(chunk.data(), chunk.size());
        if (got <= 0)
            return false;
        m_buffer.append(chunk.data(), got);
        first = false;
    }
}

bool SocketStream::hungUp() const
{
#ifdef POLLRDHUP
    pollfd descriptor{m_socket, POLLRDHUP, 0};
    return ::poll(&descriptor, 1, 0) > 0; // a reset and an error are told unasked
#else
    char byte = 0;
    if (m_tls && SSL_pending(m_tls) > 0)
        return false;
    return waitFor(POLLIN, 0) && ::recv(m_socket, &byte, 1, MSG_PEEK) <= 0;
#endif
}

void SocketStream::completeHead(qsizetype headEnd)
{
    const QByteArray head = m_buffer.left(headEnd).toLower();
    const bool mayHaveBody = !head.startsWith("get ") && !head.startsWith("head ") && !head.startsWith("options ");
    if (mayHaveBody && !head.contains("\r\ncontent-length:") && !head.contains("\r\ntransfer-encoding:"))
        m_buffer.insert(headEnd, "\r\nContent-Length: 0");
}

bool SocketStream::is_readable() const
{
    return m_position < m_buffer.size() || waitFor(POLLIN, patience);
}

bool SocketStream::is_writable() const
{
    return waitFor(POLLOUT, patience);
}

ssize_t SocketStream::read(char *data, size_t size)
{
    const qsizetype buffered = m_buffer.size() - m_position;
    if (buffered > 0) {
        const auto count = std::min<qsizetype>(buffered, static_cast<qsizetype>(size));
        std::copy_n(m_buffer.constData() + m_position, count, data);
        m_position += count;
        return count;
    }
    return waitFor(POLLIN, patience) ? receive(data, size) : -1;
}

ssize_t SocketStream::write(const char *data, size_t size)
{
    if (m_delivery == Delivery::Nothing || m_delivery == Delivery::Reset)
        return -1;
    const size_t permitted = m_delivery == Delivery::Half ? allowance(data, size) : size;
    if (!sendAll(data, permitted) || permitted < size)
        return -1;
    return static_cast<ssize_t>(size);
}

size_t SocketStream::allowance(const char *data, size_t size)
{
    if (m_bodyAllowance < 0) { // the head, which names the length of the body
        const QByteArray head = QByteArray(data, static_cast<qsizetype>(size)).toLower();
        const qsizetype at = head.indexOf("\r\ncontent-length:");
        const qsizetype from = at + 17;
        m_bodyAllowance = at < 0 ? 0 : head.mid(from, head.indexOf('\r', from) - from).trimmed().toLongLong() / 2;
        return size;
    }
    const size_t permitted = std::min(size, static_cast<size_t>(m_bodyAllowance));
    m_bodyAllowance -= static_cast<qint64>(permitted);
    return permitted;
}

bool SocketStream::sendAll(const char *data, size_t size) const
{
    size_t sent = 0;
    while (sent < size) {
        if (!waitFor(POLLOUT, patience))
            return false;
        const ssize_t count = send(data + sent, size - sent);
        if (count <= 0)
            return false;
        sent += static_cast<size_t>(count);
    }
    return true;
}

ssize_t SocketStream::send(const char *data, size_t size) const
{
    if (m_tls) {
        ERR_clear_error();
        return SSL_write(m_tls, data, static_cast<int>(std::min<size_t>(size, 1u << 30)));
    }
    while (true) {
        const auto count = ::send(m_socket, data, size, 0);
        if (count < 0 && errno == EINTR)
            continue;
        return count;
    }
}

ssize_t SocketStream::receive(char *data, size_t size) const
{
    if (m_tls) {
        ERR_clear_error();
        return SSL_read(m_tls, data, static_cast<int>(std::min<size_t>(size, 1u << 30)));
    }
    while (true) {
        const auto count = ::recv(m_socket, data, size, 0);
        if (count < 0 && errno == EINTR)
            continue;
        return count;
    }
}

bool SocketStream::waitFor(short events, int milliseconds) const
{
    if (m_tls && events == POLLIN && SSL_pending(m_tls) > 0)
        return true; // decrypted already: the socket itself may stay silent
#ifdef _WIN32
    WSAPOLLFD descriptor{m_socket, events, 0};
    return ::WSAPoll(&descriptor, 1, milliseconds) > 0;
#else
    pollfd descriptor{m_socket, events, 0};
    int ready = 0;
    do
        ready = ::poll(&descriptor, 1, milliseconds);
    while (ready < 0 && errno == EINTR);
    return ready > 0;
#endif
}

void SocketStream::get_remote_ip_and_port(std::string &ip, int &port) const
{
    ip = "127.0.0.1";
    port = 0;
}

void SocketStream::get_local_ip_and_port(std::string &ip, int &port) const
{
    ip = "127.0.0.1";
    port = 0;
}

void SocketStream::close()
{
    if (m_delivery == Delivery::Reset) {
        linger abrupt{};
        abrupt.l_onoff = 1;
        setOption(m_socket, SOL_SOCKET, SO_LINGER, abrupt);
    } else {
        if (m_tls && m_delivery == Delivery::Whole)
            SSL_shutdown(m_tls); // says that nothing was cut off
        shutDown(m_socket);
    }
#ifdef _WIN32
    ::closesocket(m_socket);
#else
    ::close(m_socket);
#endif
}

void SocketStream::shutDown(socket_t socket)
{
#ifdef _WIN32
    ::shutdown(socket, SD_BOTH);
#else
    ::shutdown(socket, SHUT_RDWR);
#endif
}

void SocketStream::lengthenQueue(socket_t listener)
{
    ::listen(listener, SOMAXCONN);
}

void SocketStream::allowQuickRestart(socket_t socket)
{
    const int on = 1;
#ifdef _WIN32
    setOption(socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, on);
#else
    setOption(socket, SOL_SOCKET, SO_REUSEADDR, on);
#endif
}

} // namespace ringside::sandbox
