// SPDX-License-Identifier: Apache-2.0
#include "CrmMetadata.h"

#include "ApiLimits.h"
#include "CrmErrors.h"
#include "CrmUsers.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

const QString callPreferencesName = u"call_preferences"_qs;

HttpReply noSuchModule(const QString &paramName)
{
    return HttpReply::error(400, u"INVALID_MODULE"_qs, u"the module name given seems to be invalid"_qs,
                            {{"param_name"_L1, paramName}});
}

} // namespace

QString CrmMetadata::id(const QString &name)
{
    const QByteArray digest = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha1).toHex();
    return QString::number(5'725'767'000'000'000'000 + digest.left(8).toLongLong(nullptr, 16) % 400'000);
}

QJsonObject CrmMetadata::relatedReference(const ModuleSpec &module, const RelatedSpec &list)
{
    return {{"api_name"_L1, list.apiName}, {"id"_L1, id(module.apiName + u"/"_qs + list.apiName)}};
}

HttpReply CrmMetadata::organisation(const QString &edition) const
{
    const QJsonObject organisation{
        {"id"_L1, "5725767000000225013"_L1},
        {"zgid"_L1, "704112233"_L1},
        {"company_name"_L1, "Northlight Trading LLC"_L1},
        {"country_code"_L1, "AE"_L1},
        {"country"_L1, "United Arab Emirates"_L1},
        {"city"_L1, "Dubai"_L1},
        {"currency"_L1, "United Arab Emirates Dirham - AED"_L1},
        {"currency_symbol"_L1, "AED"_L1},
        {"iso_code"_L1, "AED"_L1},
        {"time_zone"_L1, "Asia/Dubai"_L1},
        {"currency_locale"_L1, "en_AE"_L1},
        {"domain_name"_L1, "northlight"_L1},
        {"primary_email"_L1, crmUsers.front().email},
        {"phone"_L1, QJsonValue()},
        {"license_details"_L1, QJsonObject{{"paid"_L1, edition != "free"_L1}, {"paid_type"_L1, edition}, {"paid_expiry"_L1, QJsonValue()},
                                           {"trial_type"_L1, QJsonValue()}, {"trial_expiry"_L1, QJsonValue()},
                                           {"users_license_purchased"_L1, ApiLimits::usersLicensed}}},
        {"max_per_page"_L1, 200},
        {"call_icon"_L1, "default"_L1},
        {"hipaa_compliance_enabled"_L1, false},
        {"privacy_settings"_L1, false},
        {"mc_status"_L1, false}};
    return HttpReply::json(200, {{"org"_L1, QJsonArray{organisation}}});
}

HttpReply CrmMetadata::settings(const CrmCall &call, const QString &area, const QString &name) const
{
    if (area == "modules"_L1)
        return modules(name);
    const QString moduleName = call.request.queryValue(u"module"_qs);
    if (moduleName.isEmpty())
        return CrmErrors::missingParameter(u"module"_qs);
    QJsonArray list;
    // Zoho's SDK asks for the fields of "Leads,Contacts,Deals,Accounts" at once before it reads conversion options.
    const QStringList moduleNames = area == "fields"_L1 ? moduleName.split(u',', Qt::SkipEmptyParts) : QStringList{moduleName};
    for (const QString &one : moduleNames) {
        const ModuleSpec *module = m_catalog.module(one);
        if (!module)
            return noSuchModule(u"module"_qs);
        addSettings(call, area, *module, &list);
    }
    if (!name.isEmpty()) {
        const auto other = [&](const QJsonValue &one) { return one.toObject().value("id"_L1).toString() != name; };
        for (qsizetype i = list.size() - 1; i >= 0; --i) {
            if (other(list.at(i)))
                list.removeAt(i);
        }
        if (list.isEmpty())
            return CrmErrors::invalidId(2);
    }
    return list.isEmpty() ? HttpReply::empty(204) : HttpReply::json(200, {{area, list}});
}

void CrmMetadata::addSettings(const CrmCall &call, const QString &area, const ModuleSpec &module, QJsonArray *list) const
{
    if (area == "fields"_L1) {
        if (call.request.queryValue(u"type"_qs) == "unused"_L1)
            return; // every field of this CRM is in its layout
        for (const FieldSpec &field : module.fields)
            list->append(fieldObject(module, field));
    } else if (area == "layouts"_L1) {
        list->append(layoutObject(module));
    } else {
        for (const RelatedSpec &related : module.related)
            list->append(relatedObject(module, related, int(list->size()) + 1));
    }
}

HttpReply CrmMetadata::callPreferences() const
{
    const QJsonObject kept = m_store.settings().value(callPreferencesName).toObject();
    QJsonObject preferences;
    for (const QString &name : {u"show_from_number"_qs, u"show_to_number"_qs})
        preferences.insert(name, kept.value(name).toBool(true));
    return HttpReply::json(200, {{callPreferencesName, preferences}});
}

