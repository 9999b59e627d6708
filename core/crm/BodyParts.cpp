// SPDX-License-Identifier: Apache-2.0
#include "BodyParts.h"

#include "CrmBodies.h"

#include <QJsonDocument>

namespace ringside::bodyparts {

QJsonObject reference(const QString &id)
{
    return {{QStringLiteral("id"), id}};
}

QJsonValue written(const QVariant &value)
{
    const int type = value.typeId();
    if (type == QMetaType::QDateTime)
        return crmbodies::dateTimeText(value.toDateTime());
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

QByteArray textOf(const QJsonObject &body)
{
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QByteArray writeBody(const QJsonObject &record, const WriteOptions &options)
{
    QJsonObject body{{QStringLiteral("data"), QJsonArray{record}},
                     {QStringLiteral("trigger"), QJsonArray::fromStringList(options.triggers)}};
    if (!options.duplicateCheckFields.isEmpty())
        body.insert(QStringLiteral("duplicate_check_fields"), QJsonArray::fromStringList(options.duplicateCheckFields));
    return textOf(body);
}

QJsonArray tagList(const QStringList &names)
{
    QJsonArray list;
    for (const QString &name : names)
        list.append(QJsonObject{{QStringLiteral("name"), name}});
    return list;
}

} // namespace ringside::bodyparts
