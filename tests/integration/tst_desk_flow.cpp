// SPDX-License-Identifier: Apache-2.0
#include "AccessTokenSource.h"
#include "AgentSession.h"
#include "Await.h"
#include "BrowserLauncher.h"
#include "CallLog.h"
#include "CallerProfile.h"
#include "Clock.h"
#include "CrmClient.h"
#include "Directory.h"
#include "Disposition.h"
#include "HttpClient.h"
#include "NoteDrafts.h"
#include "Outbox.h"
#include "OutboxDispatcher.h"
#include "RequestScheduler.h"
#include "SandboxServer.h"
#include "ScreenPop.h"
#include "SecretStore.h"
#include "Settings.h"
#include "SignIn.h"
#include "Store.h"
#include "TokenEndpoint.h"
#include "TokenStore.h"
#include "WebSocketCallSource.h"
#include "WrapUp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace ringside;
using namespace std::chrono_literals;
using ringside::test::await;

namespace {

constexpr int patience = 20000;
const auto notesText = QStringLiteral("Driver arrives Thursday 09:00.\nيفضل العربية");

/// Goes as the real one does, and can be set forward.
class SkippingClock final : public Clock
{
public:
    QDateTime now() const override { return m_real.now().addMSecs(m_ahead.count()); }
    std::chrono::milliseconds monotonic() const override { return m_real.monotonic() + m_ahead; }
    QByteArray bootId() const override { return m_real.bootId(); }
    void skip(std::chrono::milliseconds by) { m_ahead += by; }

private:
    SystemClock m_real;
    std::chrono::milliseconds m_ahead{0};
};

class NoBrowser final : public BrowserLauncher
{
public:
    bool open(const QUrl &) override { return false; }
};

/// One run of the program over a profile folder; destroying it is ending it.
struct Desk
{
    Desk(const QString &folder, SecretStore &secrets, const Clock &clock)
        : settings(folder + QStringLiteral("/settings.ini")), endpoint(http, clock), tokenStore(secrets),
          tokens(endpoint, tokenStore, clock), scheduler(http, tokens, clock), crm(scheduler), callLog(store), drafts(store),
          outbox(store), directory(store), signIn(settings, secrets, tokens, endpoint, browser, crm),
          session({settings, clock, crm, callLog, drafts, outbox, directory, signIn})
    {
    }

    NoBrowser browser;
    Settings settings;
    HttpClient http;
    TokenEndpoint endpoint;
    TokenStore tokenStore;
    AccessTokenSource tokens;
    RequestScheduler scheduler;
    CrmClient crm;
    Store store;
    CallLog callLog;
    NoteDrafts drafts;
    Outbox outbox;
    Directory directory;
    SignIn signIn;
    AgentSession session;
};

Secret storeKey()
{
    return Secret(QByteArray(32, 'k'));
}

} // namespace

/// The whole way of a call, from the phone's event to the CRM's record, over sockets and a real store; nothing is faked but
/// Zoho.
class TestDeskFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void callBecomesOneRecord();
    void unknownCallerIsLoggedWithoutAPerson();
    void sharedNumberAsksAndRemembers();
    void lostAnswerMakesNoSecondRecord();
    void restartInFlightMakesNoSecondRecord();
    void networkDownQueuesAndSendsLater();
    void rejectedFieldStaysEditable();
    void notesAndCallSurviveARestart();
    void answeredElsewhereLogsNothing();

private:
    QJsonObject control(HttpMethod method, const QString &what, const QJsonObject &body = {});
    void begin();
    void ring(const QString &id, const QString &state, const QString &number, const QString &reason = {});
    QString finishedCall(const QString &id, const QString &number);
    const CallEntry &entry(const QString &key) const { return *m_desk->session.call(key); }
    LogState logState(const QString &key) const { return entry(key).logState; }
    QJsonArray callsWith(const QString &text);
    int posts();
    void fault(QJsonObject what);

    std::unique_ptr<sandbox::SandboxServer> m_sandbox;
    HttpClient m_http;
    QJsonObject m_sample;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionSecretStore> m_secrets;
    SkippingClock m_clock;
    std::unique_ptr<Desk> m_desk;
};

