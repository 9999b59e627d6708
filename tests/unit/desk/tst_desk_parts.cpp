// SPDX-License-Identifier: Apache-2.0
#include "CallFields.h"
#include "CallPayload.h"
#include "CallSubjects.h"
#include "DeskText.h"
#include "FactsBuilder.h"
#include "ProfileHeader.h"
#include "ProfileLists.h"
#include "SendOutcome.h"
#include "SignInOrigins.h"
#include "TimelineBuilder.h"

#include <QLocale>
#include <QTest>

using namespace ringside;
using namespace std::chrono_literals;

namespace {

QDateTime now()
{
    return QDateTime(QDate(2026, 3, 9), QTime(12, 0), Qt::UTC);
}

Record record(const QString &module, const QString &id, QVariantMap values)
{
    return Record({module, id}, std::move(values));
}

CallEntry answeredCall()
{
    CallEntry entry;
    entry.key = QStringLiteral("1B4E28BA-2fa1-11d2-883f-0016d3cca427");
    entry.number = PhoneNumber::parse(QStringLiteral("+971501234567"), QStringLiteral("AE"));
    entry.personName = QStringLiteral("Layla Haddad");
    entry.person = {QStringLiteral("Contacts"), QStringLiteral("1")};
    entry.startedAt = QDateTime(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
    entry.offsetSeconds = 4 * 3600;
    entry.answeredAt = entry.startedAt.addSecs(5);
    entry.endedAt = entry.startedAt.addSecs(100);
    entry.talkTime = 94'600ms;
    return entry;
}

ProfileList listOf(ProfileList::Kind kind, const QString &module)
{
    ProfileList list;
    list.kind = kind;
    list.module = module;
    return list;
}

} // namespace

/// The pure parts of the desk.
class TestDeskParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void activityOfAnAnsweredCall();
    void activityOfAMissedCall();
    void activityOfAnOutgoingCallThatNobodyAnswered();
    void payloadRoundTrip();
    void payloadOfAnotherVersion();
    void fieldsThatTheOrgAsksFor();
    void whatKeepsACallFromBeingLogged_data();
    void whatKeepsACallFromBeingLogged();
    void lookUpQuery();
    void errorsThatMayHaveWritten_data();
    void errorsThatMayHaveWritten();
    void backOffStaysWithinBounds();
    void entryTitles();
    void figures();
    void lastContact();
    void timelineOfCallsAndCases();
    void timelineIsNewestFirst();
    void listsFromMetadataAndWithout();
    void headerFromTheRecord();
    void apiOrigin_data();
    void apiOrigin();
    void texts();
};

void TestDeskParts::activityOfAnAnsweredCall()
{
    NoteDraft draft;
    draft.notes = QStringLiteral("Wants panels.\n");
    draft.result = QStringLiteral("Interested");
    const CallActivity call = callSubjects::activity(answeredCall(), draft);
    QCOMPARE(call.type, CallActivity::Type::Inbound);
    QCOMPARE(call.subject, QStringLiteral("Inbound call from Layla Haddad"));
    QCOMPARE(call.duration, std::chrono::seconds(95));
    QCOMPARE(call.start.offsetFromUtc(), 4 * 3600);
    QCOMPARE(call.start.time(), QTime(14, 0));
    QCOMPARE(call.callerNumber, QStringLiteral("+971501234567"));
    QCOMPARE(call.description, QStringLiteral("Wants panels.\n\nRingside reference: 1b4e28ba"));
    QCOMPARE(call.person.id, QStringLiteral("1"));
    draft.subject = QStringLiteral(" Panels ");
    QCOMPARE(callSubjects::activity(answeredCall(), draft).subject, QStringLiteral("Panels"));
}

