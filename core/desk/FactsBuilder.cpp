// SPDX-License-Identifier: Apache-2.0
#include "FactsBuilder.h"

#include "DeskText.h"

#include <QCoreApplication>
#include <QLocale>

namespace ringside::facts {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("ringside::FactsBuilder", source);
}

QString withMore(const QString &value, bool more)
{
    return more ? value + QLatin1Char('+') : value;
}

bool isContact(TimelineItem::Kind kind)
{
    using Kind = TimelineItem::Kind;
    return kind == Kind::Call || kind == Kind::Note || kind == Kind::Event || kind == Kind::Email;
}

} // namespace

QString label(ProfileFact::Kind kind)
{
    switch (kind) {
    case ProfileFact::Kind::OpenDeals:
        return text(QT_TRANSLATE_NOOP("ringside::FactsBuilder", "Open deals"));
    case ProfileFact::Kind::OpenCases:
        return text(QT_TRANSLATE_NOOP("ringside::FactsBuilder", "Open cases"));
    case ProfileFact::Kind::Bought12Months:
        return text(QT_TRANSLATE_NOOP("ringside::FactsBuilder", "Bought, 12 months"));
    case ProfileFact::Kind::LastContact:
        break;
    }
    return text(QT_TRANSLATE_NOOP("ringside::FactsBuilder", "Last contact"));
}

QString openDeals(const QList<Record> &deals, bool more, const QString &currency)
{
    double sum = 0;
    for (const Record &deal : deals) {
        // "Closed Won", "Closed Lost", "Closed Lost to Competition": the stages that Zoho counts as closed.
        if (!deal.text(QStringLiteral("Stage")).startsWith(QLatin1String("Closed")))
            sum += deal.number(QStringLiteral("Amount"));
    }
    return withMore(deskText::money(sum, currency), more);
}

QString openCases(const QList<Record> &cases, bool more)
{
    int open = 0;
    for (const Record &one : cases) {
        if (one.text(QStringLiteral("Status")) != QLatin1String("Closed"))
            ++open;
    }
    return withMore(QLocale().toString(open), more);
}

QString boughtInYear(const QList<Record> &orders, bool more, const QString &currency, const QDateTime &now)
{
    const QDateTime from = now.addMonths(-12);
    double sum = 0;
    for (const Record &order : orders) {
        const QDateTime made = order.dateTime(QStringLiteral("Created_Time"));
        if (made.isValid() && made >= from && made <= now
            && order.text(QStringLiteral("Status")) != QLatin1String("Cancelled"))
            sum += order.number(QStringLiteral("Grand_Total"));
    }
    return withMore(deskText::money(sum, currency), more);
}

QString lastContact(const QList<TimelineItem> &timeline, const QDateTime &now)
{
    for (const TimelineItem &item : timeline) {
        if (isContact(item.kind) && item.when <= now)
            return deskText::day(item.when, now);
    }
    return text(QT_TRANSLATE_NOOP("ringside::FactsBuilder", "Never"));
}

} // namespace ringside::facts
