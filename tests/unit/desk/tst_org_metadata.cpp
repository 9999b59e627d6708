// SPDX-License-Identifier: Apache-2.0
#include "OrgMetadata.h"

#include "CreditMeter.h"
#include "DeskBench.h"
#include "Disposition.h"
#include "FakeAlarm.h"
#include "MetadataCache.h"
#include "SearchedModules.h"

#include <QSignalSpy>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

QString sites()
{
    return QStringLiteral("Sites");
}

QString calls()
{
    return QStringLiteral("Calls");
}

QString org()
{
    return QStringLiteral("60021");
}

RawServer::Answer told(const QByteArray &body)
{
    return {.bytes = RawServer::response(200, body), .then = RawServer::Then::KeepOpen};
}

/// An org with a module of its own, whose fields nobody could guess.
RawServer::Answer company(const RawServer::Arrival &arrival)
{
    const QByteArray &target = arrival.target;
    if (target.contains("settings/modules"))
        return told(R"({"modules":[{"api_name":"Contacts","singular_label":"Person","plural_label":"People"},)"
                    R"({"api_name":"Sites","singular_label":"Site","plural_label":"Sites","generated_type":"custom"},)"
                    R"({"api_name":"Notes","singular_label":"Note","common":{"search_supported":false}}]})");
    if (target.contains("settings/fields?module=Sites"))
        return told(
            R"({"fields":[{"api_name":"Name","field_label":"Site name","data_type":"text","system_mandatory":true},)"
            R"({"api_name":"Gate_Phone","field_label":"Gate phone","data_type":"phone"},)"
            R"({"api_name":"Guard","field_label":"Guard on duty","data_type":"phone"}]})");
    if (target.contains("settings/fields?module=Calls"))
        return told(R"({"fields":[{"api_name":"Subject","data_type":"text","length":255},{"api_name":"Call_Type"},)"
                    R"({"api_name":"Call_Result","data_type":"picklist","pick_list_values":[)"
                    R"({"display_value":"Bought","actual_value":"Interested","sequence_number":1}]},)"
                    R"({"api_name":"Call_Purpose","data_type":"picklist","pick_list_values":[)"
                    R"({"display_value":"Desk","actual_value":"Desk","sequence_number":1}]},)"
                    R"({"api_name":"Outbound_Call_Status","data_type":"picklist"}]})");
    if (target.contains("settings/layouts?module=Sites"))
        return told(R"({"layouts":[{"id":"1","name":"Standard","status":"active","sections":[{"name":"Site","fields":[)"
                    R"({"api_name":"Name","required":true},{"api_name":"Area","required":true},)"
                    R"({"api_name":"Site_Number","required":true,"read_only":true}]}]},)"
                    R"({"id":"2","name":"Old","status":"inactive","sections":[{"name":"Site","fields":[)"
                    R"({"api_name":"Fax","required":true}]}]}]})");
    if (target.contains("settings/related_lists?module=Sites"))
        return told(
            R"({"related_lists":[{"api_name":"Deals","display_label":"Orders here","module":{"api_name":"Deals"}}]})");
    if (target.contains("settings/"))
        return noRecords();
    return refused(404, QStringLiteral("INVALID_URL_PATTERN"));
}

} // namespace

class TestOrgMetadata : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void readsEachModuleOnce();
    void drivesTheSearch();
    void modulesThatCannotBeSearchedAreNamed_data();
    void modulesThatCannotBeSearchedAreNamed();
    void tellsWhatMustBeFilledIn();
    void servesTheNextRunWithoutANetwork();
    void isReadAgainAfterADay();
    void aRunningDeskReadsAgainAfterADay();
    void aModuleThatWasHiddenLeavesTheSearch();
    void scarceCreditsPutItOff();
    void whatTheCrmRefusesIsNotAskedForAllDay();
    void whatIsOldServesWhileItIsReadAgain();
    void belongsToItsOrg();
    void isNotReadTwiceWhileTheStoreIsAsked();
    void refusedPartsLeaveTheRest();
    void layoutsThatABadMomentTookAreAskedForAgain_data();
    void layoutsThatABadMomentTookAreAskedForAgain();
    void picklistsAndNamesOfCalls();
    void keepsWhatItKnowsWhenTheCrmFails();

