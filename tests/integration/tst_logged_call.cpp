// SPDX-License-Identifier: Apache-2.0
#include "FlowBench.h"

#include "Await.h"
#include "Disposition.h"
#include "NewPeople.h"
#include "OutboxDispatcher.h"
#include "Reachability.h"
#include "RetryPolicy.h"
#include "ScreenPop.h"
#include "WrapUp.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

class NetworkInHand final : public Reachability
{
    Q_OBJECT

public:
    bool reachable() const override { return m_reachable; }
    void become(bool reachable)
    {
        m_reachable = reachable;
        Q_EMIT changed(reachable);
    }

private:
    bool m_reachable = true;
};

} // namespace

/// A call that was logged is changed, or given to another person: the same record follows, whatever happens on the way.
class TestLoggedCall : public QObject, private FlowBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(); }
    void init() { makeProfile(); }
    void cleanup() { end(); }

    void onlyWhatChangedIsSent();
    void nothingIsKeptWhereNothingIsToBe();
    void anotherPersonAtOnce();
    void notThisPersonAfterARestart();
    void leadMadeAfterwardsGetsTheCall();
    void editsWithoutANetworkBecomeOne();
    void lostAnswerOfAChangeIsNoSecondChange();
    void changeOnItsWaySurvivesARestart();
    void editedTextSurvivesARestart();
    void othersChangeIsNotWrittenOver();
    void othersChangeOfAnotherFieldIsNone();
    void othersChangeCanBeKept();
    void discardingPutsBackWhatWasLogged();
    void refusedChangeStaysHere();
    void valueOfAnotherRecordIsNoChangeMeanwhile();
    void deletedRecordIsSaid();
    void networkThatReturnsSendsAtOnce();

private:
    QString loggedCall(const QString &id, const QString &number);
    QString loggedKnownCall(const QString &id) { return loggedCall(id, sample("known")); }
    QList<QJsonObject> puts();
    QJsonObject lastPut();
    QJsonObject record(const QString &key);
    void crmDown()
    {
        fault({{QStringLiteral("path"), QStringLiteral("/crm/")},
               {QStringLiteral("reset"), true},
               {QStringLiteral("times"), -1}});
    }
    void somebodyElseWrites(const QString &key, const QVariantMap &values);
    void impatient();
    Candidate anotherPerson(const QString &key);

    QString m_crmCallId; ///< Of the call that was logged last: what an earlier test left on its way is not counted.
};

QString TestLoggedCall::loggedCall(const QString &id, const QString &number)
{
    const QString key = finishedCall(id, number);
    if (key.isEmpty())
        return {};
    m_desk->session.log(key);
    if (!QTest::qWaitFor([&] { return logState(key) == LogState::Logged; }, patience))
        return {};
    m_crmCallId = entry(key).crmCallId;
    return key;
}

QList<QJsonObject> TestLoggedCall::puts()
{
    QList<QJsonObject> found;
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
    for (const auto &one : all) {
        const QJsonObject request = one.toObject();
        if (request.value(QLatin1String("method")).toString() == QLatin1String("PUT") &&
            request.value(QLatin1String("path")).toString() == QLatin1String("/crm/v8/Calls/") + m_crmCallId)
            found.append(request);
    }
    return found;
}

/// The fields that the last change sent.
QJsonObject TestLoggedCall::lastPut()
{
    const QList<QJsonObject> all = puts();
    if (all.isEmpty())
        return {};
    const QJsonValue body = all.constLast().value(QLatin1String("body"));
    const QJsonObject object =
        body.isString() ? QJsonDocument::fromJson(body.toString().toUtf8()).object() : body.toObject();
    return object.value(QLatin1String("data")).toArray().first().toObject();
}

/// The call's record, of which there is one.
QJsonObject TestLoggedCall::record(const QString &key)
{
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("records/Calls?created=1")).value(QLatin1String("data")).toArray();
    for (const auto &one : all) {
        if (one.toObject().value(QLatin1String("id")).toString() == entry(key).crmCallId)
            return one.toObject();
    }
    return {};
}

