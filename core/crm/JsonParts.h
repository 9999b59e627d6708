// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmErrors.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QVariantMap>

#include <initializer_list>

namespace ringside {

/// What the readers of the CRM's JSON share. Pure; tolerates every type in every place.
namespace jsonparts {

/// An id, whether it came as text (as it should) or as a number.
QString idText(const QJsonValue &value);
/// A record's values as Record has them: nulls absent, ids text.
QVariantMap objectOf(const QJsonObject &object);
/// The list under `key`; an empty one for 204.
Result<QJsonArray> itemsOf(const HttpReply &reply, const CrmOperation &operation, QLatin1String key,
                           QJsonObject *root = nullptr);
QString textIn(const QJsonObject &object, const char *key);
QString firstText(const QJsonObject &object, std::initializer_list<const char *> keys);
bool flag(const QJsonObject &object, const char *key, bool otherwise);
/// The one thing that a write's answer tells of, wherever the version puts it: data[0], or an error.
Result<QJsonObject> writtenItem(const HttpReply &reply, const CrmOperation &operation);

} // namespace jsonparts

} // namespace ringside
