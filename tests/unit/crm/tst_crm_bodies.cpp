// SPDX-License-Identifier: Apache-2.0
#include "CrmBodies.h"

#include "Record.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QTimeZone>

using namespace ringside;
using namespace std::chrono_literals;
using Type = CallActivity::Type;

namespace {

QDateTime start()
{
    return QDateTime(QDate(2026, 1, 20), QTime(10, 0, 0, 987), Qt::OffsetFromUTC, -5 * 3600);
}

RecordRef ref(const char *module, const char *id)
{
    return {QString::fromLatin1(module), QString::fromLatin1(id)};
}

CallActivity call(Type type)
{
    CallActivity activity;
    activity.subject = QStringLiteral("Inbound call from +1 555 334 4556");
    activity.type = type;
    activity.start = start();
    activity.duration = 125s;
    return activity;
}

QJsonObject parsed(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    return document.object().value(QLatin1String("data")).toArray().first().toObject();
}

QJsonObject sent(const CallActivity &activity, const CallLayout &layout = {})
{
    return parsed(crmbodies::call(activity, layout));
}

QJsonObject json(const char *text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray(text), &error);
    Q_ASSERT(error.error == QJsonParseError::NoError);
    return document.object();
}

} // namespace

class TestCrmBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inboundCall();
    void missedCallOfALead();
    void outboundCall();
    void unknownCallerHasNoParties();
    void parties_data();
    void parties();
    void answeredCallLastsASecond();
    void durations_data();
    void durations();
    void times_data();
    void times();
    void clipsTheSubject();
    void neverClipsTheNote();
    void obeysTheLayout();
    void writesRecords();
    void writesQueries();
};

void TestCrmBodies::inboundCall()
{
    CallActivity activity = call(Type::Inbound);
    activity.description = QStringLiteral("Asked about invoice 4711\nسأل عن الفاتورة \"x\"");
    activity.callerNumber = QStringLiteral("+15553344556");
    activity.result = QStringLiteral("Interested");
    activity.purpose = QStringLiteral("Desk");
    activity.person = ref("Contacts", "5725767000011356002");
    activity.relatedTo = ref("Deals", "5725767000011373001");
    QJsonObject expected = json(R"({"Subject":"Inbound call from +1 555 334 4556","Call_Type":"Inbound",
        "Call_Start_Time":"2026-01-20T10:00:00-05:00","Call_Duration":"02:05","Call_Duration_in_seconds":125,
        "Call_Purpose":"Desk","Call_Result":"Interested","Caller_ID":"+15553344556",
        "Who_Id":{"id":"5725767000011356002"},"What_Id":{"id":"5725767000011373001"},"$se_module":"Deals"})");
    expected.insert(QStringLiteral("Description"), activity.description);
    const QJsonObject whole{{QStringLiteral("data"), QJsonArray{expected}},
                            {QStringLiteral("trigger"), QJsonArray{QStringLiteral("workflow")}}};
    QCOMPARE(QJsonDocument::fromJson(crmbodies::call(activity, {})).object(), whole);
}

void TestCrmBodies::missedCallOfALead()
{
    CallActivity activity = call(Type::Missed);
    activity.person = ref("Leads", "5725767000012000001");
    QCOMPARE(sent(activity), json(R"({"Subject":"Inbound call from +1 555 334 4556","Call_Type":"Missed",
        "Call_Start_Time":"2026-01-20T10:00:00-05:00","What_Id":{"id":"5725767000012000001"},"$se_module":"Leads"})"));
}

void TestCrmBodies::outboundCall()
{
    CallActivity activity = call(Type::Outbound);
    activity.callerNumber = QStringLiteral("+15553344556");
    const QJsonObject record = sent(activity);
    QCOMPARE(record.value(QLatin1String("Outgoing_Call_Status")), QJsonValue(QStringLiteral("Completed")));
    QCOMPARE(record.value(QLatin1String("Dialled_Number")), QJsonValue(QStringLiteral("+15553344556")));
    QVERIFY(!record.contains(QLatin1String("Caller_ID")));
    QCOMPARE(record.value(QLatin1String("Call_Duration")), QJsonValue(QStringLiteral("02:05")));
}

