// SPDX-License-Identifier: Apache-2.0
#include "AccessTokens.h"
#include "Clock.h"
#include "CrmClient.h"
#include "HttpClient.h"
#include "RequestScheduler.h"
#include "RetryPolicy.h"
#include "SandboxServer.h"
#include "WhenReady.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <functional>
#include <memory>

using namespace ringside;
using namespace std::chrono_literals;

namespace {

constexpr quint32 defaultSeed = 20260309;
constexpr int operations = 10000;
constexpr int writes = 2000;
constexpr int faultPerMille = 80;
constexpr int mostTries = 40; ///< Of one write: so many faults in a row do not happen.

QString id(const char *text)
{
    return QString::fromLatin1(text);
}

class GivenToken final : public AccessTokens
{
public:
    QFuture<Result<Secret>> accessToken() override { return readyFuture<Secret>(m_token); }
    void tokenRefused(const Secret &) override {}
    void set(const QString &token) { m_token = Secret(token.toUtf8()); }

private:
    Secret m_token;
};

/// Thousands of times: no polling.
template <typename T> Result<T> awaited(const QFuture<Result<T>> &future)
{
    QEventLoop loop;
    std::optional<Result<T>> got;
    whenReady(&loop, future, [&](const Result<T> &result) {
        got.emplace(result);
        loop.quit();
    });
    QTimer::singleShot(30s, &loop, &QEventLoop::quit);
    loop.exec();
    return got ? *got : Result<T>(Error{.kind = ErrorKind::Internal, .message = QStringLiteral("no outcome in time")});
}

/// What the client holds to be in the CRM.
struct Held
{
    RecordRef ref;
    QString marker; ///< In no other record.
    QVariantMap values;
    QDateTime modified;
    QDateTime firstModified; ///< Before its first change: too old to change it by.
    QStringList tags;
};

bool uncertain(const Error &error)
{
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::ServerError;
}

QString markerField(const QString &module)
{
    return module == QLatin1String("Calls") || module == QLatin1String("Tasks") ? QStringLiteral("Subject")
                                                                              : QStringLiteral("Last_Name");
}

} // namespace

/// Ten thousand operations, two thousand of them writes, against a sandbox that resets connections, cuts answers, fails and
/// hangs up after the work was done. An uncertain write is looked up before it is repeated. At the end both sides hold the
/// same. RINGSIDE_RANDOM_SEED chooses another run.
class TestCrmRandom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void agreesAfterTenThousandOperations();

private:
    QJsonObject control(HttpMethod method, const QString &what, const QJsonObject &body = {});
    void disturb();
    void write();
    void read();
    void create();
    void change(Held &held);
    void changeTooLate(Held &held);
    void tag(Held &held);
    void remove(qsizetype index);
    QVariantMap fresh(const QString &module, const QString &marker);
    QFuture<Result<QString>> sendNew(const QString &module, const QVariantMap &values);
    Result<QStringList> idsWith(const QString &module, const QString &marker);
    Result<Record> there(const RecordRef &ref);
    void fail(const QString &sentence);
    void compareAll();
    bool same(const Held &held, const Record &record);
    Held &any() { return m_held[m_random.bounded(m_held.size())]; }
    QString number() { return QStringLiteral("+9715%1").arg(m_random.bounded(10000000, 99999999)); }

    std::unique_ptr<sandbox::SandboxServer> m_sandbox;
    SystemClock m_clock;
    GivenToken m_tokens;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<RequestScheduler> m_scheduler;
    std::unique_ptr<CrmClient> m_crm;
    QRandomGenerator m_random;
    QList<Held> m_held;
    QList<Held> m_removed;
    QStringList m_failures;
    int m_markers = 0;
    int m_faults = 0;
    int m_uncertain = 0;
    int m_repeated = 0;
    int m_refusedReads = 0;
};

