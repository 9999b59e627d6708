// SPDX-License-Identifier: Apache-2.0
#include "RecordTags.h"

#include "CrmErrors.h"
#include "CrmUsers.h"
#include "RecordValidator.h"

#include <QJsonDocument>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

const QString madeTags = u"tags"_qs;

constexpr qsizetype mostRecords = 100;
constexpr qsizetype mostOfModule = 200;

QJsonObject bodyOf(const CrmCall &call)
{
    return QJsonDocument::fromJson(call.request.body).object();
}

QStringList namesIn(const QJsonArray &tags)
{
    QStringList names;
    for (const QJsonValue &tag : tags)
        names.append(tag.toObject().value("name"_L1).toString().trimmed());
    return names;
}

bool areGood(const QStringList &names)
{
    return !names.isEmpty() && std::all_of(names.begin(), names.end(), [](const QString &name) {
        return !name.isEmpty() && name.size() <= RecordTags::longest;
    });
}

QJsonObject success(const QJsonObject &details, const QString &message)
{
    return {{"code"_L1, "SUCCESS"_L1}, {"details"_L1, details}, {"message"_L1, message}, {"status"_L1, "success"_L1}};
}

QJsonObject described(const QString &id)
{
    const QJsonObject person{{"id"_L1, crmUsers.front().id}, {"name"_L1, crmUsers.front().fullName()}};
    const QString now = RecordStore::timeText(QDateTime::currentSecsSinceEpoch());
    return {{"id"_L1, id},
            {"created_time"_L1, now},
            {"modified_time"_L1, now},
            {"created_by"_L1, person},
            {"modified_by"_L1, person}};
}

HttpReply answer(const QJsonArray &items, int good)
{
    const auto failed = std::count_if(items.begin(), items.end(), [](const QJsonValue &item) {
        return item.toObject().value("status"_L1).toString() != "success"_L1;
    });
    return HttpReply::json(failed == 0 ? good : (failed == items.size() ? 400 : 207), {{"tags"_L1, items}});
}

} // namespace

HttpReply RecordTags::change(const CrmCall &call, const ModuleSpec &module, const QStringList &pathIds, bool add)
{
    const QJsonObject body = bodyOf(call);
    QStringList names = namesIn(body.value("tags"_L1).toArray());
    if (names.isEmpty()) // version 2 takes them in the query
        names = call.request.queryValue(u"tag_names"_qs).split(u',', Qt::SkipEmptyParts);
    if (names.isEmpty())
        return CrmErrors::missingField(u"tags"_qs);
    if (!areGood(names))
        return HttpReply::error(
            400, u"INVALID_DATA"_qs, u"invalid data"_qs,
            {{"api_name"_L1, "name"_L1}, {"json_path"_L1, "$.tags[0].name"_L1}, {"maximum_length"_L1, longest}});
    QStringList ids = pathIds;
    const QJsonArray given = body.value("ids"_L1).toArray();
    for (const QJsonValue &id : given)
        ids.append(id.toVariant().toString());
    if (ids.isEmpty())
        ids = call.request.queryValue(u"ids"_qs).split(u',', Qt::SkipEmptyParts);
    if (ids.isEmpty())
        return CrmErrors::missingField(u"ids"_qs);
    if (ids.size() > mostRecords)
        return HttpReply::error(400, u"LIMIT_EXCEEDED"_qs, u"the limit is exceeded"_qs,
                                {{"limit"_L1, mostRecords}, {"api_name"_L1, "ids"_L1}});
    const bool replace = body.value("over_write"_L1).toBool() || call.request.queryValue(u"over_write"_qs) == "true"_L1;
    QJsonArray items;
    int good = 0;
    for (const QString &id : std::as_const(ids)) {
        const QJsonObject item = changeOne(module, id, names, add, replace);
        good += item.value("status"_L1).toString() == "success"_L1 ? 1 : 0;
        items.append(item);
    }
    const int status = good == items.size() ? 200 : (good == 0 ? 400 : 207);
    return HttpReply::json(status, {{"data"_L1, items},
                                    {"wf_scheduler"_L1, false},
                                    {"success_count"_L1, QString::number(good)},
                                    {"locked_count"_L1, "0"_L1}});
}

