// SPDX-License-Identifier: Apache-2.0
// The part of CrmServer that routes settings, users, the organisation and bulk jobs.
#include "CrmServer.h"

#include "CrmErrors.h"

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

} // namespace

HttpReply CrmServer::routeUsers(const CrmCall &call, const QStringList &path)
{
    const QString method = call.request.method;
    if (const auto no = areaRefusal(call, u"users"_qs, operationOf(method)))
        return *no;
    if (method != "GET"_L1) // the people of this CRM are given
        return path.size() > 2 ? CrmErrors::wrongMethod() : CrmErrors::notSupported();
    if (path.size() == 1)
        return m_people.list(call);
    if (path.size() == 2)
        return m_people.one(path.at(1));
    if (path.mid(1) == QStringList{u"actions"_qs, u"count"_qs})
        return m_people.count(call);
    return path.mid(2) == QStringList{u"actions"_qs, u"associated_groups"_qs} ? HttpReply::empty(204)
                                                                              : CrmErrors::noSuchPath();
}

HttpReply CrmServer::routeOrganisation(const CrmCall &call, const QStringList &path)
{
    const QString method = call.request.method;
    if (const auto no = areaRefusal(call, u"org"_qs, operationOf(method)))
        return *no;
    if (path.size() == 2 && path.at(1) == "photo"_L1)
        return method == "GET"_L1 ? HttpReply::empty(204) : CrmErrors::notSupported();
    if (path.size() > 1)
        return CrmErrors::noSuchPath();
    return method == "GET"_L1 ? m_metadata.organisation(m_limits.edition()) : CrmErrors::wrongMethod();
}

HttpReply CrmServer::routeSettings(const CrmCall &call, const QStringList &path)
{
    static const QStringList areas{u"modules"_qs, u"fields"_qs, u"layouts"_qs, u"related_lists"_qs};
    const QString area = path.value(1);
    const QString method = call.request.method;
    if (!areas.contains(area) && area != "tags"_L1 && area != "call_preferences"_L1)
        return CrmErrors::noSuchPath();
    if (const auto no = areaRefusal(call, u"settings."_qs + area, operationOf(method)))
        return *no;
    if (area == "tags"_L1)
        return routeTags(call, path);
    if (area == "call_preferences"_L1) {
        if (path.size() > 2)
            return CrmErrors::noSuchPath();
        return method == "GET"_L1
                   ? m_metadata.callPreferences()
                   : (method == "PUT"_L1 ? m_metadata.setCallPreferences(call) : CrmErrors::wrongMethod());
    }
    const bool activates = area == "layouts"_L1 && path.mid(3) == QStringList{u"actions"_qs, u"activate"_qs};
    if (path.size() > 3 && !activates)
        return CrmErrors::noSuchPath();
    // What Setup does with modules, fields and layouts is done through the control interface here.
    return method == "GET"_L1 && !activates ? m_metadata.settings(call, area, path.value(2))
                                            : CrmErrors::notSupported();
}

HttpReply CrmServer::routeTags(const CrmCall &call, const QStringList &path)
{
    const QString method = call.request.method;
    const QString id = path.value(2);
    const QString action = path.mid(3).join(u'/');
    if (path.size() == 3 && method == "DELETE"_L1)
        return m_tags.remove(id);
    if (action == "actions/merge"_L1)
        return method == "POST"_L1 ? m_tags.merge(call, id) : CrmErrors::wrongMethod();
    const QString name = call.request.queryValue(u"module"_qs);
    const ModuleSpec *module = m_store.catalog().module(name);
    if (!module)
        return name.isEmpty()
                   ? CrmErrors::missingParameter(u"module"_qs)
                   : HttpReply::error(400, u"INVALID_MODULE"_qs, u"the module name given seems to be invalid"_qs,
                                      {{"param_name"_L1, "module"_L1}});
    if (action == "actions/records_count"_L1)
        return method == "GET"_L1 ? m_tags.recordCount(*module, id) : CrmErrors::wrongMethod();
    if (!action.isEmpty())
        return CrmErrors::noSuchPath();
    if (method == "PUT"_L1)
        return m_tags.rename(call, *module, id);
    if (path.size() == 2 && method == "GET"_L1)
        return m_tags.list(*module);
    return path.size() == 2 && method == "POST"_L1 ? m_tags.create(call, *module) : CrmErrors::wrongMethod();
}

HttpReply CrmServer::routeBulk(const CrmCall &call, const QStringList &path)
{
    const QString method = call.request.method;
    if (path.first() != "read"_L1 || path.size() > 3 || (path.size() == 3 && path.at(2) != "result"_L1))
        return path.first() == "write"_L1 ? CrmErrors::notSupported() : CrmErrors::noSuchPath();
    if (const auto no = areaRefusal(call, u"bulk"_qs, u"READ"_qs))
        return *no;
    if (path.size() > 1) {
        if (method != "GET"_L1)
            return CrmErrors::wrongMethod();
        return path.size() == 2 ? m_bulk.state(call, path.at(1)) : m_bulk.result(call, path.at(1));
    }
    if (method != "POST"_L1)
        return CrmErrors::wrongMethod();
    const QString module = BulkReads::moduleOf(call);
    const auto no = m_store.catalog().module(module) ? refusal(call, module, u"READ"_qs) : std::nullopt;
    return no ? *no : m_bulk.order(call);
}

} // namespace ringside::sandbox
