// SPDX-License-Identifier: Apache-2.0
#include "CrmServer.h"

#include "CrmReading.h"
#include "Portrait.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr QLatin1String basePath{"/crm/v8/"};

HttpReply scopeMismatch()
{
    return HttpReply::error(401, u"OAUTH_SCOPE_MISMATCH"_qs, u"invalid oauth scope to access this URL"_qs);
}

HttpReply noSuchPath()
{
    return HttpReply::error(404, u"INVALID_URL_PATTERN"_qs, u"Please check if the URL trying to access is a correct one"_qs);
}

HttpReply wrongMethod()
{
    return HttpReply::error(400, u"INVALID_REQUEST_METHOD"_qs, u"The http request method type is not a valid one"_qs);
}

HttpReply invalidModule()
{
    return HttpReply::error(400, u"INVALID_MODULE"_qs, u"the module name given seems to be invalid"_qs,
                            {{"resource_path_index"_L1, 0}});
}

bool isId(const QString &text)
{
    return !text.isEmpty() && text.size() <= 19
        && std::all_of(text.begin(), text.end(), [](QChar letter) { return letter >= u'0' && letter <= u'9'; });
}

QString operationOf(const QString &method)
{
    if (method == "POST"_L1)
        return u"CREATE"_qs;
    if (method == "PUT"_L1 || method == "PATCH"_L1)
        return u"UPDATE"_qs;
    return method == "DELETE"_L1 ? u"DELETE"_qs : u"READ"_qs;
}

} // namespace

CrmServer::CrmServer(RecordStore &store, const OAuthLedger &ledger)
    : m_store(store), m_ledger(ledger), m_metadata(store.catalog()), m_writer(store)
{
}

HttpReply CrmServer::handle(const HttpRequest &request)
{
    const QByteArray authorization = request.header("authorization");
    const qsizetype space = authorization.indexOf(' ');
    const QByteArray kind = authorization.left(space).toLower();
    if (space < 0 || (kind != "zoho-oauthtoken" && kind != "bearer"))
        return HttpReply::error(401, u"AUTHENTICATION_FAILURE"_qs, u"Authentication failed"_qs);
    const OAuthAccess *access = m_ledger.access(QString::fromLatin1(authorization.mid(space + 1).trimmed()));
    if (!access)
        return HttpReply::error(401, u"INVALID_TOKEN"_qs, u"invalid oauth token"_qs);
    if (!request.path.startsWith(basePath))
        return noSuchPath();
    return route(request, request.path.mid(basePath.size()).split(u'/'), access->scopes);
}

HttpReply CrmServer::route(const HttpRequest &request, const QStringList &path, const OAuthScopes &scopes)
{
    const QString head = path.first();
    const bool get = request.method == "GET"_L1;
    if (head == "users"_L1 && path.size() <= 2) {
        if (!scopes.allows(u"users"_qs, u"READ"_qs))
            return scopeMismatch();
        return get ? m_metadata.users(request, path.value(1)) : wrongMethod();
    }
    if (head == "org"_L1 && path.size() == 1) {
        if (!scopes.allows(u"org"_qs, u"READ"_qs))
            return scopeMismatch();
        return get ? m_metadata.organisation() : wrongMethod();
    }
    if (head == "settings"_L1) {
        static const QStringList areas{u"modules"_qs, u"fields"_qs, u"layouts"_qs, u"related_lists"_qs};
        const QString area = path.value(1);
        if (!areas.contains(area) || path.size() > (area == "modules"_L1 ? 3 : 2))
            return noSuchPath();
        if (!scopes.allows(u"settings."_qs + area, u"READ"_qs))
            return scopeMismatch();
        return get ? m_metadata.settings(request, area, path.value(2)) : wrongMethod();
    }
    if (head == "coql"_L1 && path.size() == 1)
        return request.method == "POST"_L1 ? coql(request, scopes) : wrongMethod();
    return routeModule(request, path, scopes);
}