void TestCrmBodies::unknownCallerHasNoParties()
{
    const QJsonObject record = sent(call(Type::Inbound));
    for (const char *key : {"Who_Id", "What_Id", "$se_module", "Caller_ID", "Description", "Call_Result",
                            "Call_Purpose", "Outgoing_Call_Status"})
        QVERIFY2(!record.contains(QLatin1String(key)), key);
}

void TestCrmBodies::parties_data()
{
    QTest::addColumn<RecordRef>("person");
    QTest::addColumn<RecordRef>("relatedTo");
    QTest::addColumn<QString>("who");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("module");
    const auto row = [](const char *name, const RecordRef &person, const RecordRef &relatedTo, const char *who,
                        const char *what, const char *module) {
        QTest::newRow(name) << person << relatedTo << QString::fromLatin1(who) << QString::fromLatin1(what)
                            << QString::fromLatin1(module);
    };
    row("contact", ref("Contacts", "1"), {}, "1", "", "Contacts");
    row("contact and deal", ref("Contacts", "1"), ref("Deals", "2"), "1", "2", "Deals");
    row("lead", ref("Leads", "1"), {}, "", "1", "Leads");
    row("lead wins over a deal", ref("Leads", "1"), ref("Deals", "2"), "", "1", "Leads");
    row("account gives way to its deal", ref("Accounts", "1"), ref("Deals", "2"), "", "2", "Deals");
    row("account and contact", ref("Accounts", "1"), ref("Contacts", "2"), "2", "1", "Accounts");
    row("deal alone", {}, ref("Deals", "2"), "", "2", "Deals");
    row("custom module", ref("Visits", "1"), {}, "", "1", "Visits");
}

void TestCrmBodies::parties()
{
    QFETCH(RecordRef, person);
    QFETCH(RecordRef, relatedTo);
    CallActivity activity = call(Type::Inbound);
    activity.person = person;
    activity.relatedTo = relatedTo;
    const QJsonObject record = sent(activity);
    const auto idOf = [&record](const char *field) {
        return record.value(QLatin1String(field)).toObject().value(QLatin1String("id")).toString();
    };
    QTEST(idOf("Who_Id"), "who");
    QTEST(idOf("What_Id"), "what");
    QTEST(record.value(QLatin1String("$se_module")).toString(), "module");
}

void TestCrmBodies::answeredCallLastsASecond()
{
    for (const std::chrono::seconds duration : {0s, -30s, 1s}) {
        CallActivity activity = call(Type::Inbound);
        activity.duration = duration;
        QCOMPARE(sent(activity).value(QLatin1String("Call_Duration")), QJsonValue(QStringLiteral("00:01")));
        QCOMPARE(sent(activity).value(QLatin1String("Call_Duration_in_seconds")), QJsonValue(1));
    }
}

void TestCrmBodies::durations_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("seconds") << 7 << QStringLiteral("00:07");
    QTest::newRow("minutes") << 3599 << QStringLiteral("59:59");
    QTest::newRow("an hour") << 3600 << QStringLiteral("60:00");
    QTest::newRow("over an hour") << 4503 << QStringLiteral("75:03");
    QTest::newRow("over a day") << 90061 << QStringLiteral("1501:01");
    QTest::newRow("negative") << -5 << QStringLiteral("00:00");
}

void TestCrmBodies::durations()
{
    QFETCH(int, seconds);
    QTEST(crmbodies::durationText(std::chrono::seconds(seconds)), "text");
}

void TestCrmBodies::times_data()
{
    QTest::addColumn<QDateTime>("time");
    QTest::addColumn<QString>("text");
    const QDate date(2026, 7, 20);
    const QTime time(10, 0, 0, 500);
    QTest::newRow("offset") << QDateTime(date, time, Qt::OffsetFromUTC, 19800)
                            << QStringLiteral("2026-07-20T10:00:00+05:30");
    QTest::newRow("utc") << QDateTime(date, time, Qt::UTC) << QStringLiteral("2026-07-20T10:00:00+00:00");
    QTest::newRow("zone in summer") << QDateTime(date, time, QTimeZone("America/New_York"))
                                    << QStringLiteral("2026-07-20T10:00:00-04:00");
    const QDateTime local(date, time, Qt::LocalTime);
    const QDateTime again = QDateTime::fromString(crmbodies::dateTimeText(local), Qt::ISODate);
    QCOMPARE(again.toSecsSinceEpoch(), local.toSecsSinceEpoch());
    QVERIFY(crmbodies::dateTimeText(local).size() == 25);
}

