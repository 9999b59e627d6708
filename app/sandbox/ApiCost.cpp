// SPDX-License-Identifier: Apache-2.0
#include "ApiCost.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr int rowsPerCredit = 10;
constexpr int convertCredits = 5;
constexpr int countCredits = 50;
constexpr int bulkReadCredits = 50;
constexpr int viewCredits = 3;
constexpr int compositeConcurrency = 5;

qsizetype recordsIn(const HttpRequest &request)
{
    if (request.method == "DELETE"_L1)
        return std::max<qsizetype>(1, request.queryValue(u"ids"_qs).split(u',', Qt::SkipEmptyParts).size());
    return std::max<qsizetype>(1, QJsonDocument::fromJson(request.body).object().value("data"_L1).toArray().size());
}

ApiCost write(const QString &kind, const HttpRequest &request)
{
    const qsizetype count = recordsIn(request);
    return {kind, static_cast<int>((count + rowsPerCredit - 1) / rowsPerCredit), 1, count > rowsPerCredit};
}

/// One credit for up to 200 rows, two up to 1,000, three beyond, by the limit that the query names.
ApiCost coql(const HttpRequest &request)
{
    static const QRegularExpression limit(u"\\blimit\\s+(\\d+)(?:\\s*,\\s*(\\d+))?"_qs,
                                          QRegularExpression::CaseInsensitiveOption);
    const auto match = limit.match(QJsonDocument::fromJson(request.body).object().value("select_query"_L1).toString());
    const qlonglong rows = match.hasMatch() ? match.captured(match.captured(2).isEmpty() ? 1 : 2).toLongLong() : 200;
    return {u"coql"_qs, rows <= 200 ? 1 : (rows <= 1000 ? 2 : 3), 1, true};
}

ApiCost ofModule(const HttpRequest &request, const QStringList &path)
{
    const bool get = request.method == "GET"_L1;
    if (path.size() == 1 && get) {
        const bool view = request.hasQuery(u"cvid"_qs);
        return {u"list"_qs, view ? viewCredits : 1, 1, view || request.hasQuery(u"sort_by"_qs)};
    }
    const QString &last = path.last();
    if (last == "convert"_L1)
        return {u"convert"_qs, convertCredits, 1, true};
    if (last == "count"_L1)
        return {u"count"_qs, countCredits, 1, false};
    if (last == "search"_L1)
        return {u"search"_qs, 1, 1, false};
    if (last == "upsert"_L1)
        return write(u"upsert"_qs, request);
    if (last == "deleted"_L1 || last == "photo"_L1 || last == "__timeline"_L1)
        return {last == "__timeline"_L1 ? u"timeline"_qs : last, 1, 1, false};
    if (path.contains(u"actions"_qs))
        return {last, 1, 1, false};
    if (path.size() > 2 && get)
        return {u"related"_qs, 1, 1, false};
    if (get)
        return {u"get"_qs, 1, 1, false};
    return write(request.method == "POST"_L1 ? u"insert"_qs
                                             : (request.method == "DELETE"_L1 ? u"delete"_qs : u"update"_qs),
                 request);
}

} // namespace

ApiCost ApiCost::of(const HttpRequest &request)
{
    QStringList path = request.path.split(u'/', Qt::SkipEmptyParts);
    if (path.size() < 3)
        return {u"other"_qs, 1, 1, false};
    const bool bulk = path.at(1) == "bulk"_L1;
    path = path.mid(bulk ? 3 : 2);
    if (bulk)
        return {u"bulk_read"_qs, request.method == "POST"_L1 ? bulkReadCredits : 1, 1, false};
    if (path.isEmpty())
        return {u"other"_qs, 1, 1, false};
    const QString head = path.first();
    if (head == "coql"_L1)
        return coql(request);
    if (head == "__composite_requests"_L1)
        return {u"composite"_qs, 1, compositeConcurrency, true};
    if (head == "users"_L1 || head == "org"_L1)
        return {head, 1, 1, false};
    if (head == "settings"_L1 || head == "__apis"_L1)
        return {u"metadata"_qs, 1, 1, false};
    return ofModule(request, path);
}

} // namespace ringside::sandbox
