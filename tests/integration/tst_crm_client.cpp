// SPDX-License-Identifier: Apache-2.0
#include "AccessTokens.h"
#include "Clock.h"
#include "CrmClient.h"
#include "HttpClient.h"
#include "RequestScheduler.h"
#include "SandboxServer.h"
#include "WhenReady.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrlQuery>

#include <memory>

using namespace ringside;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 30000;

QString contacts()
{
    return QStringLiteral("Contacts");
}

QString calls()
{
    return QStringLiteral("Calls");
}

/// The one token that the test got from the sandbox.
class GivenToken final : public AccessTokens
{
public:
    QFuture<Result<Secret>> accessToken() override { return readyFuture<Secret>(m_token); }
    void tokenRefused(const Secret &) override { ++m_refusals; }
    void set(const QString &token) { m_token = Secret(token.toUtf8()); }
    int refusals() const { return m_refusals; }

private:
    Secret m_token;
    int m_refusals = 0;
};

template <typename T> Result<T> awaited(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, patience))
        return Error{.kind = ErrorKind::Timeout, .message = QStringLiteral("The test waited in vain.")};
    if (future.resultCount() == 0)
        return Error{.kind = ErrorKind::Cancelled, .message = {}};
    return future.result();
}

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

/// CrmClient against the sandbox, over sockets: an independent reading of the same reference.
class TestCrmClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();

    void identity();
    void metadata();
    void searchByPhone();
    void searchByWordAndEmail();
    void tooLittleIsNotAsked();
    void recordAndItsLists();
    void recordThatIsGone();
    void query();
    void logsACallOnce_data();
    void logsACallOnce();
    void refusedCallNamesTheField();
    void lostAnswerIsUncertainAndNotRepeated();
    void damagedAnswerIsUncertain();
    void serverErrorOnAWriteIsNotRepeated();
    void createsANote();
    void missingScopeIsNamed();
    void missingPermissionIsNamed();
    void moduleThatIsNotThere();
    void cancelTakesTheRequestBack();
    void withoutAnOrigin();

private:
    QJsonObject control(HttpMethod method, const QString &what, const QJsonObject &body = {});
    void signIn(const QString &scope);
    int arrivals(const QString &method, const QString &path);
    QJsonArray createdCalls();
    CallActivity call(CallActivity::Type type) const;

    std::unique_ptr<sandbox::SandboxServer> m_sandbox;
    SystemClock m_clock;
    GivenToken m_tokens;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<RequestScheduler> m_scheduler;
    std::unique_ptr<CrmClient> m_crm;
    QJsonObject m_sample;
};

QJsonObject TestCrmClient::control(HttpMethod method, const QString &what, const QJsonObject &body)
{
    HttpRequest request;
    request.method = method;
    request.url = QUrl(m_sandbox->baseUrl() + QStringLiteral("/__sandbox/") + what);
    request.authorized = false;
    if (method == HttpMethod::Post) {
        request.contentType = "application/json";
        request.body = text(body);
    }
    const Result<HttpReply> reply = awaited(m_http->send(request));
    if (!reply.ok() || reply.value().status != 200) {
        qWarning("The sandbox did not take %s.", qPrintable(what));
        return {};
    }
    return QJsonDocument::fromJson(reply.value().body).object();
}

void TestCrmClient::signIn(const QString &scope)
{
    const QJsonObject granted = control(
        HttpMethod::Post, QStringLiteral("grant"),
        {{QStringLiteral("client_id"), sandbox::SandboxServer::demoClientId()}, {QStringLiteral("scope"), scope}});
    QUrlQuery form;
    form.addQueryItem(QStringLiteral("grant_type"), QStringLiteral("refresh_token"));
    form.addQueryItem(QStringLiteral("client_id"), sandbox::SandboxServer::demoClientId());
    form.addQueryItem(QStringLiteral("client_secret"), sandbox::SandboxServer::demoClientSecret());
    form.addQueryItem(QStringLiteral("refresh_token"), granted.value(QLatin1String("refresh_token")).toString());
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.url = QUrl(m_sandbox->baseUrl() + QStringLiteral("/oauth/v2/token"));
    request.contentType = "application/x-www-form-urlencoded";
    request.body = form.toString(QUrl::FullyEncoded).toUtf8();
    request.authorized = false;
    const Result<HttpReply> reply = awaited(m_http->send(request));
    QVERIFY(reply.ok());
    const QJsonObject tokens = QJsonDocument::fromJson(reply.value().body).object();
    QVERIFY2(tokens.contains(QLatin1String("access_token")), reply.value().body.constData());
    m_tokens.set(tokens.value(QLatin1String("access_token")).toString());
    m_crm->setApiOrigin(QUrl(tokens.value(QLatin1String("api_domain")).toString()));
}