QJsonObject TestDeskFlow::control(HttpMethod method, const QString &what, const QJsonObject &body)
{
    HttpRequest request;
    request.method = method;
    request.url = QUrl(m_sandbox->baseUrl() + QStringLiteral("/__sandbox/") + what);
    request.authorized = false;
    if (method == HttpMethod::Post) {
        request.contentType = "application/json";
        request.body = QJsonDocument(body).toJson();
    }
    const Result<HttpReply> reply = await(m_http.send(request));
    if (!reply.ok() || reply.value().status != 200) {
        qWarning("The sandbox did not take %s.", qPrintable(what));
        return {};
    }
    return QJsonDocument::fromJson(reply.value().body).object();
}

void TestDeskFlow::initTestCase()
{
    sandbox::SandboxOptions options;
    options.records = 300;
    m_sandbox = std::make_unique<sandbox::SandboxServer>(options);
    QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->errorString()));
    m_sample = control(HttpMethod::Get, QStringLiteral("sample"));
    QVERIFY(!m_sample.isEmpty());
}

void TestDeskFlow::init()
{
    control(HttpMethod::Delete, QStringLiteral("fault"));
    control(HttpMethod::Delete, QStringLiteral("requests"));
    m_folder = std::make_unique<QTemporaryDir>();
    m_secrets = std::make_unique<SessionSecretStore>();

    Settings settings(m_folder->filePath(QStringLiteral("settings.ini")));
    const QString base = m_sandbox->baseUrl();
    for (const auto &[key, value] : {std::pair(SettingKey::DataCentre, QStringLiteral("custom")),
                                     std::pair(SettingKey::CustomAccountsUrl, base), std::pair(SettingKey::CustomApiUrl, base),
                                     std::pair(SettingKey::CustomWebUrl, base),
                                     std::pair(SettingKey::ClientId, sandbox::SandboxServer::demoClientId())}) {
        const Result<void> set = settings.set(key, value);
        QVERIFY2(set.ok(), qPrintable(value));
    }
    const QString scope = QStringLiteral("ZohoCRM.users.READ,ZohoCRM.org.READ,ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,"
                                         "ZohoCRM.coql.READ,ZohoSearch.securesearch.READ");
    const QJsonObject granted = control(HttpMethod::Post, QStringLiteral("grant"),
                                        {{QStringLiteral("client_id"), sandbox::SandboxServer::demoClientId()},
                                         {QStringLiteral("scope"), scope}});
    TokenSet tokens;
    tokens.refreshToken = Secret(granted.value(QLatin1String("refresh_token")).toString().toUtf8());
    tokens.expiresAt = m_clock.now().addSecs(-60);
    tokens.accountsServer = QUrl(base);
    tokens.apiDomain = QUrl(base);
    tokens.location = QStringLiteral("custom");
    tokens.scope = scope;
    TokenStore store(*m_secrets);
    QVERIFY(await(store.save(tokens)).ok());
    const Secret secret(sandbox::SandboxServer::demoClientSecret().toUtf8());
    QVERIFY(await(m_secrets->write(QLatin1String(secretKey::clientSecret), secret)).ok());
    begin();
}

void TestDeskFlow::cleanup()
{
    m_desk.reset();
}

void TestDeskFlow::begin()
{
    m_desk.reset(); // an earlier run ends before the next one begins
    m_desk = std::make_unique<Desk>(m_folder->path(), *m_secrets, m_clock);
    const Result<void> opened =
        await(m_desk->store.open(m_folder->filePath(QStringLiteral("store.db")), storeKey()));
    QVERIFY2(opened.ok(), opened.ok() ? "" : qPrintable(opened.error().message));
    QSignalSpy reset(&m_desk->session, &AgentSession::reset);
    m_desk->session.start();
    QTRY_COMPARE_WITH_TIMEOUT(reset.count(), 1, patience);
    m_desk->signIn.restore();
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->signIn.identity().has_value(), patience);
    QCOMPARE(m_desk->signIn.state(), SignIn::State::SignedIn);
    m_desk->session.setCallSource(std::make_unique<WebSocketCallSource>(QUrl(m_sandbox->eventsUrl()), m_clock));
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->session.callSource()->state(), CallSource::State::Connected, patience);
}

void TestDeskFlow::ring(const QString &id, const QString &state, const QString &number, const QString &reason)
{
    QJsonObject event{{QStringLiteral("id"), id},
                      {QStringLiteral("state"), state},
                      {QStringLiteral("direction"), QStringLiteral("in")},
                      {QStringLiteral("from"), number},
                      {QStringLiteral("to"), QStringLiteral("+97144000000")}};
    if (!reason.isEmpty())
        event.insert(QStringLiteral("reason"), reason);
    QVERIFY(!control(HttpMethod::Post, QStringLiteral("ring"), event).isEmpty());
}

