// SPDX-License-Identifier: Apache-2.0
#include "RecordRemoval.h"

#include "DeskBench.h"
#include "Directory.h"
#include "LeadConverter.h"

#include <QSignalSpy>

using namespace ringside;
using namespace ringside::test;

namespace {

using State = RecordRemoval::State;
RecordRef layla()
{
    return {QStringLiteral("Contacts"), QStringLiteral("57")};
}

QString caller()
{
    return QStringLiteral("+971501234567");
}

RawServer::Answer told(const QByteArray &body)
{
    return {.bytes = RawServer::response(200, body), .then = RawServer::Then::KeepOpen};
}

QJsonObject done()
{
    return {{QStringLiteral("code"), QStringLiteral("SUCCESS")},
            {QStringLiteral("details"), QJsonObject{{QStringLiteral("id"), layla().id}}}};
}

} // namespace

/// Nothing is deleted but in the one way, and a conversion is never made twice.
class TestRecordRemoval : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void isOfferedOnlyWhereNamed();
    void deletesAfterTheNameWasTyped();
    void wrongNameDeletesNothing_data();
    void wrongNameDeletesNothing();
    void settingIsNeeded();
    void permissionIsNeeded();
    void scopeIsNeeded_data();
    void scopeIsNeeded();
    void customModule();
    void lostAnswerIsLookedUp();
    void lostAnswerOfWhatDidNotHappen();
    void refusalIsTold();
    void marksByFieldAndValue();
    void marksByTag();
    void fieldThatTheModuleHasNot();

    void convertsOnce();
    void lostConversionIsLookedUp();
    void convertedByAnother();
    void dealLacksWhatTheOrgWants();

private:
    void learn(bool deletable = true);
    bool set(SettingKey key, const QString &value) { return m_bench->settings.set(key, value).ok(); }
    std::unique_ptr<RecordRemoval> removal(const QStringList &scopes = {});
    bool known() { return await(m_directory->byNumber(caller())).value().size() == 1; }
    int deletes() const { return m_bench->count("DELETE", "/Contacts?ids=57"); }

    std::function<RawServer::Answer(const RawServer::Arrival &)> m_answer;
    bool m_deletable = true;
    std::unique_ptr<DeskBench> m_bench;
    std::unique_ptr<Directory> m_directory;
};

void TestRecordRemoval::init()
{
    m_deletable = true;
    m_answer = [](const RawServer::Arrival &) { return jsonAnswer(200, {{QStringLiteral("data"), QJsonArray{done()}}}); };
    m_bench = std::make_unique<DeskBench>([this](const RawServer::Arrival &arrival) {
        if (arrival.target.contains("settings/modules"))
            return told(
                R"({"modules":[{"api_name":"Contacts","singular_label":"Contact","editable":true,"deletable":)" +
                QByteArray(m_deletable ? "true" : "false") +
                R"(},{"api_name":"Deals"},{"api_name":"Service_Contracts","deletable":true}]})");
        if (arrival.target.contains("settings/fields?module=Contacts"))
            return told(R"({"fields":[{"api_name":"State","data_type":"picklist","pick_list_values":[)"
                        R"({"display_value":"Former customer","actual_value":"Former"}]},{"api_name":"Closed","read_only":true}]})");
        if (arrival.target.contains("settings/fields?module=Deals"))
            return told(R"({"fields":[{"api_name":"Deal_Name","system_mandatory":true},{"api_name":"Stage"},)"
                        R"({"api_name":"Account_Name","system_mandatory":true}]})");
        if (arrival.target.contains("settings/layouts?module=Deals"))
            return told(R"({"layouts":[{"id":"1","status":"active","sections":[{"fields":[{"api_name":"Stage","required":true}]}]}]})");
        if (arrival.target.contains("settings/"))
            return noRecords();
        return m_answer(arrival);
    });
    QVERIFY(m_bench->open());
    m_directory = std::make_unique<Directory>(m_bench->store);
    DirectoryEntry entry;
    entry.module = layla().module;
    entry.recordId = layla().id;
    entry.name = QStringLiteral("Layla Haddad");
    entry.numbers = {caller()};
    QVERIFY(await(m_directory->remember(entry)).ok());
    QVERIFY(set(SettingKey::AllowDelete, QStringLiteral("true")));
}

void TestRecordRemoval::cleanup()
{
    m_directory.reset();
    m_bench.reset();
}

