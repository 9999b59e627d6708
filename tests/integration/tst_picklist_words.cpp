// SPDX-License-Identifier: Apache-2.0
#include "FlowBench.h"

#include "Await.h"
#include "CallerProfile.h"
#include "Disposition.h"
#include "LeadOffer.h"
#include "RecordRemoval.h"
#include "WrapUp.h"

#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// A company that shows other words than the CRM stores: the agent picks and reads the word, the CRM holds what it
/// stored before. "Interested" is even the word for one result and what is stored for another.
class TestPicklistWords : public QObject, private FlowBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { end(); }

    void resultIsStoredByItsCode();
    void changedResultIsStoredByItsCode();
    void resultThatSomebodyElseChoseIsShownByItsWord();
    void inactiveIsShownByItsWord();
    void stageOfAConversionIsShownByItsWord();

private:
    void rename(const char *module, const char *field, const char *value, const char *shown);
    QString loggedCall(const QString &id, const QString &result, const QString &reason);
    QJsonObject stored(const RecordRef &ref);
    QString storedText(const QString &key, const char *field);
    RecordRef newLead();
    Candidate candidate(const RecordRef &ref) const;
    static QString detail(const CallerProfile &profile, const QString &field);

    const QString m_reason = QStringLiteral("Reason_Code");
};

void TestPicklistWords::rename(const char *module, const char *field, const char *value, const char *shown)
{
    QVERIFY(!control(HttpMethod::Post, QStringLiteral("picklist"),
                     {{QStringLiteral("module"), QLatin1String(module)},
                      {QStringLiteral("field"), QLatin1String(field)},
                      {QStringLiteral("value"), QLatin1String(value)},
                      {QStringLiteral("shown"), QLatin1String(shown)}})
                 .isEmpty());
}

void TestPicklistWords::initTestCase()
{
    startSandbox();
    rename("Calls", "Call_Result", "Interested", "Hot");
    rename("Calls", "Call_Result", "Not interested", "Interested");
    rename("Calls", "Reason_Code", "Service", "Repair");
    rename("Leads", "Lead_Status", "Junk Lead", "Out of use");
    rename("Deals", "Stage", "Qualification", "First talk");
}

void TestPicklistWords::init()
{
    makeProfile();
    m_desk->session.disposition().refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!m_desk->session.disposition().results().isEmpty(), patience);
}

QString TestPicklistWords::loggedCall(const QString &id, const QString &result, const QString &reason)
{
    const QString key = finishedCall(id, sample("known"));
    if (key.isEmpty())
        return {};
    WrapUp &wrapUp = m_desk->session.wrapUp(key);
    wrapUp.setResult(result);
    wrapUp.setValue(m_reason, reason);
    m_desk->session.log(key);
    return QTest::qWaitFor([&] { return logState(key) == LogState::Logged; }, patience) ? key : QString();
}

QJsonObject TestPicklistWords::stored(const RecordRef &ref)
{
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("records/") + ref.module).value(QLatin1String("data")).toArray();
    for (const auto &one : all) {
        if (one.toObject().value(QLatin1String("id")).toString() == ref.id)
            return one.toObject();
    }
    return {};
}

QString TestPicklistWords::storedText(const QString &key, const char *field)
{
    return stored({QStringLiteral("Calls"), entry(key).crmCallId}).value(QLatin1String(field)).toString();
}

RecordRef TestPicklistWords::newLead()
{
    const Result<QString> made = await(
        m_desk->crm.createRecord(QStringLiteral("Leads"), {{QStringLiteral("Last_Name"), QStringLiteral("Okafor")},
                                                           {QStringLiteral("Company"), QStringLiteral("Okafor Ltd")}}));
    return made.ok() ? RecordRef{QStringLiteral("Leads"), made.value()} : RecordRef();
}

Candidate TestPicklistWords::candidate(const RecordRef &ref) const
{
    Candidate one;
    one.ref = ref;
    one.name = QStringLiteral("Okafor");
    return one;
}

QString TestPicklistWords::detail(const CallerProfile &profile, const QString &field)
{
    for (const ProfileField &one : profile.data().details) {
        if (one.apiName == field)
            return one.value;
    }
    return {};
}

void TestPicklistWords::resultIsStoredByItsCode()
{
    const QStringList results = m_desk->session.disposition().results();
    QVERIFY2(results.contains(QLatin1String("Hot")) && results.contains(QLatin1String("Interested")) &&
                 !results.contains(QLatin1String("Not interested")),
             qPrintable(results.join(QLatin1Char(','))));
    const QString key = loggedCall(QStringLiteral("first"), QStringLiteral("Hot"), QStringLiteral("Repair"));
    QVERIFY(!key.isEmpty());
    QCOMPARE(storedText(key, "Call_Result"), QStringLiteral("Interested"));
    QCOMPARE(storedText(key, "Reason_Code"), QStringLiteral("Service"));
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->session.wrapUp(key).loaded(), patience);
    QCOMPARE(m_desk->session.wrapUp(key).draft().result, QStringLiteral("Hot"));
    QCOMPARE(m_desk->session.wrapUp(key).draft().values.value(m_reason), QStringLiteral("Repair"));
}

void TestPicklistWords::changedResultIsStoredByItsCode()
{
    const QString key = loggedCall(QStringLiteral("edited"), QStringLiteral("Hot"), QStringLiteral("Sales"));
    QVERIFY(!key.isEmpty());
    // The word that is picked now is what is stored already, for the other one.
    for (const auto &[word, code] : {std::pair(QStringLiteral("Interested"), QStringLiteral("Not interested")),
                                     std::pair(QStringLiteral("Hot"), QStringLiteral("Interested"))}) {
        m_desk->session.wrapUp(key).setResult(word);
        m_desk->session.log(key);
        QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
        QCOMPARE(storedText(key, "Call_Result"), code);
        QCOMPARE(m_desk->session.wrapUp(key).draft().result, word);
    }
    QCOMPARE(posts(), 1);
}