void TestLoggedCall::somebodyElseWrites(const QString &key, const QVariantMap &values)
{
    const RecordRef ref{QStringLiteral("Calls"), entry(key).crmCallId};
    const qsizetype before = puts().size();
    const Result<WrittenRecord> written = await(m_desk->crm.updateRecord(ref, values));
    QVERIFY2(written.ok(), written.ok() ? "" : qPrintable(written.error().message));
    QTRY_COMPARE_WITH_TIMEOUT(puts().size(), before + 1, patience); // the sandbox notes it after it has answered
    control(HttpMethod::Delete, QStringLiteral("requests"));
}

void TestLoggedCall::impatient()
{
    RetryPolicy::Limits once;
    once.attempts = 1;
    m_desk->scheduler.setRetryPolicy(RetryPolicy(once));
}

Candidate TestLoggedCall::anotherPerson(const QString &key)
{
    const QJsonArray contacts =
        control(HttpMethod::Get, QStringLiteral("records/Contacts")).value(QLatin1String("data")).toArray();
    for (const auto &one : contacts) {
        const QJsonObject contact = one.toObject();
        Candidate person;
        person.ref = {QStringLiteral("Contacts"), contact.value(QLatin1String("id")).toString()};
        person.name = contact.value(QLatin1String("Last_Name")).toString();
        if (!(person.ref == entry(key).person))
            return person;
    }
    return {};
}