void TestRecordRemoval::learn(bool deletable)
{
    m_deletable = deletable;
    m_bench->metadata.setOrg(QStringLiteral("60021"));
    m_bench->metadata.prepare(layla().module);
    m_bench->metadata.prepare(QStringLiteral("Deals"));
    QTRY_VERIFY(m_bench->metadata.known(layla().module) && m_bench->metadata.known(QStringLiteral("Deals")));
    QTRY_COMPARE(m_bench->metadata.module(layla().module).module.deletable, deletable);
}

std::unique_ptr<RecordRemoval> TestRecordRemoval::removal(const QStringList &scopes)
{
    return std::make_unique<RecordRemoval>(
        layla(), QStringLiteral("Layla  Haddad"),
        RecordRemoval::Parts{m_bench->crm, *m_directory, m_bench->settings, m_bench->metadata, scopes});
}

void TestRecordRemoval::isOfferedOnlyWhereNamed()
{
    QVERIFY(RecordRemoval::offered(m_bench->settings));
    QVERIFY(set(SettingKey::AllowDelete, QStringLiteral("false")));
    QVERIFY(!RecordRemoval::offered(m_bench->settings));
    QVERIFY(set(SettingKey::InactiveField, QStringLiteral("State")));
    QVERIFY(!RecordRemoval::offered(m_bench->settings)); // a field without a value means nothing
    QVERIFY(set(SettingKey::InactiveValue, QStringLiteral("Former customer")));
    QVERIFY(RecordRemoval::offered(m_bench->settings));
}

void TestRecordRemoval::deletesAfterTheNameWasTyped()
{
    learn();
    const auto removing = removal();
    QVERIFY(removing->whyNotDelete().isEmpty());
    QVERIFY(removing->question().contains(QLatin1String("Layla Haddad (Contact)")));
    removing->remove(QStringLiteral(" layla haddad "));
    removing->remove(QStringLiteral("Layla Haddad")); // a second click
    QCOMPARE(removing->state(), State::Working);
    QTRY_COMPARE(removing->state(), State::Deleted);
    QCOMPARE(deletes(), 1);
    QTRY_VERIFY(!known());
}

void TestRecordRemoval::wrongNameDeletesNothing_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("nothing") << QString();
    QTest::newRow("part") << QStringLiteral("Layla");
    QTest::newRow("more") << QStringLiteral("Layla Haddad 2");
    QTest::newRow("another") << QStringLiteral("Omar Nasser");
}

void TestRecordRemoval::wrongNameDeletesNothing()
{
    QFETCH(QString, typed);
    learn();
    const auto removing = removal();
    removing->remove(typed);
    QCOMPARE(removing->state(), State::Asking);
    QVERIFY(await(m_bench->crm.modules()).ok()); // whatever was sent before has arrived
    QCOMPARE(m_bench->count("DELETE", ""), 0);
}

void TestRecordRemoval::settingIsNeeded()
{
    learn();
    QVERIFY(set(SettingKey::AllowDelete, QStringLiteral("false")));
    const auto removing = removal();
    QVERIFY(!removing->whyNotDelete().isEmpty());
    removing->remove(QStringLiteral("Layla Haddad"));
    QCOMPARE(removing->state(), State::Asking);
}

void TestRecordRemoval::permissionIsNeeded()
{
    learn(false);
    const auto removing = removal();
    QVERIFY(removing->whyNotDelete().contains(QLatin1String("profile")));
    removing->remove(QStringLiteral("Layla Haddad"));
    QCOMPARE(removing->state(), State::Asking);
}

void TestRecordRemoval::scopeIsNeeded_data()
{
    QTest::addColumn<QStringList>("scopes");
    QTest::addColumn<bool>("enough");
    QTest::newRow("exactly") << QStringList{QStringLiteral("ZohoCRM.modules.contacts.DELETE")} << true;
    QTest::newRow("of the module") << QStringList{QStringLiteral("ZohoCRM.modules.Contacts.ALL")} << true;
    QTest::newRow("of all") << QStringList{QStringLiteral("ZohoCRM.modules.ALL")} << true;
    QTest::newRow("of another") << QStringList{QStringLiteral("ZohoCRM.modules.leads.DELETE")} << false;
    QTest::newRow("to read") << QStringList{QStringLiteral("ZohoCRM.modules.contacts.READ")} << false;
    QTest::newRow("not told") << QStringList() << true;
}

