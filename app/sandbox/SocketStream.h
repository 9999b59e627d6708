// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"

#include <httplib.h>

namespace ringside::sandbox {

/// One accepted connection as httplib reads and writes it. It reads a whole request head before httplib sees it, since httplib
/// would read the body of a POST, PUT or DELETE without Content-Length until the peer hangs up.
class SocketStream : public httplib::Stream
{
public:
    /// With a TLS context the connection is encrypted; null: plain.
    SocketStream(socket_t socket, SSL_CTX *context);
    ~SocketStream() override;
    SocketStream(const SocketStream &) = delete;
    SocketStream &operator=(const SocketStream &) = delete;

    /// Agrees on keys. True at once on a plain connection, false when the peer speaks no TLS or refuses the certificate.
    bool shakeHands();

    /// Waits for the next request on this connection; false when the peer is gone or sends no end of head.
    bool readHead();

    /// Whether the peer has closed the connection, or its sending half. Reads nothing.
    bool hungUp() const;

    void setDelivery(Delivery delivery) { m_delivery = delivery; }
    Delivery delivery() const { return m_delivery; }

    bool is_readable() const override;
    bool is_writable() const override;
    ssize_t read(char *data, size_t size) override;
    ssize_t write(const char *data, size_t size) override;
    void get_remote_ip_and_port(std::string &ip, int &port) const override;
    void get_local_ip_and_port(std::string &ip, int &port) const override;
    socket_t socket() const override { return m_socket; }

    /// With a reset when the delivery asks for one.
    void close();

    static void shutDown(socket_t socket);
    static void allowQuickRestart(socket_t socket);
    /// Lets more connections wait for being accepted than httplib does on its own.
    static void lengthenQueue(socket_t listener);

private:
    bool waitFor(short events, int milliseconds) const;
    ssize_t receive(char *data, size_t size) const;
    ssize_t send(const char *data, size_t size) const;
    bool sendAll(const char *data, size_t size) const;
    void completeHead(qsizetype headEnd);
    size_t allowance(const char *data, size_t size);

    socket_t m_socket;
    SSL *m_tls = nullptr;
    QByteArray m_buffer;
    qsizetype m_position = 0;
    Delivery m_delivery = Delivery::Whole;
    qint64 m_bodyAllowance = -1; ///< bytes of the body still to be sent when only half is; -1: head not seen
};

} // namespace ringside::sandbox
