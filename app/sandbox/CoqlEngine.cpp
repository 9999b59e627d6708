// SPDX-License-Identifier: Apache-2.0
#include "CoqlEngine.h"

#include "CoqlParser.h"
#include "CrmErrors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QSet>
#include <algorithm>
#include <utility>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

HttpReply limitExceeded(const QString &clause, qsizetype limit)
{
    return HttpReply::error(400, u"LIMIT_EXCEEDED"_qs, u"the limit of the query is exceeded"_qs,
                            {{"clause"_L1, clause}, {"limit"_L1, limit}});
}

HttpReply invalidQuery(const QString &column, const QString &op = {})
{
    QJsonObject details{{"column_name"_L1, column}};
    if (!op.isEmpty())
        details.insert("operator"_L1, op);
    return HttpReply::error(400, u"INVALID_QUERY"_qs, u"invalid query formed"_qs, details);
}

QString selectQuery(const CrmCall &call)
{
    return QJsonDocument::fromJson(call.request.body).object().value("select_query"_L1).toString();
}

bool isOrdering(Comparison comparison)
{
    return comparison == Comparison::Greater || comparison == Comparison::GreaterEqual ||
           comparison == Comparison::Less || comparison == Comparison::LessEqual || comparison == Comparison::Between;
}

bool isLike(Comparison comparison)
{
    return comparison == Comparison::Like || comparison == Comparison::NotLike;
}

bool hasOrder(const QString &type)
{
    return type == "integer"_L1 || type == "currency"_L1 || type == "bigint"_L1 || type == "date"_L1 ||
           type == "datetime"_L1;
}

} // namespace

QString CoqlEngine::moduleOf(const CrmCall &call)
{
    const CoqlOutcome outcome = CoqlParser::parse(selectQuery(call));
    return outcome.query ? outcome.query->module : QString();
}

HttpReply CoqlEngine::run(const CrmCall &call) const
{
    const QString text = selectQuery(call);
    if (text.isEmpty())
        return CrmErrors::missingField(u"select_query"_qs);
    CoqlOutcome outcome = CoqlParser::parse(text);
    if (!outcome.query)
        return HttpReply::error(400, u"SYNTAX_ERROR"_qs, u"error occurred while parsing the query"_qs,
                                outcome.error.details());
    CoqlQuery &query = *outcome.query;
    const ModuleSpec *module = m_store.catalog().module(query.module);
    if (!module)
        return HttpReply::error(400, u"INVALID_MODULE"_qs, u"the module name given seems to be invalid"_qs,
                                {{"module"_L1, query.module}});
    if (const auto refusal = check(call, query, *module))
        return *refusal;
    if (call.isComposed())
        query.limit = std::min(query.limit, call.mostRows);
    Records found;
    for (const StoredRecord &record : m_store.all(module->apiName)) {
        if (!record.deleted &&
            query.filter.matches([&](const QString &field) { return m_values.of(*module, record, field); }))
            found.append(&record);
    }
    const QJsonArray all = query.isGrouped() ? groupedRows(query, *module, found) : plainRows(query, *module, found);
    QJsonArray rows;
    for (qsizetype i = query.offset; i < all.size() && rows.size() < query.limit; ++i)
        rows.append(all.at(i));
    if (rows.isEmpty())
        return HttpReply::empty(204);
    const bool more = query.offset + rows.size() < all.size();
    return HttpReply::json(
        200, {{"data"_L1, rows}, {"info"_L1, QJsonObject{{"count"_L1, rows.size()}, {"more_records"_L1, more}}}});
}

CoqlEngine::Refusal CoqlEngine::check(const CrmCall &call, const CoqlQuery &query, const ModuleSpec &module) const
{
    Refusal refusal = checkLimits(call, query);
    if (!refusal)
        refusal = checkColumns(query, module);
    return refusal ? refusal : checkConditions(query, module);
}

