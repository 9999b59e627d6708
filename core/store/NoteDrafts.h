// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "NoteVersions.h"
#include "Result.h"

#include <QDateTime>
#include <QFuture>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace ringside {

class Store;

/// What the agent has typed for one call.
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
    QMap<QString, QString> values{}; ///< The org's further fields of a call, by API name, as typed or chosen.
    QDateTime updatedAt; ///< UTC
};

/// The notes of this desk. They stay when their call is logged, so that the agent can read them there; what is not in the CRM
/// yet is told apart from what was logged.
class NoteDrafts final : public QObject
{
    Q_OBJECT

public:
    explicit NoteDrafts(Store &store, QObject *parent = nullptr);

    /// Durable once the future is ok. Later saves of one call win over earlier ones. A moved cursor is no change: what was
    /// logged stays logged.
    /// `earlier`: notes of the call that are to be found again as versions, oldest first; kept with the draft or not at all.
    QFuture<Result<void>> save(const NoteDraft &draft, const QStringList &earlier = {});
    /// Where nothing but the cursor has moved since save(), or versions have come. What is not kept any more stays so.
    QFuture<Result<void>> saveCursor(const NoteDraft &draft, const QStringList &earlier = {});
    QFuture<Result<std::optional<NoteDraft>>> load(const QString &callKey);
    /// Of the notes of a call, newest first.
    QFuture<Result<QList<NoteVersion>>> versions(const QString &callKey);
    /// Those whose text is not in the CRM, as far as is known here.
    QFuture<Result<QList<NoteDraft>>> unlogged();
    /// Drops the text of calls that were last sent before and are logged, here and in the outbox: a desk keeps no
    /// archive of customers' words.
    QFuture<Result<void>> forgetLogged(const QDateTime &before);

private:
    Store &m_store;
};

} // namespace ringside
