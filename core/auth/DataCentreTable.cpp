// SPDX-License-Identifier: Apache-2.0
#include "DataCentreTable.h"

#include "Loopback.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace ringside::dataCentreTable {

namespace {

constexpr qsizetype fewestFields = 5;
constexpr qsizetype mostFields = 7;

QString translated(const char *text)
{
    return QCoreApplication::translate("ringside::DataCentreTable", text);
}

/// What is wrong with a row; empty when nothing is.
QString complaint(const QStringList &fields)
{
    static const QRegularExpression location(QStringLiteral("^[a-z][a-z0-9]{1,2}$"));
    if (fields.size() < fewestFields || fields.size() > mostFields)
        return translated("it needs a location, a name and three addresses, separated by semicolons");
    if (!location.match(fields.at(0)).hasMatch() || fields.at(0) == QLatin1String("custom"))
        return translated("“%1” is not a location; use two or three small letters, such as sg").arg(fields.at(0));
    if (fields.at(1).isEmpty())
        return translated("the name is missing");
    for (qsizetype i = 2; i < fields.size(); ++i) {
        const QUrl url(fields.at(i), QUrl::StrictMode);
        const bool optional = i >= fewestFields && fields.at(i).isEmpty();
        const bool bare = url.path().isEmpty() && !url.hasQuery() && !url.hasFragment();
        if (!optional && (!isSafeHttpUrl(url) || !bare))
            return translated(
                       "“%1” is not an address like https://accounts.example.com, without a path; plain http is only "
                       "for this computer")
                .arg(fields.at(i));
    }
    return {};
}

} // namespace

Result<QList<DataCentre>> parsed(const QByteArray &text, const QString &fileName)
{
    QList<DataCentre> rows;
    const QStringList lines = QString::fromUtf8(text).split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines.at(i).trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')))
            continue;
        QStringList fields = line.split(QLatin1Char(';'));
        for (QString &field : fields)
            field = field.trimmed();
        QString wrong = complaint(fields);
        const bool twice = std::any_of(rows.cbegin(), rows.cend(), [&fields](const DataCentre &row) {
            return row.location == fields.constFirst();
        });
        if (wrong.isEmpty() && twice)
            wrong = translated("“%1” is there already").arg(fields.constFirst());
        if (!wrong.isEmpty()) {
            return Error{.kind = ErrorKind::Configuration,
                         .message = translated("Line %1 of %2 cannot be used: %3. Correct it, then sign in again.")
                                        .arg(QString::number(i + 1), fileName, wrong),
                         .detail = QStringLiteral("zoho/data-centres-file")};
        }
        rows.append({fields.at(0), fields.at(1), QUrl(fields.at(2)), QUrl(fields.at(3)), QUrl(fields.at(4)),
                     QUrl(fields.value(5)), QUrl(fields.value(6))});
    }
    return rows;
}

QList<DataCentre> merged(QList<DataCentre> table, const QList<DataCentre> &rows)
{
    for (const DataCentre &row : rows) {
        const auto same = std::find_if(table.begin(), table.end(),
                                       [&row](const DataCentre &one) { return one.location == row.location; });
        if (same == table.end())
            table.append(row);
        else
            *same = row;
    }
    return table;
}

} // namespace ringside::dataCentreTable