int TestCrmClient::arrivals(const QString &method, const QString &path)
{
    int count = 0;
    const QJsonObject journal = control(HttpMethod::Get, QStringLiteral("requests"));
    const QJsonArray requests = journal.value(QLatin1String("requests")).toArray();
    for (const auto &request : requests) {
        const QJsonObject entry = request.toObject();
        if (entry.value(QLatin1String("method")).toString() == method &&
            entry.value(QLatin1String("path")).toString() == path)
            ++count;
    }
    return count;
}

QJsonArray TestCrmClient::createdCalls()
{
    return control(HttpMethod::Get, QStringLiteral("records/Calls?created=1")).value(QLatin1String("data")).toArray();
}

CallActivity TestCrmClient::call(CallActivity::Type type) const
{
    CallActivity activity;
    activity.subject = QStringLiteral("Call of %1").arg(QLatin1String(QTest::currentTestFunction()));
    activity.type = type;
    activity.start = QDateTime(QDate(2026, 1, 20), QTime(10, 0, 0, 987), Qt::OffsetFromUTC, -5 * 3600);
    activity.duration = type == CallActivity::Type::Missed ? 0s : 4503s;
    activity.description = QStringLiteral("Asked about invoice 4711 & <b>paid</b>\nسأل عن الفاتورة");
    activity.callerNumber = m_sample.value(QLatin1String("known")).toString();
    activity.person = {contacts(), m_sample.value(QLatin1String("contact_id")).toString()};
    return activity;
}

void TestCrmClient::initTestCase()
{
    sandbox::SandboxOptions options;
    options.records = 200;
    m_sandbox = std::make_unique<sandbox::SandboxServer>(options);
    QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->errorString()));
    m_http = std::make_unique<HttpClient>();
    m_scheduler = std::make_unique<RequestScheduler>(*m_http, m_tokens, m_clock);
    m_crm = std::make_unique<CrmClient>(*m_scheduler);
    m_sample = control(HttpMethod::Get, QStringLiteral("sample"));
    QVERIFY(!m_sample.isEmpty());
}

void TestCrmClient::init()
{
    control(HttpMethod::Delete, QStringLiteral("fault"));
    control(HttpMethod::Delete, QStringLiteral("requests"));
    signIn(
        QStringLiteral("ZohoCRM.users.READ,ZohoCRM.org.READ,ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.coql.READ,"
                       "ZohoSearch.securesearch.READ"));
}

void TestCrmClient::cleanupTestCase()
{
    m_crm.reset();
    m_scheduler.reset();
    m_http.reset();
    m_sandbox.reset();
}

void TestCrmClient::identity()
{
    const Result<AgentIdentity> identity = awaited(m_crm->identity());
    QVERIFY2(identity.ok(), qPrintable(identity.ok() ? QString() : identity.error().message));
    QVERIFY(!identity.value().userId.isEmpty());
    QVERIFY(identity.value().email.contains(QLatin1Char('@')));
    QVERIFY(!identity.value().fullName.isEmpty());
    QVERIFY(!identity.value().timeZone.isEmpty());
    QVERIFY(!identity.value().orgName.isEmpty());
    QVERIFY(!identity.value().orgId.isEmpty());
    QCOMPARE(identity.value().currency.size(), 3);
}

