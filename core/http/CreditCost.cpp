// SPDX-License-Identifier: Apache-2.0
#include "CreditCost.h"

#include "HttpMessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>
#include <QUrlQuery>

#include <algorithm>

namespace ringside {

namespace {

constexpr int recordsPerCredit = 10;

/// What follows "/crm/v8": {"Contacts", "search"}. A bulk job's path starts with "bulk".
QStringList pathOf(const HttpRequest &request)
{
    static const QRegularExpression prefix(QStringLiteral("^.*/crm/(bulk/)?v[0-9.]+/"));
    QString path = request.url.path();
    const QRegularExpressionMatch match = prefix.match(path);
    if (!match.hasMatch())
        return {};
    path = match.captured(1) + path.mid(match.capturedLength());
    return path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
}

int ofRecords(qsizetype records)
{
    return std::max(1, static_cast<int>((records + recordsPerCredit - 1) / recordsPerCredit));
}

/// By the rows that are asked for: "limit 10", "limit 400, 200" (offset first), "limit 200 offset 400".
int ofQuery(const QByteArray &body)
{
    constexpr int usualRows = 200;
    constexpr int cheapRows = 200;
    constexpr int middleRows = 1000;
    static const QRegularExpression limit(QStringLiteral("\\blimit\\s+(\\d+)(?:\\s*,\\s*(\\d+))?"),
                                          QRegularExpression::CaseInsensitiveOption);
    const QString text = QJsonDocument::fromJson(body).object().value(QLatin1String("select_query")).toString();
    const QRegularExpressionMatch match = limit.match(text);
    const QString told = match.captured(2).isEmpty() ? match.captured(1) : match.captured(2);
    const int rows = told.isEmpty() ? usualRows : told.toInt();
    return rows <= cheapRows ? 1 : rows <= middleRows ? 2 : 3;
}

CreditCost ofAction(const QString &action)
{
    static const QHash<QString, int> prices{
        {QStringLiteral("convert"), 5},     {QStringLiteral("mass_convert"), 200}, {QStringLiteral("count"), 50},
        {QStringLiteral("send_mail"), 20}, {QStringLiteral("merge"), 50},
    };
    const bool reads = action.contains(QLatin1String("count"));
    return {reads ? CreditKind::Related : CreditKind::Write, prices.value(action, 1)};
}

CreditCost ofWrite(const HttpRequest &request)
{
    const qsizetype named = QUrlQuery(request.url).queryItemValue(QStringLiteral("ids")).count(QLatin1Char(','));
    const qsizetype sent =
        QJsonDocument::fromJson(request.body).object().value(QLatin1String("data")).toArray().size();
    return {CreditKind::Write, ofRecords(std::max(named + 1, sent))};
}

CreditCost ofBulk(const HttpRequest &request, const QString &job)
{
    if (request.method == HttpMethod::Get)
        return {CreditKind::Bulk, 1};
    return {CreditKind::Bulk, job == QLatin1String("write") ? 500 : 50};
}

} // namespace

QLatin1String creditKindName(CreditKind kind)
{
    static constexpr const char *names[creditKinds] = {"other", "metadata",  "search", "read", "related",
                                                       "query", "composite", "write",  "bulk"};
    return QLatin1String(names[static_cast<int>(kind)]);
}

CreditCost creditCost(const HttpRequest &request)
{
    const QStringList path = pathOf(request);
    const QString head = path.value(0);
    if (head == QLatin1String("bulk"))
        return ofBulk(request, path.value(1));
    if (head == QLatin1String("settings") || head == QLatin1String("users") || head == QLatin1String("org"))
        return {CreditKind::Metadata, 1};
    if (head == QLatin1String("coql"))
        return {CreditKind::Query, ofQuery(request.body)};
    if (head == QLatin1String("__composite_requests")) {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        return {CreditKind::Composite, body.value(QLatin1String("rollback_on_fail")).toBool() ? 2 : 1};
    }
    if (const qsizetype actions = path.indexOf(QLatin1String("actions")); actions > 0)
        return ofAction(path.value(actions + 1));
    if (request.method != HttpMethod::Get)
        return ofWrite(request);
    if (path.value(1) == QLatin1String("search"))
        return {CreditKind::Search, 1};
    if (path.size() >= 3)
        return {CreditKind::Related, 1};
    if (path.isEmpty())
        return {CreditKind::Other, 1};
    return {CreditKind::Read, QUrlQuery(request.url).hasQueryItem(QStringLiteral("cvid")) ? 3 : 1};
}

} // namespace ringside
