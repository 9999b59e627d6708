// SPDX-License-Identifier: Apache-2.0
#include "DayReport.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace ringside {

namespace {

QString text(const char *source, int count = -1)
{
    return QCoreApplication::translate("ringside::DayReport", source, nullptr, count);
}

DayCall::State stateOf(const CallEntry &entry)
{
    if (!entry.crmCallId.isEmpty() || entry.logState == LogState::Logged)
        return DayCall::State::Logged;
    if (entry.live())
        return DayCall::State::GoingOn;
    if (entry.logState == LogState::Queued)
        return DayCall::State::Waiting;
    if (entry.logState == LogState::Rejected)
        return DayCall::State::Rejected;
    const bool elsewhere = entry.logState == LogState::None && entry.reason == CallEndReason::Elsewhere;
    return entry.toLog() && !elsewhere ? DayCall::State::NotLogged : DayCall::State::NeedsNoLog;
}

DayCall callOf(const CallEntry &entry)
{
    DayCall call;
    call.entry = entry;
    call.state = stateOf(entry);
    call.changeWaits = call.state == DayCall::State::Logged && entry.changedSinceLogged();
    if (!entry.crmCallId.isEmpty())
        call.records = {entry.crmCallId};
    return call;
}

DayCall lostCall(const HeardCall &heard)
{
    DayCall call;
    call.entry.key = heard.callKey;
    call.entry.startedAt = heard.startedAt;
    call.entry.offsetSeconds = heard.offsetSeconds;
    call.state = DayCall::State::Missing;
    call.onDesk = false;
    call.records = heard.crmCallIds;
    return call;
}

} // namespace

QString DayCall::stateText() const
{
    switch (state) {
    case State::NeedsNoLog:
        return text(QT_TRANSLATE_NOOP("ringside::DayReport", "Needs no log"));
    case State::GoingOn:
        return text(QT_TRANSLATE_NOOP("ringside::DayReport", "Going on"));
    case State::NotLogged:
        return text(QT_TRANSLATE_NOOP("ringside::DayReport", "Not logged yet"));
    case State::Waiting:
        return text(QT_TRANSLATE_NOOP("ringside::DayReport", "Waiting"));
    case State::Rejected:
        return text(QT_TRANSLATE_NOOP("ringside::DayReport", "Rejected"));
    case State::Logged:
        return twice() ? text(QT_TRANSLATE_NOOP("ringside::DayReport", "Twice"))
                       : text(QT_TRANSLATE_NOOP("ringside::DayReport", "Logged"));
    case State::Missing:
        return text(QT_TRANSLATE_NOOP("ringside::DayReport", "Missing"));
    }
    return {};
}

QString DayCall::remark() const
{
    if (!onDesk)
        return text(
            QT_TRANSLATE_NOOP("ringside::DayReport",
                              "The phone told of this call, and what this desk kept of it is gone. Look for it in Zoho "
                              "CRM, and log it by hand if it is not there."));
    if (state == State::Missing)
        return text(
            QT_TRANSLATE_NOOP("ringside::DayReport",
                              "It was logged, and is no longer in Zoho CRM. Ask for it to be restored there, or log it "
                              "by hand from the person's profile; your notes are here."));
    if (twice())
        return text(
            QT_TRANSLATE_NOOP("ringside::DayReport",
                              "Zoho CRM has several records of this call. Compare them there and delete what is too "
                              "much."));
    if (state == State::Rejected)
        return entry.logMessage;
    if (thereAlready)
        return text(
            QT_TRANSLATE_NOOP("ringside::DayReport",
                              "Zoho CRM has a record of this call already. Look at it there before you log the call "
                              "again."));
    if (changeWaits)
        return text(
            QT_TRANSLATE_NOOP("ringside::DayReport", "It was changed since, and the change is not in Zoho CRM yet."));
    return {};
}

