// SPDX-License-Identifier: Apache-2.0
#include "DayCsv.h"

#include "CallSubjects.h"

#include <QCoreApplication>

namespace ringside::dayCsv {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("ringside::DayCsv", source);
}

QString line(const QStringList &values, qsizetype columns)
{
    QStringList cells;
    for (const QString &value : values)
        cells.append(cell(value));
    while (cells.size() < columns)
        cells.append(QString());
    return cells.join(QLatin1Char(',')) + QStringLiteral("\r\n");
}

QStringList headings()
{
    return {text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Start")),
            text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Direction")),
            text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Caller")),
            text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Number")),
            text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Seconds")),
            text(QT_TRANSLATE_NOOP("ringside::DayCsv", "State")),
            text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Reference")),
            text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Records in Zoho CRM")),
            text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Remark"))};
}

QStringList valuesOf(const DayCall &call)
{
    const CallEntry &entry = call.entry;
    const QString direction = entry.direction == CallDirection::In
                                  ? text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Inbound"))
                                  : text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Outbound"));
    const bool known = call.onDesk;
    return {call.localStart().toString(Qt::ISODate),
            known ? direction : QString(),
            known ? entry.title() : QString(),
            entry.number.e164().isEmpty() ? entry.number.display() : entry.number.e164(),
            known ? QString::number(std::chrono::round<std::chrono::seconds>(entry.talkTime).count()) : QString(),
            call.stateText(),
            callSubjects::reference(entry.key).section(QLatin1Char(' '), -1),
            call.records.join(QLatin1Char(' ')),
            call.remark()};
}

} // namespace

QString cell(const QString &value)
{
    static const QString formula = QStringLiteral("=+-@\t\r\n");
    QString safe = value;
    if (!safe.isEmpty() && formula.contains(safe.at(0)))
        safe.prepend(QLatin1Char('\''));
    if (!safe.contains(QLatin1Char(',')) && !safe.contains(QLatin1Char('"')) && !safe.contains(QLatin1Char('\r')) &&
        !safe.contains(QLatin1Char('\n')) && safe == value)
        return safe;
    return QLatin1Char('"') + safe.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

QByteArray of(const DayReport &report, const LedgerHead &head, const QDateTime &checkedAt)
{
    const QStringList names = headings();
    const qsizetype columns = names.size();
    QString file = QStringLiteral("\uFEFF") + line(names, columns);
    for (const DayCall &call : report.calls)
        file += line(valuesOf(call), columns);
    const QString checked = checkedAt.isValid() ? checkedAt.toUTC().toString(Qt::ISODate)
                                                : text(QT_TRANSLATE_NOOP("ringside::DayCsv", "no"));
    const QString ledger =
        QStringLiteral("%1 %2").arg(QString::number(head.sequence), QString::fromLatin1(head.hash.toHex()));
    file += line({text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Day")), report.day.toString(Qt::ISODate)}, columns);
    file += line({text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Statement")), report.sentence()}, columns);
    if (!report.more().isEmpty())
        file += line({QString(), report.more()}, columns);
    file += line({text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Checked with Zoho CRM")), checked}, columns);
    file += line({text(QT_TRANSLATE_NOOP("ringside::DayCsv", "Ledger up to")), ledger}, columns);
    return file.toUtf8();
}

} // namespace ringside::dayCsv
