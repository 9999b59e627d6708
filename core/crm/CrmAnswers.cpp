// SPDX-License-Identifier: Apache-2.0
#include "CrmAnswers.h"

#include "BulkCsv.h"
#include "JsonParts.h"

#include <QJsonDocument>

namespace ringside::crmanswers {

namespace {

using namespace jsonparts;

QDateTime timeIn(const QJsonObject &object, const char *key)
{
    return QDateTime::fromString(textIn(object, key), Qt::ISODate);
}

QJsonObject objectIn(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toObject();
}

/// A record that was made or named: an object, or in v2 its id alone.
RecordRef refIn(const QJsonObject &details, const QString &module)
{
    const QJsonValue value = details.value(module);
    const QString id = value.isObject() ? idText(value.toObject().value(QLatin1String("id"))) : idText(value);
    return id.isEmpty() ? RecordRef() : RecordRef{module, id};
}

ConvertedLead leadFrom(const QJsonObject &details)
{
    ConvertedLead lead;
    lead.contact = refIn(details, QStringLiteral("Contacts"));
    lead.account = refIn(details, QStringLiteral("Accounts"));
    lead.deal = refIn(details, QStringLiteral("Deals"));
    lead.jobId = idText(details.value(QLatin1String("job_id")));
    return lead;
}

BulkReadJob::State stateOf(const QString &text)
{
    if (text == QLatin1String("COMPLETED"))
        return BulkReadJob::State::Completed;
    if (text == QLatin1String("FAILURE") || text == QLatin1String("FAILED"))
        return BulkReadJob::State::Failed;
    return text == QLatin1String("ADDED") || text == QLatin1String("QUEUED") ? BulkReadJob::State::Waiting
                                                                             : BulkReadJob::State::Running;
}

/// One answer of a composite request. Parts that were not run have no response of their own: they are refusals.
HttpReply partOf(const QJsonObject &item, int status)
{
    const QJsonObject response = objectIn(objectIn(item, "details"), "response");
    HttpReply reply;
    if (response.isEmpty()) {
        reply.status = status >= 400 ? status : 400;
        reply.body = QJsonDocument(item).toJson(QJsonDocument::Compact);
        return reply;
    }
    reply.status = response.value(QLatin1String("status_code")).toInt();
    const QJsonValue body = response.value(QLatin1String("body"));
    if (body.isObject())
        reply.body = QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact);
    return reply;
}

} // namespace

Result<WrittenRecord> written(const HttpReply &reply, const CrmOperation &operation)
{
    const Result<QJsonObject> item = writtenItem(reply, operation);
    if (!item.ok())
        return item.error();
    const QJsonObject details = objectIn(item.value(), "details");
    WrittenRecord record;
    record.id = idText(details.value(QLatin1String("id")));
    if (record.id.isEmpty())
        return crmerrors::unreadable(operation);
    record.modifiedTime = timeIn(details, "Modified_Time");
    record.inserted = textIn(item.value(), "action") != QLatin1String("update");
    record.duplicateField = textIn(item.value(), "duplicate_field");
    return record;
}

Result<WrittenRecord> changed(const HttpReply &reply, const CrmOperation &operation, const QString &id)
{
    const Result<QJsonObject> item = writtenItem(reply, operation);
    if (!item.ok()) {
        // "INVALID_DATA" without a field, or about the id itself: there is no such record.
        const Error &error = item.error();
        const bool aboutId = error.detail.isEmpty() || error.detail == QLatin1String("id");
        const bool missing = error.code == QLatin1String("INVALID_DATA") && aboutId;
        CrmOperation one = operation;
        one.kind = CrmOperation::Kind::Record;
        return missing || reply.status == 404 ? crmerrors::gone(one) : error;
    }
    const QJsonObject details = objectIn(item.value(), "details");
    WrittenRecord record;
    record.id = id;
    record.modifiedTime = timeIn(details, "Modified_Time");
    record.inserted = false;
    return record;
}

Result<ConvertedLead> converted(const HttpReply &reply, const CrmOperation &operation)
{
    // v2 answers with the ids in data[0] itself and no word of success.
    const QJsonObject root = QJsonDocument::fromJson(reply.body).object();
    const QJsonObject bare = root.value(QLatin1String("data")).toArray().first().toObject();
    if (reply.status == 200 && !bare.contains(QLatin1String("code")) && bare.contains(QLatin1String("Contacts")))
        return leadFrom(bare);
    // To be done in the CRM's own time: which word the item has for that is not documented.
    const QJsonObject later = objectIn(bare, "details");
    if (reply.status == 202 && later.contains(QLatin1String("job_id")) &&
        textIn(bare, "status") != QLatin1String("error"))
        return leadFrom(later);
    const Result<QJsonObject> item = writtenItem(reply, operation);
    if (!item.ok())
        return item.error();
    return leadFrom(objectIn(item.value(), "details"));
}

