// SPDX-License-Identifier: Apache-2.0
#include "BulkCsv.h"
#include "CrmAnswers.h"
#include "CrmErrors.h"
#include "CrmJson.h"
#include "MetadataText.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace ringside;
using Kind = CrmOperation::Kind;

namespace {

[[maybe_unused]] constexpr quint32 defaultSeed = 20260120;
[[maybe_unused]] constexpr int defaultRounds = 20000;

/// Replies as the reference shows them, good and bad.
const QList<QByteArray> &seeds()
{
    static const QList<QByteArray> list{
        R"({"data":[{"id":"5725767000011356002","Owner":{"name":"Agent One","id":"5725767000000411001"},"Mobile":null,
            "Full_Name":"Anna Kingsley","Account_Name":{"name":"Bentley Ltd","id":"57"},"Amount":84500.5,"Flag":true,
            "Tag":[{"name":"VIP","id":"1"}],"$currency_symbol":"$","Created_Time":"2026-01-02T10:00:00-05:00"}],
            "info":{"per_page":200,"next_page_token":"c8582","count":1,"more_records":true}})",
        R"({"users":[{"id":"5725767000000411001","full_name":"Agent One","time_zone":"America/New_York"}]})",
        R"({"org":[{"id":"1","zgid":"60021","company_name":"Bentley","iso_code":"USD"}]})",
        R"({"modules":[{"api_name":"Contacts","singular_label":"Contact","common":{"search_supported":true}}]})",
        R"({"fields":[{"api_name":"Call_Result","field_label":"Call Result","data_type":"picklist","length":120,
            "pick_list_values":[{"display_value":"First","actual_value":"1","sequence_number":2,"type":"used"}]}]})",
        R"({"related_lists":[{"api_name":"Deals","display_label":"Deals","module":{"api_name":"Deals","id":"1"}}]})",
        R"({"layouts":[{"id":"57","name":"Standard","status":"active","sections":[{"display_label":"Call","fields":[
            {"api_name":"Reason_Code","field_label":"Reason","required":true,"read_only":false}]}]}]})",
        R"({"data":[{"id":"57","display_name":"Anna","type":"recycle","deleted_by":{"name":"A","id":"1"},
            "deleted_time":"2026-01-21T10:00:00-05:00"}],"info":{"more_records":true}})",
        R"({"data":[{"code":"SUCCESS","details":{"Contacts":{"name":"Anna","id":"71"},"Deals":null},"status":"success"}]})",
        R"({"data":[{"id":"99","state":"COMPLETED","result":{"page":1,"count":2,"more_records":true}}],"info":{}})",
        R"({"__composite_requests":[{"code":"SUCCESS","details":{"response":{"status_code":200,"headers":{},"body":{"data":
            [{"id":"57"}],"info":{"count":1}}}},"status":"success"}]})",
        R"({"version":1,"module":{"name":"Contacts","singular":"Contact"},"fields":[{"name":"Phone","type":"phone",
            "values":["a"],"codes":["b"]}],"layouts":[{"id":"1","fields":[{"name":"Phone"}]}],"lists":[{"name":"Deals"}]})",
        R"({"version":1,"modules":[{"name":"Contacts","searchable":true}]})",
        "Last_Name,Phone\r\n\"Kingsley, \"\"A\"\"\",+1\r\n",
        R"({"data":[{"code":"SUCCESS","details":{"id":"5725767000000524157"},"message":"added","status":"success"}]})",
        R"({"data":[{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Last_Name"},"status":"error"}]})",
        R"({"code":"NO_PERMISSION","details":{"permissions":["Crm_Implied_View_Leads"]},"message":"x","status":"error"})",
        R"({"code":429,"error":"TOO_MANY_REQUESTS","error_info":"wait"})",
        R"({"code":"MULTIPLE_OR_MULTI_ERRORS","details":{"errors":[{"code":"INVALID_DATA","details":{"api_name":"Email"}}]}})",
    };
    return list;
}

const QList<QByteArray> &tokens()
{
    static const QList<QByteArray> list{"null",
                                        "true",
                                        "[]",
                                        "{}",
                                        "\"\"",
                                        "0",
                                        "-1",
                                        "1e308",
                                        "9223372036854775807",
                                        "99999999999999999999",
                                        R"("\ud800")",
                                        "[[[[[[[[",
                                        "}}}}",
                                        "\"data\":",
                                        "\"code\":",
                                        "\"id\":",
                                        "\xff\xfe",
                                        QByteArray(1, '\0')};
    return list;
}

[[maybe_unused]] QByteArray mutated(QRandomGenerator &random)
{
    QByteArray text = seeds().at(random.bounded(seeds().size()));
    const int changes = 1 + random.bounded(6);
    for (int i = 0; i < changes && !text.isEmpty(); ++i) {
        const qsizetype at = random.bounded(text.size());
        const qsizetype length = 1 + random.bounded(std::min<qsizetype>(24, text.size() - at));
        switch (random.bounded(6)) {
        case 0:
            text[at] = char(random.bounded(256));
            break;
        case 1:
            text.remove(at, length);
            break;
        case 2:
            text.truncate(at);
            break;
        case 3:
            text.insert(at, text.mid(at, length));
            break;
        case 4:
            text.replace(at, length, tokens().at(random.bounded(tokens().size())));
            break;
        default:
            text.insert(at, tokens().at(random.bounded(tokens().size())));
            break;
        }
    }
    return text;
}

[[maybe_unused]] int statusOf(QRandomGenerator &random)
{
    static const QList<int> list{200, 201, 202, 204, 207, 302, 304, 400, 401, 403, 404, 412, 429, 500, 502};
    return list.at(random.bounded(list.size()));
}

