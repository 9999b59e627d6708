// SPDX-License-Identifier: Apache-2.0
#include "CoqlEngine.h"

#include "CrmErrors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

namespace ringside::sandbox {

using namespace Qt::StringLiterals;

HttpReply CoqlEngine::run(const CrmCall &call) const
{
    const QJsonObject body = QJsonDocument::fromJson(call.request.body).object();
    if (!body.value("select_query"_L1).isString())
        return CrmErrors::missingField(u"select_query"_qs);
    QString near;
    const auto query = CoqlQuery::parse(body.value("select_query"_L1).toString(), &near);
    if (!query)
        return HttpReply::error(400, u"SYNTAX_ERROR"_qs, u"error occurred while parsing the query"_qs,
                                {{"near"_L1, near}});
    const ModuleSpec *module = m_store.catalog().module(query->module);
    if (!module)
        return HttpReply::error(400, u"INVALID_MODULE"_qs, u"the module name given seems to be invalid"_qs,
                                {{"module"_L1, query->module}});
    if (!call.scopes.allowsModule(module->apiName, u"READ"_qs))
        return CrmErrors::scopeMismatch();
    if (query->filter.conditionCount() > CoqlQuery::mostConditions || query->limit > CoqlQuery::mostRows ||
        query->columns.size() > CoqlQuery::mostColumns)
        return HttpReply::error(400, u"LIMIT_EXCEEDED"_qs, u"the limit of the query is exceeded"_qs);
    QStringList names = query->columns + query->filter.fields();
    if (!query->orderBy.isEmpty())
        names.append(query->orderBy);
    for (const QString &name : std::as_const(names)) {
        if (!m_values.knows(*module, name))
            return HttpReply::error(400, u"INVALID_QUERY"_qs, u"invalid query formed"_qs, {{"column_name"_L1, name}});
    }
    return runQuery(*query, *module);
}

HttpReply CoqlEngine::runQuery(const CoqlQuery &query, const ModuleSpec &module) const
{
    Records found;
    for (const StoredRecord &record : m_store.all(module.apiName)) {
        if (!record.deleted &&
            query.filter.matches([&](const QString &field) { return m_values.of(module, record, field); }))
            found.append(&record);
    }
    if (!query.orderBy.isEmpty()) {
        std::stable_sort(found.begin(), found.end(), [&](const StoredRecord *left, const StoredRecord *right) {
            const TypedValue a = m_values.of(module, *left, query.orderBy);
            const TypedValue b = m_values.of(module, *right, query.orderBy);
            const int order = RecordFilter::order(a.value, b.value, a.type);
            return query.descending ? order > 0 : order < 0;
        });
    }
    QJsonArray rows;
    for (qsizetype i = query.offset; i < found.size() && rows.size() < query.limit; ++i) {
        QJsonObject row{{"id"_L1, found.at(i)->id}};
        for (const QString &column : query.columns) {
            QJsonValue value = m_values.of(module, *found.at(i), column).value;
            if (value.isObject() && !column.contains(u'.')) // lookups come as their id alone
                value = QJsonObject{{"id"_L1, value.toObject().value("id"_L1)}};
            row.insert(column, value.isUndefined() ? QJsonValue() : value);
        }
        rows.append(row);
    }
    if (rows.isEmpty())
        return HttpReply::empty(204);
    return HttpReply::json(200,
                           {{"data"_L1, rows},
                            {"info"_L1, QJsonObject{{"count"_L1, rows.size()},
                                                    {"more_records"_L1, query.offset + rows.size() < found.size()}}}});
}

} // namespace ringside::sandbox
