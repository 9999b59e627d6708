// SPDX-License-Identifier: Apache-2.0
#include "BaresipEvents.h"

#include <QHash>

#include <algorithm>

namespace ringside {

namespace {

/// baresip itself stops far below this.
constexpr qsizetype mostKnown = 200;
constexpr qsizetype longestText = 1024;

enum class Kind { Incoming, Outgoing, Established, Media, HeldByPeer, ResumedByPeer, Closed };

/// Keyed on the type alone: the classes have changed between versions.
std::optional<Kind> kindOf(const QString &type)
{
    static const QHash<QString, Kind> kinds{
        {QStringLiteral("CALL_INCOMING"), Kind::Incoming},       {QStringLiteral("CALL_OUTGOING"), Kind::Outgoing},
        {QStringLiteral("CALL_RINGING"), Kind::Outgoing},        {QStringLiteral("CALL_PROGRESS"), Kind::Outgoing},
        {QStringLiteral("CALL_ESTABLISHED"), Kind::Established}, {QStringLiteral("CALL_RTPESTAB"), Kind::Media},
        {QStringLiteral("CALL_HOLD"), Kind::HeldByPeer},         {QStringLiteral("CALL_RESUME"), Kind::ResumedByPeer},
        {QStringLiteral("CALL_CLOSED"), Kind::Closed},
    };
    const auto found = kinds.constFind(type);
    return found == kinds.constEnd() ? std::nullopt : std::optional<Kind>(*found);
}

QString textOf(const QJsonObject &frame, QLatin1String member)
{
    return frame.value(member).toString().left(longestText);
}

std::optional<CallDirection> directionOf(const QJsonObject &frame)
{
    const QString direction = textOf(frame, QLatin1String("direction"));
    if (direction == u"incoming")
        return CallDirection::In;
    if (direction == u"outgoing")
        return CallDirection::Out;
    return std::nullopt;
}

int statusCode(const QString &text)
{
    bool number = false;
    const int code = QStringView(text).left(3).toInt(&number);
    return number && code >= 300 && code < 700 && (text.size() == 3 || text.at(3) == u' ') ? code : 0;
}

CallEndReason outgoingReason(int code)
{
    switch (code) {
    case 486:
    case 600:
    case 603:
        return CallEndReason::Busy;
    case 408:
    case 480:
        return CallEndReason::NoAnswer;
    case 487:
        return CallEndReason::Cancelled;
    default:
        return CallEndReason::Failed;
    }
}

} // namespace

namespace baresip {

CallEndReason endReason(CallDirection direction, bool answered, const QString &text)
{
    const auto says = [&text](QLatin1String part) { return text.contains(part, Qt::CaseInsensitive); };
    if (says(QLatin1String("call transfer"))) // "transfered" in 1.0.0
        return CallEndReason::Transferred;
    if (answered)
        return CallEndReason::Completed;
    if (says(QLatin1String("elsewhere")))
        return CallEndReason::Elsewhere;
    const bool byUser = says(QLatin1String("reset by user")) || says(QLatin1String("rejected by user"));
    const int code = statusCode(text);
    if (direction == CallDirection::In)
        return byUser || code == 486 || code == 603 ? CallEndReason::Rejected : CallEndReason::None;
    if (byUser)
        return CallEndReason::Cancelled;
    return says(QLatin1String("local timeout")) ? CallEndReason::NoAnswer : outgoingReason(code);
}

QString unescapedName(const QString &name)
{
    QString out;
    out.reserve(name.size());
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (name.at(i) == u'\\' && i + 1 < name.size())
            ++i;
        const QChar c = name.at(i);
        if (c.category() != QChar::Other_Control)
            out += c;
    }
    return out.trimmed();
}

} // namespace baresip

std::optional<CallEvent> BaresipEvents::translate(const QJsonObject &frame)
{
    const std::optional<Kind> kind = kindOf(textOf(frame, QLatin1String("type")));
    const QString id = textOf(frame, QLatin1String("id"));
    if (!kind || id.isEmpty() || !frame.value(QLatin1String("event")).toBool())
        return std::nullopt;

    const std::optional<CallDirection> direction = directionOf(frame);
    Known *known = find(id);
    if (!known && *kind != Kind::Closed && m_known.size() < mostKnown) {
        m_known.append({.id = id,
                        .peerUri = textOf(frame, QLatin1String("peeruri")),
                        .direction = direction.value_or(*kind == Kind::Outgoing ? CallDirection::Out : CallDirection::In)});
        known = &m_known.last();
    }

    CallEvent event;
    if (known) {
        known->established |= *kind == Kind::Established || *kind == Kind::HeldByPeer || *kind == Kind::ResumedByPeer;
        known->mediaSeen |= *kind == Kind::Media;
        if (*kind == Kind::HeldByPeer || *kind == Kind::ResumedByPeer)
            known->heldByPeer = *kind == Kind::HeldByPeer;
        event = eventOf(*known);
    }
    event.callId = id;
    if (direction)
        event.direction = direction;
    event.remoteNumber = textOf(frame, QLatin1String("peeruri"));
    event.remoteName = baresip::unescapedName(textOf(frame, QLatin1String("peerdisplayname")));
    event.localLine = textOf(frame, QLatin1String("accountaor"));
    if (*kind == Kind::Closed) {
        event.state = CallState::Ended;
        const bool answered = known && (known->established || known->mediaSeen);
        // An end without a beginning: which it was cannot be told from an incoming one.
        if (known || event.direction == CallDirection::Out)
            event.reason = baresip::endReason(event.direction.value_or(CallDirection::In), answered,
                                              textOf(frame, QLatin1String("param")));
        m_known.removeIf([&id](const Known &call) { return call.id == id; });
    } else if (!known) {
        return std::nullopt;
    }
    return event;
}