QJsonObject TestCrmRandom::control(HttpMethod method, const QString &what, const QJsonObject &body)
{
    HttpRequest request;
    request.method = method;
    request.url = QUrl(m_sandbox->baseUrl() + QStringLiteral("/__sandbox/") + what);
    request.authorized = false;
    if (method == HttpMethod::Post) {
        request.contentType = "application/json";
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    }
    const Result<HttpReply> reply = awaited(m_http->send(request));
    if (!reply.ok() || reply.value().status != 200)
        fail(QStringLiteral("The sandbox did not take ") + what);
    return reply.ok() ? QJsonDocument::fromJson(reply.value().body).object() : QJsonObject();
}

void TestCrmRandom::fail(const QString &sentence)
{
    m_failures.append(sentence);
}

void TestCrmRandom::initTestCase()
{
    bool given = false;
    const int chosen = qEnvironmentVariableIntValue("RINGSIDE_RANDOM_SEED", &given);
    const quint32 seed = given ? quint32(chosen) : defaultSeed;
    qInfo("Seed %u", seed);
    m_random.seed(seed);
    sandbox::SandboxOptions options;
    options.records = 200;
    m_sandbox = std::make_unique<sandbox::SandboxServer>(options);
    QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->errorString()));
    m_http = std::make_unique<HttpClient>();
    m_scheduler = std::make_unique<RequestScheduler>(*m_http, m_tokens, m_clock);
    RetryPolicy::Limits quick;
    quick.first = 1ms;
    quick.longest = 4ms;
    m_scheduler->setRetryPolicy(RetryPolicy(quick));
    m_crm = std::make_unique<CrmClient>(*m_scheduler);
    const QString clientId = sandbox::SandboxServer::demoClientId();
    const QJsonObject granted = control(HttpMethod::Post, QStringLiteral("grant"),
                                        {{id("client_id"), clientId},
                                         {id("scope"), id("ZohoCRM.users.READ,ZohoCRM.org.READ,ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,"
                                                         "ZohoCRM.coql.READ,ZohoSearch.securesearch.READ,"
                                                         "ZohoCRM.composite_requests.CUSTOM")}});
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.url = QUrl(m_sandbox->baseUrl() + QStringLiteral("/oauth/v2/token"));
    request.contentType = "application/x-www-form-urlencoded";
    request.body = "grant_type=refresh_token&client_id=" + clientId.toUtf8() + "&client_secret="
                   + sandbox::SandboxServer::demoClientSecret().toUtf8() + "&refresh_token="
                   + granted.value(QLatin1String("refresh_token")).toString().toUtf8();
    request.authorized = false;
    const Result<HttpReply> reply = awaited(m_http->send(request));
    QVERIFY(reply.ok());
    m_tokens.set(QJsonDocument::fromJson(reply.value().body).object().value(QLatin1String("access_token")).toString());
    m_crm->setApiOrigin(QUrl(m_sandbox->baseUrl()));
}

void TestCrmRandom::cleanupTestCase()
{
    m_crm.reset();
    m_scheduler.reset();
    m_http.reset();
    m_sandbox.reset();
}

void TestCrmRandom::disturb()
{
    if (m_random.bounded(1000) >= faultPerMille)
        return;
    ++m_faults;
    QJsonObject fault{{id("path"), id("/crm/")}, {id("times"), 1 + m_random.bounded(3)}};
    switch (m_random.bounded(6)) {
    case 0:
        fault.insert(id("reset"), true);
        break;
    case 1:
        fault.insert(id("truncate"), true);
        break;
    case 2:
    case 3:
        fault.insert(id("drop_after_commit"), true);
        break;
    case 4:
        fault.insert(id("status"), m_random.bounded(2) ? 500 : 503);
        break;
    default:
        fault.insert(id("delay"), 1 + m_random.bounded(10));
        break;
    }
    control(HttpMethod::Post, id("fault"), fault);
}

QVariantMap TestCrmRandom::fresh(const QString &module, const QString &marker)
{
    QVariantMap values{{markerField(module), marker},
                       {id("Description"), QStringLiteral("Nr. %1 & \"more\" — سطر").arg(m_random.bounded(1000))}};
    if (module == QLatin1String("Leads"))
        values.insert(id("Company"), QStringLiteral("Company %1").arg(m_random.bounded(100)));
    if (module == QLatin1String("Contacts") || module == QLatin1String("Leads"))
        values.insert(id("Mobile"), number());
    return values;
}

