// SPDX-License-Identifier: Apache-2.0
#include "ApiLimits.h"

#include "CrmErrors.h"

#include <QStringList>
#include <algorithm>
#include <array>
#include <limits>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 day = 24LL * 60 * 60 * 1000;
constexpr qint64 minute = 60LL * 1000;

struct Edition
{
    QLatin1String name;
    qint64 base;
    qint64 perUser;
    qint64 most;
    int concurrency;
};

constexpr std::array<Edition, 5> table{{{"free"_L1, 5'000, 0, 5'000, 5},
                                        {"standard"_L1, 50'000, 250, 100'000, 10},
                                        {"professional"_L1, 50'000, 500, 3'000'000, 15},
                                        {"enterprise"_L1, 50'000, 1'000, 5'000'000, 20},
                                        {"ultimate"_L1, 50'000, 2'000, std::numeric_limits<qint64>::max(), 25}}};

QJsonObject toObject(const QMap<QString, qint64> &map)
{
    QJsonObject object;
    for (auto entry = map.begin(); entry != map.end(); ++entry)
        object.insert(entry.key(), entry.value());
    return object;
}

} // namespace

ApiLimits::ApiLimits(Clock clock) : m_clock(std::move(clock))
{
    setEdition(u"enterprise"_qs);
}

QStringList ApiLimits::editions()
{
    QStringList names;
    for (const Edition &edition : table)
        names.append(edition.name);
    return names;
}

bool ApiLimits::setEdition(const QString &name)
{
    const auto edition = std::find_if(table.begin(), table.end(), [&](const Edition &one) { return one.name == name; });
    if (edition == table.end())
        return false;
    m_edition = name;
    m_total = std::min(edition->base + edition->perUser * usersLicensed, edition->most);
    m_concurrency = edition->concurrency;
    return true;
}

void ApiLimits::setUsed(qint64 credits)
{
    m_spent.clear();
    m_used = 0;
    if (credits > 0) {
        m_spent.push_back({m_clock(), credits});
        m_used = credits;
    }
}

qint64 ApiLimits::used()
{
    const qint64 limit = m_clock() - day;
    while (!m_spent.empty() && m_spent.front().at <= limit) {
        m_used -= m_spent.front().credits;
        m_spent.pop_front();
    }
    return m_used;
}

bool ApiLimits::spend(const ApiCost &cost)
{
    if (used() + cost.credits > m_total) {
        ++m_refused;
        return false;
    }
    const qint64 now = m_clock();
    if (m_spent.empty() || m_spent.back().at / minute != now / minute)
        m_spent.push_back({now, 0});
    m_spent.back().credits += cost.credits;
    m_used += cost.credits;
    ++m_requestsByKind[cost.kind];
    m_creditsByKind[cost.kind] += cost.credits;
    return true;
}

bool ApiLimits::enter(const QString &clientId, const ApiCost &cost)
{
    Running running = m_running.value(clientId);
    if (running.all + cost.concurrency > m_concurrency ||
        (cost.heavy && running.heavy + cost.concurrency > m_heavyConcurrency)) {
        ++m_refused;
        return false;
    }
    running.all += cost.concurrency;
    running.heavy += cost.heavy ? cost.concurrency : 0;
    m_running.insert(clientId, running);
    m_mostAtOnce = std::max(m_mostAtOnce, running.all);
    return true;
}

void ApiLimits::leave(const QString &clientId, const ApiCost &cost)
{
    Running &running = m_running[clientId];
    running.all -= cost.concurrency;
    running.heavy -= cost.heavy ? cost.concurrency : 0;
    if (running.all <= 0)
        m_running.remove(clientId);
}

int ApiLimits::running() const
{
    int calls = 0;
    for (const Running &client : m_running)
        calls += client.all;
    return calls;
}

void ApiLimits::arrived()
{
    ++m_requests;
    m_mostRequests = std::max(m_mostRequests, m_requests);
}

void ApiLimits::forgetMost()
{
    m_mostAtOnce = running();
    m_mostRequests = m_requests;
}

HttpReply ApiLimits::refusal() const
{
    return CrmErrors::tooManyRequests(m_oldReply);
}

void ApiLimits::addHeaders(const QString &clientId, qint64 tokenExpiresAt, HttpReply *reply)
{
    const qint64 left = std::max<qint64>(0, m_total - used());
    if (m_used * 2 >= m_total)
        reply->headers.append({"X-API-CREDITS-REMAINING", QByteArray::number(left)});
    if (!m_oldHeaders)
        return;
    const qint64 now = m_clock();
    reply->headers +=
        {{"X-RATELIMIT-LIMIT", QByteArray::number(m_concurrency)},
         {"X-RATELIMIT-REMAINING", QByteArray::number(std::max(0, m_concurrency - m_running.value(clientId).all))},
         {"X-RATELIMIT-RESET", QByteArray::number((now / minute + 1) * minute)},
         {"X-RATELIMIT-DAY-LIMIT", QByteArray::number(m_total)},
         {"X-RATELIMIT-DAY-REMAINING", QByteArray::number(left)},
         {"X-ACCESSTOKEN-RESET", QByteArray::number(tokenExpiresAt)}};
}

QJsonObject ApiLimits::report()
{
    const qint64 now = used();
    return {{"edition"_L1, m_edition},
            {"credits"_L1, m_total},
            {"used"_L1, now},
            {"remaining"_L1, std::max<qint64>(0, m_total - now)},
            {"concurrency"_L1, m_concurrency},
            {"heavy_concurrency"_L1, m_heavyConcurrency},
            {"at_once"_L1, running()},
            {"most_at_once"_L1, m_mostAtOnce},
            {"requests_at_once"_L1, m_requests},
            {"most_requests_at_once"_L1, m_mostRequests},
            {"refused"_L1, m_refused},
            {"requests_by_kind"_L1, toObject(m_requestsByKind)},
            {"credits_by_kind"_L1, toObject(m_creditsByKind)}};
}

} // namespace ringside::sandbox