void TestDeskParts::activityOfAMissedCall()
{
    CallEntry entry = answeredCall();
    entry.answeredAt.reset();
    entry.talkTime = 0ms;
    entry.state = CallState::Ended;
    const CallActivity call = callSubjects::activity(entry, {});
    QCOMPARE(call.type, CallActivity::Type::Missed);
    QCOMPARE(call.duration, std::chrono::seconds(0));
    QVERIFY(call.subject.startsWith(QLatin1String("Missed call from")));
}

void TestDeskParts::activityOfAnOutgoingCallThatNobodyAnswered()
{
    CallEntry entry = answeredCall();
    entry.direction = CallDirection::Out;
    entry.answeredAt.reset();
    entry.talkTime = 0ms;
    const CallActivity call = callSubjects::activity(entry, {});
    QCOMPARE(call.type, CallActivity::Type::Outbound);
    QCOMPARE(call.duration, std::chrono::seconds(1)); // the CRM takes no zero
}

void TestDeskParts::payloadRoundTrip()
{
    NoteDraft draft;
    draft.notes = QStringLiteral("Quote \" and\nسطر");
    draft.purpose = QStringLiteral("Support");
    draft.relatedModule = QStringLiteral("Deals");
    draft.relatedId = QStringLiteral("8");
    CallActivity call = callSubjects::activity(answeredCall(), draft);
    call.extra = {{QStringLiteral("Reason_Code"), QStringLiteral("فاتورة")}, {QStringLiteral("Minutes"), 2.5}};
    const CallPayload before{.call = call, .reference = callSubjects::reference(answeredCall().key)};
    const Result<CallPayload> after = CallPayload::decode(before.encoded());
    QVERIFY(after.ok());
    QCOMPARE(after.value().reference, before.reference);
    QCOMPARE(after.value().call.subject, call.subject);
    QCOMPARE(after.value().call.start, call.start);
    QCOMPARE(after.value().call.start.offsetFromUtc(), call.start.offsetFromUtc());
    QCOMPARE(after.value().call.duration, call.duration);
    QCOMPARE(after.value().call.description, call.description);
    QCOMPARE(after.value().call.purpose, call.purpose);
    QCOMPARE(after.value().call.person, call.person);
    QCOMPARE(after.value().call.relatedTo, call.relatedTo);
    QCOMPARE(after.value().call.extra, call.extra);
    QVERIFY(callSubjects::sameRecord(after.value().call, call));
    call.extra.insert(QStringLiteral("Minutes"), 3.0);
    QVERIFY(!callSubjects::sameRecord(after.value().call, call));
    QCOMPARE(callSubjects::draftOf(call, answeredCall()).values,
             (QMap<QString, QString>{{QStringLiteral("Reason_Code"), QStringLiteral("فاتورة")},
                                     {QStringLiteral("Minutes"), QStringLiteral("3")}}));
}

namespace {

Field callField(const char *name, const char *type, bool mandatory, bool custom)
{
    Field field;
    field.apiName = QLatin1String(name);
    field.label = QString(field.apiName).replace(QLatin1Char('_'), QLatin1Char(' '));
    field.dataType = QLatin1String(type);
    field.mandatory = mandatory;
    field.custom = custom;
    if (field.dataType == QLatin1String("picklist")) {
        field.pickListValues = {QStringLiteral("-None-"), QStringLiteral("Rechnung")};
        field.pickListCodes = {QStringLiteral("-None-"), QStringLiteral("Billing")};
    }
    return field;
}

QList<Field> callsOfAnOrg()
{
    Field closed = callField("Closed", "text", true, true);
    closed.readOnly = true;
    Field hidden = callField("Hidden", "picklist", false, true);
    hidden.visible = false;
    return {callField("Subject", "text", true, false),
            callField("Call_Type", "picklist", true, false),
            callField("Call_Purpose", "picklist", true, false),
            callField("Call_Agenda", "text", false, false),
            callField("Reason", "picklist", false, true),
            callField("Minutes", "double", true, true),
            callField("Colour", "text", false, true),
            callField("Due", "formula", true, true),
            closed,
            hidden};
}

} // namespace

