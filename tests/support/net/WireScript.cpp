// SPDX-License-Identifier: Apache-2.0
#include "WireScript.h"

#include <algorithm>
#include <utility>

namespace ringside::test {

namespace {

/// Both texts line by line, each differing line marked.
QString difference(const QByteArray &expected, const QByteArray &got)
{
    const QList<QByteArray> left = expected.split('\n');
    const QList<QByteArray> right = got.split('\n');
    QString out;
    for (qsizetype i = 0; i < std::max(left.size(), right.size()); ++i) {
        const QByteArray wanted = left.value(i);
        const QByteArray came = right.value(i);
        if (wanted == came)
            out += QStringLiteral("  ") + QString::fromUtf8(wanted) + QLatin1Char('\n');
        else
            out += QStringLiteral("- %1\n+ %2\n").arg(QString::fromUtf8(wanted), QString::fromUtf8(came));
    }
    return out;
}

} // namespace

bool WireScript::isUsual(const QByteArray &name)
{
    static const QList<QByteArray> usual{"host",       "connection",      "accept-encoding", "accept-language",
                                         "user-agent", "content-length"};
    return usual.contains(name);
}

void WireScript::expect(const QByteArray &request, const QByteArray &response)
{
    const qsizetype gap = request.indexOf("\n\n");
    QList<QByteArray> lines = (gap < 0 ? request : request.left(gap)).split('\n');
    std::sort(lines.begin() + 1, lines.end());
    m_exchanges.append({lines.join('\n') + (gap < 0 ? QByteArray() : request.mid(gap)), response, false});
}

void WireScript::expectAlongside(const QByteArray &request, const QByteArray &response)
{
    expect(request, response);
    m_exchanges.last().alongside = true;
}

/// Brings the one that came to the front of those that may come now.
void WireScript::findAmongThoseAlongside(const QByteArray &got)
{
    for (qsizetype i = m_next; i < m_exchanges.size() && (i == m_next || m_exchanges.at(i).alongside); ++i) {
        if (m_exchanges.at(i).request != got)
            continue;
        m_exchanges.swapItemsAt(m_next, i);
        std::swap(m_exchanges[m_next].alongside, m_exchanges[i].alongside);
        return;
    }
}

QByteArray WireScript::canonical(const RawServer::Arrival &arrival)
{
    QList<QByteArray> headers;
    QByteArray length;
    const QList<QByteArray> lines = arrival.head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(std::max<qsizetype>(colon, 0)).trimmed().toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (name == "content-length")
            length = value;
        if (!name.isEmpty() && !isUsual(name))
            headers.append(name + ": " + value);
    }
    // Said where it is wrong, so that it makes a difference.
    if (!length.isNull() && length.toLongLong() != arrival.body.size())
        headers.append("content-length: " + length);
    std::sort(headers.begin(), headers.end());
    QByteArray text = arrival.method + ' ' + arrival.target;
    for (const QByteArray &header : std::as_const(headers))
        text += '\n' + header;
    if (!arrival.body.isEmpty())
        text += "\n\n" + arrival.body;
    return text;
}

RawServer::Answer WireScript::answer(const RawServer::Arrival &arrival)
{
    const QByteArray got = canonical(arrival);
    if (m_next >= m_exchanges.size()) {
        m_complaints.append(QStringLiteral("A request that nobody expected:\n") + difference({}, got));
        return {RawServer::response(599), RawServer::Then::KeepOpen};
    }
    findAmongThoseAlongside(got);
    const Exchange &exchange = m_exchanges.at(m_next++);
    if (exchange.request != got)
        m_complaints.append(QStringLiteral("Request %1 differs (- expected, + sent):\n").arg(m_next)
                            + difference(exchange.request, got));
    return {exchange.response, RawServer::Then::KeepOpen};
}

QStringList WireScript::complaints() const
{
    QStringList all = m_complaints;
    for (qsizetype i = m_next; i < m_exchanges.size(); ++i)
        all.append(QStringLiteral("Request %1 never came:\n").arg(i + 1) + QString::fromUtf8(m_exchanges.at(i).request));
    return all;
}

} // namespace ringside::test