DayReport DayReport::of(const QDate &day, const QList<CallEntry> &stored, const QList<HeardCall> &heard)
{
    DayReport report;
    report.day = day;
    QSet<QString> known;
    for (const CallEntry &entry : stored) {
        known.insert(entry.key);
        report.calls.append(callOf(entry));
    }
    for (const HeardCall &one : heard) {
        const QDate its = one.startedAt.toOffsetFromUtc(one.offsetSeconds).date();
        if (its != day || known.contains(one.callKey))
            continue;
        if (one.removed)
            ++report.removed;
        else
            report.calls.append(lostCall(one));
    }
    for (DayCall &call : report.calls) {
        for (const HeardCall &one : heard) {
            if (one.callKey == call.entry.key && one.crmCallIds.size() > 1)
                call.records = one.crmCallIds;
        }
    }
    std::stable_sort(report.calls.begin(), report.calls.end(), [](const DayCall &one, const DayCall &other) {
        return one.entry.startedAt < other.entry.startedAt;
    });
    report.count();
    return report;
}

void DayReport::compare(const CallComparison &comparison)
{
    for (DayCall &call : calls) {
        const QString &key = call.entry.key;
        if (!call.onDesk)
            continue;
        // What the CRM has now is what counts, also where this desk knows of a record that somebody has removed since.
        call.records = call.entry.crmCallId.isEmpty() ? QStringList() : QStringList{call.entry.crmCallId};
        call.records = comparison.twice.value(key, call.records);
        call.thereAlready = comparison.there.contains(key);
        if (comparison.missing.contains(key))
            call.state = DayCall::State::Missing;
    }
    count();
}

QList<ComparedCall> DayReport::compared() const
{
    QList<ComparedCall> compared;
    for (const DayCall &call : calls) {
        if (call.onDesk)
            compared.append({.callKey = call.entry.key, .crmCallId = call.entry.crmCallId});
    }
    return compared;
}

void DayReport::count()
{
    counts = {};
    for (const DayCall &call : std::as_const(calls)) {
        counts.needNoLog += call.state == DayCall::State::NeedsNoLog;
        counts.goingOn += call.state == DayCall::State::GoingOn;
        counts.notLogged += call.state == DayCall::State::NotLogged;
        counts.waiting += call.state == DayCall::State::Waiting;
        counts.rejected += call.state == DayCall::State::Rejected;
        counts.logged += call.state == DayCall::State::Logged;
        counts.missing += call.state == DayCall::State::Missing;
        counts.twice += call.state == DayCall::State::Logged && call.twice();
    }
    counts.calls = static_cast<int>(calls.size()) - counts.needNoLog;
}

QString DayReport::sentence() const
{
    const QString sentence =
        text(QT_TRANSLATE_NOOP("ringside::DayReport", "%n calls, %1 logged, %2 twice, %3 missing, %4 waiting"),
             counts.calls);
    return sentence.arg(QString::number(counts.logged), QString::number(counts.twice), QString::number(counts.missing),
                        QString::number(counts.waiting));
}

QString DayReport::more() const
{
    QStringList sentences;
    if (counts.rejected > 0)
        sentences.append(text(QT_TRANSLATE_NOOP("ringside::DayReport", "Rejected by Zoho CRM: %n."), counts.rejected));
    if (counts.notLogged > 0)
        sentences.append(text(QT_TRANSLATE_NOOP("ringside::DayReport", "Not logged yet: %n."), counts.notLogged));
    if (counts.goingOn > 0)
        sentences.append(text(QT_TRANSLATE_NOOP("ringside::DayReport", "Going on: %n."), counts.goingOn));
    if (counts.needNoLog > 0)
        sentences.append(text(QT_TRANSLATE_NOOP("ringside::DayReport", "Besides these, calls that need no log: %n."),
                              counts.needNoLog));
    if (removed > 0)
        sentences.append(text(QT_TRANSLATE_NOOP("ringside::DayReport", "Taken off this computer since: %n."), removed));
    return sentences.join(QLatin1Char(' '));
}

} // namespace ringside
