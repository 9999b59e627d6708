// SPDX-License-Identifier: Apache-2.0
#include "CallCost.h"

#include "CallerProfile.h"
#include "CreditMeter.h"
#include "ScreenPop.h"
#include "WrapUp.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <numeric>

namespace ringside::test {

namespace {

/// Not of a call: read once a sign-in or a day.
bool isOfTheDay(const QString &kind)
{
    return kind == QLatin1String("metadata") || kind == QLatin1String("users") || kind == QLatin1String("org");
}

int sum(const QMap<QString, int> &values)
{
    return std::accumulate(values.cbegin(), values.cend(), 0);
}

QMap<QString, int> mapOf(const QJsonObject &object)
{
    QMap<QString, int> map;
    for (auto one = object.begin(); one != object.end(); ++one)
        map.insert(one.key(), one.value().toInt());
    return map;
}

QMap<QString, int> difference(const QMap<QString, int> &after, const QMap<QString, int> &before)
{
    QMap<QString, int> out;
    for (auto one = after.cbegin(); one != after.cend(); ++one) {
        const int by = one.value() - before.value(one.key());
        if (by > 0 && !isOfTheDay(one.key()))
            out.insert(one.key(), by);
    }
    return out;
}

} // namespace

int Cost::total() const
{
    return sum(credits);
}

int Cost::totalRequests() const
{
    return sum(requests);
}

QString Cost::text() const
{
    QStringList parts;
    for (auto one = requests.cbegin(); one != requests.cend(); ++one)
        parts.append(QStringLiteral("%1 %2").arg(one.key()).arg(one.value()));
    return QStringLiteral("%1 credits: %2").arg(total()).arg(parts.join(QStringLiteral(", ")));
}

void CallCost::freshDesk()
{
    setCredits(300'000, 0);
    makeProfile();
    failure.clear();
}

void CallCost::stop()
{
    for (const QString &id : std::as_const(m_inTheAir))
        FlowBench::ring(id, QStringLiteral("ended"), m_number);
    m_inTheAir.clear();
    end();
}

CallCost::Count CallCost::count()
{
    const QJsonObject limits = control(HttpMethod::Get, QStringLiteral("limits"));
    return {mapOf(limits.value(QLatin1String("credits_by_kind")).toObject()),
            mapOf(limits.value(QLatin1String("requests_by_kind")).toObject())};
}

Cost CallCost::since(const Count &before)
{
    const Count after = count();
    return {.credits = difference(after.first, before.first), .requests = difference(after.second, before.second)};
}

bool CallCost::until(const char *what, const std::function<bool()> &done)
{
    if (QTest::qWaitFor(done, patience))
        return true;
    failure = QStringLiteral("waited in vain until %1").arg(QLatin1String(what));
    return false;
}

CallerProfile *CallCost::profile()
{
    return m_desk->session.profile(m_key);
}

Cost CallCost::ring(const QString &number, bool profileComes)
{
    AgentSession &session = m_desk->session;
    const Count before = count();
    m_id = QStringLiteral("cost-%1").arg(++m_calls);
    m_number = number;
    m_inTheAir.append(m_id);
    QSignalSpy added(&session, &AgentSession::callAdded);
    FlowBench::ring(m_id, QStringLiteral("ringing"), number);
    if (!until("the call came", [&] { return added.count() == 1; }))
        return {};
    m_key = added.first().first().toString();
    // As the window does: the profile is made as soon as somebody is chosen.
    until("the look-up was done", [&] {
        profile();
        return session.screenPop().result(m_key).status != PopResult::Status::Searching;
    });
    if (profileComes) {
        until("the profile was there", [&] {
            const CallerProfile *shown = profile();
            return shown && shown->data().header.status == PartState::Status::Ready &&
                   (shown->data().timelineState.status == PartState::Status::Ready ||
                    shown->data().timelineState.status == PartState::Status::Waiting);
        });
    }
    return since(before);
}

int CallCost::ringAtOnce(const QStringList &numbers)
{
    constexpr int slow = 150;
    AgentSession &session = m_desk->session;
    fault({{QStringLiteral("path"), QStringLiteral("/crm/")},
           {QStringLiteral("delay"), slow},
           {QStringLiteral("times"), -1}});
    control(HttpMethod::Delete, QStringLiteral("limits"));
    QSignalSpy added(&session, &AgentSession::callAdded);
    for (const QString &number : numbers) {
        const QString id = QStringLiteral("cost-%1").arg(++m_calls);
        m_inTheAir.append(id);
        FlowBench::ring(id, QStringLiteral("ringing"), number);
    }
    until("the calls came", [&] { return added.count() == numbers.size(); });
    until("the look-ups were done", [&] {
        return std::all_of(added.cbegin(), added.cend(), [&](const QList<QVariant> &call) {
            const QString key = call.first().toString();
            const CallerProfile *shown = session.profile(key); // As the window does.
            const bool ready = !shown || shown->data().timelineState.status == PartState::Status::Ready;
            return ready && session.screenPop().result(key).status != PopResult::Status::Searching;
        });
    });
    noFaults();
    return control(HttpMethod::Get, QStringLiteral("limits")).value(QLatin1String("most_requests_at_once")).toInt();
}

Cost CallCost::log()
{
    const Count before = count();
    AgentSession &session = m_desk->session;
    FlowBench::ring(m_id, QStringLiteral("connected"), m_number);
    until("it was answered", [&] { return entry(m_key).answeredAt.has_value(); });
    session.wrapUp(m_key).setNotes(notesText, 3);
    m_clock.skip(std::chrono::seconds(95));
    FlowBench::ring(m_id, QStringLiteral("ended"), m_number, QStringLiteral("completed"));
    until("it was over", [&] { return entry(m_key).toLog(); });
    session.log(m_key);
    until("it was logged", [&] { return logState(m_key) == LogState::Logged; });
    return since(before);
}

Cost CallCost::readRest()
{
    const Count before = count();
    profile()->readRest();
    until("the rest was read", [&] {
        return !profile()->data().moreToRead && profile()->data().timelineState.status == PartState::Status::Ready;
    });
    return since(before);
}

void CallCost::setCredits(int limit, int used)
{
    control(HttpMethod::Post, QStringLiteral("limits"),
            {{QStringLiteral("credits"), limit}, {QStringLiteral("used"), used}});
    if (m_desk)
        m_desk->scheduler.credits().setLimit(limit);
}

CreditLevel CallCost::level()
{
    return m_desk->scheduler.credits().level();
}

void CallCost::rejectPerson()
{
    m_desk->session.screenPop().unchoose(m_key);
}

int CallCost::arrivalsOf(const QString &path)
{
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [&path](const QJsonValue &one) {
        return one.toObject().value(QLatin1String("path")).toString().contains(path);
    }));
}

int CallCost::refused()
{
    return control(HttpMethod::Get, QStringLiteral("limits")).value(QLatin1String("refused")).toInt();
}

} // namespace ringside::test