void TestPicklistWords::resultThatSomebodyElseChoseIsShownByItsWord()
{
    const QString key = loggedCall(QStringLiteral("other"), QStringLiteral("Hot"), QStringLiteral("Sales"));
    QVERIFY(!key.isEmpty());
    const RecordRef ref{QStringLiteral("Calls"), entry(key).crmCallId};
    QVERIFY(await(m_desk->crm.updateRecord(ref, {{QStringLiteral("Call_Result"), QStringLiteral("Not interested")},
                                                 {m_reason, QStringLiteral("Service")}}))
                .ok());
    WrapUp &wrapUp = m_desk->session.wrapUp(key);
    wrapUp.setResult(QStringLiteral("Requested call back"));
    wrapUp.setValue(m_reason, QStringLiteral("Billing"));
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Rejected, patience);
    QVERIFY2(entry(key).logMessage.contains(QLatin1String("the result")), qPrintable(entry(key).logMessage));
    m_desk->session.discardChanges(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(wrapUp.draft().result, QStringLiteral("Interested"));
    QCOMPARE(wrapUp.draft().values.value(m_reason), QStringLiteral("Repair"));
    QCOMPARE(storedText(key, "Call_Result"), QStringLiteral("Not interested"));

    wrapUp.setResult(QStringLiteral("Hot")); // and what is changed from there is no conflict
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(storedText(key, "Call_Result"), QStringLiteral("Interested"));
    QCOMPARE(storedText(key, "Reason_Code"), QStringLiteral("Service"));
}

void TestPicklistWords::inactiveIsShownByItsWord()
{
    const QString status = QStringLiteral("Lead_Status");
    QVERIFY(m_desk->settings.set(SettingKey::InactiveField, status).ok());
    QVERIFY(m_desk->settings.set(SettingKey::InactiveValue, QStringLiteral("Out of use")).ok());
    const RecordRef lead = newLead();
    QVERIFY(!lead.isNull());
    CallerProfile *profile = m_desk->session.openProfile(candidate(lead), this);
    profile->load();
    QTRY_COMPARE_WITH_TIMEOUT(profile->data().timelineState.status, PartState::Status::Ready, patience);
    QCOMPARE(detail(*profile, status), QString());
    const std::unique_ptr<RecordRemoval> removal = m_desk->session.removal(lead, QStringLiteral("Okafor"));
    QTRY_VERIFY_WITH_TIMEOUT(removal->canMarkInactive(), patience);
    removal->markInactive();
    QTRY_COMPARE_WITH_TIMEOUT(removal->state(), RecordRemoval::State::MarkedInactive, patience);
    QCOMPARE(stored(lead).value(status).toString(), QStringLiteral("Junk Lead"));
    profile->recordChanged();
    QTRY_COMPARE_WITH_TIMEOUT(detail(*profile, status), QStringLiteral("Out of use"), patience);
    delete profile;
}

void TestPicklistWords::stageOfAConversionIsShownByItsWord()
{
    QVERIFY(m_desk->settings.set(SettingKey::FeatureConvert, QStringLiteral("true")).ok());
    const RecordRef lead = newLead();
    QVERIFY(!lead.isNull());
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->session.canConvert(lead), patience);
    const std::unique_ptr<LeadOffer> offer = m_desk->session.conversion(lead, QStringLiteral("Okafor"));
    QVERIFY(offer);
    QTRY_COMPARE_WITH_TIMEOUT(offer->state(), LeadOffer::State::Asking, patience);
    QTRY_VERIFY_WITH_TIMEOUT(offer->stages().contains(QStringLiteral("First talk")), patience);
    offer->convert({.accountId = {},
                    .dealName = QStringLiteral("Renewal"),
                    .closing = QDate::currentDate().addMonths(1),
                    .stage = QStringLiteral("First talk")});
    QTRY_COMPARE_WITH_TIMEOUT(offer->state(), LeadOffer::State::Converted, patience);
    QCOMPARE(stored(offer->became().deal).value(QLatin1String("Stage")).toString(), QStringLiteral("Qualification"));
    CallerProfile *profile = m_desk->session.openProfile(candidate(offer->became().contact), this);
    profile->load();
    QTRY_COMPARE_WITH_TIMEOUT(profile->data().timelineState.status, PartState::Status::Ready, patience);
    const QList<RelatedTab> &tabs = profile->data().tabs;
    const auto deals = std::find_if(tabs.cbegin(), tabs.cend(),
                                    [](const RelatedTab &tab) { return tab.apiName == QLatin1String("Deals"); });
    QVERIFY(deals != tabs.cend());
    QCOMPARE(deals->rows.size(), 1);
    QVERIFY2(deals->rows.first().contains(QStringLiteral("First talk")),
             qPrintable(deals->rows.first().join(QLatin1Char(','))));
    const QList<TimelineItem> &lines = profile->data().timeline;
    QVERIFY(std::any_of(lines.cbegin(), lines.cend(), [](const TimelineItem &line) {
        return line.kind == TimelineItem::Kind::Deal && line.detail.contains(QLatin1String("First talk"));
    }));
    delete profile;
}

QTEST_GUILESS_MAIN(TestPicklistWords)
#include "tst_picklist_words.moc"
