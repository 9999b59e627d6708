// SPDX-License-Identifier: Apache-2.0
#include "WebSocketFrames.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <cstdlib>
#include <utility>

namespace ringside::websocketframes {

namespace {

constexpr qsizetype longestField = 512;
constexpr qsizetype mostInTheAir = 500;
constexpr qint64 farOff = 24 * 60 * 60;

std::optional<CallState> stateOf(const QString &text)
{
    static constexpr std::array states{
        std::pair{u"ringing", CallState::Ringing}, std::pair{u"dialing", CallState::Dialing},
        std::pair{u"connected", CallState::Connected}, std::pair{u"held", CallState::Held},
        std::pair{u"ended", CallState::Ended},
    };
    for (const auto &[name, state] : states) {
        if (text == QStringView(name))
            return state;
    }
    return std::nullopt;
}

/// Spelled as sources like: "no-answer", "no_answer", "noAnswer".
CallEndReason reasonOf(const QString &text)
{
    static const QHash<QString, CallEndReason> reasons{
        {QStringLiteral("completed"), CallEndReason::Completed},
        {QStringLiteral("normal"), CallEndReason::Completed},
        {QStringLiteral("missed"), CallEndReason::Missed},
        {QStringLiteral("rejected"), CallEndReason::Rejected},
        {QStringLiteral("declined"), CallEndReason::Rejected},
        {QStringLiteral("elsewhere"), CallEndReason::Elsewhere},
        {QStringLiteral("answeredelsewhere"), CallEndReason::Elsewhere},
        {QStringLiteral("noanswer"), CallEndReason::NoAnswer},
        {QStringLiteral("busy"), CallEndReason::Busy},
        {QStringLiteral("cancelled"), CallEndReason::Cancelled},
        {QStringLiteral("canceled"), CallEndReason::Cancelled},
        {QStringLiteral("failed"), CallEndReason::Failed},
        {QStringLiteral("transferred"), CallEndReason::Transferred},
        {QStringLiteral("lost"), CallEndReason::Lost},
    };
    QString bare;
    for (const QChar c : text) {
        if (c.isLetter())
            bare += c.toLower();
    }
    return reasons.value(bare, CallEndReason::None);
}

QDateTime timeOf(const QString &text, const QDateTime &now)
{
    const QDateTime told = QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
    return told.isValid() && std::llabs(told.secsTo(now)) <= farOff ? told : now;
}

/// The fields that are there and are text; false as soon as one is not.
class TextFields
{
public:
    explicit TextFields(const QJsonObject &object) : m_object(object) {}

    QString read(QLatin1String name)
    {
        const QJsonValue value = m_object.value(name);
        if (value.isUndefined() || value.isNull())
            return {};
        const QString text = value.toString();
        m_sane = m_sane && value.isString() && text.size() <= longestField && !text.contains(QChar(u'\0'));
        return text;
    }

    bool sane() const { return m_sane; }

private:
    const QJsonObject &m_object;
    bool m_sane = true;
};

} // namespace

std::optional<CallEvent> parse(const QByteArray &frame, const QDateTime &now, std::chrono::milliseconds monotonic)
{
    const QJsonDocument document = QJsonDocument::fromJson(frame);
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject object = document.object();
    TextFields fields(object);
    CallEvent event;
    event.callId = fields.read(QLatin1String("id"));
    const std::optional<CallState> state = stateOf(fields.read(QLatin1String("state")));
    const QString direction = fields.read(QLatin1String("direction"));
    const QString from = fields.read(QLatin1String("from"));
    const QString to = fields.read(QLatin1String("to"));
    event.remoteName = fields.read(QLatin1String("name"));
    const QString time = fields.read(QLatin1String("time"));
    const QString reason = fields.read(QLatin1String("reason"));
    if (!state || !fields.sane() || (!direction.isEmpty() && direction != u"in" && direction != u"out"))
        return std::nullopt;

    event.state = *state;
    if (!direction.isEmpty())
        event.direction = direction == u"in" ? CallDirection::In : CallDirection::Out;
    const bool outgoing = event.direction ? event.direction == CallDirection::Out : event.state == CallState::Dialing;
    event.remoteNumber = outgoing ? to : from;
    event.localLine = outgoing ? from : to;
    event.time = timeOf(time, now);
    event.monotonic = monotonic;
    if (event.state == CallState::Ended)
        event.reason = reasonOf(reason);
    return event;
}

std::optional<QStringList> parseSnapshot(const QByteArray &frame)
{
    const QJsonValue told = QJsonDocument::fromJson(frame).object().value(QLatin1String("snapshot"));
    const QJsonArray given = told.toArray();
    if (!told.isArray() || given.size() > mostInTheAir)
        return std::nullopt;
    QStringList ids;
    for (const QJsonValue &id : given) {
        const QString text = id.toString(); // Empty when it is no text.
        if (text.isEmpty() || text.size() > longestField || text.contains(QChar(u'\0')))
            return std::nullopt;
        ids.append(text);
    }
    return ids;
}

} // namespace ringside::websocketframes