HttpReply CrmMetadata::setCallPreferences(const CrmCall &call)
{
    const QJsonObject wanted =
        QJsonDocument::fromJson(call.request.body).object().value(callPreferencesName).toObject();
    if (wanted.isEmpty())
        return CrmErrors::missingField(callPreferencesName);
    QJsonObject kept = m_store.settings().value(callPreferencesName).toObject();
    for (const QString &name : {u"show_from_number"_qs, u"show_to_number"_qs}) {
        if (wanted.value(name).isBool())
            kept.insert(name, wanted.value(name));
    }
    m_store.setSetting(callPreferencesName, kept);
    return HttpReply::json(200, {{"call_preferences"_L1, QJsonObject{{"code"_L1, "SUCCESS"_L1}, {"details"_L1, QJsonObject()},
                                                                     {"message"_L1, "call preferences updated"_L1}, {"status"_L1, "success"_L1}}}});
}

HttpReply CrmMetadata::apis(const CrmCall &call) const
{
    struct Row
    {
        QLatin1String path;
        QLatin1String method;
        QLatin1String scope;
        int least;
        int most;
    };
    static constexpr Row rows[] = {
        {"/crm/v8/{module}"_L1, "GET"_L1, "ZohoCRM.modules.READ"_L1, 1, 3},
        {"/crm/v8/{module}"_L1, "POST"_L1, "ZohoCRM.modules.CREATE"_L1, 1, 10},
        {"/crm/v8/{module}"_L1, "PUT"_L1, "ZohoCRM.modules.UPDATE"_L1, 1, 10},
        {"/crm/v8/{module}"_L1, "DELETE"_L1, "ZohoCRM.modules.DELETE"_L1, 1, 10},
        {"/crm/v8/{module}/upsert"_L1, "POST"_L1, "ZohoCRM.modules.WRITE"_L1, 1, 10},
        {"/crm/v8/{module}/search"_L1, "GET"_L1, "ZohoCRM.modules.READ"_L1, 1, 1},
        {"/crm/v8/{module}/actions/count"_L1, "GET"_L1, "ZohoCRM.modules.READ"_L1, 50, 50},
        {"/crm/v8/Leads/{id}/actions/convert"_L1, "POST"_L1, "ZohoCRM.modules.ALL"_L1, 5, 5},
        {"/crm/v8/coql"_L1, "POST"_L1, "ZohoCRM.coql.READ"_L1, 1, 3},
        {"/crm/v8/__composite_requests"_L1, "POST"_L1, "ZohoCRM.composite_requests.CUSTOM"_L1, 1, 2},
        {"/crm/bulk/v8/read"_L1, "POST"_L1, "ZohoCRM.bulk.READ"_L1, 50, 50},
        {"/crm/v8/users"_L1, "GET"_L1, "ZohoCRM.users.READ"_L1, 1, 1},
        {"/crm/v8/org"_L1, "GET"_L1, "ZohoCRM.org.READ"_L1, 1, 1}};
    const QString filters = call.request.queryValue(u"filters"_qs);
    QJsonArray list;
    for (const Row &row : rows) {
        if (filters.isEmpty() || filters.contains(row.path))
            list.append(QJsonObject{{"path"_L1, row.path},
                                    {"operation_types"_L1, QJsonArray{QJsonObject{{"method"_L1, row.method}, {"oauth_scope"_L1, row.scope},
                                                                                  {"min_credits"_L1, row.least}, {"max_credits"_L1, row.most}}}}});
    }
    return list.isEmpty() ? HttpReply::empty(204) : HttpReply::json(200, {{"__apis"_L1, list}});
}

HttpReply CrmMetadata::modules(const QString &name) const
{
    QJsonArray list;
    for (const ModuleSpec &module : m_catalog.modules()) {
        if (name.isEmpty() || module.apiName == name || id(module.apiName) == name)
            list.append(moduleObject(module));
    }
    if (list.isEmpty())
        return HttpReply::error(400, u"INVALID_MODULE"_qs, u"the module name given seems to be invalid"_qs,
                                {{"resource_path_index"_L1, 2}});
    return HttpReply::json(200, {{"modules"_L1, list}});
}

QJsonObject CrmMetadata::moduleObject(const ModuleSpec &module) const
{
    const bool searchable = module.apiName != "Notes"_L1;
    const auto may = [&](const QString &operation) {
        return m_profile.allows(AccessProfile::permission(module.apiName, operation));
    };
    return {{"id"_L1, CrmMetadata::id(module.apiName)},
            {"api_name"_L1, module.apiName},
            {"module_name"_L1, module.apiName},
            {"singular_label"_L1, module.singular},
            {"plural_label"_L1, module.plural},
            {"api_supported"_L1, true},
            {"creatable"_L1, may(u"CREATE"_qs)},
            {"editable"_L1, may(u"UPDATE"_qs)},
            {"deletable"_L1, may(u"DELETE"_qs)},
            {"viewable"_L1, may(u"READ"_qs)},
            {"visible"_L1, true},
            {"global_search_supported"_L1, searchable},
            {"status"_L1, "visible"_L1},
            {"generated_type"_L1, module.custom ? "custom"_L1 : "default"_L1},
            {"sequence_number"_L1, int(&module - m_catalog.modules().data()) + 1},
            {"common"_L1, QJsonObject{{"search_supported"_L1, searchable}}},
            {"profiles"_L1, QJsonArray{QJsonObject{{"name"_L1, "Standard"_L1}, {"id"_L1, CrmMetadata::id(u"Standard"_qs)}}}}};
}

