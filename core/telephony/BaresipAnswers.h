// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Call.h"

#include <QList>
#include <QString>

#include <optional>

/// The plain text that baresip answers to commands. Made for people and different between versions, so every reader
/// takes what it knows and says "not understood" otherwise. Pure. Source: softphone reference, sections 1.1 and 1.3.
namespace ringside::baresip {

/// A line of `listcalls`, in the order in which the calls began.
struct ListedCall
{
    bool current = false;
    QString id; ///< Newer versions only.
    QString state; ///< "INCOMING", "ESTABLISHED", …
    bool onHold = false; ///< By us; what the peer does is not shown.
    QString peerUri;

    bool established() const { return state == u"ESTABLISHED"; }
};
/// nullopt when the text is no such list, or a line of it is not understood.
std::optional<QList<ListedCall>> parseListCalls(const QString &text);

/// `callstat`: the current call only.
struct CallStatus
{
    QString id;
    QString state;
    QString peerUri;
    QString peerName;
    QString localUri;
    std::optional<CallDirection> direction;
};
std::optional<CallStatus> parseCallStat(const QString &text);

/// `reginfo`: how many accounts it has; `listcalls` tells of one of them only. nullopt when not understood.
std::optional<int> parseUserAgentCount(const QString &text);

} // namespace ringside::baresip