/// A call that was answered and is over, with notes. Gives its key.
QString TestDeskFlow::finishedCall(const QString &id, const QString &number)
{
    AgentSession &session = m_desk->session;
    QSignalSpy added(&session, &AgentSession::callAdded);
    ring(id, QStringLiteral("ringing"), number);
    if (!QTest::qWaitFor([&] { return added.count() == 1; }, patience))
        return {};
    const QString key = added.first().first().toString();
    ring(id, QStringLiteral("connected"), number);
    session.wrapUp(key).setNotes(notesText + id, 3);
    ring(id, QStringLiteral("ended"), number, QStringLiteral("completed"));
    const bool over = QTest::qWaitFor(
        [&] { return !entry(key).live() && session.screenPop().result(key).status != PopResult::Status::Searching; }, patience);
    return over ? key : QString();
}

QJsonArray TestDeskFlow::callsWith(const QString &text)
{
    QJsonArray found;
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("records/Calls?created=1")).value(QLatin1String("data")).toArray();
    for (const auto &one : all) {
        if (one.toObject().value(QLatin1String("Description")).toString().contains(text))
            found.append(one);
    }
    return found;
}

int TestDeskFlow::posts()
{
    int count = 0;
    const QJsonArray all = control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
    for (const auto &one : all) {
        const QJsonObject request = one.toObject();
        if (request.value(QLatin1String("method")).toString() == QLatin1String("POST")
            && request.value(QLatin1String("path")).toString() == QLatin1String("/crm/v8/Calls"))
            ++count;
    }
    return count;
}

void TestDeskFlow::fault(QJsonObject what)
{
    what.insert(QStringLiteral("path"), what.value(QLatin1String("path")).toString(QStringLiteral("/crm/v8/Calls")));
    QVERIFY(!control(HttpMethod::Post, QStringLiteral("fault"), what).isEmpty());
}

void TestDeskFlow::callBecomesOneRecord()
{
    AgentSession &session = m_desk->session;
    QSignalSpy added(&session, &AgentSession::callAdded);
    QSignalSpy wanted(&session, &AgentSession::popWanted);
    QSignalSpy done(&session, &AgentSession::popDone);
    const QString number = m_sample.value(QLatin1String("known")).toString();
    ring(QStringLiteral("one"), QStringLiteral("ringing"), number);
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 1, patience);
    const QString key = added.first().first().toString();
    QTRY_COMPARE_WITH_TIMEOUT(session.screenPop().result(key).status, PopResult::Status::One, patience);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(entry(key).person.id, m_sample.value(QLatin1String("contact_id")).toString());
    QCOMPARE(entry(key).personName, m_sample.value(QLatin1String("known_name")).toString());

    CallerProfile *profile = session.profile(key);
    QVERIFY(profile);
    QTRY_COMPARE_WITH_TIMEOUT(profile->data().timelineState.status, PartState::Status::Ready, patience);
    QTRY_COMPARE_WITH_TIMEOUT(profile->data().header.status, PartState::Status::Ready, patience);
    QVERIFY(profile->data().crmUrl.path().contains(entry(key).person.id));
    QCOMPARE(profile->data().facts.size(), 4);
    QVERIFY(!profile->data().details.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(!session.disposition().results().isEmpty(), patience);

    session.log(key);
    QCOMPARE(logState(key), LogState::None); // it has not ended
    ring(QStringLiteral("one"), QStringLiteral("connected"), number);
    QTRY_COMPARE_WITH_TIMEOUT(entry(key).state, CallState::Connected, patience);
    QCOMPARE(done.count(), 1);
    WrapUp &notes = session.wrapUp(key);
    notes.setNotes(notesText, 5);
    notes.setResult(session.disposition().results().constFirst());
    m_clock.skip(95s);
    ring(QStringLiteral("one"), QStringLiteral("ended"), number, QStringLiteral("completed"));
    QTRY_VERIFY_WITH_TIMEOUT(entry(key).toLog(), patience);
    session.log(key);
    session.log(key); // Ctrl+Enter twice
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);

    const QJsonArray records = callsWith(notesText);
    QCOMPARE(records.size(), 1);
    const QJsonObject record = records.first().toObject();
    QCOMPARE(record.value(QLatin1String("id")).toString(), entry(key).crmCallId);
    QCOMPARE(record.value(QLatin1String("Call_Type")).toString(), QStringLiteral("Inbound"));
    QCOMPARE(record.value(QLatin1String("Who_Id")).toObject().value(QLatin1String("id")).toString(), entry(key).person.id);
    const auto seconds = record.value(QLatin1String("Call_Duration_in_seconds")).toInt();
    QVERIFY2(seconds >= 95 && seconds <= 97, qPrintable(QString::number(seconds)));
    QCOMPARE(QDateTime::fromString(record.value(QLatin1String("Call_Start_Time")).toString(), Qt::ISODate).toSecsSinceEpoch(),
             entry(key).startedAt.toSecsSinceEpoch());
    QVERIFY(record.value(QLatin1String("Subject")).toString().contains(entry(key).personName));
    QCOMPARE(posts(), 1);
}

