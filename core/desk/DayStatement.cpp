// SPDX-License-Identifier: Apache-2.0
#include "DayStatement.h"

#include "AgentSession.h"
#include "CallBook.h"
#include "Clock.h"
#include "DayCheck.h"
#include "DayCsv.h"
#include "LedgerKeeper.h"
#include "WhenReady.h"

#include <QLocale>

#include <algorithm>

namespace ringside {

namespace {

constexpr int widestDay =
    26; ///< Hours that the zones of this earth spread one date over, to either side of UTC and back.

} // namespace

DayStatement::DayStatement(const Parts &parts, QObject *parent) : QObject(parent), m_parts(parts) {}

DayStatement::~DayStatement() = default;

QDate DayStatement::today() const
{
    return m_parts.clock.now().toLocalTime().date();
}

void DayStatement::show(const QDate &day)
{
    m_day = day;
    m_report = {};
    m_report.day = day;
    m_loaded = false;
    m_message.clear();
    m_check = Check::NotAsked;
    m_checkMessage.clear();
    m_checkedAt = {};
    m_comparison.reset();
    Q_EMIT changed();
    read();
    verify();
}

void DayStatement::refresh()
{
    if (m_day.isValid())
        read();
}

void DayStatement::read()
{
    const QDate day = m_day;
    whenReady(this, m_parts.calls.ofDay(day), [this, day](const Result<QList<StoredCall>> &calls) {
        if (day != m_day)
            return;
        if (!calls) {
            m_message = calls.error().message;
            Q_EMIT changed();
            return;
        }
        QList<CallEntry> stored;
        for (const StoredCall &call : calls.value()) {
            const CallEntry *now = m_parts.session.call(call.key);
            stored.append(now ? *now : CallBook::fromStored(call, m_parts.settings));
        }
        readHeard(day, stored);
    });
}

void DayStatement::readHeard(const QDate &day, const QList<CallEntry> &stored)
{
    const QDateTime noon(day, QTime(12, 0), Qt::UTC);
    const auto heard = m_parts.ledger.heardBetween(noon.addSecs(-widestDay * 3600), noon.addSecs(widestDay * 3600));
    whenReady(this, heard, [this, day, stored](const Result<QList<HeardCall>> &calls) {
        if (day != m_day)
            return;
        m_message = calls ? QString() : calls.error().message;
        took(DayReport::of(day, stored, calls ? calls.value() : QList<HeardCall>()));
    });
}

// A call that was logged since the CRM was asked is not among those that it was asked about. One that only rang is no
// reason to forget what it said.
void DayStatement::took(const DayReport &report)
{
    const QList<ComparedCall> calls = report.compared();
    const bool more = std::any_of(calls.cbegin(), calls.cend(), [this](const ComparedCall &call) {
        return !call.crmCallId.isEmpty() && m_asked.value(call.callKey) != call.crmCallId;
    });
    if (m_comparison && more) {
        m_comparison.reset();
        if (m_check == Check::Done)
            m_check = Check::NotAsked;
    }
    m_report = report;
    if (m_comparison)
        m_report.compare(*m_comparison);
    m_loaded = true;
    Q_EMIT changed();
}

void DayStatement::verify()
{
    m_ledger.reset();
    m_ledgerProblem.clear();
    m_parts.keeper.seal();
    whenReady(this, m_parts.ledger.verify(), [this](const Result<LedgerReport> &report) {
        if (report)
            m_ledger = report.value();
        else
            m_ledgerProblem = report.error().message;
        Q_EMIT changed();
    });
}

void DayStatement::checkCrm(const QString &ownerUserId, const QString &referenceField)
{
    if (!m_loaded || m_check == Check::Running)
        return;
    m_check = Check::Running;
    m_checkMessage.clear();
    Q_EMIT changed();
    DayCheck::Question question{.ownerUserId = ownerUserId,
                                .from = m_day.startOfDay(),
                                .to = m_day.addDays(1).startOfDay(),
                                .referenceField = referenceField,
                                .calls = m_report.compared()};
    for (const DayCall &call : m_report.calls) { // also those of a desk that was in another zone then
        question.from = std::min(question.from, call.entry.startedAt);
        question.to = std::max(question.to, call.entry.startedAt.addSecs(1));
    }
    m_asked.clear();
    for (const ComparedCall &call : std::as_const(question.calls))
        m_asked.insert(call.callKey, call.crmCallId);
    whenReady(this, DayCheck::ask(m_parts.crm, question, this),
              [this, day = m_day](const Result<CallComparison> &comparison) { compared(day, comparison); });
    verify();
}

void DayStatement::compared(const QDate &day, const Result<CallComparison> &comparison)
{
    if (day != m_day || m_check != Check::Running)
        return;
    m_check = comparison ? Check::Done : Check::Failed;
    if (comparison) {
        m_checkedAt = m_parts.clock.now();
        m_comparison = comparison.value();
        m_report.compare(*m_comparison);
    } else {
        m_checkMessage = comparison.error().message;
    }
    Q_EMIT changed();
    refresh(); // what changed while it was asked
}

bool DayStatement::ledgerHolds() const
{
    return m_ledgerProblem.isEmpty() && (!m_ledger || (!m_ledger->firstBreak && m_ledger->gaps.isEmpty()));
}

QString DayStatement::ledgerText() const
{
    if (!m_ledgerProblem.isEmpty())
        return m_ledgerProblem;
    if (!m_ledger)
        return {};
    if (m_ledger->firstBreak && m_ledger->firstBreak->kind == LedgerBreak::Kind::Changed)
        return tr("Ledger: entry %1 is not as it was written. Tell your administrator; calls and notes are not touched "
                  "by "
                  "this.")
            .arg(m_ledger->firstBreak->sequence);
    if (m_ledger->firstBreak)
        return tr("Ledger: entries before number %1 are gone or were put in later. Tell your administrator; calls and "
                  "notes "
                  "are not touched by this.")
            .arg(m_ledger->firstBreak->sequence);
    const QLocale locale;
    if (!m_ledger->gaps.isEmpty())
        return tr("Ledger: on %1 its newest entries of before were gone. Tell your administrator; calls and notes are "
                  "not "
                  "touched by this.")
            .arg(locale.toString(m_ledger->gaps.constLast().toLocalTime(), QLocale::ShortFormat));
    if (m_ledger->rows == 0)
        return tr("Ledger: nothing was recorded yet.");
    return tr("Ledger: %n entries since %1, all as they were written.", nullptr, static_cast<int>(m_ledger->rows))
        .arg(locale.toString(m_ledger->since.toLocalTime().date(), QLocale::ShortFormat));
}

QByteArray DayStatement::csv() const
{
    return dayCsv::of(m_report, m_ledger ? m_ledger->head : LedgerHead(),
                      m_check == Check::Done ? m_checkedAt : QDateTime());
}

} // namespace ringside