void TestCrmClient::metadata()
{
    const auto modules = awaited(m_crm->modules());
    QVERIFY(modules.ok());
    const auto isContacts = [](const Module &module) {
        return module.apiName == contacts() && !module.pluralLabel.isEmpty();
    };
    QVERIFY(std::any_of(modules.value().begin(), modules.value().end(), isContacts));

    const auto fields = awaited(m_crm->fields(contacts()));
    QVERIFY(fields.ok());
    const auto isPhone = [](const Field &field) { return field.dataType == QLatin1String("phone") && field.visible; };
    QVERIFY(std::count_if(fields.value().begin(), fields.value().end(), isPhone) >= 2);

    const auto ofCalls = awaited(m_crm->fields(calls()));
    QVERIFY(ofCalls.ok());
    const auto isResult = [](const Field &field) {
        return field.apiName == QLatin1String("Call_Result") && !field.pickListValues.isEmpty() &&
               !field.pickListValues.contains(QLatin1String("-None-"));
    };
    QVERIFY(std::any_of(ofCalls.value().begin(), ofCalls.value().end(), isResult));

    const auto lists = awaited(m_crm->relatedLists(contacts()));
    QVERIFY(lists.ok());
    const auto isDeals = [](const RelatedList &list) {
        return list.apiName == QLatin1String("Deals") && list.module == QLatin1String("Deals") && !list.label.isEmpty();
    };
    QVERIFY(std::any_of(lists.value().begin(), lists.value().end(), isDeals));
}

void TestCrmClient::searchByPhone()
{
    const QStringList fields{QStringLiteral("Full_Name"), QStringLiteral("Phone"), QStringLiteral("Mobile"),
                             QStringLiteral("Account_Name")};
    const auto found = awaited(m_crm->search(contacts(), CrmClient::SearchBy::Phone,
                                             m_sample.value(QLatin1String("known")).toString().right(9), fields,
                                             RequestPriority::Pop));
    QVERIFY(found.ok());
    const QString id = m_sample.value(QLatin1String("contact_id")).toString();
    const auto isKnown = [&id](const Record &record) { return record.ref() == RecordRef{contacts(), id}; };
    const auto known = std::find_if(found.value().records.begin(), found.value().records.end(), isKnown);
    QVERIFY(known != found.value().records.end());
    QCOMPARE(known->displayName(), m_sample.value(QLatin1String("known_name")).toString());
    QCOMPARE(known->text(QStringLiteral("Account_Name")), m_sample.value(QLatin1String("known_company")).toString());

    const auto nobody =
        awaited(m_crm->search(contacts(), CrmClient::SearchBy::Phone,
                              m_sample.value(QLatin1String("unknown")).toString(), fields, RequestPriority::Pop));
    QVERIFY(nobody.ok());
    QVERIFY(nobody.value().records.isEmpty());

    QVERIFY(awaited(m_crm->search(QStringLiteral("Leads"), CrmClient::SearchBy::Phone, QStringLiteral("555"), {},
                                  RequestPriority::Pop))
                .ok());
}

void TestCrmClient::searchByWordAndEmail()
{
    const RecordRef anna{contacts(), m_sample.value(QLatin1String("contact_id")).toString()};
    const auto record =
        awaited(m_crm->record(anna, {QStringLiteral("Last_Name"), QStringLiteral("Email")}, RequestPriority::Search));
    QVERIFY(record.ok());
    const auto holds = [&anna](const Result<RecordPage> &page) {
        return page.ok() && std::any_of(page.value().records.begin(), page.value().records.end(),
                                        [&anna](const Record &one) { return one.ref() == anna; });
    };
    QVERIFY(holds(
        awaited(m_crm->search(contacts(), CrmClient::SearchBy::Word, record.value().text(QStringLiteral("Last_Name")),
                              {}, RequestPriority::Search, 200))));
    const QString email = record.value().text(QStringLiteral("Email"));
    QVERIFY(!email.isEmpty());
    QVERIFY(holds(awaited(m_crm->search(contacts(), CrmClient::SearchBy::Email, email, {}, RequestPriority::Search))));
    const auto odd = awaited(m_crm->search(contacts(), CrmClient::SearchBy::Word, QStringLiteral("a+b&c=d#e %25"), {},
                                           RequestPriority::Search));
    QVERIFY(odd.ok());
    QVERIFY(odd.value().records.isEmpty());
}