HttpReply CrmServer::routeModule(const HttpRequest &request, const QStringList &path, const OAuthScopes &scopes)
{
    const ModuleSpec *module = m_store.catalog().module(path.first());
    if (!module)
        return invalidModule();
    const QString operation = operationOf(request.method);
    if (path.size() == 1) {
        if (!scopes.allowsModule(module->apiName, operation))
            return scopeMismatch();
        if (request.method == "GET"_L1)
            return list(request, *module);
        if (request.method == "POST"_L1)
            return m_writer.insert(*module, request);
        if (request.method == "PUT"_L1)
            return m_writer.update(*module, request, {});
        if (request.method == "DELETE"_L1)
            return m_writer.remove(*module, request.queryValue(u"ids"_qs).split(u',', Qt::SkipEmptyParts));
        return wrongMethod();
    }
    if (path.size() == 2 && path.at(1) == "search"_L1) {
        if (!scopes.allowsModule(module->apiName, u"READ"_qs))
            return scopeMismatch();
        return request.method == "GET"_L1 ? search(request, *module) : wrongMethod();
    }
    return isId(path.at(1)) ? routeRecord(request, *module, path, scopes) : noSuchPath();
}

HttpReply CrmServer::routeRecord(const HttpRequest &request, const ModuleSpec &module, const QStringList &path,
                                 const OAuthScopes &scopes)
{
    const QString id = path.at(1);
    const QString method = request.method;
    if (path.size() == 2) {
        if (!scopes.allowsModule(module.apiName, operationOf(method)))
            return scopeMismatch();
        if (method == "GET"_L1)
            return one(request, module, id);
        if (method == "PUT"_L1)
            return m_writer.update(module, request, id);
        return method == "DELETE"_L1 ? m_writer.remove(module, {id}) : wrongMethod();
    }
    if (path.size() > 3)
        return noSuchPath();
    if (path.at(2) == "Notes"_L1 && method == "POST"_L1) {
        if (!scopes.allowsModule(u"Notes"_qs, u"CREATE"_qs))
            return scopeMismatch();
        return m_writer.insert(*m_store.catalog().module(u"Notes"_qs), request, module.apiName, id);
    }
    if (method != "GET"_L1)
        return wrongMethod();
    if (!scopes.allowsModule(module.apiName, u"READ"_qs))
        return scopeMismatch();
    return path.at(2) == "photo"_L1 ? photo(module, id) : related(request, module, path, scopes);
}

HttpReply CrmServer::list(const HttpRequest &request, const ModuleSpec &module)
{
    if (const auto refusal = CrmReading::checkFields(request, true))
        return *refusal;
    Paging paging;
    if (const auto refusal = readPaging(request, module, &paging))
        return *refusal;
    Records records = visible(request, module, false);
    if (const QStringList ids = request.queryValue(u"ids"_qs).split(u',', Qt::SkipEmptyParts); !ids.isEmpty())
        records.removeIf([&](const StoredRecord *record) { return !ids.contains(record->id); });
    return page(request, module, records, paging);
}

HttpReply CrmServer::one(const HttpRequest &request, const ModuleSpec &module, const QString &id) const
{
    if (const auto refusal = CrmReading::checkFields(request, false))
        return *refusal;
    const StoredRecord *record = m_store.find(module.apiName, id);
    if (!record)
        return HttpReply::empty(204);
    if (const auto since = CrmReading::modifiedSince(request); since && record->modifiedAt <= *since)
        return HttpReply::empty(304);
    return HttpReply::json(200, {{"data"_L1, QJsonArray{project(module, *record, CrmReading::fields(request))}}});
}

HttpReply CrmServer::related(const HttpRequest &request, const ModuleSpec &module, const QStringList &path,
                             const OAuthScopes &scopes)
{
    const RelatedSpec *list = module.relatedList(path.at(2));
    if (!list)
        return HttpReply::error(400, u"INVALID_DATA"_qs, u"the relation name given seems to be invalid"_qs,
                                {{"resource_path_index"_L1, 2}});
    if (!scopes.allowsModule(list->module, u"READ"_qs))
        return scopeMismatch();
    if (const auto refusal = CrmReading::checkFields(request, true))
        return *refusal;
    if (!m_store.find(module.apiName, path.at(1)))
        return HttpReply::error(400, u"INVALID_DATA"_qs, u"the id given seems to be invalid"_qs,
                                {{"resource_path_index"_L1, 1}});
    const ModuleSpec &target = *m_store.catalog().module(list->module);
    Paging paging;
    if (const auto refusal = readPaging(request, target, &paging))
        return *refusal;
    Records records = m_store.children(list->module, list->field, path.at(1));
    if (list->part != RelatedSpec::Part::All)
        records.removeIf([&](const StoredRecord *record) {
            return CrmReading::isOpen(list->module, *record) != (list->part == RelatedSpec::Part::Open);
        });
    return page(request, target, records, paging);
}

