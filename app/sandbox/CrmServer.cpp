// SPDX-License-Identifier: Apache-2.0
#include "CrmServer.h"

#include "CompositeRunner.h"
#include "CrmErrors.h"
#include "LegacyNames.h"

#include <QRegularExpression>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

} // namespace

QString CrmServer::operationOf(const QString &method)
{
    if (method == "POST"_L1)
        return u"CREATE"_qs;
    if (method == "PUT"_L1 || method == "PATCH"_L1)
        return u"UPDATE"_qs;
    return method == "DELETE"_L1 ? u"DELETE"_qs : u"READ"_qs;
}

CrmServer::CrmServer(RecordStore &store, const OAuthLedger &ledger)
    : m_store(store), m_ledger(ledger), m_limits(ledger.clock()), m_metadata(store, m_profile), m_reader(store), m_writer(store),
      m_coql(store), m_photos(store), m_tags(store), m_bulk(store, ledger.clock())
{
}

void CrmServer::setIndexLag(int milliseconds)
{
    m_indexLagMs = milliseconds;
    m_writer.setIndexLag(milliseconds);
}

const OAuthAccess *CrmServer::accessOf(const HttpRequest &request) const
{
    const QByteArray authorization = request.header("authorization");
    return m_ledger.access(QString::fromLatin1(authorization.mid(authorization.indexOf(' ') + 1).trimmed()));
}

QString CrmServer::clientOf(const HttpRequest &request) const
{
    const OAuthAccess *access = accessOf(request);
    return access ? access->clientId : QString();
}

HttpReply CrmServer::handle(const HttpRequest &request)
{
    const QByteArray authorization = request.header("authorization");
    const qsizetype space = authorization.indexOf(' ');
    const QByteArray kind = authorization.left(space).toLower();
    if (space < 0 || (kind != "zoho-oauthtoken" && kind != "bearer"))
        return HttpReply::error(401, u"AUTHENTICATION_FAILURE"_qs, u"Authentication failed"_qs);
    const OAuthAccess *found = accessOf(request);
    if (!found)
        return HttpReply::error(401, u"INVALID_TOKEN"_qs, u"invalid oauth token"_qs);
    const OAuthAccess access = *found;
    HttpReply reply = m_limits.spend(ApiCost::of(request)) ? dispatch(request, access.scopes, false) : m_limits.refusal();
    m_limits.addHeaders(access.clientId, access.expiresAt, &reply);
    return reply;
}

HttpReply CrmServer::refuseOneMore(const HttpRequest &request)
{
    HttpReply reply = m_limits.refusal();
    if (const OAuthAccess *access = accessOf(request))
        m_limits.addHeaders(access->clientId, access->expiresAt, &reply);
    return reply;
}

HttpReply CrmServer::dispatch(const HttpRequest &request, const OAuthScopes &scopes, bool composed)
{
    static const QRegularExpression form(u"^/crm/(bulk/)?v(2|2\\.1|3|4|5|6|7|8)/(.+)$"_qs);
    const auto match = form.match(request.path);
    if (!match.hasMatch())
        return CrmErrors::noSuchPath();
    if (!m_profile.allows(AccessProfile::apiAccess()))
        return CrmErrors::noPermission(AccessProfile::apiAccess());
    const QStringList path = match.captured(3).split(u'/');
    const double version = match.captured(2).toDouble();
    const qsizetype rows = composed ? CompositeRunner::mostRows : 0;
    if (!match.captured(1).isEmpty())
        return composed ? CrmErrors::noSuchPath() : routeBulk({request, scopes, version, rows}, path);
    if (version >= 3)
        return route({request, scopes, version, rows}, path);
    const HttpRequest renamed = LegacyNames::toCurrent(request);
    return LegacyNames::toOld(route({renamed, scopes, version, rows}, path));
}

CrmServer::Refusal CrmServer::refusal(const CrmCall &call, const QString &module, const QString &operation) const
{
    if (!call.scopes.allowsModule(module, operation))
        return CrmErrors::scopeMismatch();
    const QString permission = AccessProfile::permission(module, operation);
    return m_profile.allows(permission) ? std::nullopt : Refusal(CrmErrors::noPermission(permission));
}

CrmServer::Refusal CrmServer::areaRefusal(const CrmCall &call, const QString &area, const QString &operation) const
{
    return call.scopes.allows(area, operation) ? std::nullopt : Refusal(CrmErrors::scopeMismatch());
}

HttpReply CrmServer::route(const CrmCall &call, const QStringList &path)
{
    const QString &head = path.first();
    if (head == "users"_L1)
        return routeUsers(call, path);
    if (head == "org"_L1)
        return routeOrganisation(call, path);
    if (head == "__apis"_L1 && path.size() == 1) {
        if (call.isOld())
            return CrmErrors::notSupported(u"3"_qs);
        return call.request.method == "GET"_L1 ? m_metadata.apis(call) : CrmErrors::wrongMethod();
    }
    if (head == "settings"_L1)
        return routeSettings(call, path);
    if (head == "coql"_L1 && path.size() == 1)
        return coql(call);
    if (head == "__composite_requests"_L1 && path.size() == 1)
        return composite(call);
    return routeModule(call, path);
}