void TestCrmClient::tooLittleIsNotAsked()
{
    using By = CrmClient::SearchBy;
    for (const auto &[by, value] :
         {std::pair(By::Phone, QStringLiteral("anonymous")), std::pair(By::Phone, QStringLiteral("12")),
          std::pair(By::Word, QStringLiteral(" a ")), std::pair(By::Email, QString())}) {
        const auto page = awaited(m_crm->search(contacts(), by, value, {}, RequestPriority::Pop));
        QVERIFY(page.ok());
        QVERIFY(page.value().records.isEmpty());
    }
    QCOMPARE(arrivals(QStringLiteral("GET"), QStringLiteral("/crm/v8/Contacts/search")), 0);
}

void TestCrmClient::recordAndItsLists()
{
    const RecordRef anna{contacts(), m_sample.value(QLatin1String("contact_id")).toString()};
    const auto whole = awaited(m_crm->record(anna, {}, RequestPriority::Pop));
    QVERIFY(whole.ok());
    QCOMPARE(whole.value().ref(), anna);
    QVERIFY(!whole.value().lookup(QStringLiteral("Owner")).id.isEmpty());
    QVERIFY(whole.value().dateTime(QStringLiteral("Created_Time")).isValid());
    for (const char *list : {"Deals", "Cases", "Calls_History", "Notes"}) {
        const QString name = QString::fromLatin1(list);
        const auto page = awaited(m_crm->related(
            anna, name, name, {QStringLiteral("id"), QStringLiteral("Created_Time")}, RequestPriority::Pop));
        QVERIFY2(page.ok(), list);
        const auto bare = awaited(m_crm->related(anna, name, name, {}, RequestPriority::Pop, 1));
        QVERIFY2(bare.ok(), list);
        QVERIFY(bare.value().records.size() <= 1);
    }
}

void TestCrmClient::recordThatIsGone()
{
    const auto gone =
        awaited(m_crm->record({contacts(), QStringLiteral("5725767000999999999")}, {}, RequestPriority::Pop));
    QVERIFY(!gone.ok());
    QCOMPARE(gone.error().kind, ErrorKind::NotFound);
    const auto elsewhere = awaited(m_crm->record({contacts(), QStringLiteral("1/../2")}, {}, RequestPriority::Pop));
    QVERIFY(!elsewhere.ok());
    QCOMPARE(elsewhere.error().kind, ErrorKind::NotFound);
}

void TestCrmClient::query()
{
    const QString id = m_sample.value(QLatin1String("contact_id")).toString();
    const auto rows = awaited(m_crm->query(
        contacts(),
        QStringLiteral("select Full_Name, Account_Name.Account_Name from Contacts where id = '%1' limit 0, 5").arg(id),
        RequestPriority::Pop));
    QVERIFY2(rows.ok(), qPrintable(rows.ok() ? QString() : rows.error().message));
    QCOMPARE(rows.value().records.size(), 1);
    QCOMPARE(rows.value().records.first().ref(), (RecordRef{contacts(), id}));
    QCOMPARE(rows.value().records.first().displayName(), m_sample.value(QLatin1String("known_name")).toString());
    const auto none = awaited(m_crm->query(
        contacts(), QStringLiteral("select id from Contacts where Last_Name = 'Nobody-At-All'"), RequestPriority::Pop));
    QVERIFY(none.ok());
    QVERIFY(none.value().records.isEmpty());
    const auto wrong = awaited(m_crm->query(contacts(), QStringLiteral("selekt id"), RequestPriority::Pop));
    QVERIFY(!wrong.ok());
    QCOMPARE(wrong.error().kind, ErrorKind::Rejected);
}

void TestCrmClient::logsACallOnce_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("expected");
    QTest::newRow("inbound") << int(CallActivity::Type::Inbound) << QStringLiteral("Inbound");
    QTest::newRow("outbound") << int(CallActivity::Type::Outbound) << QStringLiteral("Outbound");
    QTest::newRow("missed") << int(CallActivity::Type::Missed) << QStringLiteral("Missed");
}

