// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QString>
#include <QStringList>

namespace ringside {

class Store;

/// A person or company seen before, enough to show a card at once.
struct DirectoryEntry
{
    QString module;
    QString recordId;
    QString name;
    QString company;
    QString title;
    QString email;
    QStringList numbers; ///< E.164.
    QStringList numberLabels; ///< Same order.
    QDateTime seenAt; ///< UTC
};

/// Records once seen, kept for the next call. The full local directory is to stand behind the same interface.
class Directory final : public QObject
{
    Q_OBJECT

public:
    explicit Directory(Store &store, QObject *parent = nullptr);

    /// Insert or replace by module and id, with all its numbers.
    QFuture<Result<void>> remember(const DirectoryEntry &entry);
    QFuture<Result<void>> forget(const QString &module, const QString &recordId);
    QFuture<Result<QList<DirectoryEntry>>> byNumber(const QString &e164);
    /// Names, companies, e-mails and numbers that contain `text`; at most `limit`, most recently seen first.
    QFuture<Result<QList<DirectoryEntry>>> search(const QString &text, int limit);

    /// The agent's choice when several share a number.
    QFuture<Result<void>> rememberChoice(const QString &e164, const QString &module, const QString &recordId);
    QFuture<Result<QString>> choiceFor(const QString &e164); ///< "Contacts/572…", or empty.

private:
    Store &m_store;
};

} // namespace ringside