QList<CallEvent> BaresipEvents::applyList(const QList<baresip::ListedCall> &listed)
{
    QList<CallEvent> events;
    const QList<qsizetype> indices = matched(listed);
    for (qsizetype i = 0; i < listed.size(); ++i) {
        if (indices.at(i) < 0)
            continue;
        Known &known = m_known[indices.at(i)];
        const CallState before = known.state();
        known.established |= listed.at(i).established();
        known.mediaSeen = known.mediaSeen && known.established; // Early media is not an answer.
        known.heldByUs = listed.at(i).onHold;
        if (known.state() != before)
            events.append(eventOf(known));
    }
    return events;
}

std::optional<CallEvent> BaresipEvents::applyStatus(const baresip::CallStatus &status, const QList<baresip::ListedCall> &listed)
{
    const auto current = std::find_if(listed.begin(), listed.end(), [](const baresip::ListedCall &call) { return call.current; });
    if (find(status.id) || !status.direction || current == listed.end() || current->peerUri != status.peerUri
        || m_known.size() >= mostKnown)
        return std::nullopt;
    Known known{.id = status.id, .peerUri = status.peerUri, .direction = *status.direction};
    known.established = current->established();
    known.heldByUs = current->onHold;
    m_known.append(known);
    CallEvent event = eventOf(known);
    event.remoteName = baresip::unescapedName(status.peerName);
    event.localLine = status.localUri;
    return event;
}

std::optional<QStringList> BaresipEvents::identified(const QList<baresip::ListedCall> &listed) const
{
    QStringList ids;
    const QList<qsizetype> indices = matched(listed);
    for (const qsizetype index : indices) {
        if (index < 0)
            return std::nullopt;
        ids.append(m_known.at(index).id);
    }
    return ids;
}

void BaresipEvents::forgetOthers(const QStringList &liveIds)
{
    m_known.removeIf([&liveIds](const Known &call) { return !liveIds.contains(call.id); });
}

bool BaresipEvents::anyTalking() const
{
    return std::any_of(m_known.begin(), m_known.end(), [](const Known &call) { return call.established; });
}

bool BaresipEvents::anyUnclear() const
{
    return std::any_of(m_known.begin(), m_known.end(), [](const Known &call) { return call.mediaSeen && !call.established; });
}

CallState BaresipEvents::Known::state() const
{
    if (established)
        return heldByUs || heldByPeer ? CallState::Held : CallState::Connected;
    return direction == CallDirection::In ? CallState::Ringing : CallState::Dialing;
}

BaresipEvents::Known *BaresipEvents::find(const QString &id)
{
    const auto found = std::find_if(m_known.begin(), m_known.end(), [&id](const Known &call) { return call.id == id; });
    return found == m_known.end() ? nullptr : &*found;
}

/// By id where it is told, else by the peer; two calls with one peer stand in the order in which they began.
QList<qsizetype> BaresipEvents::matched(const QList<baresip::ListedCall> &listed) const
{
    QList<qsizetype> indices(listed.size(), -1);
    const auto match = [&](bool byId) {
        for (qsizetype line = 0; line < listed.size(); ++line) {
            const baresip::ListedCall &call = listed.at(line);
            if (call.id.isEmpty() == byId)
                continue;
            for (qsizetype i = 0; i < m_known.size() && indices.at(line) < 0; ++i) {
                const bool same = byId ? m_known.at(i).id == call.id : m_known.at(i).peerUri == call.peerUri;
                if (same && !indices.contains(i))
                    indices[line] = i;
            }
        }
    };
    match(true);
    match(false);
    return indices;
}

CallEvent BaresipEvents::eventOf(const Known &known)
{
    CallEvent event;
    event.callId = known.id;
    event.state = known.state();
    event.direction = known.direction;
    event.remoteNumber = known.peerUri;
    return event;
}

} // namespace ringside
