// SPDX-License-Identifier: Apache-2.0
#include "JsonParts.h"

#include <QJsonDocument>

#include <limits>

namespace ringside::jsonparts {

namespace {

constexpr qint64 largestExact = Q_INT64_C(1) << 53;

QVariant valueOf(const QJsonValue &value);

QVariantList listOf(const QJsonArray &items)
{
    QVariantList list;
    for (const auto &item : items) {
        const QVariant one = valueOf(item);
        if (one.isValid())
            list.append(one);
    }
    return list;
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
    case QJsonValue::Array:
        return listOf(value.toArray());
    default:
        return {};
    }
}

} // namespace

QString idText(const QJsonValue &value)
{
    if (!value.isDouble())
        return value.toString();
    const qint64 exact = value.toInteger(std::numeric_limits<qint64>::min());
    return exact >= 0 ? QString::number(exact) : QString();
}

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

Result<QJsonObject> writtenItem(const HttpReply &reply, const CrmOperation &operation)
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
    if (textIn(item, "code") == QLatin1String("SUCCESS"))
        return item;
    return crmerrors::isRefusal(item) ? crmerrors::fromRefusal(item, reply.status, operation)
                                      : crmerrors::unreadable(operation);
}

} // namespace ringside::jsonparts
