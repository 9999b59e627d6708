// SPDX-License-Identifier: Apache-2.0
// The part of CrmServer that routes what lies below one record.
#include "CrmServer.h"

#include "CrmErrors.h"
#include "LeadConversion.h"

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

} // namespace

HttpReply CrmServer::routeRecord(const CrmCall &call, const ModuleSpec &module, const QStringList &path)
{
    const QString &id = path.at(1);
    const QString method = call.request.method;
    if (path.size() > 2)
        return routeRecordAction(call, module, path);
    if (method == "GET"_L1) {
        const auto no = refusal(call, module.apiName, u"READ"_qs);
        return no ? *no : m_reader.one(call, module, id);
    }
    if (method == "PUT"_L1) {
        const auto no = refusal(call, module.apiName, u"UPDATE"_qs);
        return no ? *no : m_writer.update(module, call, id);
    }
    if (method == "DELETE"_L1) {
        const auto no = refusal(call, module.apiName, u"DELETE"_qs);
        return no ? *no : m_writer.remove(module, call, id);
    }
    return CrmErrors::wrongMethod();
}

HttpReply CrmServer::routeRecordAction(const CrmCall &call, const ModuleSpec &module, const QStringList &path)
{
    const QString what = path.mid(2).join(u'/');
    const QString &id = path.at(1);
    if (what == "photo"_L1)
        return routePhoto(call, module, id);
    if (module.apiName == "Leads"_L1 && (what == "actions/convert"_L1 || what == "__conversion_options"_L1))
        return routeLead(call, path);
    if (what == "__timeline"_L1 || what == "actions/get_related_records_count"_L1) {
        if (call.isOld())
            return CrmErrors::notSupported(what == "__timeline"_L1 ? u"3"_qs : u"5"_qs);
        if (const auto no = refusal(call, module.apiName, u"READ"_qs))
            return *no;
        const bool timeline = what == "__timeline"_L1;
        if (call.request.method != (timeline ? "GET"_L1 : "POST"_L1))
            return CrmErrors::wrongMethod();
        return timeline ? m_reader.timeline(call, module, id) : m_reader.relatedCounts(call, module, id);
    }
    if (what == "actions/add_tags"_L1 || what == "actions/remove_tags"_L1) {
        if (const auto no = refusal(call, module.apiName, u"UPDATE"_qs))
            return *no;
        return call.request.method == "POST"_L1 ? m_tags.change(call, module, {id}, what == "actions/add_tags"_L1) : CrmErrors::wrongMethod();
    }
    static const QStringList others{u"actions/clone"_qs, u"actions/assign_territories"_qs, u"actions/remove_territories"_qs,
                                    u"actions/fetch_full_data"_qs, u"actions/change_owner"_qs};
    if (others.contains(what) || (path.size() == 4 && module.relatedList(path.at(2))))
        return CrmErrors::notSupported();
    return path.size() == 3 ? routeRelated(call, module, path) : CrmErrors::noSuchPath();
}

HttpReply CrmServer::routePhoto(const CrmCall &call, const ModuleSpec &module, const QString &id)
{
    const QString method = call.request.method;
    if (!module.field(u"Record_Image"_qs))
        return CrmErrors::noSuchPath();
    if (const auto no = refusal(call, module.apiName, method == "GET"_L1 ? u"READ"_qs : u"UPDATE"_qs))
        return *no;
    if (method == "GET"_L1)
        return m_photos.get(module, id);
    if (method == "POST"_L1)
        return m_photos.upload(call, module, id);
    return method == "DELETE"_L1 ? m_photos.remove(module, id) : CrmErrors::wrongMethod();
}

HttpReply CrmServer::routeLead(const CrmCall &call, const QStringList &path)
{
    LeadConversion conversion(m_store, m_indexLagMs);
    if (path.size() == 3) {
        if (call.isOld())
            return CrmErrors::notSupported(u"6"_qs);
        const auto no = refusal(call, u"Leads"_qs, u"READ"_qs);
        if (no)
            return *no;
        return call.request.method == "GET"_L1 ? conversion.options(path.at(1)) : CrmErrors::wrongMethod();
    }
    if (call.request.method != "POST"_L1)
        return CrmErrors::wrongMethod();
    // Conversion changes the lead and makes the others: it asks for all of these.
    for (const auto &[module, operation] : {std::pair(u"Leads"_qs, u"UPDATE"_qs),
                                            {u"Contacts"_qs, u"CREATE"_qs},
                                            {u"Accounts"_qs, u"CREATE"_qs},
                                            {u"Deals"_qs, u"CREATE"_qs}}) {
        if (const auto no = refusal(call, module, operation))
            return *no;
    }
    const QString permission = AccessProfile::permission(u"Leads"_qs, u"CONVERT"_qs);
    return m_profile.allows(permission) ? conversion.convert(call, path.at(1)) : CrmErrors::noPermission(permission);
}

HttpReply CrmServer::routeRelated(const CrmCall &call, const ModuleSpec &module, const QStringList &path)
{
    const QString method = call.request.method;
    if (path.at(2) == "Notes"_L1 && method == "POST"_L1) {
        const auto no = refusal(call, u"Notes"_qs, u"CREATE"_qs);
        return no ? *no : m_writer.insert(*m_store.catalog().module(u"Notes"_qs), call, module.apiName, path.at(1));
    }
    if (method != "GET"_L1) // records are linked by their own fields here
        return module.relatedList(path.at(2)) ? CrmErrors::notSupported() : CrmErrors::wrongMethod();
    if (const auto no = refusal(call, module.apiName, u"READ"_qs))
        return *no;
    const RelatedSpec *list = module.relatedList(path.at(2));
    if (!list)
        return CrmErrors::invalidRelation();
    const auto no = refusal(call, list->module, u"READ"_qs);
    return no ? *no : m_reader.related(call, module, *list, path.at(1));
}

} // namespace ringside::sandbox
