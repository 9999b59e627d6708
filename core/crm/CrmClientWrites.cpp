// SPDX-License-Identifier: Apache-2.0
#include "CrmClient.h"

#include "CrmAnswers.h"
#include "CrmBodies.h"
#include "CrmClientSend.h"
#include "CrmJson.h"
#include "CrmWriteRequests.h"

#include <QCoreApplication>

namespace ringside {

namespace {

QString sentence(const char *text)
{
    return QCoreApplication::translate("ringside::CrmClient", text);
}

/// What the CRM would refuse is not sent.
Error incomplete(const QString &field, const QString &message)
{
    return Error{.kind = ErrorKind::Rejected,
                 .message = message,
                 .code = QStringLiteral("MANDATORY_NOT_FOUND"),
                 .detail = field};
}

std::optional<Error> lacking(const CallActivity &call)
{
    const QString message = sentence(QT_TRANSLATE_NOOP(
        "ringside::CrmClient", "This call has no subject or no start time, so it cannot be logged. Please fill "
                               "it in and log it again."));
    if (call.subject.simplified().isEmpty())
        return incomplete(QStringLiteral("Subject"), message);
    if (!call.start.isValid())
        return incomplete(QStringLiteral("Call_Start_Time"), message);
    return std::nullopt;
}

} // namespace

QFuture<Result<WrittenRecord>> CrmClient::change(const CrmRequest &request, const QString &id)
{
    return send<WrittenRecord>(request, [operation = request.operation, id](const HttpReply &reply) {
        return crmanswers::changed(reply, operation, id);
    });
}

QFuture<Result<void>> CrmClient::changeOnly(const CrmRequest &request, const QString &id)
{
    return send<void>(request, [operation = request.operation, id](const HttpReply &reply) {
        const Result<WrittenRecord> done = crmanswers::changed(reply, operation, id);
        return done.ok() ? Result<void>() : Result<void>(done.error());
    });
}

QFuture<Result<QString>> CrmClient::createCall(const CallActivity &call)
{
    if (const std::optional<Error> error = lacking(call))
        return failedFuture<QString>(*error);
    const CrmRequest request = crmrequests::create(m_endpoint, QStringLiteral("Calls"),
                                                   crmbodies::call(call, *m_callLayout, m_endpoint.version));
    return send<QString>(request, reader(crmjson::createdId, request.operation));
}

QVariantMap CrmClient::callValues(const CallActivity &call) const
{
    return crmbodies::callValues(call, *m_callLayout);
}

QVariant CrmClient::callShown(const QString &field, const QVariant &stored) const
{
    return crmbodies::callShown(field, stored, *m_callLayout);
}

QFuture<Result<QString>> CrmClient::createTask(const TaskActivity &task)
{
    if (task.subject.simplified().isEmpty()) {
        return failedFuture<QString>(incomplete(
            QStringLiteral("Subject"),
            sentence(QT_TRANSLATE_NOOP("ringside::CrmClient",
                                       "This task has no subject, so it was not made. Please fill it in."))));
    }
    const CrmRequest request = crmrequests::create(m_endpoint, QStringLiteral("Tasks"), crmbodies::task(task));
    return send<QString>(request, reader(crmjson::createdId, request.operation));
}

QFuture<Result<QString>> CrmClient::createNote(const NoteText &note)
{
    if (note.content.trimmed().isEmpty() || note.parent.isNull()) {
        return failedFuture<QString>(incomplete(
            QStringLiteral("Note_Content"),
            sentence(QT_TRANSLATE_NOOP("ringside::CrmClient",
                                       "This note is empty or belongs to no record, so it was not kept in the CRM."))));
    }
    const CrmRequest request =
        crmrequests::create(m_endpoint, QStringLiteral("Notes"), crmbodies::note(note, m_endpoint.version));
    return send<QString>(request, reader(crmjson::createdId, request.operation));
}

QFuture<Result<QString>> CrmClient::createRecord(const QString &module, const QVariantMap &values,
                                                 const WriteOptions &options)
{
    const CrmRequest request = crmrequests::create(m_endpoint, module, crmbodies::record(values, options));
    return send<QString>(request, reader(crmjson::createdId, request.operation));
}

QFuture<Result<WrittenRecord>> CrmClient::updateRecord(const RecordRef &ref, const QVariantMap &changes,
                                                       const WriteOptions &options)
{
    if (changes.isEmpty()) {
        return readyFuture<WrittenRecord>(WrittenRecord{
            .id = ref.id, .modifiedTime = options.unchangedSince, .inserted = false, .duplicateField = {}});
    }
    return change(crmrequests::update(m_endpoint, ref, crmbodies::record(changes, options), options.unchangedSince),
                  ref.id);
}

QFuture<Result<WrittenRecord>> CrmClient::upsertRecord(const QString &module, const QVariantMap &values,
                                                       const WriteOptions &options)
{
    const CrmRequest request = crmrequests::upsert(m_endpoint, module, crmbodies::record(values, options));
    return send<WrittenRecord>(request, reader(crmanswers::written, request.operation));
}

QFuture<Result<void>> CrmClient::removeRecord(const RecordRef &ref, bool runWorkflows)
{
    return changeOnly(crmrequests::remove(m_endpoint, ref, runWorkflows), ref.id);
}

QFuture<Result<void>> CrmClient::addTags(const RecordRef &ref, const QStringList &names)
{
    if (names.isEmpty())
        return readyFuture<void>({});
    return changeOnly(crmrequests::tags(m_endpoint, ref, crmrequests::TagChange::Add, names), ref.id);
}

QFuture<Result<void>> CrmClient::removeTags(const RecordRef &ref, const QStringList &names)
{
    if (names.isEmpty())
        return readyFuture<void>({});
    return changeOnly(crmrequests::tags(m_endpoint, ref, crmrequests::TagChange::Remove, names), ref.id);
}

QFuture<Result<ConvertedLead>> CrmClient::convertLead(const QString &leadId, const LeadConversion &conversion)
{
    const CrmRequest request =
        crmrequests::convert(m_endpoint, leadId, crmbodies::conversion(conversion, m_endpoint.version));
    return send<ConvertedLead>(request, reader(crmanswers::converted, request.operation));
}

QFuture<Result<BulkReadJob>> CrmClient::startBulkRead(const QString &module, const QStringList &fields, int page)
{
    const CrmRequest request =
        crmrequests::bulkRead(m_endpoint, module, crmbodies::bulkRead(module, fields, page, m_endpoint.version));
    return send<BulkReadJob>(request, reader(crmanswers::bulkJob, request.operation));
}

QFuture<Result<BulkReadJob>> CrmClient::bulkRead(const QString &jobId)
{
    CrmRequest request = crmrequests::bulkState(m_endpoint, jobId);
    request.http.priority = RequestPriority::Sync;
    return send<BulkReadJob>(request, reader(crmanswers::bulkJob, request.operation));
}

QFuture<Result<BulkRows>> CrmClient::bulkRows(const QString &jobId)
{
    CrmRequest request = crmrequests::bulkResult(m_endpoint, jobId);
    request.http.priority = RequestPriority::Sync;
    return send<BulkRows>(request, reader(crmanswers::bulkRows, request.operation));
}

} // namespace ringside