private:
    void restart();
    bool kept(const QString &module); ///< On disk.
    bool settled();                   ///< What was sent before has been answered.
    void leave(qint64 credits);       ///< Of a thousand.
    int requests() const { return m_bench->count("GET", "/settings/"); }
    bool prepared(OrgMetadata &metadata, const QString &module);

    AlarmRecord m_alarm;
    std::unique_ptr<DeskBench> m_bench;
    std::unique_ptr<OrgMetadata> m_metadata;
};

void TestOrgMetadata::init()
{
    m_bench = std::make_unique<DeskBench>(company);
    QVERIFY(m_bench->open());
    restart();
}

void TestOrgMetadata::cleanup()
{
    m_metadata.reset();
    m_bench.reset();
}

void TestOrgMetadata::restart()
{
    m_metadata = std::make_unique<OrgMetadata>(m_bench->crm, m_bench->store, m_bench->clock);
    m_metadata->setAlarm(std::make_unique<FakeAlarm>(m_alarm));
}

bool TestOrgMetadata::settled()
{
    return await(m_bench->crm.users(QStringLiteral("AllUsers"))).error().code == QLatin1String("INVALID_URL_PATTERN");
}

void TestOrgMetadata::leave(qint64 credits)
{
    HttpReply reply;
    reply.headers.insert("x-api-credits-remaining", QByteArray::number(credits));
    m_bench->scheduler.credits().setLimit(1000);
    m_bench->scheduler.credits().heard(reply);
}

bool TestOrgMetadata::kept(const QString &module)
{
    const auto there = [&] {
        const auto entries = await(MetadataCache(m_bench->store).load(org()));
        return entries.ok() && std::any_of(entries.value().cbegin(), entries.value().cend(),
                                           [&module](const CachedMetadata &entry) { return entry.module == module; });
    };
    return QTest::qWaitFor(there);
}

bool TestOrgMetadata::prepared(OrgMetadata &metadata, const QString &module)
{
    QSignalSpy ready(&metadata, &OrgMetadata::ready);
    metadata.prepare(module);
    const auto heard = [&] {
        return std::any_of(ready.cbegin(), ready.cend(),
                           [&module](const QList<QVariant> &one) { return one.first().toString() == module; });
    };
    return QTest::qWaitFor(heard);
}

void TestOrgMetadata::readsEachModuleOnce()
{
    m_metadata->setOrg(org());
    QTRY_COMPARE(m_metadata->modules().size(), 3);
    QVERIFY(prepared(*m_metadata, sites()));
    QCOMPARE(requests(), 4); // the modules; fields, layouts and related lists of one
    QVERIFY(m_metadata->known(sites()));
    QVERIFY(prepared(*m_metadata, sites()));
    m_metadata->setOrg(org());
    QVERIFY(prepared(*m_metadata, sites()));
    QCOMPARE(requests(), 4);
    const ModuleMetadata &module = m_metadata->module(sites());
    QCOMPARE(module.module.pluralLabel, QStringLiteral("Sites"));
    QVERIFY(module.module.custom);
    QCOMPARE(module.relatedLists.first().label, QStringLiteral("Orders here"));
}

void TestOrgMetadata::drivesTheSearch()
{
    const QStringList chosen{QStringLiteral("Contacts"), sites(), QStringLiteral("Notes"), QStringLiteral("Vendors")};
    QCOMPARE(m_metadata->searchModules(chosen).size(), 4); // while nothing is known, what was chosen is tried
    m_metadata->setOrg(org());
    QTRY_COMPARE(m_metadata->modules().size(), 3);
    QVERIFY(prepared(*m_metadata, sites()));
    const QList<SearchModule> searched = m_metadata->searchModules(chosen);
    QCOMPARE(searched.size(), 2); // one cannot be searched, one the org has not
    QCOMPARE(searched.at(0).label, QStringLiteral("Person"));
    QCOMPARE(searched.at(1).label, QStringLiteral("Site"));
    QCOMPARE(searched.at(1).phones.size(), 2);
    QCOMPARE(searched.at(1).phones.at(1).label, QStringLiteral("Guard on duty"));
    QVERIFY(searched.at(1).requestFields().contains(QStringLiteral("Gate_Phone")));
}

