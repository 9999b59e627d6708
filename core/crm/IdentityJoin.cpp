// SPDX-License-Identifier: Apache-2.0
#include "IdentityJoin.h"

#include "WhenReady.h"

#include <algorithm>

namespace ringside {

namespace {

void fill(QString &target, const QString &value)
{
    if (target.isEmpty())
        target = value;
}

} // namespace

QFuture<Result<AgentIdentity>> IdentityJoin::make(QObject *owner, const Half &user, const Half &org)
{
    auto *join = new IdentityJoin(owner);
    join->watch(user, org);
    return join->m_promise.future();
}

IdentityJoin::IdentityJoin(QObject *owner) : QObject(owner)
{
    m_promise.start();
}

void IdentityJoin::watch(const Half &user, const Half &org)
{
    connect(&m_consumer, &QFutureWatcherBase::canceled, this, &QObject::deleteLater);
    m_consumer.setFuture(m_promise.future());
    const auto handler = [this](const Result<AgentIdentity> &half) { take(half); };
    whenReady(this, user, handler);
    whenReady(this, org, handler);
}

void IdentityJoin::take(const Result<AgentIdentity> &half)
{
    if (m_missing == 0)
        return;
    if (!half.ok()) {
        finish(half);
        return;
    }
    const AgentIdentity &part = half.value();
    fill(m_identity.userId, part.userId);
    fill(m_identity.fullName, part.fullName);
    fill(m_identity.email, part.email);
    fill(m_identity.timeZone, part.timeZone);
    fill(m_identity.orgName, part.orgName);
    fill(m_identity.orgId, part.orgId);
    fill(m_identity.currency, part.currency);
    fill(m_identity.edition, part.edition);
    m_identity.licences = std::max(m_identity.licences, part.licences);
    if (--m_missing == 0)
        finish(m_identity);
}

void IdentityJoin::finish(const Result<AgentIdentity> &result)
{
    m_missing = 0;
    m_promise.addResult(result);
    m_promise.finish();
    deleteLater(); // The watchers go with it and cancel the half that is still under way.
}

} // namespace ringside
