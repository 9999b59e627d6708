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
        for (const QJsonValue &item : items) {
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
        const QString text = textIn(object, key);
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
    for (const QJsonValue &value : values) {
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
template<typename T, typename Make>
Result<QList<T>> named(const Result<QJsonArray> &items, Make make)
{
    if (!items.ok())
        return items.error();
    QList<T> list;
    for (const QJsonValue &item : items.value()) {
        const QJsonObject object = item.toObject();
        if (!textIn(object, "api_name").isEmpty())
            list.append(make(object));
    }
    return list;
}

QJsonObject reference(const QString &id)
{
    return {{QStringLiteral("id"), id}};
}

QJsonValue written(const QVariant &value)
{
    const int type = value.typeId();
    if (type == QMetaType::QDateTime)
        return dateTimeText(value.toDateTime());
    if (type == QMetaType::QDate)
        return value.toDate().toString(Qt::ISODate);
    if (type == qMetaTypeId<RecordRef>())
        return reference(value.value<RecordRef>().id);
    if (type == QMetaType::QVariantMap) {
        QJsonObject object;
        const QVariantMap map = value.toMap();
        for (auto it = map.begin(); it != map.end(); ++it)
            object.insert(it.key(), written(it.value()));
        return object;
    }
    if (type == QMetaType::QVariantList) {
        QJsonArray array;
        const QVariantList list = value.toList();
        for (const QVariant &item : list)
            array.append(written(item));
        return array;
    }
    return QJsonValue::fromVariant(value);
}

/// One record, with the org's workflows: "trigger" left out would run approvals and blueprints as well.
QByteArray writeBody(const QJsonObject &record)
{
    const QJsonObject body{{QStringLiteral("data"), QJsonArray{record}},
                           {QStringLiteral("trigger"), QJsonArray{QStringLiteral("workflow")}}};
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QString clipped(const QString &text, int length)
{
    if (text.size() <= length)
        return text;
    QString part = text.left(length);
    if (part.back().isHighSurrogate())
        part.chop(1);
    return part;
}

QString typeText(CallActivity::Type type)
{
    switch (type) {
    case CallActivity::Type::Inbound:
        return QStringLiteral("Inbound");
    case CallActivity::Type::Outbound:
        return QStringLiteral("Outbound");
    case CallActivity::Type::Missed:
        return QStringLiteral("Missed");
    }
    return {};
}

void addParties(QJsonObject &record, const CallActivity &call)
{
    const QString contacts = QStringLiteral("Contacts");
    RecordRef who;
    RecordRef what;
    // The field that takes anything but a contact holds one record: an account gives way to its own deal or case.
    for (const RecordRef &ref : {call.person, call.relatedTo}) {
        if (ref.isNull())
            continue;
        if (ref.module == contacts)
            who = who.isNull() ? ref : who;
        else if (what.isNull() || what.module == QLatin1String("Accounts"))
            what = ref;
    }
    if (!who.isNull()) {
        record.insert(QStringLiteral("Who_Id"), reference(who.id));
        record.insert(QStringLiteral("$se_module"), contacts);
    }
    if (!what.isNull()) {
        record.insert(QStringLiteral("What_Id"), reference(what.id));
        record.insert(QStringLiteral("$se_module"), what.module);
    }
}

void addText(QJsonObject &record, const QString &field, const QString &text)
{
    if (!text.isEmpty())
        record.insert(field, text);
}

} // namespace

Result<RecordPage> page(const HttpReply &reply, const CrmOperation &operation, const QString &module)
{
    QJsonObject root;
    const Result<QJsonArray> items = itemsOf(reply, operation, QLatin1String("data"), &root);
    if (!items.ok())
        return items.error();
    RecordPage page;
    for (const QJsonValue &item : items.value()) {
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
        for (const QJsonValue &item : std::as_const(items.value())) {
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
    const bool readable = reply.status == 200 || reply.status == 201 || reply.status == 202 || reply.status == 207
                          || reply.status == 400;
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

CallLayout callLayout(const QList<Field> &fields)
{
    CallLayout layout;
    if (fields.isEmpty())
        return layout;
    layout.closedFields = {QStringLiteral("Call_Duration_in_seconds"), QStringLiteral("Caller_ID"),
                           QStringLiteral("Dialled_Number"), QStringLiteral("Outgoing_Call_Status")};
    for (const Field &field : fields) {
        if (!field.readOnly)
            layout.closedFields.remove(field.apiName);
        if (field.apiName == QLatin1String("Subject") && field.length > 0)
            layout.subjectLength = std::min(field.length, layout.subjectLength);
    }
    return layout;
}

QByteArray callBody(const CallActivity &call, const CallLayout &layout)
{
    QJsonObject record{
        {QStringLiteral("Subject"), clipped(call.subject.simplified(), layout.subjectLength)},
        {QStringLiteral("Call_Type"), typeText(call.type)},
        {QStringLiteral("Call_Start_Time"), dateTimeText(call.start)},
    };
    if (call.type != CallActivity::Type::Missed) {
        // The CRM refuses an answered call of no length.
        const std::chrono::seconds duration = std::max(call.duration, std::chrono::seconds(1));
        record.insert(QStringLiteral("Call_Duration"), durationText(duration));
        record.insert(QStringLiteral("Call_Duration_in_seconds"), qint64(duration.count()));
    }
    const bool outbound = call.type == CallActivity::Type::Outbound;
    if (outbound)
        record.insert(QStringLiteral("Outgoing_Call_Status"), QStringLiteral("Completed"));
    addText(record, outbound ? QStringLiteral("Dialled_Number") : QStringLiteral("Caller_ID"), call.callerNumber);
    addText(record, QStringLiteral("Description"), call.description);
    addText(record, QStringLiteral("Call_Result"), call.result);
    addText(record, QStringLiteral("Call_Purpose"), call.purpose);
    addParties(record, call);
    for (const QString &field : layout.closedFields)
        record.remove(field);
    return writeBody(record);
}

QByteArray recordBody(const QVariantMap &values)
{
    return writeBody(written(values).toObject());
}

QByteArray queryBody(const QString &selectQuery)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("select_query"), selectQuery}}).toJson(QJsonDocument::Compact);
}

QString dateTimeText(const QDateTime &time)
{
    // Qt leaves the offset out of a local time's text.
    const QDateTime at = time.toOffsetFromUtc(time.offsetFromUtc());
    QString text = at.toString(Qt::ISODate);
    if (text.endsWith(QLatin1Char('Z')))
        text.replace(text.size() - 1, 1, QStringLiteral("+00:00"));
    return text;
}

QString durationText(std::chrono::seconds duration)
{
    const qint64 seconds = std::max<qint64>(duration.count(), 0);
    return QStringLiteral("%1:%2").arg(seconds / 60, 2, 10, QLatin1Char('0')).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

} // namespace ringside::crmjson
