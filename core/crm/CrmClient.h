// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ActivityApi.h"
#include "BulkRead.h"
#include "CallActivity.h"
#include "CreditState.h"
#include "CrmEndpoint.h"
#include "CrmUser.h"
#include "DeletedRecord.h"
#include "HttpMessage.h"
#include "LeadConversion.h"
#include "Metadata.h"
#include "NoteText.h"
#include "Record.h"
#include "RecordQuery.h"
#include "RecordWrite.h"
#include "Result.h"
#include "SearchCriterion.h"
#include "TaskActivity.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <memory>

namespace ringside {

class RequestScheduler;
struct CallLayout;
struct CrmRequest;

/// The CRM's REST API (v8, or v2 by setting) in typed calls; the only place that knows its JSON. 204 is an empty page,
/// not an error.
///
/// Errors of all: those of the scheduler (Network, Timeout, Tls, SignedOut, Throttled, Cancelled), and ScopeMissing,
/// PermissionMissing (with the name in `detail`), RateLimited, NotFound, Rejected (field in `detail`), Conflict,
/// ServerError, BadReply. For a write, Network, Timeout, ServerError and BadReply (an answer far too large) mean "may
/// or may not have happened"; a success whose text is damaged is told as ServerError, and every other error means that
/// nothing was written.
///
/// Cancelling a future takes its request back from the scheduler; a client that dies cancels all of its own.
/// ScopeMissing's `detail` is the scopes that the request needs and the sign-in lacks, separated by commas; all that it
/// needs where it is not known what was granted.
/// Source: Zoho reference, sections 3 and 5.
class CrmClient final : public QObject, public ActivityApi
{
    Q_OBJECT

public:
    /// The scheduler must outlive it.
    explicit CrmClient(RequestScheduler &scheduler, QObject *parent = nullptr);
    ~CrmClient() override;

    /// Origin of the API, from the token reply. Requests before it is set give SignedOut.
    void setApiOrigin(const QUrl &origin);
    void setApiVersion(CrmVersion version);
    void setGrantedScope(const QString &scope); ///< As the token reply has it.
    /// How far the company's credits go: whoever can ask for less, then does.
    CreditLevel creditLevel() const;
    /// What the org says of the Calls module; forgotten when the origin changes. Decides which fields of a call are
    /// sent, under which name and with which words. fields("Calls") does it too.
    void useCallFields(const QList<Field> &fields);

    QFuture<Result<AgentIdentity>> identity();
    QFuture<Result<QList<Module>>> modules();
    QFuture<Result<QList<Field>>> fields(const QString &module);
    QFuture<Result<QList<Layout>>> layouts(const QString &module);
    QFuture<Result<QList<RelatedList>>> relatedLists(const QString &module);
    /// `type` as the CRM has it: "ActiveUsers", "AllUsers", "AdminUsers", …
    QFuture<Result<UserPage>> users(const QString &type, int page = 1);

    enum class SearchBy { Phone, Email, Word };
    /// `value` is plain text; encoding is done here. `fields` at most 50 API names (what is beyond is not asked for);
    /// empty = all. For Phone only the digits are sent: all phone fields are searched, whatever they are written like.
    /// Too little to search for (3 digits, 2 characters of a word) is an empty page without a request. Converted leads
    /// are found by Phone, so that who calls under a lead's number is shown as what it became; else they are left out.
    QFuture<Result<RecordPage>> search(const QString &module, SearchBy by, const QString &value,
                                       const QStringList &fields, RequestPriority priority, int perPage = 20);
    QFuture<Result<RecordPage>> search(const QString &module, const SearchCriterion &criterion,
                                       const QStringList &fields, RequestPriority priority, int perPage = 20);

    QFuture<Result<Record>> record(const RecordRef &ref, const QStringList &fields,
                                   RequestPriority priority) override;
    QFuture<Result<RecordPage>> records(const QString &module, const RecordQuery &query, RequestPriority priority);
    /// `fields` as in search(), but empty = the ids alone, since this request must name some.
    QFuture<Result<RecordPage>> related(const RecordRef &ref, const QString &list, const QString &listModule,
                                        const QStringList &fields, RequestPriority priority, int perPage = 20);

    /// COQL rows as records of `module`; a row without "id" has an empty one. No index delay.
    QFuture<Result<RecordPage>> query(const QString &module, const QString &selectQuery,
                                      RequestPriority priority) override;