HttpReply CrmServer::coql(const CrmCall &call)
{
    if (call.request.method != "POST"_L1)
        return CrmErrors::wrongMethod();
    if (const auto no = areaRefusal(call, u"coql"_qs, u"READ"_qs))
        return *no;
    const QString module = CoqlEngine::moduleOf(call);
    if (const auto no = m_store.catalog().module(module) ? refusal(call, module, u"READ"_qs) : std::nullopt)
        return *no;
    return m_coql.run(call);
}

HttpReply CrmServer::composite(const CrmCall &call)
{
    if (call.request.method != "POST"_L1)
        return CrmErrors::wrongMethod();
    if (call.isOld())
        return CrmErrors::notSupported(u"3"_qs);
    if (const auto no = areaRefusal(call, u"composite_requests"_qs, u"CUSTOM"_qs))
        return *no;
    bool rollbackSucceeded = false;
    CompositeRunner runner(m_store, [&](const HttpRequest &request) { return dispatch(request, call.scopes, true); });
    HttpReply reply = runner.handle(call, &rollbackSucceeded);
    if (rollbackSucceeded) // an undoable run that went well costs a second credit
        m_limits.spend({u"composite"_qs, 1, 0, false});
    return reply;
}

HttpReply CrmServer::routeModule(const CrmCall &call, const QStringList &path)
{
    const ModuleSpec *module = m_store.catalog().module(path.first());
    if (!module)
        return CrmErrors::invalidModule();
    if (path.size() > 1)
        return CrmErrors::isId(path.at(1)) ? routeRecord(call, *module, path) : routeModuleWord(call, *module, path);
    const QString method = call.request.method;
    if (const auto no = refusal(call, module->apiName, operationOf(method)))
        return *no;
    if (method == "GET"_L1)
        return m_reader.list(call, *module);
    if (method == "POST"_L1)
        return m_writer.insert(*module, call);
    if (method == "PUT"_L1)
        return m_writer.update(*module, call, {});
    return method == "DELETE"_L1 ? m_writer.remove(*module, call) : CrmErrors::wrongMethod();
}

HttpReply CrmServer::routeModuleWord(const CrmCall &call, const ModuleSpec &module, const QStringList &path)
{
    const bool get = call.request.method == "GET"_L1;
    const QString word = path.mid(1).join(u'/');
    if (word == "upsert"_L1) {
        for (const QString &operation : {u"CREATE"_qs, u"UPDATE"_qs}) {
            if (const auto no = refusal(call, module.apiName, operation))
                return *no;
        }
        return call.request.method == "POST"_L1 ? m_writer.upsert(module, call) : CrmErrors::wrongMethod();
    }
    if (path.at(1) == "actions"_L1 && path.size() == 3)
        return routeModuleAction(call, module, path.at(2));
    if (word != "search"_L1 && word != "deleted"_L1)
        return call.request.headers.contains("x-external") ? routeExternal(call, module, path) : CrmErrors::noSuchPath();
    if (const auto no = refusal(call, module.apiName, u"READ"_qs))
        return *no;
    if (word == "search"_L1 && m_searchScopeNeeded && !call.scopes.allowsSearch())
        return CrmErrors::scopeMismatch();
    if (!get)
        return CrmErrors::wrongMethod();
    return word == "search"_L1 ? m_reader.search(call, module) : m_reader.deleted(call, module);
}

HttpReply CrmServer::routeModuleAction(const CrmCall &call, const ModuleSpec &module, const QString &action)
{
    const QString method = call.request.method;
    if (action == "count"_L1) {
        const auto no = refusal(call, module.apiName, u"READ"_qs);
        if (no)
            return *no;
        return method == "GET"_L1 ? m_reader.count(call, module) : CrmErrors::wrongMethod();
    }
    if (action == "add_tags"_L1 || action == "remove_tags"_L1) {
        if (const auto no = refusal(call, module.apiName, u"UPDATE"_qs))
            return *no;
        return method == "POST"_L1 ? m_tags.change(call, module, {}, action == "add_tags"_L1) : CrmErrors::wrongMethod();
    }
    static const QStringList others{u"mass_update"_qs, u"assign_territories"_qs, u"remove_territories"_qs, u"fetch_full_data"_qs,
                                    u"mass_convert"_qs, u"change_owner"_qs, u"mass_change_owner"_qs};
    return others.contains(action) ? CrmErrors::notSupported() : CrmErrors::noSuchPath();
}

HttpReply CrmServer::routeExternal(const CrmCall &call, const ModuleSpec &module, const QStringList &path)
{
    const QString field = QString::fromUtf8(call.request.header("x-external")).section(u'.', -1);
    const FieldSpec *spec = module.field(field);
    if (!spec || !spec->unique)
        return HttpReply::error(400, u"INVALID_DATA"_qs, u"the external field given seems to be invalid"_qs, {{"header"_L1, "X-EXTERNAL"_L1}});
    for (const StoredRecord &record : m_store.all(module.apiName)) {
        if (record.deleted || record.fields.value(field).toString().compare(path.at(1), Qt::CaseInsensitive) != 0)
            continue;
        QStringList byId = path;
        byId[1] = record.id;
        return routeRecord(call, module, byId);
    }
    return CrmErrors::invalidId();
}

} // namespace ringside::sandbox
