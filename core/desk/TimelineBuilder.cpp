// SPDX-License-Identifier: Apache-2.0
#include "TimelineBuilder.h"

#include "DeskText.h"

#include <QCoreApplication>

#include <algorithm>

namespace ringside::timeline {

namespace {

using Kind = ProfileList::Kind;

constexpr qsizetype longestTitle = 200;
constexpr qsizetype longestDetail = 1000;
constexpr qsizetype mostItems = 200;

QString text(const char *source)
{
    return QCoreApplication::translate("ringside::TimelineBuilder", source);
}
#define TEXT(source) text(QT_TRANSLATE_NOOP("ringside::TimelineBuilder", source))

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

void setTime(TimelineItem &item, const Record &record, QLatin1String field)
{
    item.when = record.dateTime(field).toUTC();
}

void setDate(TimelineItem &item, const Record &record, QLatin1String field)
{
    const QDate date = record.date(field);
    if (!date.isValid())
        return;
    item.when = date.startOfDay().addSecs(12 * 60 * 60).toUTC();
    item.dateOnly = true;
}

QString field(const Record &record, const char *name)
{
    return record.text(QLatin1String(name));
}

void dealItem(TimelineItem &item, const Record &record, const QString &currency, const QList<Field> &fields)
{
    item.kind = TimelineItem::Kind::Deal;
    item.title = TEXT("Deal: %1").arg(field(record, "Deal_Name"));
    const QDate closing = record.date(QStringLiteral("Closing_Date"));
    item.detail = joined({record.has(QStringLiteral("Amount"))
                              ? deskText::money(record.number(QStringLiteral("Amount")), currency)
                              : QString(),
                          deskText::shown(record, QStringLiteral("Stage"), fields),
                          closing.isValid() ? TEXT("closes %1").arg(deskText::shortDate(closing)) : QString()});
    setTime(item, record, QLatin1String("Modified_Time"));
}

void caseItem(TimelineItem &item, const Record &record, const QList<Field> &fields)
{
    item.kind = TimelineItem::Kind::Case;
    item.title = TEXT("Case: %1").arg(field(record, "Subject"));
    const QString number = field(record, "Case_Number");
    const QString status = field(record, "Status");
    item.detail = joined({deskText::shown(record, QStringLiteral("Priority"), fields),
                          deskText::shown(record, QStringLiteral("Status"), fields), number.isEmpty() ? QString() : QLatin1Char('#') + number});
    item.urgent = status != QLatin1String("Closed")
                  && (status == QLatin1String("Escalated") || field(record, "Priority") == QLatin1String("High"));
    setTime(item, record, QLatin1String("Modified_Time"));
}

void orderItem(TimelineItem &item, const Record &record, const QString &currency, const QList<Field> &fields)
{
    item.kind = TimelineItem::Kind::Order;
    const QString number = field(record, "SO_Number");
    item.title = TEXT("Sales order %1").arg(number.isEmpty() ? field(record, "Subject") : number);
    item.detail = joined({record.has(QStringLiteral("Grand_Total"))
                              ? deskText::money(record.number(QStringLiteral("Grand_Total")), currency)
                              : QString(),
                          deskText::shown(record, QStringLiteral("Status"), fields), number.isEmpty() ? QString() : field(record, "Subject")});
    setTime(item, record, QLatin1String("Created_Time"));
}

void taskItem(TimelineItem &item, const Record &record, const QList<Field> &fields)
{
    item.kind = TimelineItem::Kind::Task;
    item.title = TEXT("Task: %1").arg(field(record, "Subject"));
    const QDate due = record.date(QStringLiteral("Due_Date"));
    item.detail = joined({deskText::shown(record, QStringLiteral("Status"), fields),
                          deskText::shown(record, QStringLiteral("Priority"), fields),
                          due.isValid() ? TEXT("due %1").arg(deskText::shortDate(due)) : QString()});
    setTime(item, record, QLatin1String("Closed_Time"));
    if (!item.when.isValid())
        setDate(item, record, QLatin1String("Due_Date"));
    if (!item.when.isValid())
        setTime(item, record, QLatin1String("Modified_Time"));
}

// "mm:ss" or "hh:mm:ss", when the seconds are not given.
std::chrono::seconds callLength(const Record &record)
{
    const auto seconds = static_cast<qint64>(record.number(QStringLiteral("Call_Duration_in_seconds")));
    if (seconds > 0)
        return std::chrono::seconds(seconds);
    qint64 total = 0;
    const QStringList parts = field(record, "Call_Duration").split(QLatin1Char(':'));
    for (const QString &part : parts)
        total = total * 60 + part.toInt();
    return std::chrono::seconds(std::max<qint64>(total, 0));
}

void callItem(TimelineItem &item, const Record &record)
{
    const QString type = field(record, "Call_Type");
    item.incoming = type != QLatin1String("Outbound");
    item.kind = type == QLatin1String("Missed") ? TimelineItem::Kind::MissedCall : TimelineItem::Kind::Call;
    const auto length = callLength(record);
    QStringList parts{item.kind == TimelineItem::Kind::MissedCall ? TEXT("Missed call") : TEXT("Call")};
    if (item.kind == TimelineItem::Kind::Call && length.count() > 0)
        parts.append(deskText::duration(length));
    const QString owner = record.lookup(QStringLiteral("Owner")).name;
    if (!owner.isEmpty())
        parts.append(owner);
    item.title = parts.join(TEXT(", "));
    // Our own reference is for look-ups, not for people.
    QStringList lines = field(record, "Description").split(QLatin1Char('\n'));
    lines.removeIf([](const QString &line) { return line.startsWith(QLatin1String("Ringside reference: ")); });
    const QString notes = lines.join(QLatin1Char('\n')).trimmed();
    item.detail = notes.isEmpty() ? field(record, "Subject") : notes;
    setTime(item, record, QLatin1String("Call_Start_Time"));
}

void eventItem(TimelineItem &item, const Record &record)
{
    item.kind = TimelineItem::Kind::Event;
    item.title = TEXT("Meeting: %1").arg(field(record, "Event_Title"));
    item.detail = joined({field(record, "Venue"), record.lookup(QStringLiteral("Owner")).name});
    setTime(item, record, QLatin1String("Start_DateTime"));
}

void noteItem(TimelineItem &item, const Record &record)
{
    item.kind = TimelineItem::Kind::Note;
    QString author = record.lookup(QStringLiteral("Created_By")).name;
    if (author.isEmpty())
        author = record.lookup(QStringLiteral("Owner")).name;
    item.title = author.isEmpty() ? TEXT("Note") : TEXT("Note by %1").arg(author);
    item.detail = joined({field(record, "Note_Title"), field(record, "Note_Content")});
    setTime(item, record, QLatin1String("Created_Time"));
}

struct Column
{
    const char *apiName;
    const char *label;
};
#define COLUMN(api, label) Column{api, QT_TRANSLATE_NOOP("ringside::TimelineBuilder", label)}

QList<Column> columnsOf(Kind kind)
{
    switch (kind) {
    case Kind::Deals:
        return {COLUMN("Deal_Name", "Deal"), COLUMN("Amount", "Amount"), COLUMN("Stage", "Stage"),
                COLUMN("Closing_Date", "Closes")};
    case Kind::Cases:
        return {COLUMN("Case_Number", "Number"), COLUMN("Subject", "Subject"), COLUMN("Status", "Status"),
                COLUMN("Priority", "Priority")};
    case Kind::Orders:
        return {COLUMN("SO_Number", "Number"), COLUMN("Subject", "Subject"), COLUMN("Grand_Total", "Total"),
                COLUMN("Status", "Status")};
    case Kind::Tasks:
        return {COLUMN("Subject", "Subject"), COLUMN("Due_Date", "Due"), COLUMN("Status", "Status"),
                COLUMN("Priority", "Priority")};
    case Kind::Calls:
    case Kind::Events:
    case Kind::Notes:
        break;
    }
    return {};
}

QString cell(const Record &record, const Column &column, const QString &currency, const QList<Field> &fields)
{
    const QString name = QLatin1String(column.apiName);
    if (name == QLatin1String("Amount") || name == QLatin1String("Grand_Total"))
        return record.has(name) ? deskText::money(record.number(name), currency) : QString();
    if (name == QLatin1String("Closing_Date") || name == QLatin1String("Due_Date"))
        return record.date(name).isValid() ? deskText::shortDate(record.date(name)) : QString();
    return deskText::limited(deskText::shown(record, name, fields), longestTitle);
}

} // namespace

QList<TimelineItem> items(const ProfileList &list, const QList<Record> &records, const QString &currency,
                          const QList<Field> &fields)
{
    QList<TimelineItem> out;
    for (const Record &record : records) {
        TimelineItem item;
        item.ref = {.module = list.module, .id = record.ref().id};
        switch (list.kind) {
        case Kind::Deals:
            dealItem(item, record, currency, fields);
            break;
        case Kind::Cases:
            caseItem(item, record, fields);
            break;
        case Kind::Orders:
            orderItem(item, record, currency, fields);
            break;
        case Kind::Tasks:
            taskItem(item, record, fields);
            break;
        case Kind::Calls:
            callItem(item, record);
            break;
        case Kind::Events:
            eventItem(item, record);
            break;
        case Kind::Notes:
            noteItem(item, record);
            break;
        }
        if (!item.when.isValid())
            setTime(item, record, QLatin1String("Created_Time"));
        if (!item.when.isValid())
            continue;
        item.title = deskText::limited(item.title.simplified(), longestTitle);
        item.detail = deskText::limited(item.detail, longestDetail);
        out.append(item);
    }
    return out;
}

QList<TimelineItem> merged(const QList<QList<TimelineItem>> &lists)
{
    QList<TimelineItem> all;
    for (const QList<TimelineItem> &list : lists)
        all.append(list);
    std::stable_sort(all.begin(), all.end(),
                     [](const TimelineItem &a, const TimelineItem &b) { return a.when > b.when; });
    return all.mid(0, mostItems);
}

void fillTab(RelatedTab &tab, const ProfileList &list, const RecordPage &page, const QString &currency,
             const QList<Field> &fields)
{
    const QList<Column> columns = columnsOf(list.kind);
    tab.columns.clear();
    tab.rows.clear();
    tab.refs.clear();
    for (const Column &column : columns)
        tab.columns.append(text(column.label));
    for (const Record &record : page.records) {
        QStringList row;
        for (const Column &column : columns)
            row.append(cell(record, column, currency, fields));
        tab.rows.append(row);
        tab.refs.append(RecordRef{.module = list.module, .id = record.ref().id});
    }
    tab.count = static_cast<int>(page.records.size());
    tab.more = page.more;
}

} // namespace ringside::timeline