void TestLoggedCall::onlyWhatChangedIsSent()
{
    const QString key = loggedKnownCall(QStringLiteral("edit"));
    QVERIFY(!key.isEmpty());
    const QString crmId = entry(key).crmCallId;
    AgentSession &session = m_desk->session;
    QTRY_VERIFY_WITH_TIMEOUT(!session.disposition().results().isEmpty(), patience);
    session.wrapUp(key).setNotes(notesText + QStringLiteral("edit, corrected"), 3);
    QCOMPARE(logState(key), LogState::Draft);
    QVERIFY(entry(key).changedSinceLogged());
    session.wrapUp(key).setResult(session.disposition().results().constFirst());
    QCOMPARE(puts().size(), 0); // not before it is saved
    QList<LogState> states; // It may be queued for a moment only.
    const QObject here;
    connect(&session, &AgentSession::callChanged, &here, [&](const QString &) { states.append(logState(key)); });
    session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QVERIFY(states.contains(LogState::Queued));
    QCOMPARE(entry(key).crmCallId, crmId);
    QCOMPARE(callsWith(notesText + QStringLiteral("edit")).size(), 1);
    QVERIFY(record(key).value(QLatin1String("Description")).toString().contains(QLatin1String("edit, corrected")));
    QCOMPARE(posts(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(puts().size(), 1, patience);
    QStringList sent = lastPut().keys();
    sent.sort();
    QCOMPARE(sent, (QStringList{QStringLiteral("Call_Result"), QStringLiteral("Description")}));
    QVERIFY(await(m_desk->drafts.unlogged()).value().isEmpty());
}

void TestLoggedCall::nothingIsKeptWhereNothingIsToBe()
{
    QVERIFY(m_desk->settings.set(SettingKey::KeepDays, QStringLiteral("0")).ok());
    const QString key = loggedKnownCall(QStringLiteral("forgotten"));
    QVERIFY(!key.isEmpty());
    const auto isKept = [&] { return await(m_desk->drafts.load(key)).value().has_value(); };
    QTRY_VERIFY_WITH_TIMEOUT(!isKept(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(await(m_desk->outbox.told(key)).value(), QByteArray(), patience);
    AgentSession *session = &m_desk->session;
    session->wrapUp(key).setNotes(session->wrapUp(key).draft().notes, 2); // The cursor is moved in what is on screen.
    QTRY_COMPARE(session->wrapUp(key).saveState(), WrapUp::SaveState::Saved);
    QVERIFY(!isKept());
    // More is written in the same run: the whole of it goes.
    session->wrapUp(key).setNotes(notesText + QStringLiteral("forgotten, and more"), 3);
    session->log(key);
    QTRY_COMPARE_WITH_TIMEOUT(puts().size(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!isKept(), patience);

    // In the next run the notes are not here. Another person is: they stay in the CRM as they are.
    begin();
    session = &m_desk->session;
    const auto description = [&] { return record(key).value(QLatin1String("Description")).toString(); };
    session->screenPop().unchoose(key, entry(key).number);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QTRY_VERIFY_WITH_TIMEOUT(record(key).value(QLatin1String("Who_Id")).toObject().isEmpty(), patience);
    QVERIFY2(description().contains(QLatin1String("forgotten, and more")), qPrintable(description()));
    // Other notes do not take their place without a word.
    begin();
    session = &m_desk->session;
    session->wrapUp(key).setNotes(QStringLiteral("one word"), 3);
    session->log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Rejected, patience);
    QVERIFY2(entry(key).logMessage.contains(QLatin1String("no longer kept on this computer")),
             qPrintable(entry(key).logMessage));
    QVERIFY(description().contains(QLatin1String("forgotten, and more")));
    session->log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QVERIFY(description().contains(QLatin1String("one word")));
}

void TestLoggedCall::anotherPersonAtOnce()
{
    const QString key = loggedKnownCall(QStringLiteral("person"));
    QVERIFY(!key.isEmpty());
    const Candidate other = anotherPerson(key);
    QVERIFY(!other.ref.isNull());
    m_desk->session.screenPop().choose(key, other);
    QCOMPARE(entry(key).person, other.ref);
    QTRY_COMPARE_WITH_TIMEOUT(puts().size(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(record(key).value(QLatin1String("Who_Id")).toObject().value(QLatin1String("id")).toString(), other.ref.id);
    QVERIFY(!lastPut().contains(QLatin1String("Description")));
    m_desk->session.screenPop().retry(key); // what the search says afterwards takes nobody away
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->session.screenPop().result(key).status != PopResult::Status::Searching, patience);
    QCOMPARE(entry(key).person, other.ref);
    QCOMPARE(posts(), 1);
}

void TestLoggedCall::notThisPersonAfterARestart()
{
    const QString key = loggedKnownCall(QStringLiteral("not-this"));
    QVERIFY(!key.isEmpty());
    begin();
    QCOMPARE(entry(key).person.id, sample("contact_id"));
    m_desk->session.screenPop().unchoose(key, entry(key).number);
    QVERIFY(entry(key).person.isNull());
    QTRY_COMPARE_WITH_TIMEOUT(puts().size(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QVERIFY(lastPut().value(QLatin1String("Who_Id")).isNull());
    QVERIFY(record(key).value(QLatin1String("Who_Id")).toObject().isEmpty());
}

void TestLoggedCall::leadMadeAfterwardsGetsTheCall()
{
    const QString key = loggedCall(QStringLiteral("late-lead"), QStringLiteral("+971501110077"));
    QVERIFY(!key.isEmpty());
    QVERIFY(entry(key).person.isNull());
    AgentSession &session = m_desk->session;
    QSignalSpy problems(&session, &AgentSession::problem);
    session.newPeople().open(entry(key), QStringLiteral("Leads"));
    NewPerson *person = session.newPeople().opened(key);
    QVERIFY(person);
    person->setValue(QStringLiteral("Last_Name"), QStringLiteral("Afterwards"));
    person->setValue(QStringLiteral("Company"), QStringLiteral("Whitfield & Sons"));
    person->create();
    QTRY_COMPARE_WITH_TIMEOUT(puts().size(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(entry(key).person.module, QStringLiteral("Leads"));
    QCOMPARE(record(key).value(QLatin1String("What_Id")).toObject().value(QLatin1String("id")).toString(),
             entry(key).person.id);
    QCOMPARE(lastPut().value(QLatin1String("$se_module")).toString(), QStringLiteral("Leads"));
    QCOMPARE(problems.count(), 0);
}

void TestLoggedCall::editsWithoutANetworkBecomeOne()
{
    const QString key = loggedKnownCall(QStringLiteral("offline"));
    QVERIFY(!key.isEmpty());
    impatient();
    crmDown();
    AgentSession &session = m_desk->session;
    for (const auto &text : {QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("third")}) {
        session.wrapUp(key).setNotes(notesText + QStringLiteral("offline, ") + text, 0);
        session.log(key);
        QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Queued, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!session.dispatcher().lastProblem().isEmpty(), patience);
    }
    QTRY_COMPARE_WITH_TIMEOUT(session.dispatcher().waiting(), 1, patience);
    QCOMPARE(logState(key), LogState::Queued);
    control(HttpMethod::Delete, QStringLiteral("requests"));
    end(); // and the next morning
    noFaults();
    begin();
    QVERIFY(logState(key) != LogState::Draft); // it goes with the sign-in
    m_clock.skip(10min);
    m_desk->session.dispatcher().kick();
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QVERIFY(record(key).value(QLatin1String("Description")).toString().contains(QLatin1String("offline, third")));
    QTRY_COMPARE_WITH_TIMEOUT(puts().size(), 1, patience);
    QCOMPARE(posts(), 0);
}

void TestLoggedCall::lostAnswerOfAChangeIsNoSecondChange()
{
    const QString key = loggedKnownCall(QStringLiteral("lost"));
    QVERIFY(!key.isEmpty());
    fault({{QStringLiteral("method"), QStringLiteral("PUT")}, {QStringLiteral("drop_after_commit"), true}});
    m_desk->session.wrapUp(key).setSubject(QStringLiteral("Panels, and the invoice"));
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(puts().size(), 1, patience);
    m_clock.skip(10s);
    const auto logged = [&] {
        m_desk->session.dispatcher().kick();
        return logState(key) == LogState::Logged;
    };
    QTRY_VERIFY_WITH_TIMEOUT(logged(), patience);
    QCOMPARE(record(key).value(QLatin1String("Subject")).toString(), QStringLiteral("Panels, and the invoice"));
    QTRY_COMPARE_WITH_TIMEOUT(puts().size(), 1, patience);
    QCOMPARE(posts(), 1);
}

void TestLoggedCall::changeOnItsWaySurvivesARestart()
{
    const QString key = loggedKnownCall(QStringLiteral("flight"));
    QVERIFY(!key.isEmpty());
    fault({{QStringLiteral("method"), QStringLiteral("PUT")}, {QStringLiteral("delay"), 2000}});
    m_desk->session.wrapUp(key).setNotes(notesText + QStringLiteral("flight, changed"), 0);
    m_desk->session.log(key);
    const auto inFlight = [this] {
        const auto open = await(m_desk->outbox.open());
        return open.ok() && open.value().size() == 1 && open.value().first().state == OutboxState::InFlight;
    };
    QTRY_VERIFY_WITH_TIMEOUT(inFlight(), patience);
    m_desk->session.wrapUp(key).setNotes(notesText + QStringLiteral("flight, changed again"), 0);
    begin(); // the answer never comes
    m_clock.skip(10s);
    m_desk->session.dispatcher().kick();
    // What was typed behind it follows by itself.
    QTRY_VERIFY_WITH_TIMEOUT(
        record(key).value(QLatin1String("Description")).toString().contains(QLatin1String("flight, changed again")),
        patience);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(notesText + QStringLiteral("flight")).size(), 1);
}

void TestLoggedCall::editedTextSurvivesARestart()
{
    const QString key = loggedKnownCall(QStringLiteral("draft"));
    QVERIFY(!key.isEmpty());
    WrapUp &notes = m_desk->session.wrapUp(key);
    notes.setNotes(notesText + QStringLiteral("draft, half a sen"), 3);
    QTRY_COMPARE_WITH_TIMEOUT(notes.saveState(), WrapUp::SaveState::Saved, patience);
    begin();
    QCOMPARE(logState(key), LogState::Draft);
    QVERIFY(entry(key).changedSinceLogged());
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->session.wrapUp(key).loaded(), patience);
    QCOMPARE(m_desk->session.wrapUp(key).draft().notes, notesText + QStringLiteral("draft, half a sen"));
    QCOMPARE(m_desk->session.wrapUp(key).draft().cursor, 3);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QVERIFY(record(key).value(QLatin1String("Description")).toString().contains(QLatin1String("half a sen")));
    QCOMPARE(posts(), 1);
}

void TestLoggedCall::othersChangeIsNotWrittenOver()
{
    const QString key = loggedKnownCall(QStringLiteral("other"));
    QVERIFY(!key.isEmpty());
    somebodyElseWrites(key, {{QStringLiteral("Description"), QStringLiteral("Written by the team lead.")}});
    AgentSession &session = m_desk->session;
    session.wrapUp(key).setNotes(notesText + QStringLiteral("other, mine"), 0);
    session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Rejected, patience);
    QVERIFY2(entry(key).logMessage.contains(QLatin1String("the notes")), qPrintable(entry(key).logMessage));
    QCOMPARE(puts().size(), 0);
    QCOMPARE(record(key).value(QLatin1String("Description")).toString(), QStringLiteral("Written by the team lead."));
    QCOMPARE(session.wrapUp(key).draft().notes, notesText + QStringLiteral("other, mine"));
    QVERIFY(!entry(key).crmCallId.isEmpty());
    begin(); // told of it, also in another run, the agent sees both and decides
    QCOMPARE(logState(key), LogState::Rejected);
    const QList<FieldVersions> both{{.label = QStringLiteral("Notes"),
                                     .theirs = QStringLiteral("Written by the team lead."),
                                     .mine = notesText + QStringLiteral("other, mine")}};
    QVERIFY(await(m_desk->session.versions(key)).value() == both);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QVERIFY(record(key).value(QLatin1String("Description")).toString().contains(QLatin1String("other, mine")));
    QVERIFY(await(m_desk->session.versions(key)).value().isEmpty());
}

void TestLoggedCall::othersChangeOfAnotherFieldIsNone()
{
    const QString key = loggedKnownCall(QStringLiteral("beside"));
    QVERIFY(!key.isEmpty());
    somebodyElseWrites(key, {{QStringLiteral("Subject"), QStringLiteral("Renamed by a workflow")}});
    m_desk->session.wrapUp(key).setNotes(notesText + QStringLiteral("beside, mine"), 0);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(record(key).value(QLatin1String("Subject")).toString(), QStringLiteral("Renamed by a workflow"));
    QVERIFY(record(key).value(QLatin1String("Description")).toString().contains(QLatin1String("beside, mine")));
    QTRY_COMPARE_WITH_TIMEOUT(puts().size(), 1, patience);
    QCOMPARE(lastPut().keys(), QStringList{QStringLiteral("Description")});
}

void TestLoggedCall::othersChangeCanBeKept()
{
    const QString key = loggedKnownCall(QStringLiteral("theirs"));
    QVERIFY(!key.isEmpty());
    somebodyElseWrites(key, {{QStringLiteral("Description"), QStringLiteral("Theirs.")}});
    m_desk->session.wrapUp(key).setNotes(QStringLiteral("Mine."), 0);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Rejected, patience);
    m_desk->session.discardChanges(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(m_desk->session.wrapUp(key).draft().notes, QStringLiteral("Theirs."));
    QCOMPARE(record(key).value(QLatin1String("Description")).toString(), QStringLiteral("Theirs."));
    QCOMPARE(puts().size(), 0);
}

void TestLoggedCall::discardingPutsBackWhatWasLogged()
{
    const QString key = loggedKnownCall(QStringLiteral("undo"));
    QVERIFY(!key.isEmpty());
    WrapUp &notes = m_desk->session.wrapUp(key);
    const QString subject = notes.draft().subject;
    notes.setNotes(QStringLiteral("gone"), 0);
    notes.setSubject(QStringLiteral("gone too"));
    m_desk->session.discardChanges(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(notes.draft().notes, notesText + QStringLiteral("undo"));
    QCOMPARE(notes.draft().subject, subject);
    QCOMPARE(entry(key).person.id, sample("contact_id"));
    begin();
    QCOMPARE(logState(key), LogState::Logged);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->session.wrapUp(key).loaded(), patience);
    QCOMPARE(m_desk->session.wrapUp(key).draft().notes, notesText + QStringLiteral("undo"));
    QVERIFY(await(m_desk->drafts.unlogged()).value().isEmpty());
    QCOMPARE(puts().size(), 0);
}

void TestLoggedCall::refusedChangeStaysHere()
{
    const QString key = loggedKnownCall(QStringLiteral("refused"));
    QVERIFY(!key.isEmpty());
    const QString crmId = entry(key).crmCallId;
    const QString body = QStringLiteral(R"({"data":[{"code":"INVALID_DATA","details":{"api_name":"Subject"},)"
                                        R"("message":"invalid data","status":"error"}]})");
    fault({{QStringLiteral("method"), QStringLiteral("PUT")},
           {QStringLiteral("status"), 400},
           {QStringLiteral("body"), body}});
    m_desk->session.wrapUp(key).setSubject(QStringLiteral("Refused"));
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Rejected, patience);
    QCOMPARE(entry(key).crmCallId, crmId);
    begin();
    QCOMPARE(logState(key), LogState::Rejected);
    QCOMPARE(entry(key).crmCallId, crmId);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(record(key).value(QLatin1String("Subject")).toString(), QStringLiteral("Refused"));
    QCOMPARE(posts(), 1);
}

void TestLoggedCall::valueOfAnotherRecordIsNoChangeMeanwhile()
{
    const QString key = loggedKnownCall(QStringLiteral("twin"));
    QVERIFY(!key.isEmpty());
    const QString body = QStringLiteral(R"({"data":[{"code":"DUPLICATE_DATA","details":{"api_name":"Ticket_Number",)"
                                        R"("duplicate_record":{"id":"5725767000000000001"}},"status":"error"}]})");
    fault({{QStringLiteral("method"), QStringLiteral("PUT")},
           {QStringLiteral("status"), 400},
           {QStringLiteral("body"), body},
           {QStringLiteral("times"), -1}});
    m_desk->session.wrapUp(key).setNotes(notesText + QStringLiteral("twin, corrected"), 3);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Rejected, patience);
    QCOMPARE(puts().size(), 1);
    QVERIFY2(entry(key).logMessage.contains(QLatin1String("same Ticket Number")), qPrintable(entry(key).logMessage));
    QCOMPARE(entry(key).refused.size(), 1);
    QCOMPARE(entry(key).refused.constFirst().field, QStringLiteral("Ticket_Number"));
}

void TestLoggedCall::deletedRecordIsSaid()
{
    const QString key = loggedKnownCall(QStringLiteral("deleted"));
    QVERIFY(!key.isEmpty());
    QVERIFY(await(m_desk->crm.removeRecord({QStringLiteral("Calls"), entry(key).crmCallId})).ok());
    m_desk->session.wrapUp(key).setNotes(QStringLiteral("Too late"), 0);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Rejected, patience);
    QVERIFY2(entry(key).logMessage.contains(QLatin1String("no longer in Zoho CRM")), qPrintable(entry(key).logMessage));
    QCOMPARE(m_desk->session.wrapUp(key).draft().notes, QStringLiteral("Too late"));
    QCOMPARE(posts(), 1); // it is not made anew behind anybody's back
}

void TestLoggedCall::networkThatReturnsSendsAtOnce()
{
    NetworkInHand network;
    m_desk->session.followNetwork(network);
    const QString key = loggedKnownCall(QStringLiteral("net"));
    QVERIFY(!key.isEmpty());
    impatient();
    OutboxDispatcher &dispatcher = m_desk->session.dispatcher();
    network.become(false);
    crmDown();
    m_desk->session.wrapUp(key).setNotes(notesText + QStringLiteral("net, later"), 0);
    m_desk->session.log(key);
    // So long without it that the next try is minutes away.
    const auto farAway = [&] {
        dispatcher.kick();
        return dispatcher.nextTryAt() > m_clock.now().addSecs(60);
    };
    QTRY_VERIFY_WITH_TIMEOUT(farAway(), patience);
    noFaults();
    network.become(false);
    QCOMPARE(logState(key), LogState::Queued);
    network.become(true);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QVERIFY(record(key).value(QLatin1String("Description")).toString().contains(QLatin1String("net, later")));
    end(); // before the network that it follows
}

QTEST_GUILESS_MAIN(TestLoggedCall)
#include "tst_logged_call.moc"
