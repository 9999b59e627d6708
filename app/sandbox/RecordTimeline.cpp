// SPDX-License-Identifier: Apache-2.0
#include "RecordTimeline.h"

#include "CrmMetadata.h"

#include <QSet>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

QJsonObject person(const QJsonValue &user)
{
    return {{"id"_L1, user.toObject().value("id"_L1)}, {"name"_L1, user.toObject().value("name"_L1)}};
}

QJsonObject subject(const ModuleSpec &module, const StoredRecord &record)
{
    return {{"id"_L1, record.id},
            {"name"_L1, record.fields.value(module.nameField)},
            {"module"_L1, QJsonObject{{"api_name"_L1, module.apiName}, {"id"_L1, CrmMetadata::id(module.apiName)}}}};
}

QJsonValue text(const QJsonValue &value)
{
    if (value.isObject())
        return value.toObject().value("name"_L1);
    if (value.isArray()) {
        QStringList names;
        const QJsonArray list = value.toArray();
        for (const QJsonValue &one : list)
            names.append(one.toObject().value("name"_L1).toString());
        return names.join(u", "_qs);
    }
    return value.isNull() || value.isUndefined() ? QJsonValue() : QJsonValue(value.toVariant().toString());
}

} // namespace

QJsonArray RecordTimeline::entries(const ModuleSpec &module, const StoredRecord &record) const
{
    QList<Entry> all = own(module, record) + around(module, record);
    std::stable_sort(all.begin(), all.end(), [](const Entry &left, const Entry &right) { return left.at > right.at; });
    QJsonArray list;
    for (Entry &entry : all) {
        QJsonObject object = entry.object;
        const QString key = record.id + u'.' + QString::number(entry.at) + u'.' + QString::number(list.size());
        object.insert("id"_L1, CrmMetadata::id(key));
        object.insert("audited_time"_L1, RecordStore::timeText(entry.at));
        object.insert("source"_L1, "crm_api"_L1);
        object.insert("record"_L1, subject(module, record));
        object.insert("extension"_L1, QJsonValue());
        object.insert("automation_details"_L1, QJsonValue());
        list.append(object);
    }
    return list;
}

QList<RecordTimeline::Entry> RecordTimeline::own(const ModuleSpec &module, const StoredRecord &record) const
{
    QList<Entry> entries;
    entries.append({record.createdAt,
                    {{"action"_L1, "added"_L1},
                     {"type"_L1, QJsonValue()},
                     {"related_record"_L1, QJsonValue()},
                     {"done_by"_L1, person(record.fields.value("Created_By"_L1))},
                     {"field_history"_L1, QJsonValue()}}});
    for (const QJsonValue &edit : record.history) {
        const QJsonObject object = edit.toObject();
        entries.append({object.value("at"_L1).toInteger(),
                        {{"action"_L1, "updated"_L1},
                         {"type"_L1, QJsonValue()},
                         {"related_record"_L1, QJsonValue()},
                         {"done_by"_L1, person(object.value("by"_L1))},
                         {"field_history"_L1, fieldHistory(module, object.value("changes"_L1).toArray())}}});
    }
    return entries;
}

QList<RecordTimeline::Entry> RecordTimeline::around(const ModuleSpec &module, const StoredRecord &record) const
{
    QList<Entry> entries;
    QSet<QString> seen; // open and closed activities are two lists of one module
    for (const RelatedSpec &list : module.related) {
        if (seen.contains(list.module))
            continue;
        seen.insert(list.module);
        const ModuleSpec &target = *m_store.catalog().module(list.module);
        for (const StoredRecord *child : m_store.children(list.module, list.field, record.id))
            entries.append({child->createdAt,
                            {{"action"_L1, "added"_L1},
                             {"type"_L1, QJsonValue()},
                             {"related_record"_L1, subject(target, *child)},
                             {"done_by"_L1, person(child->fields.value("Created_By"_L1))},
                             {"field_history"_L1, QJsonValue()}}});
    }
    return entries;
}

QJsonArray RecordTimeline::fieldHistory(const ModuleSpec &module, const QJsonArray &changes) const
{
    QJsonArray list;
    for (const QJsonValue &change : changes) {
        const QString name = change.toObject().value("api_name"_L1).toString();
        const FieldSpec *field = module.field(name);
        if (!field)
            continue;
        list.append(QJsonObject{{"id"_L1, CrmMetadata::id(module.apiName + u'.' + name)},
                                {"api_name"_L1, name},
                                {"field_label"_L1, field->label},
                                {"data_type"_L1, field->type},
                                {"enable_colour_code"_L1, false},
                                {"pick_list_values"_L1, QJsonArray()},
                                {"_value"_L1, QJsonObject{{"old"_L1, text(change.toObject().value("old"_L1))},
                                                          {"new"_L1, text(change.toObject().value("new"_L1))}}}});
    }
    return list;
}

} // namespace ringside::sandbox