void TestRecordRemoval::scopeIsNeeded()
{
    QFETCH(QStringList, scopes);
    QFETCH(bool, enough);
    learn();
    const QString why = removal(scopes)->whyNotDelete();
    QCOMPARE(why.isEmpty(), enough);
    QVERIFY(enough || why.contains(QLatin1String("ZohoCRM.modules.contacts.DELETE")));
}

void TestRecordRemoval::customModule()
{
    const RecordRef contract{QStringLiteral("Service_Contracts"), QStringLiteral("5")};
    const auto why = [&](const QString &granted) {
        const RecordRemoval::Parts parts{m_bench->crm, *m_directory, m_bench->settings, m_bench->metadata, {granted}};
        return RecordRemoval(contract, QStringLiteral("Lift"), parts).whyNotDelete();
    };
    m_bench->metadata.setOrg(QStringLiteral("60021"));
    m_bench->metadata.prepare(contract.module);
    QTRY_VERIFY(m_bench->metadata.module(contract.module).module.deletable);
    QVERIFY(why(QStringLiteral("ZohoCRM.modules.contacts.ALL")).contains(QLatin1String("ZohoCRM.modules.custom.DELETE")));
    QVERIFY(!why(QStringLiteral("ZohoCRM.modules.custom.WRITE")).isEmpty());
    QCOMPARE(why(QStringLiteral("ZohoCRM.modules.custom.DELETE")), QString());
    QCOMPARE(why(QStringLiteral("ZohoCRM.modules.custom.ALL")), QString());
    QCOMPARE(why(QStringLiteral("ZohoCRM.users.READ,ZohoCRM.modules.DELETE")), QString());
}

void TestRecordRemoval::lostAnswerIsLookedUp()
{
    learn();
    m_answer = [](const RawServer::Arrival &arrival) {
        return arrival.method == "DELETE" ? hangUp() : refused(404, QStringLiteral("INVALID_DATA"));
    };
    const auto removing = removal();
    removing->remove(QStringLiteral("Layla Haddad"));
    QTRY_COMPARE(removing->state(), State::Deleted);
    QCOMPARE(deletes(), 1);
}

void TestRecordRemoval::lostAnswerOfWhatDidNotHappen()
{
    learn();
    m_answer = [](const RawServer::Arrival &arrival) {
        return arrival.method == "DELETE" ? hangUp() : records({QJsonObject{{QStringLiteral("id"), layla().id}}});
    };
    const auto removing = removal();
    removing->remove(QStringLiteral("Layla Haddad"));
    QTRY_COMPARE(removing->state(), State::Asking);
    QVERIFY(removing->problem().contains(QLatin1String("still there")));
    QCOMPARE(deletes(), 1); // never again by itself
    QVERIFY(known());
}

void TestRecordRemoval::refusalIsTold()
{
    learn();
    m_answer = [](const RawServer::Arrival &) { return refused(403, QStringLiteral("NO_PERMISSION")); };
    const auto removing = removal();
    removing->remove(QStringLiteral("Layla Haddad"));
    QTRY_VERIFY(!removing->problem().isEmpty());
    QCOMPARE(removing->state(), State::Asking);
    QVERIFY(known());
}

void TestRecordRemoval::marksByFieldAndValue()
{
    QVERIFY(set(SettingKey::InactiveField, QStringLiteral("State")) && set(SettingKey::InactiveValue, QStringLiteral("Former customer")));
    learn();
    m_answer = [](const RawServer::Arrival &arrival) {
        return arrival.method == "GET"
                   ? records(
                         {QJsonObject{{QStringLiteral("id"), layla().id},
                                      {QStringLiteral("Modified_Time"), QStringLiteral("2026-03-09T10:00:00+04:00")}}})
                   : jsonAnswer(200, {{QStringLiteral("data"), QJsonArray{done()}}});
    };
    const auto removing = removal();
    QVERIFY(removing->canMarkInactive());
    removing->markInactive();
    QTRY_COMPARE(removing->state(), State::MarkedInactive);
    const RawServer::Arrival put = m_bench->server.arrivals().last();
    QCOMPARE(put.method, QByteArray("PUT"));
    QCOMPARE(put.body, QByteArray(R"({"data":[{"State":"Former"}],"trigger":["workflow"]})"));
    QCOMPARE(put.header("If-Unmodified-Since"), QByteArray("2026-03-09T10:00:00+04:00"));
    QVERIFY(known()); // it is a customer still
}

