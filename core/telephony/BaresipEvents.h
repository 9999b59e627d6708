// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "BaresipAnswers.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <optional>

namespace ringside {

/// Turns what one baresip says into CallEvents. Remembers the calls in the air, since an end means "missed" or
/// "completed" by what came before, and since holds are only seen by comparing lists. No I/O, no clock: the events come
/// without sourceId, time and monotonic. Source: softphone reference, sections 1.1 to 1.3.
class BaresipEvents
{
public:
    /// One JSON frame. Answers, unknown types and calls without an id give nothing.
    std::optional<CallEvent> translate(const QJsonObject &frame);

    /// What `listcalls` says of calls already known: held, resumed, answered while nobody listened.
    QList<CallEvent> applyList(const QList<baresip::ListedCall> &listed);

    /// `callstat` names the current call, the only way to learn of one that began while nobody listened.
    std::optional<CallEvent> applyStatus(const baresip::CallStatus &status, const QList<baresip::ListedCall> &listed);

    /// The ids of the listed calls, or nullopt while one of them cannot be named.
    std::optional<QStringList> identified(const QList<baresip::ListedCall> &listed) const;

    /// Forgets calls that are not in the list, which must be complete.
    void forgetOthers(const QStringList &liveIds);

    bool anyTalking() const; ///< Then holds must be asked for.
    /// Media flows on a call that was never reported as answered: ask for the list.
    bool anyUnclear() const;

private:
    struct Known
    {
        QString id;
        QString peerUri;
        CallDirection direction = CallDirection::In;
        bool established = false;
        bool mediaSeen = false;
        bool heldByUs = false;
        bool heldByPeer = false;

        CallState state() const;
    };

    Known *find(const QString &id);
    /// For each listed call the index of the known one, or -1.
    QList<qsizetype> matched(const QList<baresip::ListedCall> &listed) const;
    static CallEvent eventOf(const Known &known);

    QList<Known> m_known; ///< In the order in which they began. Bounded.
};

namespace baresip {

/// What the text of CALL_CLOSED means; None where it leaves it open.
CallEndReason endReason(CallDirection direction, bool answered, const QString &text);

/// SIP quoted-string escapes undone: O\"Neil -> O"Neil.
QString unescapedName(const QString &name);

} // namespace baresip

} // namespace ringside
