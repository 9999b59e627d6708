// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QByteArray>
#include <QFuture>
#include <QList>
#include <QString>

namespace ringside {

class Store;

/// A lead or contact that is not in the CRM yet, made for a call.
struct QueuedPerson
{
    QString callKey;
    QByteArray payload; ///< Opaque to the store.
};

/// The people who were made without a network, until the CRM has them: one a call.
class NewPersonQueue final
{
public:
    explicit NewPersonQueue(Store &store);

    /// Insert or replace by call. On disk once the future is ok.
    QFuture<Result<void>> save(const QueuedPerson &person);
    QFuture<Result<void>> remove(const QString &callKey); ///< What is not there is no error.
    QFuture<Result<QList<QueuedPerson>>> all();           ///< Oldest first.

private:
    Store &m_store;
};

} // namespace ringside
