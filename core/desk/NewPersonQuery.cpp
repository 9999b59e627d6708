// SPDX-License-Identifier: Apache-2.0
#include "NewPersonQuery.h"

#include <algorithm>

namespace ringside {

namespace {

constexpr qint64 clocksApart = 3600; // seconds: the desk's clock and the CRM's need not agree

QString phoneField(const QVariantMap &sent)
{
    for (const QString &field : {QStringLiteral("Mobile"), QStringLiteral("Phone")}) {
        if (sent.contains(field))
            return field;
    }
    return {};
}

/// How a quote is written in COQL is disputed: a number goes into a query only when it needs none.
bool plain(const QString &number)
{
    return std::all_of(number.cbegin(), number.cend(), [](QChar c) {
        return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || QStringLiteral("+() .-").contains(c);
    });
}

QString digitsOf(const QString &text)
{
    QString digits;
    for (const QChar c : text) {
        if (c.isDigit())
            digits.append(QString::number(c.digitValue()));
    }
    return digits;
}

} // namespace

QString NewPersonQuery::text() const
{
    QStringList columns{QStringLiteral("Last_Name")};
    for (const QString &field : {QStringLiteral("First_Name"), QStringLiteral("Company"), QStringLiteral("Email"),
                                 QStringLiteral("Mobile"), QStringLiteral("Phone")}) {
        if (sent.contains(field))
            columns.append(field);
    }
    const QString field = phoneField(sent);
    const QString number = sent.value(field).toString();
    QString since = sentAt.toUTC().addSecs(-clocksApart).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
    since += QStringLiteral("+00:00");
    const QString condition = !field.isEmpty() && plain(number) ? QStringLiteral("%1 = '%2'").arg(field, number)
                                                                : QStringLiteral("Created_Time >= '%1'").arg(since);
    return QStringLiteral("select %1 from %2 where %3 order by Created_Time desc limit 0, 200")
        .arg(columns.join(QLatin1String(", ")), module, condition);
}

bool NewPersonQuery::isIt(const Record &record) const
{
    const auto same = [&](const QString &field) {
        const QString mine = sent.value(field).toString().simplified();
        return record.text(field).simplified().compare(mine, Qt::CaseInsensitive) == 0;
    };
    if (record.ref().id.isEmpty() || !same(QStringLiteral("Last_Name")) || !same(QStringLiteral("First_Name")))
        return false;
    const QString field = phoneField(sent);
    return field.isEmpty() || digitsOf(record.text(field)) == digitsOf(sent.value(field).toString());
}

} // namespace ringside
