// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RecordWrite.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QVariant>

namespace ringside {

/// What the bodies of requests are made of. Pure.
namespace bodyparts {

/// A lookup as it is written.
QJsonObject reference(const QString &id);
/// A value as Record has it, a QDateTime, QDate or RecordRef; null for an invalid one.
QJsonValue written(const QVariant &value);
QJsonArray tagList(const QStringList &names);
QByteArray textOf(const QJsonObject &body);
/// One record, with the org's automations as told: "trigger" left out would run approvals and blueprints as well.
QByteArray writeBody(const QJsonObject &record, const WriteOptions &options = {});

} // namespace bodyparts

} // namespace ringside