void TestOrgMetadata::modulesThatCannotBeSearchedAreNamed_data()
{
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<QStringList>("says"); // nothing: all is well
    const auto names = QStringLiteral("names what Zoho CRM does not have");
    const auto nobody = QStringLiteral("Nobody is looked for in Zoho CRM when the phone rings");
    QTest::newRow("all there") << QStringLiteral("Contacts,Sites") << QStringList();
    QTest::newRow("misspelt") << QStringLiteral("Sites,Contact")
                              << QStringList{names, QStringLiteral("cannot search: Contact.")};
    QTest::newRow("its label, and the wrong case") << QStringLiteral("Sites,contacts,Person")
                                                   << QStringList{names, QStringLiteral("contacts (perhaps Contacts)"),
                                                                  QStringLiteral("Person (perhaps Contacts)")};
    QTest::newRow("cannot be searched") << QStringLiteral("Contacts,Notes")
                                        << QStringList{names, QStringLiteral("Notes")};
    QTest::newRow("none that can") << QStringLiteral("Notes,Vendors")
                                   << QStringList{nobody, QStringLiteral("Notes"), QStringLiteral("Vendors")};
    QTest::newRow("empty") << QString() << QStringList{nobody, QStringLiteral("is empty")};
    QTest::newRow("the program's own, of which the profile hides some")
        << QStringLiteral("Contacts,Leads,Accounts") << QStringList();
}

void TestOrgMetadata::modulesThatCannotBeSearchedAreNamed()
{
    QFETCH(QString, chosen);
    QFETCH(QStringList, says);
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, chosen).ok());
    QCOMPARE(searchedModules::problem(m_bench->settings, *m_metadata), QString()); // Nobody knows yet.
    m_metadata->setOrg(org());
    QTRY_COMPARE(m_metadata->modules().size(), 3);
    const QString problem = searchedModules::problem(m_bench->settings, *m_metadata);
    QCOMPARE(problem.isEmpty(), says.isEmpty());
    for (const QString &part : says)
        QVERIFY2(problem.count(part) == 1, qPrintable(part + QStringLiteral(" is not once in: ") + problem));
}

void TestOrgMetadata::tellsWhatMustBeFilledIn()
{
    m_metadata->setOrg(org());
    QVERIFY(prepared(*m_metadata, sites()));
    QCOMPARE(m_metadata->requiredFields(sites()), (QStringList{QStringLiteral("Name"), QStringLiteral("Area")}));
    QVERIFY(m_metadata->requiredFields(QStringLiteral("Vendors")).isEmpty());
}

void TestOrgMetadata::servesTheNextRunWithoutANetwork()
{
    m_metadata->setOrg(org());
    QTRY_COMPARE(m_metadata->modules().size(), 3);
    QVERIFY(prepared(*m_metadata, sites()));
    QVERIFY(kept({}) && kept(sites()));
    restart();
    m_bench->server.setScript([](const RawServer::Arrival &) { return hangUp(); });
    m_metadata->restore();
    QTRY_VERIFY(m_metadata->known(sites()));
    QCOMPARE(m_metadata->modules().size(), 3);
    QCOMPARE(m_metadata->module(sites()).fields.at(1).label, QStringLiteral("Gate phone"));
    QCOMPARE(m_metadata->module(sites()).layouts.first().fields.at(1).apiName, QStringLiteral("Area"));
    QCOMPARE(m_metadata->module(sites()).relatedLists.first().module, QStringLiteral("Deals"));
    m_metadata->setOrg(org()); // signed in again: it is fresh, so nothing is asked
    QVERIFY(prepared(*m_metadata, sites()));
    QCOMPARE(requests(), 4);
}

void TestOrgMetadata::isReadAgainAfterADay()
{
    m_metadata->setOrg(org());
    QTRY_COMPARE(m_metadata->modules().size(), 3);
    QVERIFY(prepared(*m_metadata, sites()));
    m_bench->clock.advance(23h);
    QVERIFY(prepared(*m_metadata, sites()));
    QCOMPARE(requests(), 4);
    m_bench->clock.advance(2h);
    QVERIFY(prepared(*m_metadata, sites()));
    QTRY_COMPARE(requests(), 8); // the list of modules too
}

void TestOrgMetadata::aRunningDeskReadsAgainAfterADay()
{
    QByteArray gate = "Gate phone";
    m_bench->server.setScript([&gate](const RawServer::Arrival &arrival) {
        if (arrival.target.contains("settings/fields?module=Sites"))
            return told(R"({"fields":[{"api_name":"Gate_Phone","field_label":")" + gate +
                        R"(","data_type":"phone"}]})");
        return company(arrival);
    });
    m_metadata->setOrg(org());
    QTRY_COMPARE(m_metadata->modules().size(), 3);
    QVERIFY(prepared(*m_metadata, sites()));
    QCOMPARE(requests(), 4);
    gate = "Barrier";
    m_bench->clock.advance(23h);
    QVERIFY(m_alarm.ring());
    QVERIFY(settled());
    QCOMPARE(requests(), 4);
    m_bench->clock.advance(2h);
    QVERIFY(m_alarm.ring()); // nobody asks for anything
    QTRY_COMPARE(m_metadata->module(sites()).fields.value(0).label, QStringLiteral("Barrier"));
    QTRY_COMPARE(requests(), 8);
    QVERIFY(m_alarm.ring());
    QVERIFY(settled());
    QCOMPARE(requests(), 8);
}