template <typename T> bool sound(const Result<T> &result)
{
    return result.ok() || !result.error().message.isEmpty();
}

bool sound(const RecordPage &page)
{
    for (const Record &record : page.records) {
        if (record.ref().module != QLatin1String("Contacts"))
            return false;
        const QStringList names = record.values().keys();
        for (const QString &field : names) {
            if (!record.values().value(field).isValid())
                return false; // Null fields are absent.
            record.text(field);
            record.names(field);
            record.dateTime(field);
            record.lookup(field);
        }
        record.displayName();
    }
    return true;
}

/// What a run reads back is what a run wrote, and a table is as wide as its head.
bool readsBack(const QByteArray &text)
{
    const std::optional<ModuleMetadata> module = metadatatext::decoded(text);
    const std::optional<QList<Module>> modules = metadatatext::decodedModules(text);
    bool fine = !module || metadatatext::encoded(*metadatatext::decoded(metadatatext::encoded(*module)))
                               == metadatatext::encoded(*module);
    fine = fine && (!modules || metadatatext::decodedModules(metadatatext::encodedModules(*modules))->size() == modules->size());
    bulkcsv::unpacked(text);
    const BulkRows rows = bulkcsv::parsed(text);
    return fine && std::all_of(rows.rows.cbegin(), rows.rows.cend(), [&rows](const QStringList &row) {
               return row.size() == rows.columns.size();
           });
}

/// What crmanswers promises: a value or a sentence, and no success without what it is about.
bool readsAnswers(const HttpReply &reply, const CrmOperation &operation)
{
    const Result<WrittenRecord> written = crmanswers::written(reply, operation);
    const auto parts = crmanswers::together(reply, operation, 1);
    return sound(written) && (!written.ok() || !written.value().id.isEmpty()) && sound(parts)
           && (!parts.ok() || parts.value().size() == 1)
           && sound(crmanswers::changed(reply, operation, QStringLiteral("57"))) && sound(crmanswers::converted(reply, operation))
           && sound(crmanswers::deleted(reply, operation, QStringLiteral("Contacts"))) && sound(crmanswers::users(reply, operation))
           && sound(crmanswers::photo(reply, operation)) && sound(crmanswers::bulkJob(reply, operation))
           && sound(crmanswers::bulkRows(reply, operation));
}

/// Everything that reads a reply, each with this one. False where a promise of the header is broken.
bool readEverything(const HttpReply &reply)
{
    const QString contacts = QStringLiteral("Contacts");
    bool fine = readsBack(reply.body);
    for (const Kind kind : {Kind::Metadata, Kind::List, Kind::Record, Kind::Create}) {
        const CrmOperation operation{kind, contacts, {QStringLiteral("ZohoCRM.modules.contacts.READ")}};
        const Result<RecordPage> page = crmjson::page(reply, operation, contacts);
        fine = fine && sound(page) && (!page.ok() || sound(page.value()));
        const Result<QString> id = crmjson::createdId(reply, operation);
        fine = fine && sound(id) && (!id.ok() || (!id.value().isEmpty() && reply.status < 500));
        fine = fine && sound(crmjson::oneRecord(reply, operation, contacts)) &&
               sound(crmjson::modules(reply, operation)) && sound(crmjson::fields(reply, operation)) &&
               sound(crmjson::relatedLists(reply, operation)) && sound(crmjson::user(reply, operation)) &&
               sound(crmjson::org(reply, operation)) && sound(crmjson::layouts(reply, operation)) &&
               readsAnswers(reply, operation);
        fine = fine && !crmerrors::fromReply(reply, operation).message.isEmpty();
    }
    return fine;
}

} // namespace

#ifdef RINGSIDE_LIBFUZZER

/// The first byte chooses the status.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static constexpr int statuses[] = {200, 201, 202, 204, 207, 304, 400, 401, 403, 404, 412, 429, 500};
    if (size == 0)
        return 0;
    const int status = statuses[data[0] % std::size(statuses)];
    if (!readEverything({status, {}, QByteArray(reinterpret_cast<const char *>(data + 1), qsizetype(size) - 1)}))
        abort();
    return 0;
}

#else

/// Seeded mutations of real replies: no crash, no hang, and what comes out is a value or a sentence. RINGSIDE_FUZZ_SEED
/// and RINGSIDE_FUZZ_ROUNDS choose another or a longer run.
class FuzzCrmJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seedsAreSound();
    void mutations();
};

void FuzzCrmJson::seedsAreSound()
{
    for (const QByteArray &seed : seeds())
        QVERIFY(readEverything({200, {}, seed}));
}

void FuzzCrmJson::mutations()
{
    bool given = false;
    const int chosen = qEnvironmentVariableIntValue("RINGSIDE_FUZZ_SEED", &given);
    const quint32 seed = given ? quint32(chosen) : defaultSeed;
    const int rounds = std::max(defaultRounds, qEnvironmentVariableIntValue("RINGSIDE_FUZZ_ROUNDS"));
    QRandomGenerator random(seed);
    for (int i = 0; i < rounds; ++i) {
        const HttpReply reply{statusOf(random), {}, mutated(random)};
        QElapsedTimer timer;
        timer.start();
        QVERIFY2(readEverything(reply), reply.body.constData());
        QVERIFY2(timer.elapsed() < 5000, reply.body.constData());
    }
}

QTEST_GUILESS_MAIN(FuzzCrmJson)
#include "fuzz_crm_json.moc"

#endif
