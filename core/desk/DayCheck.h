// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallComparison.h"
#include "Result.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QPromise>

namespace ringside {

class ActivityApi;

/// Asks the CRM for an agent's calls of a stretch of time and compares them with the desk's: by owner and start time,
/// which the index does not delay (Zoho reference, 3.6), page by page, behind everything else that is asked for. What
/// is not found that way is asked for by its id before it is called missing: somebody may have given it another owner
/// or time.
class DayCheck final : public QObject
{
    Q_OBJECT

public:
    struct Question
    {
        QString ownerUserId;
        QDateTime from;
        QDateTime to;           ///< Not included.
        QString referenceField; ///< API name; empty where references stand in descriptions.
        QList<ComparedCall> calls;
    };

    /// One check; it goes when it is done, or with `parent`, which cancels it. Errors: those of CrmClient::query();
    /// SignedOut without an owner.
    static QFuture<Result<CallComparison>> ask(ActivityApi &crm, const Question &question, QObject *parent);

private:
    DayCheck(ActivityApi &crm, const Question &question, QObject *parent);

    void readPage();
    void askForMissing();
    void finish(const Result<CallComparison> &result);
    QString columns() const;

    ActivityApi &m_crm;
    Question m_question;
    QPromise<Result<CallComparison>> m_promise;
    QList<Record> m_rows;
    QStringList m_ids; ///< Still to be asked for.
};

} // namespace ringside
