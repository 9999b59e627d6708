// SPDX-License-Identifier: Apache-2.0
#include "FlowBench.h"

#include "Await.h"
#include "LeadOffer.h"
#include "OutboxDispatcher.h"
#include "ScreenPop.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

/// Calls with a lead who is made a contact, with a deal: where they are in the CRM afterwards.
class TestConvertedLead : public QObject, private FlowBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(); }
    void init();
    void cleanup() { end(); }

    void loggedCallGoesToTheContactAndTheDeal();
    void waitingCallGoesThereToo();
    void callWaitsWhileAColleagueConverts_data();
    void callWaitsWhileAColleagueConverts();
    void leadThatNobodyConvertedKeepsTheCall();
    void contactThatIsThereAlreadyGetsTheCall();

private:
    QString callWithLead(const QString &id);
    QString unansweredLog(const QString &id);
    void convertHere(const QString &key);
    void convertElsewhere();
    void sendLate(const QString &key);
    static QString idOf(const QJsonObject &record, const char *field)
    {
        return record.value(QLatin1String(field)).toObject().value(QLatin1String("id")).toString();
    }
    void isWithContactAndDeal(const QString &id);
    int leadReads();

    QString m_number;
    RecordRef m_lead;
    ConvertedLead m_became;
    static inline int m_people = 0;
};

void TestConvertedLead::init()
{
    makeProfile();
    QVERIFY(m_desk->settings.set(SettingKey::FeatureConvert, QStringLiteral("true")).ok());
    m_number = QStringLiteral("+9715011100%1").arg(++m_people, 2, 10, QLatin1Char('0'));
    const Result<QString> made = await(
        m_desk->crm.createRecord(QStringLiteral("Leads"), {{QStringLiteral("Last_Name"), QStringLiteral("Okafor")},
                                                           {QStringLiteral("First_Name"), QStringLiteral("Ada")},
                                                           {QStringLiteral("Company"), QStringLiteral("Okafor Ltd")},
                                                           {QStringLiteral("Phone"), m_number}}));
    QVERIFY2(made.ok(), made.ok() ? "" : qPrintable(made.error().message));
    m_lead = {QStringLiteral("Leads"), made.value()};
    m_became = {};
    m_desk->metadata.prepare(QStringLiteral("Deals"));
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->metadata.known(QStringLiteral("Deals")), patience);
}

QString TestConvertedLead::callWithLead(const QString &id)
{
    const QString key = finishedCall(id, m_number);
    return !key.isEmpty() && entry(key).person == m_lead ? key : QString();
}

/// Sent, and the connection broke: it is looked for in the CRM, and sent again once it is sure not to be there.
QString TestConvertedLead::unansweredLog(const QString &id)
{
    const QString key = callWithLead(id);
    if (key.isEmpty())
        return {};
    fault({{QStringLiteral("method"), QStringLiteral("POST")}, {QStringLiteral("reset"), true}});
    m_desk->session.log(key);
    const bool waits = QTest::qWaitFor(
        [this] {
            const auto open = await(m_desk->outbox.open());
            return open.ok() && open.value().size() == 1 && open.value().constFirst().state == OutboxState::Confirming;
        },
        patience);
    return waits ? key : QString();
}

void TestConvertedLead::convertHere(const QString &key)
{
    AgentSession &session = m_desk->session;
    QTRY_VERIFY_WITH_TIMEOUT(session.canConvert(m_lead), patience);
    const std::unique_ptr<LeadOffer> offer = session.conversion(m_lead, QStringLiteral("Ada Okafor"));
    QVERIFY(offer);
    QTRY_COMPARE_WITH_TIMEOUT(offer->state(), LeadOffer::State::Asking, patience);
    QVERIFY(offer->canMakeDeal());
    offer->convert({.accountId = {},
                    .dealName = QStringLiteral("Renewal"),
                    .closing = QDate::currentDate().addMonths(1),
                    .stage = offer->stages().constFirst()});
    QTRY_COMPARE_WITH_TIMEOUT(offer->state(), LeadOffer::State::Converted, patience);
    m_became = offer->became();
    Candidate contact;
    contact.ref = m_became.contact;
    contact.name = QStringLiteral("Ada Okafor");
    session.leadConverted(m_lead, contact, m_became.deal, key);
}

