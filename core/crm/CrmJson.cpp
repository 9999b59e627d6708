// SPDX-License-Identifier: Apache-2.0
#include "CrmJson.h"

#include "JsonParts.h"

#include <algorithm>

namespace ringside::crmjson {

using namespace jsonparts;

namespace {

/// {"api_name", "id"} of today's versions, or the bare name of older ones.
QString moduleNameIn(const QJsonValue &value)
{
    return value.isObject() ? textIn(value.toObject(), "api_name") : value.toString();
}

void readChoices(const QJsonArray &values, Field &field)
{
    struct Choice
    {
        int place;
        QString shown;
        QString written;
    };
    QList<Choice> choices;
    for (const auto &value : values) {
        const QJsonObject choice = value.toObject();
        const QString shown = firstText(choice, {"display_value", "actual_value"});
        const QString type = textIn(choice, "type");
        const bool inUse = type.isEmpty() || type == QLatin1String("used");
        if (inUse && !shown.isEmpty() && textIn(choice, "actual_value") != QLatin1String("-None-"))
            choices.append({choice.value(QLatin1String("sequence_number")).toInt(), shown,
                            firstText(choice, {"actual_value", "display_value"})});
    }
    std::stable_sort(choices.begin(), choices.end(),
                     [](const Choice &left, const Choice &right) { return left.place < right.place; });
    for (const Choice &choice : std::as_const(choices)) {
        field.pickListValues.append(choice.shown);
        field.pickListCodes.append(choice.written);
    }
}

Field fieldOf(const QJsonObject &object)
{
    Field field;
    field.apiName = textIn(object, "api_name");
    field.label = firstText(object, {"display_label", "field_label", "api_name"});
    field.dataType = textIn(object, "data_type");
    field.mandatory = flag(object, "system_mandatory", false) || flag(object, "required", false);
    field.readOnly = flag(object, "read_only", false) || flag(object, "field_read_only", false);
    field.visible = flag(object, "visible", true);
    field.length = object.value(QLatin1String("length")).toInt();
    field.custom = flag(object, "custom_field", false);
    field.searchable = flag(object, "searchable", true);
    field.lookupModule = moduleNameIn(object.value(QLatin1String("lookup")).toObject().value(QLatin1String("module")));
    readChoices(object.value(QLatin1String("pick_list_values")).toArray(), field);
    return field;
}

LayoutField layoutFieldOf(const QJsonObject &object, const QString &section)
{
    return {.apiName = textIn(object, "api_name"),
            .label = firstText(object, {"display_label", "field_label", "api_name"}),
            .section = section,
            .required = flag(object, "required", false) || flag(object, "system_mandatory", false),
            .readOnly = flag(object, "read_only", false) || flag(object, "field_read_only", false)};
}

Layout layoutOf(const QJsonObject &object)
{
    Layout layout;
    layout.id = idText(object.value(QLatin1String("id")));
    layout.name = firstText(object, {"display_label", "name", "api_name"});
    layout.active = textIn(object, "status") != QLatin1String("inactive") && flag(object, "visible", true);
    const QJsonArray sections = object.value(QLatin1String("sections")).toArray();
    for (const auto &one : sections) {
        const QJsonObject section = one.toObject();
        const QString label = firstText(section, {"display_label", "name", "api_name"});
        const QJsonArray fields = section.value(QLatin1String("fields")).toArray();
        for (const auto &field : fields) {
            const LayoutField read = layoutFieldOf(field.toObject(), label);
            if (!read.apiName.isEmpty())
                layout.fields.append(read);
        }
    }
    return layout;
}

/// Every object of the list that has an API name, through `make`.
template <typename T, typename Make> Result<QList<T>> named(const Result<QJsonArray> &items, Make make)
{
    if (!items.ok())
        return items.error();
    QList<T> list;
    for (const auto &item : items.value()) {
        const QJsonObject object = item.toObject();
        if (!textIn(object, "api_name").isEmpty())
            list.append(make(object));
    }
    return list;
}

} // namespace

Result<RecordPage> page(const HttpReply &reply, const CrmOperation &operation, const QString &module)
{
    if (reply.status == 304) // What was asked for is what has changed since, and that is nothing.
        return RecordPage{};
    QJsonObject root;
    const Result<QJsonArray> items = itemsOf(reply, operation, QLatin1String("data"), &root);
    if (!items.ok())
        return items.error();
    RecordPage page;
    for (const auto &item : items.value()) {
        if (!item.isObject())
            continue;
        const QVariantMap values = objectOf(item.toObject());
        page.records.append(Record({module, values.value(QStringLiteral("id")).toString()}, values));
    }
    const QJsonObject info = root.value(QLatin1String("info")).toObject();
    page.more = flag(info, "more_records", false);
    page.nextPageToken = textIn(info, "next_page_token");
    return page;
}

Result<Record> oneRecord(const HttpReply &reply, const CrmOperation &operation, const QString &module)
{
    if (reply.status == 304) // Nobody asked whether it had changed: that is no word of the CRM's, and not "gone".
        return crmerrors::fromReply(reply, operation);
    const Result<RecordPage> found = page(reply, operation, module);
    if (!found.ok())
        return found.error();
    if (found.value().records.isEmpty())
        return crmerrors::gone(operation);
    return found.value().records.first();
}

Result<QList<Module>> modules(const HttpReply &reply, const CrmOperation &operation)
{
    Result<QJsonArray> items = itemsOf(reply, operation, QLatin1String("modules"));
    if (items.ok()) {
        QJsonArray usable;
        for (const auto &item : std::as_const(items.value())) {
            const QJsonObject module = item.toObject();
            if (flag(module, "api_supported", true) && flag(module, "visible", true) && flag(module, "viewable", true))
                usable.append(item);
        }
        items = usable;
    }
    return named<Module>(items, [](const QJsonObject &object) {
        const QString apiName = textIn(object, "api_name");
        const QJsonObject common = object.value(QLatin1String("common")).toObject();
        return Module{.apiName = apiName,
                      .singularLabel = firstText(object, {"singular_label", "module_name", "api_name"}),
                      .pluralLabel = firstText(object, {"plural_label", "module_name", "api_name"}),
                      .searchable = flag(common, "search_supported", true),
                      .creatable = flag(object, "creatable", true),
                      .editable = flag(object, "editable", true),
                      .deletable = flag(object, "deletable", true),
                      .custom = textIn(object, "generated_type") == QLatin1String("custom")};
    });
}

Result<QList<Field>> fields(const HttpReply &reply, const CrmOperation &operation)
{
    return named<Field>(itemsOf(reply, operation, QLatin1String("fields")), fieldOf);
}

Result<QList<Layout>> layouts(const HttpReply &reply, const CrmOperation &operation)
{
    const Result<QJsonArray> items = itemsOf(reply, operation, QLatin1String("layouts"));
    if (!items.ok())
        return items.error();
    QList<Layout> list;
    for (const auto &item : items.value()) {
        const Layout layout = layoutOf(item.toObject());
        if (!layout.id.isEmpty())
            list.append(layout);
    }
    return list;
}

Result<QList<RelatedList>> relatedLists(const HttpReply &reply, const CrmOperation &operation)
{
    return named<RelatedList>(itemsOf(reply, operation, QLatin1String("related_lists")), [](const QJsonObject &object) {
        return RelatedList{textIn(object, "api_name"), firstText(object, {"display_label", "name", "api_name"}),
                           moduleNameIn(object.value(QLatin1String("module")))};
    });
}

Result<AgentIdentity> user(const HttpReply &reply, const CrmOperation &operation)
{
    const Result<QJsonArray> items = itemsOf(reply, operation, QLatin1String("users"));
    if (!items.ok())
        return items.error();
    const QJsonObject object = items.value().first().toObject();
    AgentIdentity identity;
    identity.userId = idText(object.value(QLatin1String("id")));
    if (identity.userId.isEmpty())
        return crmerrors::unreadable(operation);
    identity.fullName = textIn(object, "full_name");
    if (identity.fullName.isEmpty())
        identity.fullName = (textIn(object, "first_name") + QLatin1Char(' ') + textIn(object, "last_name")).trimmed();
    identity.email = textIn(object, "email");
    identity.timeZone = textIn(object, "time_zone");
    return identity;
}

Result<AgentIdentity> org(const HttpReply &reply, const CrmOperation &operation)
{
    const Result<QJsonArray> items = itemsOf(reply, operation, QLatin1String("org"));
    if (!items.ok())
        return items.error();
    const QJsonObject object = items.value().first().toObject();
    if (object.isEmpty())
        return crmerrors::unreadable(operation);
    AgentIdentity identity;
    identity.orgName = textIn(object, "company_name");
    identity.orgId = idText(object.value(QLatin1String("zgid")));
    identity.currency = firstText(object, {"iso_code", "currency"});
    const QJsonObject license = object.value(QLatin1String("license_details")).toObject();
    identity.edition = textIn(license, "paid_type");
    identity.licences = license.value(QLatin1String("users_license_purchased")).toInt();
    return identity;
}

Result<QString> createdId(const HttpReply &reply, const CrmOperation &operation)
{
    const Result<QJsonObject> item = writtenItem(reply, operation);
    if (!item.ok())
        return item.error();
    const QString id = idText(item.value().value(QLatin1String("details")).toObject().value(QLatin1String("id")));
    return id.isEmpty() ? Result<QString>(crmerrors::unreadable(operation)) : id;
}

} // namespace ringside::crmjson