HttpReply CrmServer::photo(const ModuleSpec &module, const QString &id) const
{
    if (!module.field(u"Record_Image"_qs))
        return noSuchPath();
    const StoredRecord *record = m_store.find(module.apiName, id);
    if (!record)
        return HttpReply::error(400, u"INVALID_DATA"_qs, u"the id given seems to be invalid"_qs,
                                {{"resource_path_index"_L1, 1}});
    if (record->fields.value("Record_Image"_L1).toString().isEmpty())
        return HttpReply::empty(204);
    HttpReply reply;
    reply.contentType = "image/png";
    reply.body = Portrait::png(id.right(9).toUInt());
    return reply;
}

HttpReply CrmServer::search(const HttpRequest &request, const ModuleSpec &module)
{
    if (const auto refusal = CrmReading::checkFields(request, false))
        return *refusal;
    Paging paging;
    if (const auto refusal = readPaging(request, module, &paging))
        return *refusal;
    if (paging.page * paging.perPage > 2000)
        return HttpReply::error(400, u"LIMIT_REACHED"_qs, u"the limit of records is reached"_qs, {{"limit"_L1, "2000"_L1}});
    std::function<bool(const StoredRecord &)> fits;
    HttpReply refusal;
    const auto lookup = [&](const StoredRecord &record) {
        return [&](const QString &field) { return valueOf(module, record, field); };
    };
    if (const QString criteria = request.queryValue(u"criteria"_qs); !criteria.isEmpty()) {
        const auto filter = CrmReading::criteria(criteria, [&](const QString &name) { return module.field(name) || name == "id"_L1; }, &refusal);
        if (!filter)
            return refusal;
        fits = [filter, lookup](const StoredRecord &record) { return filter->matches(lookup(record)); };
    } else if (const QString email = request.queryValue(u"email"_qs); !email.isEmpty()) {
        fits = [&module, email](const StoredRecord &record) { return CrmReading::hasEmail(module, record, email); };
    } else if (const QString phone = request.queryValue(u"phone"_qs); !phone.isEmpty()) {
        if (!CrmReading::isPhoneQuery(phone))
            return CrmReading::invalidParameter(u"phone"_qs, {{"regex"_L1, uR"(^[+]?[0-9\s\-\(\)\.]+$)"_qs}});
        const QByteArray digits = CrmReading::searchDigits(phone);
        fits = [this, &module, digits](const StoredRecord &record) {
            const QList<QByteArray> &numbers = m_store.phoneDigits(module.apiName, record);
            return std::any_of(numbers.begin(), numbers.end(), [&](const QByteArray &number) { return number.contains(digits); });
        };
    } else if (const QString word = request.queryValue(u"word"_qs).trimmed(); !word.isEmpty()) {
        if (word.size() < 2)
            return CrmReading::invalidParameter(u"word"_qs, {{"minimum_length"_L1, 2}});
        const QStringList words = word.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
        fits = [this, &module, words](const StoredRecord &record) { return matchesWords(module, record, words); };
    } else {
        return HttpReply::error(400, u"EXPECTED_PARAM_MISSING"_qs, u"One of the expected parameter is missing"_qs,
                                {{"param_names"_L1, QJsonArray{u"criteria"_qs, u"email"_qs, u"phone"_qs, u"word"_qs}}});
    }
    Records records = visible(request, module, true);
    records.removeIf([&](const StoredRecord *record) { return !fits(*record); });
    return page(request, module, records, paging);
}

QList<const StoredRecord *> CrmServer::recordsWithPhone(const QString &module, const QString &digits) const
{
    Records found;
    const QByteArray wanted = digits.toLatin1();
    for (const StoredRecord &record : m_store.all(module)) {
        const QList<QByteArray> &numbers = m_store.phoneDigits(module, record);
        if (!record.deleted && std::any_of(numbers.begin(), numbers.end(), [&](const QByteArray &one) { return one.contains(wanted); }))
            found.append(&record);
    }
    return found;
}

bool CrmServer::matchesWords(const ModuleSpec &module, const StoredRecord &record, const QStringList &words) const
{
    const QString &text = m_store.words(module.apiName, record);
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (at == 0 || !text.at(at - 1).isLetterOrNumber()) // the beginning of a word
                return true;
        }
        return false;
    });
}