void TestConvertedLead::convertElsewhere()
{
    LeadConversion conversion;
    conversion.deal = {{QStringLiteral("Deal_Name"), QStringLiteral("Renewal")},
                       {QStringLiteral("Closing_Date"), QDate::currentDate().addMonths(1).toString(Qt::ISODate)},
                       {QStringLiteral("Stage"), QStringLiteral("Qualification")}};
    const Result<ConvertedLead> made = await(m_desk->crm.convertLead(m_lead.id, conversion));
    QVERIFY2(made.ok(), made.ok() ? "" : qPrintable(made.error().message));
    m_became = made.value();
}

void TestConvertedLead::sendLate(const QString &key)
{
    m_clock.skip(70s);
    const auto logged = [&] {
        m_desk->session.dispatcher().kick();
        return logState(key) == LogState::Logged;
    };
    QTRY_VERIFY_WITH_TIMEOUT(logged(), patience);
}

void TestConvertedLead::isWithContactAndDeal(const QString &id)
{
    QVERIFY(!m_became.contact.isNull() && !m_became.deal.isNull());
    const QJsonArray calls = callsWith(notesText + id);
    QCOMPARE(calls.size(), 1);
    const QJsonObject call = calls.first().toObject();
    QCOMPARE(idOf(call, "Who_Id"), m_became.contact.id);
    QCOMPARE(idOf(call, "What_Id"), m_became.deal.id);
    QCOMPARE(call.value(QLatin1String("$se_module")).toString(), QStringLiteral("Deals"));
}

int TestConvertedLead::leadReads()
{
    int count = 0;
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
    for (const auto &one : all) {
        const QJsonObject request = one.toObject();
        const bool ofLead =
            request.value(QLatin1String("path")).toString().endsWith(QLatin1String("/Leads/") + m_lead.id);
        if (ofLead && request.value(QLatin1String("query")).toString().contains(QLatin1String("Converted_Deal")))
            ++count;
    }
    return count;
}

void TestConvertedLead::loggedCallGoesToTheContactAndTheDeal()
{
    const QString id = QStringLiteral("logged");
    const QString key = callWithLead(id);
    QVERIFY(!key.isEmpty());
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(idOf(callsWith(notesText + id).first().toObject(), "What_Id"), m_lead.id);
    QSignalSpy problems(&m_desk->session, &AgentSession::problem);
    convertHere(key);
    QCOMPARE(entry(key).person, m_became.contact);
    QTRY_COMPARE_WITH_TIMEOUT(idOf(callsWith(notesText + id).first().toObject(), "What_Id"), m_became.deal.id,
                              patience);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    isWithContactAndDeal(id);
    QCOMPARE(posts(), 1);
    QCOMPARE(problems.count(), 0);
}

void TestConvertedLead::waitingCallGoesThereToo()
{
    const QString id = QStringLiteral("waiting");
    const QString key = unansweredLog(id);
    QVERIFY(!key.isEmpty());
    convertHere({});
    QCOMPARE(entry(key).person, m_became.contact);
    sendLate(key);
    isWithContactAndDeal(id);
}

void TestConvertedLead::callWaitsWhileAColleagueConverts_data()
{
    QTest::addColumn<bool>("restart");
    QTest::newRow("in one run") << false;
    QTest::newRow("over a restart") << true;
}

