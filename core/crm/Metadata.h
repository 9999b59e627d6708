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
};

/// A module that the agent may see and the API serves.
struct Module
{
    QString apiName;
    QString singularLabel;
    QString pluralLabel;
    bool searchable = true;
};

struct RelatedList
{
    QString apiName;
    QString label;
    QString module; ///< API name of the listed records' module; may be empty.
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
};

} // namespace ringside