void TestDeskFlow::unknownCallerIsLoggedWithoutAPerson()
{
    const QString key = finishedCall(QStringLiteral("unknown"), m_sample.value(QLatin1String("unknown")).toString());
    QVERIFY(!key.isEmpty());
    QCOMPARE(m_desk->session.screenPop().result(key).status, PopResult::Status::None);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    const QJsonArray records = callsWith(notesText + QStringLiteral("unknown"));
    QCOMPARE(records.size(), 1);
    QVERIFY(records.first().toObject().value(QLatin1String("Who_Id")).toObject().isEmpty());
}

void TestDeskFlow::sharedNumberAsksAndRemembers()
{
    const QString number = m_sample.value(QLatin1String("shared")).toString();
    const QString first = finishedCall(QStringLiteral("shared-1"), number);
    ScreenPop &pop = m_desk->session.screenPop();
    QCOMPARE(pop.result(first).status, PopResult::Status::Many);
    QVERIFY(!pop.result(first).chosen);
    QVERIFY(pop.result(first).candidates.size() >= 2);
    for (const Candidate &candidate : pop.result(first).candidates)
        QVERIFY(!candidate.reason.isEmpty());
    const Candidate second = pop.result(first).candidates.at(1);
    pop.choose(first, second);
    QCOMPARE(entry(first).person, second.ref);

    const QString again = finishedCall(QStringLiteral("shared-2"), number);
    QCOMPARE(pop.result(again).candidates.constFirst().ref, second.ref);
    QCOMPARE(entry(again).person, second.ref);
    pop.unchoose(again);
    QVERIFY(entry(again).person.isNull());
}

void TestDeskFlow::lostAnswerMakesNoSecondRecord()
{
    const QString key = finishedCall(QStringLiteral("lost"), m_sample.value(QLatin1String("known")).toString());
    fault({{QStringLiteral("method"), QStringLiteral("POST")}, {QStringLiteral("drop_after_commit"), true}});
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(notesText + QStringLiteral("lost")).size(), 1);
    QCOMPARE(posts(), 1);
    QCOMPARE(m_desk->session.dispatcher().waiting(), 0);
}

void TestDeskFlow::restartInFlightMakesNoSecondRecord()
{
    const QString key = finishedCall(QStringLiteral("flight"), m_sample.value(QLatin1String("known")).toString());
    fault({{QStringLiteral("method"), QStringLiteral("POST")}, {QStringLiteral("delay"), 3000}});
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Queued, patience);
    // On its way: the request has left, the answer has not come.
    const auto inFlight = [this] {
        const auto open = await(m_desk->outbox.open());
        return open.ok() && open.value().size() == 1 && open.value().first().state == OutboxState::InFlight;
    };
    QTRY_VERIFY_WITH_TIMEOUT(inFlight(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(posts(), 1, patience);
    begin();
    QTRY_COMPARE_WITH_TIMEOUT(callsWith(notesText + QStringLiteral("flight")).size(), 1, patience);
    m_clock.skip(70s);
    m_desk->session.dispatcher().kick();
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(notesText + QStringLiteral("flight")).size(), 1);
    QCOMPARE(posts(), 1);
}

void TestDeskFlow::networkDownQueuesAndSendsLater()
{
    const QString key = finishedCall(QStringLiteral("down"), m_sample.value(QLatin1String("known")).toString());
    fault({{QStringLiteral("path"), QStringLiteral("/crm/")}, {QStringLiteral("reset"), true}, {QStringLiteral("times"), -1}});
    m_desk->session.log(key);
    OutboxDispatcher &dispatcher = m_desk->session.dispatcher();
    QTRY_VERIFY_WITH_TIMEOUT(!dispatcher.lastProblem().isEmpty(), patience);
    QCOMPARE(logState(key), LogState::Queued);
    QCOMPARE(dispatcher.waiting(), 1);
    QCOMPARE(callsWith(notesText + QStringLiteral("down")).size(), 0);

    control(HttpMethod::Delete, QStringLiteral("fault"));
    m_clock.skip(70s); // past what the CRM may take to commit a lost write: now "not there" counts
    dispatcher.kick();
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(notesText + QStringLiteral("down")).size(), 1);
    QCOMPARE(dispatcher.waiting(), 0);
}