void TestDeskParts::fieldsThatTheOrgAsksFor()
{
    const QList<NewPersonField> fields = callFields::of(callsOfAnOrg());
    QCOMPARE(fields.size(), 2);
    QCOMPARE(fields.at(0).apiName, QStringLiteral("Reason"));
    QCOMPARE(fields.at(0).choices, QStringList{QStringLiteral("Rechnung")});
    QCOMPARE(fields.at(0).codes, fields.at(0).choices);
    QCOMPARE(fields.at(1).apiName, QStringLiteral("Minutes"));
    QVERIFY(fields.at(1).mandatory);
    const QVariantMap written = callFields::written(fields, {{QStringLiteral("Minutes"), QStringLiteral(" 2.5 ")},
                                                             {QStringLiteral("Reason"), QStringLiteral("Rechnung")},
                                                             {QStringLiteral("Colour"), QString()}});
    QCOMPARE(written, (QVariantMap{{QStringLiteral("Minutes"), 2.5},
                                   {QStringLiteral("Reason"), QStringLiteral("Rechnung")},
                                   {QStringLiteral("Colour"), QString()}}));
    QCOMPARE(callFields::typed(written).value(QStringLiteral("Minutes")), QStringLiteral("2.5"));
}

void TestDeskParts::whatKeepsACallFromBeingLogged_data()
{
    QTest::addColumn<QString>("purpose");
    QTest::addColumn<QString>("minutes");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("words");
    QTest::newRow("purpose") << QString() << QStringLiteral("2") << QStringLiteral("Call_Purpose")
                             << QStringLiteral("\"Call Purpose\"");
    QTest::newRow("number") << QStringLiteral("Desk") << QStringLiteral(" ") << QStringLiteral("Minutes")
                            << QStringLiteral("\"Minutes\"");
    QTest::newRow("no number") << QStringLiteral("Desk") << QStringLiteral("two") << QStringLiteral("Minutes")
                               << QStringLiteral("enter a number");
    QTest::newRow("nothing") << QStringLiteral("Desk") << QStringLiteral("2") << QString() << QString();
}

void TestDeskParts::whatKeepsACallFromBeingLogged()
{
    QFETCH(QString, purpose);
    QFETCH(QString, minutes);
    QFETCH(QString, field);
    QFETCH(QString, words);
    NoteDraft draft;
    draft.purpose = purpose;
    draft.values = {{QStringLiteral("Minutes"), minutes}};
    const auto problem = callFields::problemOf(callsOfAnOrg(), draft, QStringLiteral("AE"));
    QCOMPARE(problem.has_value(), !field.isEmpty());
    QCOMPARE(problem.value_or(callFields::Problem()).field, field);
    QVERIFY(problem.value_or(callFields::Problem()).sentence.contains(words));
}

void TestDeskParts::payloadOfAnotherVersion()
{
    for (const QByteArray &bytes : {QByteArray(), QByteArrayLiteral("{}"), QByteArrayLiteral("not json"),
                                    QByteArrayLiteral("{\"version\":2,\"reference\":\"r\"}"),
                                    QByteArrayLiteral("{\"version\":1,\"reference\":\"r\",\"type\":7}")}) {
        const Result<CallPayload> payload = CallPayload::decode(bytes);
        QVERIFY(!payload.ok());
        QVERIFY(!payload.error().message.isEmpty());
    }
}

void TestDeskParts::lookUpQuery()
{
    CallPayload payload{.call = callSubjects::activity(answeredCall(), {}), .reference = QStringLiteral("r")};
    payload.call.start = payload.call.start.addMSecs(987);
    QVERIFY(payload.lookUpQuery(QStringLiteral("411001"))
                .contains(QStringLiteral("(Owner = '411001' and Call_Start_Time = '2026-03-09T14:00:00+04:00')")));
    payload.call.start = payload.call.start.toUTC();
    QVERIFY(payload.lookUpQuery({}).contains(QStringLiteral("where Call_Start_Time = '2026-03-09T10:00:00+00:00'")));
    QVERIFY(!payload.lookUpQuery(QStringLiteral("1' or '1'='1")).contains(QLatin1String("Owner")));
}