void TestRecordRemoval::marksByTag()
{
    QVERIFY(set(SettingKey::InactiveTag, QStringLiteral("Inactive")));
    learn();
    const auto removing = removal();
    removing->markInactive();
    QTRY_COMPARE(removing->state(), State::MarkedInactive);
    QVERIFY(m_bench->server.arrivals().last().target.endsWith("/Contacts/57/actions/add_tags"));
}

void TestRecordRemoval::fieldThatTheModuleHasNot()
{
    learn();
    for (const char *field : {"Lead_Status", "Closed"}) { // absent, and closed to writing
        QVERIFY(set(SettingKey::InactiveField, QLatin1String(field)) && set(SettingKey::InactiveValue, QStringLiteral("x")));
        const auto removing = removal();
        QVERIFY2(!removing->canMarkInactive(), field);
        removing->markInactive();
        QCOMPARE(removing->state(), State::Asking);
    }
}

void TestRecordRemoval::convertsOnce()
{
    m_answer = [](const RawServer::Arrival &) {
        QJsonObject item = done();
        item.insert(QStringLiteral("details"),
                    QJsonObject{{QStringLiteral("Contacts"), QJsonObject{{QStringLiteral("id"), QStringLiteral("71")}}}});
        return jsonAnswer(200, {{QStringLiteral("data"), QJsonArray{item}}});
    };
    LeadConverter converter(m_bench->crm, *m_directory, m_bench->metadata);
    const auto first = converter.convert(QStringLiteral("8"), {});
    QCOMPARE(await(converter.convert(QStringLiteral("8"), {})).error().kind, ErrorKind::Busy);
    QCOMPARE(await(first).value().contact, (RecordRef{QStringLiteral("Contacts"), QStringLiteral("71")}));
    QCOMPARE(m_bench->count("POST", "/convert"), 1);
}

void TestRecordRemoval::lostConversionIsLookedUp()
{
    bool happened = true;
    m_answer = [&happened](const RawServer::Arrival &arrival) {
        if (arrival.method == "POST")
            return hangUp();
        QJsonObject lead{{QStringLiteral("id"), QStringLiteral("8")}};
        if (happened)
            lead.insert(QStringLiteral("Converted_Contact"), QJsonObject{{QStringLiteral("id"), QStringLiteral("71")}});
        return records({lead});
    };
    LeadConverter converter(m_bench->crm, *m_directory, m_bench->metadata);
    QCOMPARE(await(converter.convert(QStringLiteral("8"), {})).value().contact.id, QStringLiteral("71"));
    happened = false;
    LeadConverter other(m_bench->crm, *m_directory, m_bench->metadata);
    QCOMPARE(await(other.convert(QStringLiteral("8"), {})).error().kind, ErrorKind::Network);
    QCOMPARE(m_bench->count("POST", "/convert"), 2);
}

void TestRecordRemoval::convertedByAnother()
{
    m_answer = [](const RawServer::Arrival &arrival) {
        return arrival.method == "POST"
                   ? refused(400, QStringLiteral("ID_ALREADY_CONVERTED"))
                   : records({QJsonObject{{QStringLiteral("id"), QStringLiteral("8")},
                                          {QStringLiteral("Converted_Contact"), QJsonObject{{QStringLiteral("id"), QStringLiteral("72")}}}}});
    };
    LeadConverter converter(m_bench->crm, *m_directory, m_bench->metadata);
    QCOMPARE(await(converter.convert(QStringLiteral("8"), {})).value().contact.id, QStringLiteral("72"));
}

void TestRecordRemoval::dealLacksWhatTheOrgWants()
{
    learn();
    LeadConversion conversion;
    conversion.deal = {{QStringLiteral("Deal_Name"), QStringLiteral("Renewal")}};
    LeadConverter converter(m_bench->crm, *m_directory, m_bench->metadata);
    const auto refusal = await(converter.convert(QStringLiteral("8"), conversion));
    QCOMPARE(refusal.error().kind, ErrorKind::Rejected);
    QCOMPARE(refusal.error().detail, QStringLiteral("Stage")); // by the layout alone
    QCOMPARE(m_bench->count("POST", "/convert"), 0);
}

QTEST_GUILESS_MAIN(TestRecordRemoval)
#include "tst_record_removal.moc"