void TestConvertedLead::callWaitsWhileAColleagueConverts()
{
    QFETCH(bool, restart);
    const QString id = restart ? QStringLiteral("elsewhere-restarted") : QStringLiteral("elsewhere");
    const QString key = unansweredLog(id);
    QVERIFY(!key.isEmpty());
    convertElsewhere();
    if (restart)
        begin();
    sendLate(key);
    QCOMPARE(entry(key).person, m_became.contact);
    isWithContactAndDeal(id);
}

void TestConvertedLead::leadThatNobodyConvertedKeepsTheCall()
{
    const QString first = QStringLiteral("at once");
    const QString key = callWithLead(first);
    QVERIFY(!key.isEmpty());
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(leadReads(), 0); // Who was looked up a moment ago is not asked for again.
    const QString second = QStringLiteral("late");
    const QString late = unansweredLog(second);
    QVERIFY(!late.isEmpty());
    sendLate(late);
    QVERIFY(leadReads() > 0);
    for (const QString &id : {first, second})
        QCOMPARE(idOf(callsWith(notesText + id).first().toObject(), "What_Id"), m_lead.id);
}

/// The CRM takes no second contact with a value of the lead's: the lead is made part of the one that is there.
void TestConvertedLead::contactThatIsThereAlreadyGetsTheCall()
{
    const QString contacts = QStringLiteral("Contacts");
    const auto made =
        await(m_desk->crm.createRecord(contacts, {{QStringLiteral("Last_Name"), QStringLiteral("Okafor-Bello")}}));
    QVERIFY(made.ok());
    const RecordRef contact{contacts, made.value()};
    const QString id = QStringLiteral("twin");
    const QString key = callWithLead(id);
    QVERIFY(!key.isEmpty());
    const QJsonObject there{{QStringLiteral("id"), contact.id},
                            {QStringLiteral("module"), QJsonObject{{QStringLiteral("api_name"), contacts}}}};
    const QJsonObject refusal{
        {QStringLiteral("code"), QStringLiteral("DUPLICATE_DATA")},
        {QStringLiteral("details"), QJsonObject{{QStringLiteral("api_name"), QStringLiteral("Email")},
                                                {QStringLiteral("duplicate_record"), there}}},
        {QStringLiteral("message"), QStringLiteral("duplicate data")},
        {QStringLiteral("status"), QStringLiteral("error")}};
    fault({{QStringLiteral("path"), QStringLiteral("/crm/v8/Leads/") + m_lead.id},
           {QStringLiteral("method"), QStringLiteral("POST")},
           {QStringLiteral("status"), 400},
           {QStringLiteral("body"), QJsonObject{{QStringLiteral("data"), QJsonArray{refusal}}}}});
    AgentSession &session = m_desk->session;
    QTRY_VERIFY_WITH_TIMEOUT(session.canConvert(m_lead), patience);
    const std::unique_ptr<LeadOffer> offer = session.conversion(m_lead, QStringLiteral("Ada Okafor"));
    QVERIFY(offer);
    QTRY_COMPARE_WITH_TIMEOUT(offer->state(), LeadOffer::State::Asking, patience);
    LeadOffer::Choice choice;
    offer->convert(choice);
    QTRY_VERIFY_WITH_TIMEOUT(offer->existing().has_value(), patience);
    QCOMPARE(offer->existing()->ref, contact);
    QCOMPARE(offer->existing()->name, QStringLiteral("Okafor-Bello"));
    choice.contactId = contact.id;
    offer->convert(choice);
    QTRY_COMPARE_WITH_TIMEOUT(offer->state(), LeadOffer::State::Converted, patience);
    QCOMPARE(offer->person().ref, contact);
    session.leadConverted(m_lead, offer->person(), {}, key);
    QTRY_COMPARE_WITH_TIMEOUT(entry(key).person, contact, patience);
    QCOMPARE(entry(key).personName, QStringLiteral("Okafor-Bello"));
    session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(idOf(callsWith(notesText + id).first().toObject(), "Who_Id"), contact.id);
}

QTEST_GUILESS_MAIN(TestConvertedLead)
#include "tst_converted_lead.moc"