void TestDeskParts::errorsThatMayHaveWritten_data()
{
    using Kind = SendOutcome::Kind;
    QTest::addColumn<ErrorKind>("error");
    QTest::addColumn<Kind>("outcome");
    QTest::newRow("network") << ErrorKind::Network << Kind::Unknown;
    QTest::newRow("timeout") << ErrorKind::Timeout << Kind::Unknown;
    QTest::newRow("server") << ErrorKind::ServerError << Kind::Unknown;
    QTest::newRow("garbled") << ErrorKind::BadReply << Kind::Unknown;
    QTest::newRow("cancelled") << ErrorKind::Cancelled << Kind::Unknown;
    QTest::newRow("tls") << ErrorKind::Tls << Kind::NotSent;
    QTest::newRow("rate") << ErrorKind::RateLimited << Kind::NotSent;
    QTest::newRow("signed out") << ErrorKind::SignedOut << Kind::NotSent;
    QTest::newRow("scope") << ErrorKind::ScopeMissing << Kind::NotSent;
    QTest::newRow("rejected") << ErrorKind::Rejected << Kind::Refused;
    QTest::newRow("permission") << ErrorKind::PermissionMissing << Kind::Refused;
}

void TestDeskParts::errorsThatMayHaveWritten()
{
    QFETCH(ErrorKind, error);
    const SendOutcome outcome = SendOutcome::of(Error{.kind = error}, 1);
    QTEST(outcome.kind, "outcome");
    QVERIFY(!outcome.sentence.isEmpty());
}

void TestDeskParts::backOffStaysWithinBounds()
{
    for (int attempts = 0; attempts < 40; ++attempts) {
        const auto full = std::min<std::chrono::milliseconds>(2s * (1 << std::clamp(attempts - 1, 0, 8)), 5min);
        for (int i = 0; i < 20; ++i) {
            const auto wait = SendOutcome::backOff(attempts);
            QVERIFY(wait >= full / 2 && wait <= full);
        }
    }
}

void TestDeskParts::entryTitles()
{
    CallEntry entry;
    QVERIFY(!entry.title().isEmpty()); // withheld
    entry = answeredCall();
    QCOMPARE(entry.title(), QStringLiteral("Layla Haddad"));
    QCOMPARE(entry.subtitle(), entry.number.display());
    entry.company = QStringLiteral("Haddad Interiors");
    QCOMPARE(entry.subtitle(), QStringLiteral("Haddad Interiors"));
    entry.personName.clear();
    QCOMPARE(entry.title(), entry.number.display());
    QCOMPARE(entry.subtitle(), QStringLiteral("New caller"));
}

void TestDeskParts::figures()
{
    const auto deal = [](const QString &stage, double amount) {
        return record(QStringLiteral("Deals"), QStringLiteral("1"),
                      {{QStringLiteral("Stage"), stage}, {QStringLiteral("Amount"), amount}});
    };
    const QList<Record> deals{deal(QStringLiteral("Negotiation"), 64500), deal(QStringLiteral("Qualification"), 20000),
                              deal(QStringLiteral("Closed Won"), 999),
                              deal(QStringLiteral("Closed Lost to Competition"), 999)};
    const QString sum = QStringLiteral("AED") + QChar(QChar::Nbsp) + QStringLiteral("84,500");
    QCOMPARE(facts::openDeals(deals, false, QStringLiteral("AED")), sum);
    QCOMPARE(facts::openDeals(deals, true, QStringLiteral("AED")), sum + QLatin1Char('+'));

    const auto order = [](const QString &made, const QString &status, double total) {
        return record(QStringLiteral("Sales_Orders"), QStringLiteral("1"),
                      {{QStringLiteral("Created_Time"), made},
                       {QStringLiteral("Status"), status},
                       {QStringLiteral("Grand_Total"), total}});
    };
    const QList<Record> orders{order(QStringLiteral("2026-01-02T10:00:00+04:00"), QStringLiteral("Delivered"), 1200),
                               order(QStringLiteral("2025-03-10T10:00:00Z"), QStringLiteral("Approved"), 300),
                               order(QStringLiteral("2025-03-08T10:00:00Z"), QStringLiteral("Delivered"), 5000),
                               order(QStringLiteral("2026-02-02T10:00:00Z"), QStringLiteral("Cancelled"), 7000)};
    QCOMPARE(facts::boughtInYear(orders, false, {}, now()), QStringLiteral("1,500"));

    const auto kase = [](const QString &status) {
        return record(QStringLiteral("Cases"), QStringLiteral("1"), {{QStringLiteral("Status"), status}});
    };
    QCOMPARE(
        facts::openCases(
            {kase(QStringLiteral("New")), kase(QStringLiteral("Closed")), kase(QStringLiteral("Escalated"))}, false),
        QStringLiteral("2"));
}

