// SPDX-License-Identifier: Apache-2.0
#include "FieldValues.h"

#include <QJsonObject>

namespace ringside::sandbox {

using namespace Qt::StringLiterals;

TypedValue FieldValues::of(const ModuleSpec &module, const StoredRecord &record, const QString &field) const
{
    if (field == "id"_L1)
        return {record.id, u"text"_qs};
    const QString name = field.section(u'.', 0, 0);
    const FieldSpec *spec = module.field(name);
    if (!spec)
        return {record.fields.value(field), u"text"_qs};
    const QJsonValue value = record.fields.value(name);
    if (!field.contains(u'.'))
        return {value, spec->type};
    const QString id = value.toObject().value("id"_L1).toString();
    const QString inner = field.section(u'.', 1);
    if (inner == "id"_L1)
        return {id, u"text"_qs};
    const ModuleSpec *target = m_store.catalog().module(spec->lookupModule);
    const StoredRecord *other = target ? m_store.find(target->apiName, id) : nullptr;
    return other ? of(*target, *other, inner) : TypedValue{QJsonValue(), u"text"_qs};
}

bool FieldValues::knows(const ModuleSpec &module, const QString &field) const
{
    if (field == "id"_L1)
        return true;
    const FieldSpec *spec = module.field(field.section(u'.', 0, 0));
    if (!spec || !field.contains(u'.'))
        return spec != nullptr;
    const ModuleSpec *target = m_store.catalog().module(spec->lookupModule);
    return field.section(u'.', 1) == "id"_L1 || (target && knows(*target, field.section(u'.', 1)));
}

QString FieldValues::type(const ModuleSpec &module, const QString &field) const
{
    if (field == "id"_L1)
        return u"bigint"_qs;
    const FieldSpec *spec = module.field(field.section(u'.', 0, 0));
    if (!spec || !field.contains(u'.'))
        return spec ? spec->type : QString();
    const ModuleSpec *target = m_store.catalog().module(spec->lookupModule);
    const QString inner = field.section(u'.', 1);
    return target ? type(*target, inner) : (inner == "id"_L1 ? u"bigint"_qs : QString());
}

} // namespace ringside::sandbox