void TestCrmClient::logsACallOnce()
{
    QFETCH(int, type);
    QFETCH(QString, expected);
    const qsizetype before = createdCalls().size();
    const CallActivity activity = call(CallActivity::Type(type));
    const Result<QString> id = awaited(m_crm->createCall(activity));
    QVERIFY2(id.ok(), qPrintable(id.ok() ? QString() : id.error().message));
    QCOMPARE(createdCalls().size(), before + 1);
    QCOMPARE(arrivals(QStringLiteral("POST"), QStringLiteral("/crm/v8/Calls")), 1);

    const auto stored = awaited(m_crm->record({calls(), id.value()}, {}, RequestPriority::Log));
    QVERIFY(stored.ok());
    const Record &record = stored.value();
    QCOMPARE(record.text(QStringLiteral("Subject")), activity.subject);
    QCOMPARE(record.text(QStringLiteral("Call_Type")), expected);
    QCOMPARE(record.text(QStringLiteral("Description")), activity.description);
    QCOMPARE(record.lookup(QStringLiteral("Who_Id")).id, activity.person.id);
    QCOMPARE(record.dateTime(QStringLiteral("Call_Start_Time")).toSecsSinceEpoch(), activity.start.toSecsSinceEpoch());
    if (activity.type != CallActivity::Type::Missed)
        QCOMPARE(record.number(QStringLiteral("Call_Duration_in_seconds")), 4503.0);
}

void TestCrmClient::refusedCallNamesTheField()
{
    const qsizetype before = createdCalls().size();
    CallActivity activity = call(CallActivity::Type::Inbound);
    activity.person.id = QStringLiteral("5725767000999999999");
    const auto refused = awaited(m_crm->createCall(activity));
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().kind, ErrorKind::Rejected);
    QCOMPARE(refused.error().detail, QStringLiteral("Who_Id"));
    activity.subject.clear();
    QCOMPARE(awaited(m_crm->createCall(activity)).error().detail, QStringLiteral("Subject"));
    QCOMPARE(createdCalls().size(), before);
}

void TestCrmClient::lostAnswerIsUncertainAndNotRepeated()
{
    const qsizetype before = createdCalls().size();
    control(HttpMethod::Post, QStringLiteral("fault"),
            {{QStringLiteral("path"), QStringLiteral("/crm/v8/Calls")},
             {QStringLiteral("method"), QStringLiteral("POST")},
             {QStringLiteral("drop_after_commit"), true}});
    const auto lost = awaited(m_crm->createCall(call(CallActivity::Type::Inbound)));
    QVERIFY(!lost.ok());
    QCOMPARE(lost.error().kind, ErrorKind::Network);
    QCOMPARE(createdCalls().size(), before + 1);
    QCOMPARE(arrivals(QStringLiteral("POST"), QStringLiteral("/crm/v8/Calls")), 1);
}

void TestCrmClient::damagedAnswerIsUncertain()
{
    control(HttpMethod::Post, QStringLiteral("fault"),
            {{QStringLiteral("path"), QStringLiteral("/crm/v8/Calls")},
             {QStringLiteral("status"), 200},
             {QStringLiteral("body"), QStringLiteral("<html>Welcome to the hotel</html>")},
             {QStringLiteral("content_type"), QStringLiteral("text/html")}});
    const auto damaged = awaited(m_crm->createCall(call(CallActivity::Type::Inbound)));
    QVERIFY(!damaged.ok());
    QCOMPARE(damaged.error().kind, ErrorKind::ServerError);
}

void TestCrmClient::serverErrorOnAWriteIsNotRepeated()
{
    control(HttpMethod::Post, QStringLiteral("fault"),
            {{QStringLiteral("path"), QStringLiteral("/crm/v8/Calls")}, {QStringLiteral("status"), 503}});
    const auto failed = awaited(m_crm->createCall(call(CallActivity::Type::Inbound)));
    QVERIFY(!failed.ok());
    QCOMPARE(failed.error().kind, ErrorKind::ServerError);
    QCOMPARE(arrivals(QStringLiteral("POST"), QStringLiteral("/crm/v8/Calls")), 1);
}

void TestCrmClient::createsANote()
{
    const RecordRef anna{contacts(), m_sample.value(QLatin1String("contact_id")).toString()};
    const QVariantMap parent{{QStringLiteral("module"), QVariantMap{{QStringLiteral("api_name"), contacts()}}},
                             {QStringLiteral("id"), anna.id}};
    const auto id =
        awaited(m_crm->createRecord(QStringLiteral("Notes"), {{QStringLiteral("Note_Title"), QStringLiteral("Call")},
                                                              {QStringLiteral("Note_Content"), QStringLiteral("x")},
                                                              {QStringLiteral("Parent_Id"), parent}}));
    QVERIFY2(id.ok(), qPrintable(id.ok() ? QString() : id.error().message));
    const auto notes = awaited(m_crm->related(anna, QStringLiteral("Notes"), QStringLiteral("Notes"),
                                              {QStringLiteral("Note_Title")}, RequestPriority::Pop, 200));
    QVERIFY(notes.ok());
    QVERIFY(std::any_of(notes.value().records.begin(), notes.value().records.end(),
                        [&id](const Record &note) { return note.ref().id == id.value(); }));
}

