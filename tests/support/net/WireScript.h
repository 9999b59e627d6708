// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RawServer.h"

#include <QStringList>

namespace ringside::test {

/// A strict counterpart: it expects one exchange after the other, compares each request whole (method, path, query as
/// encoded, headers, body), and answers. What differs, what comes too much and what never came are told by complaints();
/// no complaint means that the wire was exactly as written down.
///
/// An expectation is written as "METHOD target", a line for each header with its name in lower case, then, where
/// there is a body, an empty line and the body. Left out are the headers that no test could mind: host, connection,
/// accept-encoding, accept-language, user-agent; and content-length, which is held against the body instead.
class WireScript
{
public:
    void expect(const QByteArray &request, const QByteArray &response);
    /// Sent at the same time as the one before, on another connection: the two may come in either order.
    void expectAlongside(const QByteArray &request, const QByteArray &response);

    /// The RawServer's script; a request that nobody expected gets status 599.
    RawServer::Answer answer(const RawServer::Arrival &arrival);

    /// Each with both sides, line by line. Empty: all went as expected.
    QStringList complaints() const;

    /// Whether the header, its name in lower case, is left out of the comparison.
    static bool isUsual(const QByteArray &name);
    /// A request as an expectation is written.
    static QByteArray canonical(const RawServer::Arrival &arrival);

private:
    struct Exchange
    {
        QByteArray request;
        QByteArray response;
        bool alongside = false;
    };

    void findAmongThoseAlongside(const QByteArray &got);

    QList<Exchange> m_exchanges;
    qsizetype m_next = 0;
    QStringList m_complaints;
};

} // namespace ringside::test