QFuture<Result<QString>> TestCrmRandom::sendNew(const QString &module, const QVariantMap &values)
{
    if (module != QLatin1String("Calls"))
        return m_crm->createRecord(module, values);
    CallActivity call;
    call.subject = values.value(id("Subject")).toString();
    call.description = values.value(id("Description")).toString();
    call.start = QDateTime(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
    call.duration = 65s;
    return m_crm->createCall(call);
}

// COQL, which has no index delay; until it answers.
Result<QStringList> TestCrmRandom::idsWith(const QString &module, const QString &marker)
{
    const QString query =
        QStringLiteral("select id from %1 where %2 = '%3' limit 0, 10").arg(module, markerField(module), marker);
    for (int i = 0; i < mostTries; ++i) {
        const Result<RecordPage> rows = awaited(m_crm->query(module, query, RequestPriority::Log));
        if (!rows.ok() && uncertain(rows.error()))
            continue;
        if (!rows.ok())
            return rows.error();
        QStringList ids;
        for (const Record &record : rows.value().records)
            ids.append(record.ref().id);
        return ids;
    }
    return Error{.kind = ErrorKind::Network};
}

Result<Record> TestCrmRandom::there(const RecordRef &ref)
{
    Result<Record> record = Error{.kind = ErrorKind::Network};
    for (int i = 0; i < mostTries && !record.ok() && uncertain(record.error()); ++i)
        record = awaited(m_crm->record(ref, {}, RequestPriority::Log));
    return record;
}

void TestCrmRandom::create()
{
    static const QStringList modules{id("Contacts"), id("Leads"), id("Calls"), id("Tasks")};
    const QString &module = modules.at(m_random.bounded(modules.size()));
    const QString marker = QStringLiteral("Marker%1x").arg(++m_markers);
    const QVariantMap values = fresh(module, marker);
    QString made;
    for (int i = 0; i < mostTries && made.isEmpty(); ++i) {
        m_repeated += i > 0;
        const Result<QString> sent = awaited(sendNew(module, values));
        if (sent.ok()) {
            made = sent.value();
            break;
        }
        if (!uncertain(sent.error()))
            return fail(QStringLiteral("%1 was refused: %2").arg(module, sent.error().message));
        ++m_uncertain;
        const Result<QStringList> ids = idsWith(module, marker);
        if (!ids.ok())
            return fail(QStringLiteral("%1 could not be looked up: %2").arg(module, ids.error().message));
        made = ids.value().value(0);
    }
    const Result<Record> record = there({module, made});
    if (!record.ok())
        return fail(QStringLiteral("A new record of %1 is not there: %2").arg(module, record.error().message));
    const QDateTime modified = record.value().dateTime(id("Modified_Time"));
    m_held.append({{module, made}, marker, values, modified, modified.addSecs(-60), {}});
}

void TestCrmRandom::change(Held &held)
{
    const Result<Record> before = there(held.ref);
    if (!before.ok())
        return fail(QStringLiteral("A record to be changed is not there: ") + before.error().message);
    QVariantMap wanted = fresh(held.ref.module, held.marker);
    if (m_random.bounded(4) == 0 && held.ref.module != QLatin1String("Calls"))
        wanted.insert(id("Description"), QVariant());
    const QVariantMap changes = before.value().changes(wanted);
    WriteOptions options;
    options.unchangedSince = before.value().dateTime(id("Modified_Time"));
    for (int i = 0; i < mostTries; ++i) {
        m_repeated += i > 0;
        const Result<WrittenRecord> sent = awaited(m_crm->updateRecord(held.ref, changes, options));
        if (!sent.ok() && !uncertain(sent.error()))
            return fail(QStringLiteral("A change was refused: ") + sent.error().message);
        if (!sent.ok()) {
            ++m_uncertain;
            const Result<Record> now = there(held.ref);
            if (!now.ok())
                return fail(QStringLiteral("A changed record is not there: ") + now.error().message);
            if (!now.value().changes(wanted).isEmpty())
                continue; // It did not happen.
        }
        held.values.insert(wanted);
        held.modified = sent.ok() ? sent.value().modifiedTime : QDateTime();
        return;
    }
    fail(QStringLiteral("A change never got through."));
}

// Somebody else was quicker: nothing may change.
void TestCrmRandom::changeTooLate(Held &held)
{
    WriteOptions options;
    options.unchangedSince = held.firstModified;
    for (int i = 0; i < mostTries; ++i) {
        const Result<WrittenRecord> sent =
            awaited(m_crm->updateRecord(held.ref, {{id("Description"), id("too late")}}, options));
        if (sent.ok())
            return fail(QStringLiteral("A change was taken that came too late."));
        if (sent.error().kind == ErrorKind::Conflict)
            return;
        if (!uncertain(sent.error()))
            return fail(QStringLiteral("A late change was refused otherwise: ") + sent.error().message);
        ++m_uncertain;
    }
}

// Adding a tag twice is adding it once, so it may be repeated as it is.
void TestCrmRandom::tag(Held &held)
{
    const QString name = QStringLiteral("Tag%1").arg(m_random.bounded(5));
    const bool add = m_random.bounded(3) > 0;
    for (int i = 0; i < mostTries; ++i) {
        const Result<void> sent = awaited(add ? m_crm->addTags(held.ref, {name}) : m_crm->removeTags(held.ref, {name}));
        if (sent.ok()) {
            held.tags.removeAll(name);
            if (add)
                held.tags.append(name);
            return;
        }
        if (!uncertain(sent.error()))
            return fail(QStringLiteral("A tag was refused: ") + sent.error().message);
        ++m_uncertain;
    }
    fail(QStringLiteral("A tag never got through."));
}

void TestCrmRandom::remove(qsizetype index)
{
    const Held held = m_held.takeAt(index);
    m_removed.append(held);
    for (int i = 0; i < mostTries; ++i) {
        const Result<void> sent = awaited(m_crm->removeRecord(held.ref));
        // Gone already: an earlier try had worked.
        if (sent.ok() || (i > 0 && sent.error().kind == ErrorKind::NotFound))
            return;
        if (!uncertain(sent.error()))
            return fail(QStringLiteral("A record was not removed: ") + sent.error().message);
        ++m_uncertain;
        if (there(held.ref).ok())
            continue;
        return;
    }
    fail(QStringLiteral("A removal never got through."));
}

void TestCrmRandom::write()
{
    const int what = m_held.size() < 20 ? 0 : m_random.bounded(100);
    if (what < 45)
        create();
    else if (what < 75)
        change(any());
    else if (what < 80)
        changeTooLate(any());
    else if (what < 92)
        tag(any());
    else
        remove(m_random.bounded(m_held.size()));
}

void TestCrmRandom::read()
{
    const auto check = [this](bool fine, const char *what) {
        if (!fine)
            fail(QString::fromLatin1(what));
    };
    // A read that failed three times in a row is told, and no more: what is wrong is another answer.
    const auto allowed = [this](const Error &error) {
        ++m_refusedReads;
        return uncertain(error) || error.kind == ErrorKind::BadReply;
    };
    const Held &held = any();
    const QString number = held.values.value(id("Mobile")).toString();
    switch (m_random.bounded(number.isEmpty() ? 5 : 7)) {
    case 0:
    case 1: {
        const auto record = awaited(m_crm->record(held.ref, {}, RequestPriority::Pop));
        check(record.ok() ? same(held, record.value()) : allowed(record.error()), "A record is not as it was written.");
        break;
    }
    case 2: {
        RecordQuery query;
        query.fields = {markerField(held.ref.module), id("Modified_Time")};
        query.ids = {held.ref.id};
        const auto page = awaited(m_crm->records(held.ref.module, query, RequestPriority::Sync));
        check(page.ok() ? page.value().records.size() == 1 : allowed(page.error()), "A list by id has not that record.");
        break;
    }
    case 3: {
        const auto ids = idsWith(held.ref.module, held.marker);
        check(ids.ok() && ids.value() == QStringList{held.ref.id}, "COQL does not find what is there once.");
        break;
    }
    case 4: {
        const auto list = awaited(m_crm->deletedRecords(held.ref.module, CrmClient::Deleted::All));
        check(list.ok() || allowed(list.error()), "The list of deleted records is refused.");
        break;
    }
    case 5: {
        const auto page = awaited(m_crm->search(held.ref.module, CrmClient::SearchBy::Phone, number.right(9), {},
                                                RequestPriority::Pop, 200));
        const auto isIt = [&held](const Record &one) { return one.ref() == held.ref; };
        check(page.ok() ? std::any_of(page.value().records.begin(), page.value().records.end(), isIt) : allowed(page.error()),
              "A search does not find the number.");
        break;
    }
    default: {
        const auto pages = awaited(m_crm->searchTogether({{held.ref.module, number.right(9), {}}, {id("Accounts"), number, {}}},
                                                         RequestPriority::Pop));
        check(pages.ok() ? pages.value().size() == 2 : allowed(pages.error()), "A composite request has not two answers.");
        break;
    }
    }
}

bool TestCrmRandom::same(const Held &held, const Record &record)
{
    return record.ref() == held.ref && record.changes(held.values).isEmpty();
}

void TestCrmRandom::compareAll()
{
    QHash<RecordRef, Record> stored;
    QHash<QString, int> markers;
    for (const char *module : {"Contacts", "Leads", "Calls", "Tasks"}) {
        const QJsonArray data =
            control(HttpMethod::Get, id("records/") + id(module)).value(QLatin1String("data")).toArray();
        for (const auto &item : data) {
            const QVariantMap values = item.toObject().toVariantMap();
            const Record record({id(module), values.value(id("id")).toString()}, values);
            const QString marker = record.text(markerField(id(module)));
            if (!marker.startsWith(QLatin1String("Marker")))
                continue;
            stored.insert(record.ref(), record);
            ++markers[marker];
        }
    }
    QCOMPARE(stored.size(), m_held.size());
    for (const Held &held : std::as_const(m_held)) {
        QVERIFY2(stored.contains(held.ref), qPrintable(held.marker));
        QCOMPARE(markers.value(held.marker), 1); // Never twice.
        const Record &record = stored[held.ref];
        QVERIFY2(same(held, record), qPrintable(record.changes(held.values).keys().join(QLatin1Char(','))));
        QStringList tags = record.names(id("Tag"));
        QStringList wanted = held.tags;
        tags.sort();
        wanted.sort();
        QCOMPARE(tags, wanted);
    }
    for (const Held &gone : std::as_const(m_removed))
        QVERIFY(!stored.contains(gone.ref));
}

void TestCrmRandom::agreesAfterTenThousandOperations()
{
    int written = 0;
    for (int i = 0; i < operations && m_failures.size() < 10; ++i) {
        const bool writing = m_held.isEmpty() || m_random.bounded(operations - i) < writes - written;
        disturb();
        if (writing) {
            ++written;
            write();
        } else {
            read();
        }
    }
    control(HttpMethod::Delete, id("fault"));
    qInfo("%d faults, %d uncertain writes, %d sent again, %d reads refused, %d records held, %d removed", m_faults, m_uncertain,
          m_repeated, m_refusedReads, int(m_held.size()), int(m_removed.size()));
    QVERIFY2(m_failures.isEmpty(), qPrintable(m_failures.join(QLatin1Char('\n'))));
    QCOMPARE(written, writes);
    QVERIFY(m_uncertain > 20 && m_repeated > 5); // The faults did strike.
    compareAll();
}

QTEST_GUILESS_MAIN(TestCrmRandom)
#include "tst_crm_random.moc"