CoqlEngine::Refusal CoqlEngine::checkLimits(const CrmCall &call, const CoqlQuery &query) const
{
    const qsizetype mostRows = call.isOld() ? 200 : CoqlQuery::mostRows;
    if (query.limit > mostRows)
        return limitExceeded(u"limit"_qs, mostRows);
    if (query.offset > CoqlQuery::mostOffset)
        return limitExceeded(u"offset"_qs, CoqlQuery::mostOffset);
    if (query.columns.size() > CoqlQuery::mostColumns)
        return limitExceeded(u"select"_qs, CoqlQuery::mostColumns);
    if (query.filter.conditionCount() > CoqlQuery::mostConditions)
        return limitExceeded(u"where"_qs, CoqlQuery::mostConditions);
    return std::nullopt;
}

CoqlEngine::Refusal CoqlEngine::checkColumns(const CoqlQuery &query, const ModuleSpec &module) const
{
    QSet<QString> keys;
    QSet<QString> aliases;
    for (const CoqlColumn &column : query.columns) {
        if (column.field != "*"_L1 && !m_values.knows(module, column.field))
            return invalidQuery(column.field);
        if (!column.alias.isEmpty() && (column.alias.contains(u'.') || m_values.knows(module, column.alias)))
            return HttpReply::error(400, u"INVALID_ALIAS"_qs, u"invalid alias"_qs, {{"alias"_L1, column.alias}});
        if (!column.alias.isEmpty() && aliases.contains(column.alias))
            return HttpReply::error(400, u"DUPLICATE_ALIAS"_qs, u"duplicate alias"_qs, {{"alias"_L1, column.alias}});
        if (keys.contains(column.key()))
            return HttpReply::error(400, u"DUPLICATE_DATA"_qs, u"duplicate data"_qs,
                                    {{"column_name"_L1, column.key()}});
        if (query.isGrouped() && column.function.isEmpty() && !query.groupBy.contains(column.field))
            return invalidQuery(column.field);
        keys.insert(column.key());
        aliases.insert(column.alias);
    }
    for (const QString &field : query.groupBy) {
        if (!m_values.knows(module, field))
            return invalidQuery(field);
    }
    for (const CoqlOrder &order : query.orders) {
        if (!keys.contains(order.field) && (query.isGrouped() || !m_values.knows(module, order.field)))
            return invalidQuery(order.field);
    }
    return std::nullopt;
}

CoqlEngine::Refusal CoqlEngine::checkConditions(const CoqlQuery &query, const ModuleSpec &module) const
{
    const QList<const RecordFilter *> conditions = query.filter.conditions();
    for (const RecordFilter *condition : conditions) {
        const QString &field = condition->field();
        if (!m_values.knows(module, field))
            return invalidQuery(field);
        const QString type = m_values.type(module, field);
        const bool many = condition->comparison() == Comparison::In || condition->comparison() == Comparison::NotIn;
        if (many && condition->values().size() > CoqlQuery::mostValues)
            return limitExceeded(u"in"_qs, CoqlQuery::mostValues);
        if (isOrdering(condition->comparison()) && !hasOrder(type))
            return invalidQuery(field, u"comparison"_qs);
        const bool noLike = hasOrder(type) || type == "boolean"_L1 || (type == "phone"_L1 && !m_phoneLike);
        if (isLike(condition->comparison()) && noLike)
            return invalidQuery(field, u"like"_qs);
    }
    return std::nullopt;
}

QJsonValue CoqlEngine::shown(const ModuleSpec &module, const StoredRecord &record, const QString &field) const
{
    const QJsonValue value = m_values.of(module, record, field).value;
    if (value.isObject() && !field.contains(u'.')) // lookups come as their id alone
        return QJsonObject{{"id"_L1, value.toObject().value("id"_L1)}};
    return value.isUndefined() ? QJsonValue() : value;
}

