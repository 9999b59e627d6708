// SPDX-License-Identifier: Apache-2.0
#include "DaySamples.h"

namespace ringside::samples {

namespace {

QList<CallEntry> dayCalls(const Clock &clock, Language language)
{
    QList<CallEntry> calls;
    const QList<CallEntry> some = samples::calls(clock, language);
    for (int i = 0; i < 14; ++i) {
        CallEntry call = some.at(1 + i % (some.size() - 1));
        call.key = QStringLiteral("0000%1-0000-4000-8000-000000000000").arg(1000 + i);
        call.startedAt = clock.now().addSecs(-qint64(14 - i) * 900);
        call.offsetSeconds = 14400;
        call.state = CallState::Ended;
        if (i % 5 != 3) { // most of them are done
            call.reason = CallEndReason::Completed;
            call.answeredAt = call.startedAt;
            call.talkTime = std::chrono::seconds(61 + 37 * i);
            call.logState = LogState::Logged;
            call.logMessage.clear();
            call.crmCallId = QStringLiteral("57257670000000%1").arg(10000 + i);
        }
        calls.append(call);
    }
    return calls;
}

} // namespace

QStringList dayNames()
{
    return {QStringLiteral("known"),   QStringLiteral("checked"), QStringLiteral("problems"),
            QStringLiteral("running"), QStringLiteral("offline"), QStringLiteral("empty")};
}

DayPicture dayPicture(const QString &name, const Clock &clock, Language language)
{
    using Check = DayStatement::Check;
    DayPicture picture;
    picture.today = clock.now().date();
    const bool empty = name == QLatin1String("empty");
    const QList<CallEntry> calls = empty ? QList<CallEntry>() : dayCalls(clock, language);
    picture.report = DayReport::of(empty ? picture.today.addDays(-3) : picture.today, calls, {});
    picture.loaded = true;
    picture.ledger = QStringLiteral("Ledger: 2,481 entries since 26/08/2026, all as they were written.");
    if (name == QLatin1String("checked") || name == QLatin1String("problems")) {
        picture.check = Check::Done;
        picture.checkedAt = clock.now();
    }
    if (name == QLatin1String("checked"))
        picture.saved = QStringLiteral("Saved as /home/agent/Documents/Ringside 2026-11-24.csv.");
    if (name == QLatin1String("problems")) {
        CallComparison comparison;
        comparison.missing = {calls.at(2).key};
        comparison.twice = {
            {calls.at(6).key, {QStringLiteral("572576700000010006"), QStringLiteral("572576700000010099")}}};
        picture.report.compare(comparison);
        picture.ledger =
            QStringLiteral("Ledger: entry 214 is not as it was written. Tell your administrator; calls and notes "
                           "are not touched by this.");
        picture.ledgerHolds = false;
    }
    if (name == QLatin1String("running"))
        picture.check = Check::Running;
    if (name == QLatin1String("offline")) {
        picture.check = Check::Failed;
        picture.checkMessage =
            QStringLiteral("Zoho CRM cannot be reached. Nothing is lost: calls are kept here and sent when the "
                           "network is back. Check again then.");
    }
    return picture;
}

} // namespace ringside::samples
