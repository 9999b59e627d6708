// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "NewPersonFields.h"
#include "NoteDrafts.h"

#include <QList>
#include <QVariantMap>

#include <optional>

namespace ringside {

/// What an org wants to know of a call besides what every call has: fields that it made mandatory, and picklists of its
/// own. Pure.
namespace callFields {

/// In the org's order. `calls`: the fields of the Calls module, each mandatory that must be filled in. A picklist's
/// value is the word that is shown; it becomes the one that is written where the call is sent. Fields of kinds that
/// cannot be typed or chosen here (a formula, a file) are left out.
QList<NewPersonField> of(const QList<Field> &calls);

/// Whether the field of this name is one that takes a log's reference: a text that can be written and is long enough.
bool takesReference(const QList<Field> &calls, const QString &apiName);

/// For CallActivity::extra. What has been emptied is an empty text.
QVariantMap written(const QList<NewPersonField> &fields, const QMap<QString, QString> &values);
/// Back from written().
QMap<QString, QString> typed(const QVariantMap &extra);

struct Problem
{
    QString field;    ///< API name.
    QString sentence; ///< What is to be done about it.
};

/// The first thing that keeps a call with this draft from being logged; nothing when it can be. `region` for phone
/// numbers.
std::optional<Problem> problemOf(const QList<Field> &calls, const NoteDraft &draft, const QString &region);

} // namespace callFields
} // namespace ringside