QJsonArray CoqlEngine::plainRows(const CoqlQuery &query, const ModuleSpec &module, Records found) const
{
    const auto fieldOf = [&](const QString &name) { // an alias stands for its column
        const auto column = std::find_if(query.columns.begin(), query.columns.end(),
                                         [&](const CoqlColumn &one) { return one.alias == name; });
        return column == query.columns.end() || name.isEmpty() ? name : column->field;
    };
    for (auto order = query.orders.rbegin(); order != query.orders.rend(); ++order) {
        const QString field = fieldOf(order->field);
        std::stable_sort(found.begin(), found.end(), [&](const StoredRecord *left, const StoredRecord *right) {
            const TypedValue a = m_values.of(module, *left, field);
            const TypedValue b = m_values.of(module, *right, field);
            const int result = RecordFilter::order(a.value, b.value, a.type);
            return order->descending ? result > 0 : result < 0;
        });
    }
    const qsizetype wanted = query.offset + query.limit;
    QJsonArray rows;
    for (const StoredRecord *record : std::as_const(found)) {
        QJsonObject row;
        if (rows.size() >= query.offset && rows.size() < wanted) { // the others are only counted
            row.insert("id"_L1, record->id);
            for (const CoqlColumn &column : query.columns)
                row.insert(column.key(), shown(module, *record, column.field));
        }
        rows.append(row);
    }
    return rows;
}

QJsonArray CoqlEngine::groupedRows(const CoqlQuery &query, const ModuleSpec &module, const Records &found) const
{
    QMap<QString, Records> groups;
    if (query.groupBy.isEmpty())
        groups.insert({}, found);
    for (const StoredRecord *record : query.groupBy.isEmpty() ? Records() : found) {
        QJsonArray key;
        for (const QString &field : query.groupBy)
            key.append(shown(module, *record, field));
        groups[QString::fromUtf8(QJsonDocument(key).toJson(QJsonDocument::Compact))].append(record);
    }
    QList<QJsonObject> rows;
    for (const auto &group : std::as_const(groups)) {
        QJsonObject row;
        for (const CoqlColumn &column : query.columns)
            row.insert(column.key(), column.function.isEmpty() ? shown(module, *group.first(), column.field)
                                                               : aggregate(column, module, group));
        rows.append(row);
    }
    for (auto order = query.orders.rbegin(); order != query.orders.rend(); ++order) {
        std::stable_sort(rows.begin(), rows.end(), [&](const QJsonObject &left, const QJsonObject &right) {
            const QJsonValue a = left.value(order->field);
            const int result =
                RecordFilter::order(a, right.value(order->field), a.isDouble() ? u"currency"_qs : u"text"_qs);
            return order->descending ? result > 0 : result < 0;
        });
    }
    QJsonArray list;
    for (const QJsonObject &row : std::as_const(rows))
        list.append(row);
    return list;
}

QJsonValue CoqlEngine::aggregate(const CoqlColumn &column, const ModuleSpec &module, const Records &group) const
{
    qsizetype count = 0;
    double sum = 0;
    TypedValue least;
    TypedValue most;
    for (const StoredRecord *record : group) {
        const TypedValue value =
            column.field == "*"_L1 ? TypedValue{true, u"boolean"_qs} : m_values.of(module, *record, column.field);
        if (value.value.isNull() || value.value.isUndefined())
            continue;
        sum += value.value.toDouble();
        if (count == 0 || RecordFilter::order(value.value, least.value, value.type) < 0)
            least = value;
        if (count == 0 || RecordFilter::order(value.value, most.value, value.type) > 0)
            most = value;
        ++count;
    }
    if (column.function == "COUNT"_L1)
        return count;
    if (count == 0)
        return {};
    if (column.function == "MIN"_L1)
        return least.value;
    if (column.function == "MAX"_L1)
        return most.value;
    return column.function == "SUM"_L1 ? sum : sum / static_cast<double>(count);
}

} // namespace ringside::sandbox