QJsonObject RecordTags::changeOne(const ModuleSpec &module, const QString &id, const QStringList &names, bool add,
                                  bool replace)
{
    const StoredRecord *record = m_store.find(module.apiName, id);
    if (!record)
        return RecordValidator::problem(u"INVALID_DATA"_qs, u"invalid data"_qs, {{"id"_L1, id}});
    if (const QString code = m_store.lock(id); !code.isEmpty())
        return RecordValidator::locked(code, id);
    QStringList tags = replace ? QStringList() : namesIn(record->fields.value("Tag"_L1).toArray());
    for (const QString &name : names) {
        tags.removeIf([&](const QString &tag) { return tag.compare(name, Qt::CaseInsensitive) == 0; });
        if (add)
            tags.append(name);
    }
    if (tags.size() > mostOfRecord)
        return RecordValidator::problem(u"LIMIT_EXCEEDED"_qs, u"the limit is exceeded"_qs,
                                        {{"id"_L1, id}, {"limit"_L1, mostOfRecord}});
    QJsonArray list;
    for (const QString &tag : std::as_const(tags))
        list.append(RecordStore::tag(tag));
    m_store.update(module.apiName, id, {{"Tag"_L1, list}}, QDateTime::currentSecsSinceEpoch());
    return success({{"id"_L1, id}, {"tags"_L1, list}}, u"tags updated successfully"_qs);
}

QJsonObject RecordTags::made() const
{
    return m_store.settings().value(madeTags).toObject();
}

QMap<QString, QString> RecordTags::known(const ModuleSpec &module) const
{
    QStringList names = made().value(module.apiName).toVariant().toStringList();
    for (const StoredRecord &record : m_store.all(module.apiName)) {
        if (!record.deleted)
            names += namesIn(record.fields.value("Tag"_L1).toArray());
    }
    QMap<QString, QString> byId;
    for (const QString &name : std::as_const(names))
        byId.insert(RecordStore::tag(name).value("id"_L1).toString(), name);
    return byId;
}

QString RecordTags::nameOf(const QString &id) const
{
    for (const ModuleSpec &module : m_store.catalog().modules()) {
        if (const QString name = known(module).value(id); !name.isNull())
            return name;
    }
    return {};
}

void RecordTags::replaceEverywhere(const QString &name, const QString &by)
{
    QJsonObject all = made();
    for (auto ofModule = all.begin(); ofModule != all.end(); ++ofModule) {
        QStringList names = ofModule.value().toVariant().toStringList();
        const qsizetype removed = names.removeAll(name);
        if (removed > 0 && !by.isEmpty() && !names.contains(by))
            names.append(by);
        ofModule.value() = QJsonArray::fromStringList(names);
    }
    m_store.setSetting(madeTags, all);
    for (const ModuleSpec &module : m_store.catalog().modules()) {
        QStringList ids;
        for (const StoredRecord &record : m_store.all(module.apiName)) {
            if (!record.deleted && namesIn(record.fields.value("Tag"_L1).toArray()).contains(name))
                ids.append(record.id);
        }
        for (const QString &id : std::as_const(ids)) {
            changeOne(module, id, {name}, false, false);
            if (!by.isEmpty())
                changeOne(module, id, {by}, true, false);
        }
    }
}

HttpReply RecordTags::list(const ModuleSpec &module) const
{
    QJsonArray tags;
    const QMap<QString, QString> all = known(module);
    for (auto tag = all.begin(); tag != all.end(); ++tag) {
        QJsonObject object = described(tag.key());
        object.insert("name"_L1, tag.value());
        object.insert("color_code"_L1, RecordStore::tag(tag.value()).value("color_code"_L1));
        tags.append(object);
    }
    if (tags.isEmpty())
        return HttpReply::empty(204);
    return HttpReply::json(
        200,
        {{"tags"_L1, tags}, {"info"_L1, QJsonObject{{"count"_L1, tags.size()}, {"allowed_count"_L1, mostOfModule}}}});
}

