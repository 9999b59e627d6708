// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace ringside {

/// One field of a module, from settings/fields.
struct Field
{
    QString apiName;
    QString label;
    QString dataType; ///< "phone", "picklist", "lookup", …
    bool mandatory = false;
    bool readOnly = false;
    bool visible = true;
    int length = 0;
    QStringList pickListValues; ///< Display values that are in use, in the org's order, without "-None-".
    QStringList pickListCodes;  ///< What is written for each of them, in the same order: an org may show other words.
    bool custom = false;
    bool searchable = true;
    QString lookupModule; ///< Of a lookup: API name of the module it points into.

    /// The word for what a record has in a picklist, and back; itself where the field has no other.
    QString shown(const QString &code) const { return pickListValues.value(pickListCodes.indexOf(code), code); }
    QString written(const QString &word) const { return pickListCodes.value(pickListValues.indexOf(word), word); }
};

/// A field as a layout has it.
struct LayoutField
{
    QString apiName;
    QString label;
    QString section;
    bool required = false; ///< The org wants it filled in, whatever the field itself says.
    bool readOnly = false;
};

/// One form of a module, from settings/layouts.
struct Layout
{
    QString id;
    QString name;
    bool active = true;
    QList<LayoutField> fields; ///< Section after section.
};

/// A module that the agent may see and the API serves.
struct Module
{
    QString apiName;
    QString singularLabel;
    QString pluralLabel;
    bool searchable = true;
    bool creatable = true; ///< These three as the agent's CRM profile allows.
    bool editable = true;
    bool deletable = true;
    bool custom = false; ///< The org's own module.
};

struct RelatedList
{
    QString apiName;
    QString label;
    QString module; ///< API name of the listed records' module; may be empty.
};

/// All that is known of one module.
struct ModuleMetadata
{
    Module module;
    QList<Field> fields;
    QList<Layout> layouts;
    QList<RelatedList> relatedLists;
};

/// The signed-in person and the org.
struct AgentIdentity
{
    QString userId;
    QString fullName;
    QString email;
    QString timeZone;
    QString orgName;
    QString orgId;    ///< zgid, for links.
    QString currency; ///< ISO code.
    QString edition;  ///< "enterprise"; may be empty.
    int licences = 0; ///< Users that the edition is paid for.
};

} // namespace ringside