Result<DeletedPage> deleted(const HttpReply &reply, const CrmOperation &operation, const QString &module)
{
    if (reply.status == 304)
        return DeletedPage{};
    QJsonObject root;
    const Result<QJsonArray> items = itemsOf(reply, operation, QLatin1String("data"), &root);
    if (!items.ok())
        return items.error();
    DeletedPage page;
    for (const auto &item : items.value()) {
        const QJsonObject object = item.toObject();
        DeletedRecord record;
        record.ref = {module, idText(object.value(QLatin1String("id")))};
        record.name = textIn(object, "display_name");
        record.deletedBy = textIn(objectIn(object, "deleted_by"), "name");
        record.deletedAt = timeIn(object, "deleted_time");
        record.permanent = textIn(object, "type") == QLatin1String("permanent");
        if (!record.ref.isNull())
            page.records.append(record);
    }
    page.more = flag(objectIn(root, "info"), "more_records", false);
    return page;
}

Result<UserPage> users(const HttpReply &reply, const CrmOperation &operation)
{
    QJsonObject root;
    const Result<QJsonArray> items = itemsOf(reply, operation, QLatin1String("users"), &root);
    if (!items.ok())
        return items.error();
    UserPage page;
    for (const auto &item : items.value()) {
        const QJsonObject object = item.toObject();
        CrmUser user;
        user.id = idText(object.value(QLatin1String("id")));
        user.name = firstText(object, {"full_name", "last_name", "email"});
        user.email = textIn(object, "email");
        user.role = textIn(objectIn(object, "role"), "name");
        user.profile = textIn(objectIn(object, "profile"), "name");
        user.active = textIn(object, "status") != QLatin1String("disabled") &&
                      textIn(object, "status") != QLatin1String("deleted");
        if (!user.id.isEmpty())
            page.users.append(user);
    }
    page.more = flag(objectIn(root, "info"), "more_records", false);
    return page;
}

Result<QByteArray> photo(const HttpReply &reply, const CrmOperation &operation)
{
    if (reply.status == 204)
        return QByteArray();
    if (reply.status != 200)
        return crmerrors::fromReply(reply, operation);
    const QByteArray type = reply.headers.value(QByteArrayLiteral("content-type"));
    // A gateway's page is no picture; whether the bytes are one is for the decoder to say.
    if (type.startsWith("text/") || type.startsWith("application/json"))
        return crmerrors::unreadable(operation);
    return reply.body;
}

Result<QList<HttpReply>> together(const HttpReply &reply, const CrmOperation &operation, qsizetype parts)
{
    const QJsonArray items =
        QJsonDocument::fromJson(reply.body).object().value(QLatin1String("__composite_requests")).toArray();
    const bool readable = reply.status == 200 || reply.status == 207 || reply.status == 400;
    if (!readable || items.size() != parts)
        return crmerrors::fromReply(reply, operation);
    QList<HttpReply> replies;
    for (const auto &item : items)
        replies.append(partOf(item.toObject(), reply.status));
    return replies;
}

Result<BulkReadJob> bulkJob(const HttpReply &reply, const CrmOperation &operation)
{
    const QJsonObject root = QJsonDocument::fromJson(reply.body).object();
    const QJsonObject item = root.value(QLatin1String("data")).toArray().first().toObject();
    // To the order it is in "details", to the question of how far it is it stands for itself.
    const QJsonObject details = objectIn(item, "details");
    const QJsonObject &job = details.isEmpty() ? item : details;
    BulkReadJob out;
    out.id = idText(job.value(QLatin1String("id")));
    if (reply.status >= 400 || out.id.isEmpty())
        return crmerrors::isRefusal(root) || crmerrors::isRefusal(item) || reply.status >= 400
                   ? crmerrors::fromReply(reply, operation)
                   : crmerrors::unreadable(operation);
    out.state = stateOf(textIn(job, "state"));
    const QJsonObject result = objectIn(job, "result");
    out.rows = result.value(QLatin1String("count")).toInteger();
    out.more = flag(result, "more_records", false);
    return out;
}

Result<BulkRows> bulkRows(const HttpReply &reply, const CrmOperation &operation)
{
    if (reply.status != 200)
        return crmerrors::fromReply(reply, operation);
    const std::optional<QByteArray> csv = bulkcsv::unpacked(reply.body);
    return csv ? Result<BulkRows>(bulkcsv::parsed(*csv)) : Result<BulkRows>(crmerrors::unreadable(operation));
}

} // namespace ringside::crmanswers