QJsonObject CrmMetadata::fieldObject(const ModuleSpec &module, const FieldSpec &field) const
{
    const QString key = module.apiName + u'.' + field.apiName;
    QJsonArray values;
    for (const QString &value : field.values)
        values.append(QJsonObject{{"display_value"_L1, field.renamed.value(value, value)}, {"actual_value"_L1, value}, {"reference_value"_L1, value},
                                  {"id"_L1, CrmMetadata::id(key + u'.' + value)}, {"sequence_number"_L1, values.size() + 1},
                                  {"type"_L1, "used"_L1}, {"colour_code"_L1, QJsonValue()}});
    QJsonObject lookup;
    if (!field.lookupModule.isEmpty())
        lookup = {{"module"_L1, QJsonObject{{"api_name"_L1, field.lookupModule}, {"id"_L1, CrmMetadata::id(field.lookupModule)}}},
                  {"api_name"_L1, field.apiName},
                  {"display_label"_L1, field.label}};
    return {{"id"_L1, CrmMetadata::id(key)},
            {"api_name"_L1, field.apiName},
            {"field_label"_L1, field.label},
            {"display_label"_L1, field.label},
            {"data_type"_L1, field.type},
            {"json_type"_L1, field.jsonType()},
            {"length"_L1, field.length},
            {"system_mandatory"_L1, field.mandatory},
            {"read_only"_L1, field.readOnly},
            {"field_read_only"_L1, field.readOnly},
            {"custom_field"_L1, field.custom},
            {"visible"_L1, true},
            {"searchable"_L1, field.isText()},
            {"filterable"_L1, true},
            {"pick_list_values"_L1, values},
            {"lookup"_L1, lookup},
            {"unique"_L1, field.unique ? QJsonObject{{"casesensitive"_L1, "false"_L1}} : QJsonObject()},
            {"view_type"_L1, QJsonObject{{"view"_L1, true}, {"edit"_L1, !field.readOnly}, {"quick_create"_L1, field.mandatory},
                                         {"create"_L1, !field.readOnly}}}};
}

QJsonObject CrmMetadata::layoutObject(const ModuleSpec &module) const
{
    QJsonArray fields;
    for (const FieldSpec &field : module.fields) {
        QJsonObject object = fieldObject(module, field);
        object.insert("required"_L1, field.isNeeded());
        object.insert("sequence_number"_L1, fields.size() + 1);
        fields.append(object);
    }
    const QString label = module.singular + u" Information"_qs;
    const QJsonObject section{{"display_label"_L1, label}, {"api_name"_L1, QString(label).replace(u' ', u'_')}, {"name"_L1, label},
                              {"sequence_number"_L1, 1}, {"column_count"_L1, 2}, {"fields"_L1, fields}};
    return {{"id"_L1, CrmMetadata::id(module.apiName + u".layout"_qs)},
            {"name"_L1, "Standard"_L1},
            {"api_name"_L1, "Standard"_L1},
            {"display_label"_L1, "Standard"_L1},
            {"status"_L1, "active"_L1},
            {"visible"_L1, true},
            {"sections"_L1, QJsonArray{section}}};
}

QJsonObject CrmMetadata::relatedObject(const ModuleSpec &module, const RelatedSpec &list, int number) const
{
    const ModuleSpec *target = m_catalog.module(list.module);
    QJsonArray fields;
    for (size_t i = 0; i < target->fields.size() && i < 5; ++i) {
        const FieldSpec &field = target->fields[i];
        fields.append(QJsonObject{{"api_name"_L1, field.apiName}, {"id"_L1, CrmMetadata::id(list.module + u'.' + field.apiName)},
                                  {"sequence_number"_L1, int(i) + 1}});
    }
    return {{"id"_L1, CrmMetadata::id(module.apiName + u"/"_qs + list.apiName)},
            {"sequence_number"_L1, QString::number(number)},
            {"display_label"_L1, list.label},
            {"api_name"_L1, list.apiName},
            {"name"_L1, list.label},
            {"module"_L1, QJsonObject{{"api_name"_L1, list.module}, {"id"_L1, CrmMetadata::id(list.module)}}},
            {"action"_L1, QJsonValue()},
            {"href"_L1, QString(module.apiName + u"/{ENTITYID}/"_qs + list.apiName)},
            {"type"_L1, "default"_L1},
            {"connectedmodule"_L1, QJsonValue()},
            {"linkingmodule"_L1, QJsonValue()},
            {"status"_L1, "visible"_L1},
            {"fields"_L1, fields}};
}

} // namespace ringside::sandbox
