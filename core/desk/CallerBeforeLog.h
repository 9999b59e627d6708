// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PhoneNumber.h"
#include "Result.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>

namespace ringside {

class CrmClient;
class ScreenPop;

/// A log with nobody on it may be one of a known caller whom nobody could look up: the CRM was out of reach, or the
/// program was started anew. So before it is sent, its caller is looked up again. Owned by AgentSession; one question a
/// call at a time.
class CallerBeforeLog final : public QObject
{
    Q_OBJECT

public:
    /// So often a look-up may fail before the CRM is asked something else, to learn whether it answers at all.
    static constexpr int patience = 5;

    CallerBeforeLog(ScreenPop &pop, CrmClient &crm, QObject *parent = nullptr);

    /// For external numbers. Ok when the log need not wait: who it is, or that nobody was found, stands in the pop; or
    /// the search fails for a reason that lasts; or, after `patience` failures, it fails while the CRM answers other
    /// questions. Otherwise the error that the agent should read: ask again later.
    QFuture<Result<void>> settle(const QString &callKey, const PhoneNumber &number);

private:
    using Answer = std::function<void(const Result<void> &)>;

    void look(const QString &callKey);
    void failed(const QString &callKey);
    void askElse(const QString &callKey);
    void finish(const QString &callKey, const Result<void> &result);
    Error stillWaiting() const;

    ScreenPop &m_pop;
    CrmClient &m_crm;
    QHash<QString, Answer> m_asked; ///< By call.
    QHash<QString, int> m_failures; ///< In a row.
    QSet<QString> m_lastTry;        ///< The CRM answers, just not to this: one more look, and the log goes.
};

} // namespace ringside
