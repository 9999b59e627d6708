// SPDX-License-Identifier: Apache-2.0
#include "CallerBeforeLog.h"

#include "CrmClient.h"
#include "ScreenPop.h"
#include "WhenReady.h"

#include <QPromise>

#include <memory>

namespace ringside {

CallerBeforeLog::CallerBeforeLog(ScreenPop &pop, CrmClient &crm, QObject *parent)
    : QObject(parent), m_pop(pop), m_crm(crm)
{
    connect(&pop, &ScreenPop::changed, this, [this](const QString &key) {
        if (m_asked.contains(key))
            look(key);
    });
}

QFuture<Result<void>> CallerBeforeLog::settle(const QString &callKey, const PhoneNumber &number)
{
    if (m_asked.contains(callKey))
        return failedFuture<void>(Error{.kind = ErrorKind::Busy, .message = stillWaiting().message});
    const auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    m_pop.look(callKey, number); // Nothing happens when this was done.
    const PopResult::Status status = m_pop.result(callKey).status;
    if (status == PopResult::Status::Failed || status == PopResult::Status::NotSearched)
        m_pop.retry(callKey);
    m_asked.insert(callKey, [promise](const Result<void> &result) {
        promise->addResult(result);
        promise->finish();
    });
    look(callKey);
    return promise->future();
}

void CallerBeforeLog::look(const QString &callKey)
{
    const PopResult &result = m_pop.result(callKey);
    if (result.status == PopResult::Status::Searching)
        return; // changed() follows
    if (result.status == PopResult::Status::Failed && result.failurePasses)
        failed(callKey);
    else
        finish(callKey, {});
}

void CallerBeforeLog::failed(const QString &callKey)
{
    if (m_lastTry.contains(callKey))
        finish(callKey, {});
    else if (++m_failures[callKey] < patience)
        finish(callKey, stillWaiting());
    else
        askElse(callKey);
}

// What came back between the failed look-up and this answer would have found the caller: so it is looked up once more.
void CallerBeforeLog::askElse(const QString &callKey)
{
    const Answer answer = m_asked.take(callKey); // the pop's signals mean nothing meanwhile
    whenReady(this, m_crm.identity(), [this, callKey, answer](const Result<AgentIdentity> &identity) {
        const bool answers = identity.ok() || identity.error().kind == ErrorKind::ScopeMissing ||
                             identity.error().kind == ErrorKind::PermissionMissing;
        if (answers) {
            m_lastTry.insert(callKey);
            m_pop.retry(callKey);
        }
        m_asked.insert(callKey, answer);
        if (answers)
            look(callKey);
        else
            finish(callKey, stillWaiting());
    });
}

void CallerBeforeLog::finish(const QString &callKey, const Result<void> &result)
{
    m_lastTry.remove(callKey);
    if (result)
        m_failures.remove(callKey);
    if (const Answer answer = m_asked.take(callKey))
        answer(result);
}

Error CallerBeforeLog::stillWaiting() const
{
    return Error{
        .kind = ErrorKind::Network,
        .message = tr("The caller could not be looked up in the CRM yet. The call is kept, and logged once it is known "
                      "who called.")};
}

} // namespace ringside
