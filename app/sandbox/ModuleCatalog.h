// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <vector>

namespace ringside::sandbox {

struct FieldSpec
{
    QString apiName;
    QString label;
    QString type; ///< data_type of the metadata: text, textarea, phone, email, picklist, lookup, ownerlookup, datetime, …
    int length = 0;
    bool mandatory = false;
    bool readOnly = false;
    bool custom = false;
    bool required = false; ///< by the layout, without being mandatory for the CRM itself
    bool unique = false; ///< no two records may have the same value
    QString lookupModule;
    QStringList values; ///< of a picklist, as they are written and read
    QHash<QString, QString> renamed; ///< what people see in place of a value

    bool isNeeded() const { return mandatory || required; }
    bool isPhone() const { return type == QLatin1String("phone"); }
    bool isText() const;
    QString jsonType() const;
};

/// A list of records that hang on another one: GET /{parent}/{id}/{apiName}.
struct RelatedSpec
{
    enum class Part { All, Open, Closed };

    QString apiName;
    QString label;
    QString module; ///< whose records are listed
    QString field; ///< the lookup in them that names the parent
    Part part = Part::All; ///< activities: those still to come, or those that are done
};

struct ModuleSpec
{
    QString apiName;
    QString singular;
    QString plural;
    QString nameField; ///< what a lookup to it shows
    std::vector<FieldSpec> fields;
    std::vector<RelatedSpec> related;
    QStringList lookupFields; ///< names, picked out since every write needs them
    QStringList phoneFields;
    bool custom = false;

    const FieldSpec *field(const QString &fieldName) const;
    const RelatedSpec *relatedList(const QString &listName) const;
};

/// The modules of the sandbox's CRM. Only layouts and the words of picklists can be changed after construction.
class ModuleCatalog
{
public:
    ModuleCatalog();

    /// Makes the layout of the module demand the field, or not. False when there is no such field, or nobody may fill it.
    bool setRequired(const QString &module, const QString &field, bool required);
    /// Lets people see `shown` where the picklist has `value`. False when there is no such value.
    bool rename(const QString &module, const QString &field, const QString &value, const QString &shown);

    const ModuleSpec *module(const QString &apiName) const;
    const std::vector<ModuleSpec> &modules() const { return m_modules; }

private:
    FieldSpec *fieldForChange(const QString &module, const QString &field);

    std::vector<ModuleSpec> m_modules;
    QHash<QString, size_t> m_index;
};

} // namespace ringside::sandbox