void TestCrmClient::missingScopeIsNamed()
{
    signIn(QStringLiteral("ZohoCRM.users.READ"));
    const auto refused = awaited(
        m_crm->record({contacts(), m_sample.value(QLatin1String("contact_id")).toString()}, {}, RequestPriority::Pop));
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().kind, ErrorKind::ScopeMissing);
    QCOMPARE(refused.error().detail, QStringLiteral("ZohoCRM.modules.contacts.READ"));
    const auto identity = awaited(m_crm->identity());
    QVERIFY(!identity.ok());
    QCOMPARE(identity.error().kind, ErrorKind::ScopeMissing);
    QCOMPARE(identity.error().detail, QStringLiteral("ZohoCRM.org.READ"));
    QCOMPARE(m_tokens.refusals(), 0); // A new token would not help.
}

void TestCrmClient::missingPermissionIsNamed()
{
    const QJsonObject body{
        {QStringLiteral("code"), QStringLiteral("NO_PERMISSION")},
        {QStringLiteral("details"),
         QJsonObject{{QStringLiteral("permissions"), QJsonArray{QStringLiteral("Crm_Implied_View_Leads")}}}},
        {QStringLiteral("message"), QStringLiteral("permission denied")},
        {QStringLiteral("status"), QStringLiteral("error")}};
    control(HttpMethod::Post, QStringLiteral("fault"),
            {{QStringLiteral("path"), QStringLiteral("/crm/v8/Leads/search")},
             {QStringLiteral("status"), 403},
             {QStringLiteral("body"), body}});
    const auto refused = awaited(m_crm->search(QStringLiteral("Leads"), CrmClient::SearchBy::Phone,
                                               QStringLiteral("5551234"), {}, RequestPriority::Pop));
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().kind, ErrorKind::PermissionMissing);
    QCOMPARE(refused.error().detail, QStringLiteral("Crm_Implied_View_Leads"));
}

void TestCrmClient::moduleThatIsNotThere()
{
    const auto fields = awaited(m_crm->fields(QStringLiteral("Visits")));
    QVERIFY(!fields.ok());
    QCOMPARE(fields.error().kind, ErrorKind::NotFound);
    QCOMPARE(fields.error().detail, QStringLiteral("Visits"));
}

void TestCrmClient::cancelTakesTheRequestBack()
{
    control(HttpMethod::Post, QStringLiteral("fault"),
            {{QStringLiteral("path"), QStringLiteral("/crm/v8/Contacts/search")},
             {QStringLiteral("delay"), 3000},
             {QStringLiteral("times"), 4}});
    for (int i = 0; i < 8; ++i) { // More than go out at a time: some wait in the queue.
        auto search =
            m_crm->search(contacts(), CrmClient::SearchBy::Phone, QStringLiteral("5551234"), {}, RequestPriority::Pop);
        search.cancel();
        QTRY_VERIFY(search.isFinished());
        QCOMPARE(search.resultCount(), 0);
    }
    control(HttpMethod::Delete, QStringLiteral("fault"));
    QVERIFY(awaited(m_crm->fields(contacts())).ok()); // No slot was lost.
}

void TestCrmClient::withoutAnOrigin()
{
    m_crm->setApiOrigin({});
    QCOMPARE(awaited(m_crm->modules()).error().kind, ErrorKind::SignedOut);
    QCOMPARE(awaited(m_crm->identity()).error().kind, ErrorKind::SignedOut);
    QCOMPARE(awaited(m_crm->createCall(call(CallActivity::Type::Inbound))).error().kind, ErrorKind::SignedOut);
}

QTEST_GUILESS_MAIN(TestCrmClient)
#include "tst_crm_client.moc"
