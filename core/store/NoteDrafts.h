// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QString>

#include <optional>

namespace ringside {

class Store;

/// What the agent has typed for one call, not yet in the CRM.
struct NoteDraft
{
    QString callKey;
    QString subject;
    bool subjectEdited = false; ///< Typed by the agent, not made by us.
    QString notes;
    int cursor = 0;
    QString result;
    QString purpose;
    QString relatedModule;
    QString relatedId;
    QDateTime updatedAt; ///< UTC
};

class NoteDrafts final : public QObject
{
    Q_OBJECT

public:
    explicit NoteDrafts(Store &store, QObject *parent = nullptr);

    /// Durable once the future is ok. Later saves of one call win over earlier ones.
    QFuture<Result<void>> save(const NoteDraft &draft);
    QFuture<Result<std::optional<NoteDraft>>> load(const QString &callKey);
    QFuture<Result<QList<NoteDraft>>> all();
    QFuture<Result<void>> remove(const QString &callKey);

private:
    Store &m_store;
};

} // namespace ringside