void TestOrgMetadata::aModuleThatWasHiddenLeavesTheSearch()
{
    m_metadata->setOrg(org());
    QTRY_COMPARE(m_metadata->modules().size(), 3);
    QVERIFY(prepared(*m_metadata, sites()));
    QCOMPARE(m_metadata->searchModules({sites()}).size(), 1);
    m_bench->server.setScript([](const RawServer::Arrival &arrival) {
        if (arrival.target.contains("settings/modules"))
            return told(R"({"modules":[{"api_name":"Contacts"}]})");
        return arrival.target.contains("module=Sites") ? refused(400, QStringLiteral("INVALID_MODULE"))
                                                       : company(arrival);
    });
    m_bench->clock.advance(25h);
    QVERIFY(m_alarm.ring());
    QTRY_COMPARE(m_metadata->searchModules({sites()}).size(), 0);
}

void TestOrgMetadata::scarceCreditsPutItOff()
{
    m_metadata->setOrg(org());
    QTRY_COMPARE(m_metadata->modules().size(), 3);
    QVERIFY(prepared(*m_metadata, sites()));
    m_bench->clock.advance(25h);
    leave(40);
    QCOMPARE(m_bench->crm.creditLevel(), CreditLevel::Scarce);
    QVERIFY(m_alarm.ring());
    QVERIFY(settled());
    QCOMPARE(requests(), 4);
    leave(900);
    QVERIFY(m_alarm.ring());
    QTRY_COMPARE(requests(), 8);
}

void TestOrgMetadata::whatTheCrmRefusesIsNotAskedForAllDay()
{
    m_bench->server.setScript(
        [](const RawServer::Arrival &) { return refused(401, QStringLiteral("OAUTH_SCOPE_MISMATCH")); });
    m_metadata->setOrg(org());
    QVERIFY(prepared(*m_metadata, sites()));
    QTRY_COMPARE(requests(), 4);
    QVERIFY(!await(m_bench->crm.modules()).ok());
    QVERIFY(m_alarm.ring());
    QVERIFY(!await(m_bench->crm.modules()).ok());
    QCOMPARE(requests(), 6); // the two of this test
    m_bench->server.setScript(company);
    m_bench->clock.advance(25h);
    QVERIFY(m_alarm.ring());
    QTRY_VERIFY(m_metadata->known(sites()));
}

void TestOrgMetadata::whatIsOldServesWhileItIsReadAgain()
{
    m_metadata->setOrg(org());
    QVERIFY(prepared(*m_metadata, sites()));
    QVERIFY(kept(sites()));
    m_bench->clock.advance(48h);
    restart();
    m_metadata->restore();
    QTRY_VERIFY(m_metadata->known(sites()));
    m_bench->server.setScript([](const RawServer::Arrival &) { return hangUp(); });
    m_metadata->setOrg(org());
    QVERIFY(prepared(*m_metadata, sites()));
    QVERIFY(m_metadata->known(sites()));
    QCOMPARE(m_metadata->module(sites()).fields.size(), 3);
}

void TestOrgMetadata::belongsToItsOrg()
{
    m_metadata->setOrg(org());
    QTRY_COMPARE(m_metadata->modules().size(), 3);
    QVERIFY(prepared(*m_metadata, sites()));
    m_bench->server.setScript([](const RawServer::Arrival &) { return hangUp(); });
    m_metadata->setOrg(QStringLiteral("60022"));
    QVERIFY(!m_metadata->known(sites()));
    QVERIFY(m_metadata->modules().isEmpty());
    const auto left = [this] { return await(MetadataCache(m_bench->store).load(org())).value().size(); };
    QTRY_COMPARE(left(), 0);
}

void TestOrgMetadata::isNotReadTwiceWhileTheStoreIsAsked()
{
    m_metadata->setOrg(org());
    QTRY_COMPARE(m_metadata->modules().size(), 3);
    QVERIFY(prepared(*m_metadata, sites()));
    QVERIFY(kept({}) && kept(sites()));
    restart();
    m_metadata->setOrg(org());
    QVERIFY(prepared(*m_metadata, sites())); // asked before the store has answered
    QVERIFY(m_metadata->known(sites()));
    QCOMPARE(requests(), 4);
}