void TestDeskParts::lastContact()
{
    TimelineItem planned;
    planned.kind = TimelineItem::Kind::Call;
    planned.when = now().addDays(2);
    TimelineItem deal;
    deal.kind = TimelineItem::Kind::Deal;
    deal.when = now().addSecs(-60);
    TimelineItem call = planned;
    call.when = now().addDays(-1);
    QCOMPARE(facts::lastContact({planned, deal, call}, now()), QStringLiteral("Yesterday"));
    QCOMPARE(facts::lastContact({planned, deal}, now()), QStringLiteral("Never"));
}

void TestDeskParts::timelineOfCallsAndCases()
{
    const QVariantMap owner{{QStringLiteral("id"), QStringLiteral("4")},
                            {QStringLiteral("name"), QStringLiteral("Mariam A.")}};
    const QList<TimelineItem> calls =
        timeline::items(listOf(ProfileList::Kind::Calls, QStringLiteral("Calls")),
                        {record(QStringLiteral("Calls"), QStringLiteral("1"),
                                {{QStringLiteral("Subject"), QStringLiteral("Call")},
                                 {QStringLiteral("Call_Type"), QStringLiteral("Inbound")},
                                 {QStringLiteral("Call_Duration"), QStringLiteral("06:12")},
                                 {QStringLiteral("Call_Start_Time"), QStringLiteral("2026-03-08T14:05:00+04:00")},
                                 {QStringLiteral("Description"),
                                  QStringLiteral("Promised <b>Thursday</b>.\n\nRingside reference: 1b4e28ba")},
                                 {QStringLiteral("Owner"), owner}}),
                         record(QStringLiteral("Calls"), QStringLiteral("2"),
                                {{QStringLiteral("Subject"), QStringLiteral("No date")}})},
                        {});
    QCOMPARE(calls.size(), 1);
    QCOMPARE(calls.first().title, QStringLiteral("Call, 6 min 12 s, Mariam A."));
    QCOMPARE(calls.first().detail, QStringLiteral("Promised <b>Thursday</b>.")); // text, whatever it looks like
    QCOMPARE(calls.first().when, QDateTime(QDate(2026, 3, 8), QTime(10, 5), Qt::UTC));
    QVERIFY(calls.first().incoming);

    const QList<TimelineItem> cases =
        timeline::items(listOf(ProfileList::Kind::Cases, QStringLiteral("Cases")),
                        {record(QStringLiteral("Cases"), QStringLiteral("1"),
                                {{QStringLiteral("Subject"), QStringLiteral("Two damaged panels")},
                                 {QStringLiteral("Priority"), QStringLiteral("High")},
                                 {QStringLiteral("Status"), QStringLiteral("Escalated")},
                                 {QStringLiteral("Case_Number"), QStringLiteral("CS-10482")},
                                 {QStringLiteral("Modified_Time"), QStringLiteral("2026-03-08T10:00:00Z")}})},
                        {});
    QCOMPARE(cases.first().title, QStringLiteral("Case: Two damaged panels"));
    QCOMPARE(cases.first().detail, QStringLiteral("High · Escalated · #CS-10482"));
    QVERIFY(cases.first().urgent);
}

