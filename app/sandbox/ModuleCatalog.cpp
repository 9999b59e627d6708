// SPDX-License-Identifier: Apache-2.0
#include "ModuleCatalog.h"

#include "ModuleTables.h"

#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

FieldSpec toField(const FieldRow &row)
{
    FieldSpec field;
    field.apiName = row.apiName;
    field.label = row.label;
    field.type = row.type;
    field.length = row.length;
    field.mandatory = row.flags.contains('m'_L1);
    field.readOnly = row.flags.contains('r'_L1);
    field.custom = row.flags.contains('c'_L1);
    field.unique = row.flags.contains('u'_L1);
    if (row.type == "lookup"_L1)
        field.lookupModule = row.extra;
    else if (row.type == "picklist"_L1 || row.type == "multiselectpicklist"_L1)
        field.values = QString(row.extra).split(u'|');
    return field;
}

RelatedSpec toRelated(const RelatedRow &row)
{
    const auto part = row.part == 'o' ? RelatedSpec::Part::Open
        : row.part == 'c'             ? RelatedSpec::Part::Closed
                                      : RelatedSpec::Part::All;
    return {row.apiName, row.label, row.module, row.field, part};
}

} // namespace

bool FieldSpec::isText() const
{
    return type == "text"_L1 || type == "textarea"_L1 || type == "email"_L1 || type == "phone"_L1 || type == "website"_L1
        || type == "picklist"_L1 || type == "autonumber"_L1 || type == "profileimage"_L1;
}

QString FieldSpec::jsonType() const
{
    if (apiName == "Tag"_L1 || type == "multiselectpicklist"_L1)
        return u"jsonarray"_qs;
    if (type == "lookup"_L1 || type == "ownerlookup"_L1 || type == "ALARM"_L1 || type == "RRULE"_L1)
        return u"jsonobject"_qs;
    if (type == "integer"_L1 || type == "boolean"_L1)
        return type;
    return type == "currency"_L1 ? u"double"_qs : u"string"_qs;
}

const FieldSpec *ModuleSpec::field(const QString &fieldName) const
{
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const FieldSpec &field) { return field.apiName == fieldName; });
    return found == fields.end() ? nullptr : &*found;
}

const RelatedSpec *ModuleSpec::relatedList(const QString &listName) const
{
    const auto found = std::find_if(related.begin(), related.end(),
                                    [&](const RelatedSpec &list) { return list.apiName == listName; });
    return found == related.end() ? nullptr : &*found;
}

ModuleCatalog::ModuleCatalog()
{
    for (const ModuleRow &row : moduleRows()) {
        ModuleSpec module{row.apiName, row.singular, row.plural, row.nameField, {}, {}, {}, {}, row.custom};
        for (const FieldRow &field : row.fields)
            module.fields.push_back(toField(field));
        for (const FieldRow &field : commonRows())
            module.fields.push_back(toField(field));
        for (const RelatedRow &list : row.related)
            module.related.push_back(toRelated(list));
        for (const FieldSpec &field : module.fields) {
            if (field.type == "lookup"_L1)
                module.lookupFields.append(field.apiName);
            else if (field.isPhone())
                module.phoneFields.append(field.apiName);
        }
        m_index.insert(module.apiName, m_modules.size());
        m_modules.push_back(std::move(module));
    }
}

FieldSpec *ModuleCatalog::fieldForChange(const QString &module, const QString &field)
{
    const auto found = m_index.constFind(module);
    if (found == m_index.cend())
        return nullptr;
    std::vector<FieldSpec> &fields = m_modules[*found].fields;
    const auto spec = std::find_if(fields.begin(), fields.end(), [&](const FieldSpec &one) { return one.apiName == field; });
    return spec == fields.end() ? nullptr : &*spec;
}

bool ModuleCatalog::setRequired(const QString &module, const QString &field, bool required)
{
    FieldSpec *spec = fieldForChange(module, field);
    if (!spec || spec->readOnly)
        return false;
    spec->required = required;
    return true;
}

bool ModuleCatalog::rename(const QString &module, const QString &field, const QString &value, const QString &shown)
{
    FieldSpec *spec = fieldForChange(module, field);
    if (!spec || !spec->values.contains(value))
        return false;
    spec->renamed.insert(value, shown);
    return true;
}

const ModuleSpec *ModuleCatalog::module(const QString &apiName) const
{
    const auto found = m_index.constFind(apiName);
    return found == m_index.cend() ? nullptr : &m_modules[*found];
}

} // namespace ringside::sandbox
