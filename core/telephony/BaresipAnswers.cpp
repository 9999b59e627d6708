// SPDX-License-Identifier: Apache-2.0
#include "BaresipAnswers.h"

#include <QRegularExpression>

namespace ringside::baresip {

std::optional<QList<ListedCall>> parseListCalls(const QString &text)
{
    static const QRegularExpression heading(QStringLiteral("^--- Active calls \\(([0-9]{1,6})\\) ---$"),
                                            QRegularExpression::MultilineOption);
    static const QRegularExpression line(
        QStringLiteral("^(>?)\\s*\\[line [0-9]+(?:,\\s*id ([^\\]]+))?\\]\\s+[0-9:]+\\s+([A-Z_]+)\\s+(\\(on hold\\))?\\s*(\\S.*)$"),
        QRegularExpression::MultilineOption);
    const auto head = heading.match(text);
    if (!head.hasMatch())
        return std::nullopt;
    QList<ListedCall> calls;
    for (auto matches = line.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        calls.append({.current = !match.captured(1).isEmpty(),
                      .id = match.captured(2).trimmed(),
                      .state = match.captured(3),
                      .onHold = !match.captured(4).isEmpty(),
                      .peerUri = match.captured(5).trimmed()});
    }
    if (calls.size() != head.captured(1).toInt())
        return std::nullopt;
    return calls;
}

std::optional<CallStatus> parseCallStat(const QString &text)
{
    static const QRegularExpression heading(QStringLiteral("^===== Call debug \\(([A-Z_]+)\\) =====$"),
                                            QRegularExpression::MultilineOption);
    static const QRegularExpression local(QStringLiteral("^ local_uri: .*?<?([a-z]+:[^<>\\s]+)>?\\s*$"),
                                          QRegularExpression::MultilineOption);
    static const QRegularExpression peer(QStringLiteral("^ peer_uri:\\s*(?:(.*?)\\s*)?<?([a-z]+:[^<>\\s]+)>?\\s*$"),
                                         QRegularExpression::MultilineOption);
    static const QRegularExpression id(QStringLiteral("^ af=\\S+ id=(\\S+)\\s*$"), QRegularExpression::MultilineOption);
    static const QRegularExpression direction(QStringLiteral("^ direction: (Incoming|Outgoing)\\s*$"),
                                              QRegularExpression::MultilineOption);
    const auto head = heading.match(text);
    const auto idMatch = id.match(text);
    const auto peerMatch = peer.match(text);
    if (!head.hasMatch() || !idMatch.hasMatch() || !peerMatch.hasMatch())
        return std::nullopt;
    CallStatus status;
    status.id = idMatch.captured(1);
    status.state = head.captured(1);
    status.peerUri = peerMatch.captured(2);
    status.peerName = peerMatch.captured(1);
    status.localUri = local.match(text).captured(1);
    if (const auto match = direction.match(text); match.hasMatch())
        status.direction = match.captured(1) == u"Incoming" ? CallDirection::In : CallDirection::Out;
    return status;
}

std::optional<int> parseUserAgentCount(const QString &text)
{
    static const QRegularExpression heading(QStringLiteral("^--- User Agents \\(([0-9]{1,6})\\) ---$"),
                                            QRegularExpression::MultilineOption);
    const auto match = heading.match(text);
    return match.hasMatch() ? std::optional<int>(match.captured(1).toInt()) : std::nullopt;
}

} // namespace ringside::baresip
