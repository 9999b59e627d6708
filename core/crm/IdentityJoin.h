// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Metadata.h"
#include "Result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

namespace ringside {

/// The user's half and the org's half of an identity, asked at the same time and given as one. The first error is the
/// answer and cancels the other half; cancelling the result, or the owner's death, cancels both. Deletes itself when
/// done.
class IdentityJoin final : public QObject
{
    Q_OBJECT

public:
    using Half = QFuture<Result<AgentIdentity>>;

    static QFuture<Result<AgentIdentity>> make(QObject *owner, const Half &user, const Half &org);

private:
    explicit IdentityJoin(QObject *owner);

    void watch(const Half &user, const Half &org);
    void take(const Result<AgentIdentity> &half);
    void finish(const Result<AgentIdentity> &result);

    QPromise<Result<AgentIdentity>> m_promise;
    QFutureWatcher<Result<AgentIdentity>> m_consumer;
    AgentIdentity m_identity;
    int m_missing = 2;
};

} // namespace ringside
