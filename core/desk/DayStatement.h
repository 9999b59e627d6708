// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DayReport.h"

#include <QObject>

#include <optional>

namespace ringside {

class ActivityApi;
class AgentSession;
class CallLog;
class Clock;
class LedgerKeeper;
class Settings;

/// The statement of the day that is looked at: what this desk knows, what the ledger bears out, and on demand what the
/// CRM says. changed() comes with every step.
class DayStatement final : public QObject
{
    Q_OBJECT

public:
    /// Owned by the application; all must outlive it.
    struct Parts
    {
        const AgentSession &session; ///< What it has of a call is newer than what is on the disk.
        CallLog &calls;
        Ledger &ledger;
        LedgerKeeper &keeper;
        ActivityApi &crm;
        const Settings &settings;
        const Clock &clock;
    };

    enum class Check {
        NotAsked, ///< Or asked, and something changed since.
        Running,
        Done,
        Failed, ///< See checkMessage().
    };

    explicit DayStatement(const Parts &parts, QObject *parent = nullptr);
    ~DayStatement() override;

    QDate today() const; ///< Of this computer's clock and zone.
    /// Reads the day, and goes through the ledger. An earlier check is forgotten.
    void show(const QDate &day);
    /// Reads the same day again: something has changed. What the CRM said stays until another call is logged.
    void refresh();
    /// Asks the CRM. `referenceField` as Disposition has it.
    void checkCrm(const QString &ownerUserId, const QString &referenceField);

    bool loaded() const { return m_loaded; }
    const DayReport &report() const { return m_report; }
    /// A sentence when the day could not be read; else empty.
    const QString &message() const { return m_message; }

    Check check() const { return m_check; }
    const QString &checkMessage() const { return m_checkMessage; } ///< With Failed: what happened and what to do.
    const QDateTime &checkedAt() const { return m_checkedAt; }     ///< With Done; UTC.

    /// What the ledger says of itself, a sentence; empty until it was gone through.
    QString ledgerText() const;
    bool ledgerHolds() const;

    /// The day as a file; see dayCsv.
    QByteArray csv() const;

Q_SIGNALS:
    void changed();

private:
    void read();
    void readHeard(const QDate &day, const QList<CallEntry> &stored);
    void verify();
    void took(const DayReport &report);
    void compared(const QDate &day, const Result<CallComparison> &comparison);

    Parts m_parts;
    DayReport m_report;
    QDate m_day;
    bool m_loaded = false;
    QString m_message;
    Check m_check = Check::NotAsked;
    QString m_checkMessage;
    QDateTime m_checkedAt;
    std::optional<CallComparison> m_comparison;
    QHash<QString, QString> m_asked; ///< What the CRM was asked about: keys, and the ids of those that were logged.
    std::optional<LedgerReport> m_ledger;
    QString m_ledgerProblem; ///< It could not be read.
};

} // namespace ringside