void TestOrgMetadata::refusedPartsLeaveTheRest()
{
    m_bench->server.setScript([](const RawServer::Arrival &arrival) {
        return arrival.target.contains("/layouts") ? refused(401, QStringLiteral("OAUTH_SCOPE_MISMATCH"))
                                                   : company(arrival);
    });
    m_metadata->setOrg(org());
    QVERIFY(prepared(*m_metadata, sites()));
    QVERIFY(m_metadata->known(sites()));
    QCOMPARE(m_metadata->requiredFields(sites()), QStringList{QStringLiteral("Name")});
    m_bench->server.setScript([](const RawServer::Arrival &arrival) {
        return arrival.target.contains("/related_lists") ? refused(500, QStringLiteral("INTERNAL_ERROR"))
                                                         : company(arrival);
    });
    QVERIFY(prepared(*m_metadata, calls()));
    QVERIFY(!m_metadata->known(calls())); // in part: to be asked for again, and of use all the same
    QVERIFY(!m_metadata->module(calls()).fields.isEmpty());
}

void TestOrgMetadata::layoutsThatABadMomentTookAreAskedForAgain_data()
{
    QTest::addColumn<int>("status"); // 0: no answer
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("again");
    QTest::newRow("server") << 500 << QStringLiteral("INTERNAL_ERROR") << true;
    QTest::newRow("network") << 0 << QString() << true;
    QTest::newRow("permission") << 403 << QStringLiteral("NO_PERMISSION") << false;
    QTest::newRow("scope") << 401 << QStringLiteral("OAUTH_SCOPE_MISMATCH") << false;
}

void TestOrgMetadata::layoutsThatABadMomentTookAreAskedForAgain()
{
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(bool, again);
    m_bench->server.setScript([&](const RawServer::Arrival &arrival) {
        if (!arrival.target.contains("/layouts"))
            return company(arrival);
        return status == 0 ? hangUp() : refused(status, code);
    });
    m_metadata->setOrg(org());
    QTRY_COMPARE(m_metadata->modules().size(), 3);
    QVERIFY(prepared(*m_metadata, sites()));
    QVERIFY(m_metadata->known(sites())); // of use meanwhile
    QCOMPARE(m_metadata->requiredFields(sites()), QStringList{QStringLiteral("Name")});
    const int before = m_bench->count("GET", "/layouts");
    m_bench->server.setScript(company);
    QVERIFY(m_alarm.ring());
    QVERIFY(settled());
    QTRY_COMPARE(m_metadata->requiredFields(sites()).contains(QStringLiteral("Area")), again);
    QCOMPARE(m_bench->count("GET", "/layouts") - before, again ? 1 : 0);
}

void TestOrgMetadata::picklistsAndNamesOfCalls()
{
    Disposition disposition(*m_metadata);
    QSignalSpy changed(&disposition, &Disposition::changed);
    m_metadata->setOrg(org());
    disposition.refresh();
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(disposition.results(), QStringList{QStringLiteral("Bought")});
    QCOMPARE(disposition.purposes(), QStringList{QStringLiteral("Desk")});
    CallActivity call;
    call.subject = QStringLiteral("Call");
    call.type = CallActivity::Type::Outbound;
    call.start = QDateTime(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
    call.result = QStringLiteral("Bought");
    QVERIFY(!await(m_bench->crm.createCall(call)).ok()); // the server takes none; what counts is what was sent
    const QByteArray body = m_bench->server.arrivals().last().body;
    QVERIFY2(body.contains(R"("Outbound_Call_Status":"Completed")"), body.constData());
    QVERIFY2(body.contains(R"("Call_Result":"Interested")"), body.constData());
}

void TestOrgMetadata::keepsWhatItKnowsWhenTheCrmFails()
{
    Disposition disposition(*m_metadata);
    m_metadata->setOrg(org());
    disposition.refresh();
    QTRY_VERIFY(!disposition.results().isEmpty());
    m_bench->clock.advance(48h);
    m_bench->server.setScript([](const RawServer::Arrival &) { return hangUp(); });
    QVERIFY(prepared(*m_metadata, calls()));
    QCOMPARE(disposition.results(), QStringList{QStringLiteral("Bought")});
}

QTEST_GUILESS_MAIN(TestOrgMetadata)
#include "tst_org_metadata.moc"