    struct PhoneSearch
    {
        QString module;
        QString digits;
        QStringList fields;
    };
    static constexpr qsizetype mostTogether = 5; ///< Parts of one composite request.
    /// Up to five searches by phone in one composite request: one credit, at most 25 records each, and as slow as the
    /// slowest. Each part has its own outcome, in the order of `searches`. Needs a scope of its own.
    QFuture<Result<QList<Result<RecordPage>>>> searchTogether(const QList<PhoneSearch> &searches,
                                                              RequestPriority priority);

    struct SelectQuery
    {
        QString module;
        QString text; ///< COQL
    };
    /// Up to five COQL queries, of a module each, in one composite request, as searchTogether().
    QFuture<Result<QList<Result<RecordPage>>>> queryTogether(const QList<SelectQuery> &queries,
                                                             RequestPriority priority);

    struct RelatedQuery
    {
        QString list;       ///< API name of the related list: "Calls_History".
        QString listModule; ///< Of what is listed: "Calls".
        QStringList fields;
    };
    /// Up to five related lists of one record in one composite request, as searchTogether().
    QFuture<Result<QList<Result<RecordPage>>>> relatedTogether(const RecordRef &ref, const QList<RelatedQuery> &lists,
                                                               RequestPriority priority);

    enum class Deleted { All, InRecycleBin, Permanently };
    QFuture<Result<DeletedPage>> deletedRecords(const QString &module, Deleted which, const QDateTime &since = {},
                                                int page = 1);
    /// The picture's bytes as the CRM has them (PNG or JPEG, by no means certain); empty = none. A larger one than
    /// `mostBytes` is not read to its end: BadReply.
    QFuture<Result<QByteArray>> photo(const RecordRef &ref, qint64 mostBytes = HttpRequest::usualMostReplyBytes);

    /// Gives the new record's id. One request, never repeated; runs the org's workflows. Technical fields that the org
    /// closed to writing (Caller_ID, Call_Duration_in_seconds, …) are left out.
    QFuture<Result<QString>> createCall(const CallActivity &call) override;
    /// What updateRecord() takes of a logged call: texts, picklists and parties by field. "$se_module" belongs to the
    /// parties and goes along with them.
    QVariantMap callValues(const CallActivity &call) const override;
    /// What a logged call has in a picklist, by the word or words that the org shows for it; anything else as it is.
    QVariant callShown(const QString &field, const QVariant &stored) const override;
    QFuture<Result<QString>> createTask(const TaskActivity &task);
    QFuture<Result<QString>> createNote(const NoteText &note);
    /// Values as Record has them; QDateTime, QDate and RecordRef (written as a lookup) are taken too.
    QFuture<Result<QString>> createRecord(const QString &module, const QVariantMap &values,
                                          const WriteOptions &options = {});
    /// `changes` alone is sent (Record::changes() finds them); an invalid value clears its field. None: no request.
    QFuture<Result<WrittenRecord>> updateRecord(const RecordRef &ref, const QVariantMap &changes,
                                                const WriteOptions &options = {}) override;
    QFuture<Result<WrittenRecord>> upsertRecord(const QString &module, const QVariantMap &values,
                                                const WriteOptions &options = {});
    /// Into the recycle bin. Nothing but a use-case that has asked the agent calls this.
    QFuture<Result<void>> removeRecord(const RecordRef &ref, bool runWorkflows = true);
    QFuture<Result<void>> addTags(const RecordRef &ref, const QStringList &names);
    QFuture<Result<void>> removeTags(const RecordRef &ref, const QStringList &names);
    QFuture<Result<ConvertedLead>> convertLead(const QString &leadId, const LeadConversion &conversion);

    /// At most 200,000 rows, as a job at the CRM: ask how far it is until it is completed, then take its rows. 50
    /// credits. Needs ZohoCRM.bulk.READ, which no sign-in asks for unless the setting zoho/scopes names it.
    QFuture<Result<BulkReadJob>> startBulkRead(const QString &module, const QStringList &fields, int page = 1);
    QFuture<Result<BulkReadJob>> bulkRead(const QString &jobId);
    QFuture<Result<BulkRows>> bulkRows(const QString &jobId);

private:
    template <typename T>
    QFuture<Result<T>> send(const CrmRequest &request, std::function<Result<T>(const HttpReply &)> read);
    QFuture<Result<QList<Result<RecordPage>>>> sendTogether(const QList<CrmRequest> &parts, RequestPriority priority);
    QFuture<Result<WrittenRecord>> change(const CrmRequest &request, const QString &id);
    QFuture<Result<void>> changeOnly(const CrmRequest &request, const QString &id);

    RequestScheduler &m_scheduler;
    CrmEndpoint m_endpoint;
    std::unique_ptr<CallLayout> m_callLayout;
};

} // namespace ringside
