// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CreditStore.h"

namespace ringside {

class Store;

/// The count of API credits in the store, by company, slot of time and kind.
class CreditHistory final : public CreditStore
{
public:
    explicit CreditHistory(Store &store);

    QFuture<Result<QList<CreditUse>>> load(const QString &orgId, qint64 since) override;
    QFuture<Result<void>> save(const QString &orgId, const QList<CreditUse> &uses, qint64 since) override;

private:
    Store &m_store;
};

} // namespace ringside