void TestDeskParts::timelineIsNewestFirst()
{
    QList<TimelineItem> first(3);
    QList<TimelineItem> second(300);
    for (qsizetype i = 0; i < first.size(); ++i)
        first[i].when = now().addDays(-10 * i);
    for (qsizetype i = 0; i < second.size(); ++i)
        second[i].when = now().addSecs(-60 * i);
    const QList<TimelineItem> all = timeline::merged({first, second});
    QCOMPARE(all.size(), 200);
    for (qsizetype i = 1; i < all.size(); ++i)
        QVERIFY(all.at(i - 1).when >= all.at(i).when);
}

void TestDeskParts::listsFromMetadataAndWithout()
{
    const auto names = [](const QList<ProfileList> &lists) {
        QStringList out;
        for (const ProfileList &list : lists)
            out.append(list.apiName);
        return out;
    };
    const QStringList usual = names(profileLists::of(QStringLiteral("Contacts"), {}));
    QVERIFY(usual.contains(QStringLiteral("Deals")) && usual.contains(QStringLiteral("Calls_History")));
    QVERIFY(!names(profileLists::of(QStringLiteral("Leads"), {})).contains(QStringLiteral("Deals")));

    RelatedList orders;
    orders.apiName = QStringLiteral("Bestellungen");
    orders.module = QStringLiteral("Sales_Orders");
    RelatedList notes;
    notes.apiName = QStringLiteral("Notes");
    notes.module = QStringLiteral("Notes");
    const QList<ProfileList> own = profileLists::of(QStringLiteral("Contacts"), {notes, orders});
    QCOMPARE(names(own), (QStringList{QStringLiteral("Bestellungen"), QStringLiteral("Notes")}));
    QVERIFY(own.first().fields.contains(QStringLiteral("Grand_Total")));
}

void TestDeskParts::headerFromTheRecord()
{
    ProfileData data;
    Candidate candidate;
    candidate.ref = {QStringLiteral("Contacts"), QStringLiteral("1")};
    candidate.name = QStringLiteral("Layla Haddad");
    candidate.matchedField = QStringLiteral("Mobile");
    candidate.matchedNumber = QStringLiteral("+971 50 123 4567");
    profileHeader::fill(data, candidate);
    QCOMPARE(data.initials, QStringLiteral("LH"));
    // The answer to the search is enough for the card: the whole record need not be there.
    QCOMPARE(data.numbers.size(), 1);
    QCOMPARE(data.numbers.at(0).label, QStringLiteral("Mobile"));
    QCOMPARE(data.numbers.at(0).display, QStringLiteral("+971 50 123 4567"));
    QCOMPARE(data.timeZone.id(), QByteArrayLiteral("Asia/Dubai"));
    const QVariantMap vip{{QStringLiteral("name"), QStringLiteral("VIP")}};
    profileHeader::fill(data,
                        record(QStringLiteral("Contacts"), QStringLiteral("1"),
                               {{QStringLiteral("Full_Name"), QStringLiteral("Layla Haddad")},
                                {QStringLiteral("Title"), QStringLiteral("Operations Director")},
                                {QStringLiteral("Mobile"), QStringLiteral("050 123 4567")},
                                {QStringLiteral("Phone"), QStringLiteral("ask the desk")},
                                {QStringLiteral("Mailing_City"), QStringLiteral("Dubai")},
                                {QStringLiteral("Tag"), QVariantList{vip}},
                                {QStringLiteral("Record_Status__s"), QStringLiteral("Available")}}),
                        {}, QStringLiteral("AE"));
    QCOMPARE(data.title, QStringLiteral("Operations Director"));
    QCOMPARE(data.numbers.size(), 2);
    QCOMPARE(data.numbers.at(0).display, QStringLiteral("ask the desk"));
    QCOMPARE(data.numbers.at(1).display, QStringLiteral("+971 50 123 4567"));
    QCOMPARE(data.timeZone.id(), QByteArrayLiteral("Asia/Dubai"));
    QCOMPARE(data.place, QStringLiteral("Dubai"));
    QCOMPARE(data.tags, QStringList{QStringLiteral("VIP")});
    for (const ProfileField &field : std::as_const(data.details))
        QVERIFY(field.apiName != QLatin1String("Record_Status__s"));
}

