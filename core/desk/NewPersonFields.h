// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Metadata.h"
#include "PhoneNumber.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <optional>
#include <utility>

namespace ringside {

/// One field of the form that makes a lead or a contact, or of what is asked about a call.
struct NewPersonField
{
    enum class Kind { Line, Text, Phone, Email, Number, Choice, YesNo, Several, Date, DateTime, Lookup };

    QString apiName;
    QString label;
    Kind kind = Kind::Line;
    bool mandatory = false;
    int length = 0;      ///< Most characters; 0 = not told.
    QStringList choices; ///< With Choice, YesNo, Several: what people read, in the org's order.
    QStringList codes;   ///< What is written for each of them.
    QString module;      ///< With Lookup: API name of the module whose records are chosen from.
    QString value;       ///< As typed; with choices the code, with Several and Lookup as fieldText has it.
    QString problem;     ///< A sentence for under the field; empty when there is none.

    bool operator==(const NewPersonField &) const = default;
};

/// The pure part of making a person's record. Sources: Zoho reference, 3.12 and appendix B.
namespace newPersonFields {

/// Name, company (leads), the number, e-mail, then what else the org wants filled in, with what the phone told filled
/// in. Without metadata the standard fields. Fields that the org closed or hides are left out.
QList<NewPersonField> of(const QString &module, const QList<Field> &metadata, const PhoneNumber &number,
                         const QString &remoteName);

/// A field that the CRM asks for, of a kind that can be typed or chosen here; else nothing.
std::optional<NewPersonField> fieldFor(const Field &field);

/// Labels of fields that must be filled in and cannot be here (a lookup, a date).
QStringList outOfReach(const QString &module, const QList<Field> &metadata);

/// What is wrong with the value, a sentence; empty when nothing is.
QString problemOf(const NewPersonField &field, const QString &region);

/// What goes to the CRM for one field: a number, yes or no, a list, a record's id and name, a date as ISO 8601, or a
/// text without what is around it.
QVariant valueOf(const NewPersonField &field);
/// Back from valueOf().
QString typedOf(const QVariant &value);

/// What goes to the CRM; empty fields are left out.
QVariantMap values(const QList<NewPersonField> &fields);

/// First and last name in what the phone shows; both empty when that is a number, an address or no name at all.
std::pair<QString, QString> nameParts(const QString &remoteName, const PhoneNumber &number);

} // namespace newPersonFields
} // namespace ringside