HttpReply CrmServer::coql(const HttpRequest &request, const OAuthScopes &scopes) const
{
    if (!scopes.allows(u"coql"_qs, u"READ"_qs))
        return scopeMismatch();
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    if (!body.value("select_query"_L1).isString())
        return HttpReply::error(400, u"MANDATORY_NOT_FOUND"_qs, u"required field not found"_qs,
                                {{"api_name"_L1, "select_query"_L1}, {"json_path"_L1, "$.select_query"_L1}});
    QString near;
    const auto query = CoqlQuery::parse(body.value("select_query"_L1).toString(), &near);
    if (!query)
        return HttpReply::error(400, u"SYNTAX_ERROR"_qs, u"error occurred while parsing the query"_qs, {{"near"_L1, near}});
    const ModuleSpec *module = m_store.catalog().module(query->module);
    if (!module)
        return HttpReply::error(400, u"INVALID_MODULE"_qs, u"the module name given seems to be invalid"_qs,
                                {{"module"_L1, query->module}});
    if (!scopes.allowsModule(module->apiName, u"READ"_qs))
        return scopeMismatch();
    if (query->filter.conditionCount() > CoqlQuery::mostConditions || query->limit > CoqlQuery::mostRows
        || query->columns.size() > CoqlQuery::mostColumns)
        return HttpReply::error(400, u"LIMIT_EXCEEDED"_qs, u"the limit of the query is exceeded"_qs);
    QStringList names = query->columns + query->filter.fields();
    if (!query->orderBy.isEmpty())
        names.append(query->orderBy);
    for (const QString &name : std::as_const(names)) {
        if (!knowsColumn(*module, name))
            return HttpReply::error(400, u"INVALID_QUERY"_qs, u"invalid query formed"_qs, {{"column_name"_L1, name}});
    }
    return runQuery(*query, *module);
}

HttpReply CrmServer::runQuery(const CoqlQuery &query, const ModuleSpec &module) const
{
    Records found;
    for (const StoredRecord &record : m_store.all(module.apiName)) {
        if (!record.deleted && query.filter.matches([&](const QString &field) { return valueOf(module, record, field); }))
            found.append(&record);
    }
    if (!query.orderBy.isEmpty()) {
        std::stable_sort(found.begin(), found.end(), [&](const StoredRecord *left, const StoredRecord *right) {
            const TypedValue a = valueOf(module, *left, query.orderBy);
            const TypedValue b = valueOf(module, *right, query.orderBy);
            const int order = RecordFilter::order(a.value, b.value, a.type);
            return query.descending ? order > 0 : order < 0;
        });
    }
    QJsonArray rows;
    for (qsizetype i = query.offset; i < found.size() && rows.size() < query.limit; ++i) {
        QJsonObject row{{"id"_L1, found.at(i)->id}};
        for (const QString &column : query.columns) {
            QJsonValue value = valueOf(module, *found.at(i), column).value;
            if (value.isObject() && !column.contains(u'.')) // lookups come as their id alone
                value = QJsonObject{{"id"_L1, value.toObject().value("id"_L1)}};
            row.insert(column, value.isUndefined() ? QJsonValue() : value);
        }
        rows.append(row);
    }
    if (rows.isEmpty())
        return HttpReply::empty(204);
    return HttpReply::json(200, {{"data"_L1, rows}, {"info"_L1, QJsonObject{{"count"_L1, rows.size()},
                                                                         {"more_records"_L1, query.offset + rows.size() < found.size()}}}});
}

TypedValue CrmServer::valueOf(const ModuleSpec &module, const StoredRecord &record, const QString &field) const
{
    if (field == "id"_L1)
        return {record.id, u"text"_qs};
    const QString name = field.section(u'.', 0, 0);
    const FieldSpec *spec = module.field(name);
    if (!spec)
        return {record.fields.value(field), u"text"_qs};
    const QJsonValue value = record.fields.value(name);
    if (!field.contains(u'.'))
        return {value, spec->type};
    const QString id = value.toObject().value("id"_L1).toString();
    const QString inner = field.section(u'.', 1);
    if (inner == "id"_L1)
        return {id, u"text"_qs};
    const ModuleSpec *target = m_store.catalog().module(spec->lookupModule);
    const StoredRecord *other = target ? m_store.find(target->apiName, id) : nullptr;
    return other ? valueOf(*target, *other, inner) : TypedValue{QJsonValue(), u"text"_qs};
}

bool CrmServer::knowsColumn(const ModuleSpec &module, const QString &field) const
{
    if (field == "id"_L1)
        return true;
    const FieldSpec *spec = module.field(field.section(u'.', 0, 0));
    if (!spec || !field.contains(u'.'))
        return spec != nullptr;
    const ModuleSpec *target = m_store.catalog().module(spec->lookupModule);
    return field.section(u'.', 1) == "id"_L1 || (target && knowsColumn(*target, field.section(u'.', 1)));
}

} // namespace ringside::sandbox
