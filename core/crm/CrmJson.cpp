// SPDX-License-Identifier: Apache-2.0
#include "CrmJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <limits>

namespace ringside::crmjson {

namespace {

constexpr qint64 largestExact = Q_INT64_C(1) << 53;

/// An id, whether it came as text (as it should) or as a number.
QString idText(const QJsonValue &value)
{
    if (!value.isDouble())
        return value.toString();
    const qint64 exact = value.toInteger(std::numeric_limits<qint64>::min());
    return exact >= 0 ? QString::number(exact) : QString();
}

QVariant valueOf(const QJsonValue &value);

QVariantMap objectOf(const QJsonObject &object)
{
    QVariantMap map;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QVariant value = it.key() == QLatin1String("id") ? QVariant(idText(it.value())) : valueOf(it.value());
        if (value.isValid())
            map.insert(it.key(), value);
    }
    return map;
}

/// Invalid for null and undefined: such a field is absent.
QVariant valueOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool();
    case QJsonValue::Double: {
        const qint64 exact = value.toInteger();
        if (exact > largestExact || exact < -largestExact)
            return exact;
        return value.toDouble();
    }
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Object:
        return objectOf(value.toObject());
    case QJsonValue::Array: {
        QVariantList list;
        const QJsonArray items = value.toArray();
        for (const auto &item : items) {
            const QVariant one = valueOf(item);
            if (one.isValid())
                list.append(one);
        }
        return list;
    }
    default:
        return {};
    }
}

/// The list under `key`; an empty one for 204.
Result<QJsonArray> itemsOf(const HttpReply &reply, const CrmOperation &operation, QLatin1String key, QJsonObject *root)
{
    if (reply.status == 204)
        return QJsonArray();
    if (reply.status != 200)
        return crmerrors::fromReply(reply, operation);
    const QJsonDocument document = QJsonDocument::fromJson(reply.body);
    const QJsonObject object = document.object();
    if (!object.value(key).isArray()) {
        return crmerrors::isRefusal(object) ? crmerrors::fromReply(reply, operation) : crmerrors::unreadable(operation);
    }
    if (root)
        *root = object;
    return object.value(key).toArray();
}

QString textIn(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

QString firstText(const QJsonObject &object, std::initializer_list<const char *> keys)
{
    for (const char *key : keys) {
        QString text = textIn(object, key);
        if (!text.isEmpty())
            return text;
    }
    return {};
}

bool flag(const QJsonObject &object, const char *key, bool otherwise)
{
    return object.value(QLatin1String(key)).toBool(otherwise);
}

QStringList choicesOf(const QJsonArray &values)
{
    QList<std::pair<int, QString>> choices;
    for (const auto &value : values) {
        const QJsonObject choice = value.toObject();
        const QString shown = firstText(choice, {"display_value", "actual_value"});
        const QString type = textIn(choice, "type");
        const bool inUse = type.isEmpty() || type == QLatin1String("used");
        if (inUse && !shown.isEmpty() && textIn(choice, "actual_value") != QLatin1String("-None-"))
            choices.append({choice.value(QLatin1String("sequence_number")).toInt(), shown});
    }
    std::stable_sort(choices.begin(), choices.end(),
                     [](const auto &left, const auto &right) { return left.first < right.first; });
    QStringList texts;
    for (const auto &choice : std::as_const(choices))
        texts.append(choice.second);
    return texts;
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
    field.pickListValues = choicesOf(object.value(QLatin1String("pick_list_values")).toArray());
    return field;
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
    const Result<RecordPage> found = page(reply, operation, module);
    if (!found.ok())
        return found.error();
    if (found.value().records.isEmpty())
        return crmerrors::gone(operation);
    return found.value().records.first();
}

Result<QList<Module>> modules(const HttpReply &reply, const CrmOperation &operation)
{
    Result<QJsonArray> items = itemsOf(reply, operation, QLatin1String("modules"), nullptr);
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
        return Module{apiName, firstText(object, {"singular_label", "module_name", "api_name"}),
                      firstText(object, {"plural_label", "module_name", "api_name"}),
                      flag(common, "search_supported", true)};
    });
}

Result<QList<Field>> fields(const HttpReply &reply, const CrmOperation &operation)
{
    return named<Field>(itemsOf(reply, operation, QLatin1String("fields"), nullptr), fieldOf);
}

Result<QList<RelatedList>> relatedLists(const HttpReply &reply, const CrmOperation &operation)
{
    return named<RelatedList>(
        itemsOf(reply, operation, QLatin1String("related_lists"), nullptr), [](const QJsonObject &object) {
            const QJsonValue module = object.value(QLatin1String("module"));
            return RelatedList{textIn(object, "api_name"), firstText(object, {"display_label", "name", "api_name"}),
                               module.isObject() ? textIn(module.toObject(), "api_name") : module.toString()};
        });
}

Result<AgentIdentity> user(const HttpReply &reply, const CrmOperation &operation)
{
    const Result<QJsonArray> items = itemsOf(reply, operation, QLatin1String("users"), nullptr);
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
    const Result<QJsonArray> items = itemsOf(reply, operation, QLatin1String("org"), nullptr);
    if (!items.ok())
        return items.error();
    const QJsonObject object = items.value().first().toObject();
    if (object.isEmpty())
        return crmerrors::unreadable(operation);
    AgentIdentity identity;
    identity.orgName = textIn(object, "company_name");
    identity.orgId = idText(object.value(QLatin1String("zgid")));
    identity.currency = firstText(object, {"iso_code", "currency"});
    return identity;
}

Result<QString> createdId(const HttpReply &reply, const CrmOperation &operation)
{
    const QJsonObject root = QJsonDocument::fromJson(reply.body).object();
    const QJsonArray items = root.value(QLatin1String("data")).toArray();
    const bool readable =
        reply.status == 200 || reply.status == 201 || reply.status == 202 || reply.status == 207 || reply.status == 400;
    if (!readable || items.isEmpty()) {
        const bool silent = reply.status >= 200 && reply.status < 300 && !crmerrors::isRefusal(root);
        return silent ? crmerrors::unreadable(operation) : crmerrors::fromReply(reply, operation);
    }
    const QJsonObject item = items.first().toObject();
    const QString id = idText(item.value(QLatin1String("details")).toObject().value(QLatin1String("id")));
    if (textIn(item, "code") == QLatin1String("SUCCESS") && !id.isEmpty())
        return id;
    return crmerrors::isRefusal(item) ? crmerrors::fromRefusal(item, reply.status, operation)
                                      : crmerrors::unreadable(operation);
}

} // namespace ringside::crmjson