void TestCrmBodies::times()
{
    QFETCH(QDateTime, time);
    QTEST(crmbodies::dateTimeText(time), "text");
}

void TestCrmBodies::clipsTheSubject()
{
    CallActivity activity = call(Type::Inbound);
    activity.subject = QStringLiteral("two\nlines ") + QString(300, QLatin1Char('x'));
    QCOMPARE(sent(activity).value(QLatin1String("Subject")).toString().size(), 255);
    QVERIFY(sent(activity).value(QLatin1String("Subject")).toString().startsWith(QLatin1String("two lines x")));
    activity.subject = QString(254, QLatin1Char('x')) + QStringLiteral("\U0001F600");
    QCOMPARE(sent(activity).value(QLatin1String("Subject")).toString(), QString(254, QLatin1Char('x')));
    CallLayout layout;
    layout.subjectLength = 10;
    QCOMPARE(sent(activity, layout).value(QLatin1String("Subject")).toString().size(), 10);
}

void TestCrmBodies::neverClipsTheNote()
{
    CallActivity activity = call(Type::Inbound);
    activity.description = QString(100000, QLatin1Char('n'));
    QCOMPARE(sent(activity).value(QLatin1String("Description")).toString(), activity.description);
}

void TestCrmBodies::obeysTheLayout()
{
    const auto field = [](const char *name, bool readOnly, int length = 0) {
        Field made;
        made.apiName = QString::fromLatin1(name);
        made.readOnly = readOnly;
        made.length = length;
        return made;
    };
    QVERIFY(crmbodies::callLayout({}).closedFields.isEmpty());
    const CallLayout layout =
        crmbodies::callLayout({field("Subject", false, 120), field("Caller_ID", false), field("Call_Duration", false),
                               field("Call_Duration_in_seconds", true)});
    QCOMPARE(layout.subjectLength, 120);
    CallActivity activity = call(Type::Inbound);
    activity.callerNumber = QStringLiteral("5");
    activity.result = QStringLiteral("Interested");
    const QJsonObject record = sent(activity, layout);
    QVERIFY(record.contains(QLatin1String("Caller_ID")));
    QVERIFY(record.contains(QLatin1String("Call_Duration")));
    QVERIFY(record.contains(QLatin1String("Call_Result")));
    QVERIFY(!record.contains(QLatin1String("Call_Duration_in_seconds")));
}

void TestCrmBodies::writesRecords()
{
    const QVariantMap parent{
        {QStringLiteral("module"), QVariantMap{{QStringLiteral("api_name"), QStringLiteral("Contacts")}}},
        {QStringLiteral("id"), QStringLiteral("5725767000011356002")}};
    const QJsonObject record = parsed(crmbodies::record({
        {QStringLiteral("Note_Content"), QStringLiteral("Asked")},
        {QStringLiteral("Parent_Id"), parent},
        {QStringLiteral("Remind_At"), start()},
        {QStringLiteral("Due_Date"), QDate(2026, 9, 30)},
        {QStringLiteral("Who_Id"), QVariant::fromValue(ref("Contacts", "57"))},
        {QStringLiteral("List"), QVariantList{1, QStringLiteral("x")}},
        {QStringLiteral("Names"), QStringList{QStringLiteral("a")}},
        {QStringLiteral("Flag"), true},
    }));
    QCOMPARE(record, json(R"({"Note_Content":"Asked","Parent_Id":{"module":{"api_name":"Contacts"},
        "id":"5725767000011356002"},"Remind_At":"2026-01-20T10:00:00-05:00","Due_Date":"2026-09-30","Who_Id":{"id":"57"},
        "List":[1,"x"],"Names":["a"],"Flag":true})"));
}

void TestCrmBodies::writesQueries()
{
    QCOMPARE(QJsonDocument::fromJson(crmbodies::query(QStringLiteral("select id from Calls where Subject = '\"x'")))
                 .object(),
             json(R"({"select_query":"select id from Calls where Subject = '\"x'"})"));
}

QTEST_GUILESS_MAIN(TestCrmBodies)
#include "tst_crm_bodies.moc"