void TestDeskFlow::rejectedFieldStaysEditable()
{
    const QString key = finishedCall(QStringLiteral("refused"), m_sample.value(QLatin1String("known")).toString());
    const QString body = QStringLiteral(R"({"data":[{"code":"INVALID_DATA","details":{"api_name":"Call_Purpose"},)"
                                        R"("message":"invalid data","status":"error"}]})");
    fault({{QStringLiteral("method"), QStringLiteral("POST")}, {QStringLiteral("status"), 400}, {QStringLiteral("body"), body}});
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Rejected, patience);
    QVERIFY2(entry(key).logMessage.contains(QLatin1String("Call Purpose")), qPrintable(entry(key).logMessage));
    QVERIFY(entry(key).toLog());
    WrapUp &notes = m_desk->session.wrapUp(key);
    QCOMPARE(notes.draft().notes, notesText + QStringLiteral("refused"));
    notes.setNotes(notes.draft().notes + QStringLiteral(" Corrected."), 0);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(QStringLiteral("Corrected.")).size(), 1);
}

void TestDeskFlow::notesAndCallSurviveARestart()
{
    const QString number = m_sample.value(QLatin1String("known")).toString();
    QSignalSpy added(&m_desk->session, &AgentSession::callAdded);
    ring(QStringLiteral("survivor"), QStringLiteral("ringing"), number);
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 1, patience);
    const QString key = added.first().first().toString();
    ring(QStringLiteral("survivor"), QStringLiteral("connected"), number);
    QTRY_COMPARE_WITH_TIMEOUT(entry(key).state, CallState::Connected, patience);
    WrapUp &notes = m_desk->session.wrapUp(key);
    notes.setNotes(notesText + QStringLiteral("survivor"), 7);
    QTRY_COMPARE_WITH_TIMEOUT(notes.saveState(), WrapUp::SaveState::Saved, patience);
    m_clock.skip(30s);

    begin();
    QVERIFY(m_desk->session.call(key));
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->session.wrapUp(key).loaded(), patience);
    QCOMPARE(m_desk->session.wrapUp(key).draft().notes, notesText + QStringLiteral("survivor"));
    QCOMPARE(m_desk->session.wrapUp(key).draft().cursor, 7);
    // The phone still has the call: it is the same one, not a second.
    ring(QStringLiteral("survivor"), QStringLiteral("connected"), number);
    QTRY_COMPARE_WITH_TIMEOUT(entry(key).state, CallState::Connected, patience);
    QCOMPARE(m_desk->session.calls().size(), 1);
    m_clock.skip(30s);
    ring(QStringLiteral("survivor"), QStringLiteral("ended"), number, QStringLiteral("completed"));
    QTRY_VERIFY_WITH_TIMEOUT(entry(key).toLog(), patience);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    const QJsonArray records = callsWith(notesText + QStringLiteral("survivor"));
    QCOMPARE(records.size(), 1);
    const int seconds = records.first().toObject().value(QLatin1String("Call_Duration_in_seconds")).toInt();
    QVERIFY2(seconds >= 60 && seconds < 80, qPrintable(QString::number(seconds)));
}

void TestDeskFlow::answeredElsewhereLogsNothing()
{
    QSignalSpy wanted(&m_desk->session, &AgentSession::popWanted);
    QSignalSpy done(&m_desk->session, &AgentSession::popDone);
    const QString number = m_sample.value(QLatin1String("known")).toString();
    ring(QStringLiteral("group"), QStringLiteral("ringing"), number);
    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, patience);
    const QString key = wanted.first().first().toString();
    ring(QStringLiteral("group"), QStringLiteral("ended"), number, QStringLiteral("elsewhere"));
    QTRY_COMPARE_WITH_TIMEOUT(done.count(), 1, patience);
    QCOMPARE(entry(key).reason, CallEndReason::Elsewhere);
    QVERIFY(!entry(key).missed());
    QVERIFY(!entry(key).toLog());
    QCOMPARE(posts(), 0);
}

QTEST_GUILESS_MAIN(TestDeskFlow)
#include "tst_desk_flow.moc"