HttpReply RecordTags::create(const CrmCall &call, const ModuleSpec &module)
{
    const QStringList names = namesIn(bodyOf(call).value("tags"_L1).toArray());
    if (names.isEmpty())
        return CrmErrors::missingField(u"tags"_qs);
    QJsonArray items;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QString &name = names.at(i);
        const QString id = RecordStore::tag(name).value("id"_L1).toString();
        const QJsonObject place{{"api_name"_L1, "name"_L1}, {"json_path"_L1, u"$.tags[%1].name"_qs.arg(i)}};
        if (!areGood({name})) {
            items.append(RecordValidator::problem(u"INVALID_DATA"_qs, u"invalid data"_qs, place));
        } else if (known(module).contains(id)) {
            items.append(RecordValidator::problem(u"DUPLICATE_DATA"_qs, u"duplicate data"_qs, place));
        } else {
            QJsonObject all = made();
            QJsonArray ofModule = all.value(module.apiName).toArray();
            ofModule.append(name);
            all.insert(module.apiName, ofModule);
            m_store.setSetting(madeTags, all);
            items.append(success(described(id), u"tags created successfully"_qs));
        }
    }
    return answer(items, 201);
}

HttpReply RecordTags::rename(const CrmCall &call, const ModuleSpec &module, const QString &pathId)
{
    const QJsonArray tags = bodyOf(call).value("tags"_L1).toArray();
    if (tags.isEmpty())
        return CrmErrors::missingField(u"tags"_qs);
    QJsonArray items;
    for (const QJsonValue &tag : tags) {
        const QString id = pathId.isEmpty() ? tag.toObject().value("id"_L1).toVariant().toString() : pathId;
        const QString name = tag.toObject().value("name"_L1).toString().trimmed();
        const QString old = known(module).value(id);
        if (old.isNull() || !areGood({name})) {
            items.append(RecordValidator::problem(u"INVALID_DATA"_qs, u"invalid data"_qs,
                                                  {{"api_name"_L1, old.isNull() ? "id"_L1 : "name"_L1}}));
            continue;
        }
        replaceEverywhere(old, name);
        items.append(
            success(described(RecordStore::tag(name).value("id"_L1).toString()), u"tags updated successfully"_qs));
    }
    return answer(items, 200);
}

HttpReply RecordTags::remove(const QString &id)
{
    const QString name = nameOf(id);
    if (name.isNull())
        return CrmErrors::invalidId(2);
    replaceEverywhere(name, {});
    return HttpReply::json(200, {{"tags"_L1, QJsonArray{success({{"id"_L1, id}}, u"tags deleted successfully"_qs)}}});
}

HttpReply RecordTags::merge(const CrmCall &call, const QString &id)
{
    const QString other =
        bodyOf(call).value("tags"_L1).toArray().at(0).toObject().value("conflict_id"_L1).toVariant().toString();
    const QString stays = nameOf(id);
    const QString goes = nameOf(other);
    if (stays.isNull() || goes.isNull())
        return stays.isNull() ? CrmErrors::invalidId(2) : CrmErrors::missingField(u"tags"_qs);
    replaceEverywhere(goes, stays);
    return HttpReply::json(200, {{"tags"_L1, QJsonArray{success(described(id), u"tags updated successfully"_qs)}}});
}

HttpReply RecordTags::recordCount(const ModuleSpec &module, const QString &id) const
{
    const QString name = known(module).value(id);
    if (name.isNull())
        return CrmErrors::invalidId(2);
    qsizetype count = 0;
    for (const StoredRecord &record : m_store.all(module.apiName))
        count += !record.deleted && namesIn(record.fields.value("Tag"_L1).toArray()).contains(name) ? 1 : 0;
    return HttpReply::json(200, {{"count"_L1, QString::number(count)}});
}

} // namespace ringside::sandbox