void TestDeskParts::apiOrigin_data()
{
    QTest::addColumn<QString>("told");
    QTest::addColumn<QString>("expected");
    const QString own = QStringLiteral("https://www.zohoapis.eu");
    QTest::newRow("same") << own << own;
    QTest::newRow("path") << QStringLiteral("https://www.zohoapis.eu/crm") << own;
    QTest::newRow("sandbox") << QStringLiteral("https://sandbox.zohoapis.eu")
                             << QStringLiteral("https://sandbox.zohoapis.eu");
    QTest::newRow("none") << QString() << own;
    QTest::newRow("plain http") << QStringLiteral("http://www.zohoapis.eu") << own;
    QTest::newRow("foreign") << QStringLiteral("https://www.zohoapis.eu.example.com") << own;
    QTest::newRow("look-alike") << QStringLiteral("https://evilzohoapis.eu") << own;
    QTest::newRow("other centre") << QStringLiteral("https://www.zohoapis.com") << own;
    QTest::newRow("port") << QStringLiteral("https://www.zohoapis.eu:8443") << own;
    QTest::newRow("user") << QStringLiteral("https://a@www.zohoapis.eu") << own;
    QTest::newRow("loopback") << QStringLiteral("http://127.0.0.1:9") << own;
}

void TestDeskParts::apiOrigin()
{
    QFETCH(QString, told);
    DataCentre centre;
    centre.api = QUrl(QStringLiteral("https://www.zohoapis.eu"));
    TokenSet tokens;
    tokens.apiDomain = QUrl(told);
    QTEST(signInOrigins::api(tokens, centre, ZohoEnvironment::Production).toString(), "expected");
    // In another environment it is not believed that the API is production's.
    const QString sandbox = QStringLiteral("https://sandbox.zohoapis.eu");
    QCOMPARE(signInOrigins::api(tokens, centre, ZohoEnvironment::Sandbox).toString(), sandbox);
    tokens.apiDomain = QUrl(QStringLiteral("https://developer.zohoapis.eu"));
    const QUrl developer = signInOrigins::api(tokens, centre, ZohoEnvironment::Sandbox);
    QCOMPARE(developer, tokens.apiDomain);
    QCOMPARE(signInOrigins::environmentAt(developer, centre, ZohoEnvironment::Sandbox), ZohoEnvironment::Developer);
    QCOMPARE(signInOrigins::environmentAt(centre.api, centre, ZohoEnvironment::Sandbox), ZohoEnvironment::Production);
}

void TestDeskParts::texts()
{
    QCOMPARE(deskText::duration(45s), QStringLiteral("45 s"));
    QCOMPARE(deskText::duration(3900s), QStringLiteral("1 h 5 min"));
    QCOMPARE(deskText::money(12.5, QStringLiteral("EUR")),
             QStringLiteral("EUR") + QChar(QChar::Nbsp) + QStringLiteral("12.50"));
    QCOMPARE(deskText::initials(QStringLiteral("Anna Maria van der Berg")), QStringLiteral("AB"));
    QCOMPARE(deskText::initials(QStringLiteral("24")), QString());
    QCOMPARE(deskText::limited(QStringLiteral("abcdef"), 4), QStringLiteral("abc…"));
}

QTEST_GUILESS_MAIN(TestDeskParts)
#include "tst_desk_parts.moc"
