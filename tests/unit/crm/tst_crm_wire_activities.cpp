// SPDX-License-Identifier: Apache-2.0
#include "CrmWire.h"

using namespace ringside;
using namespace ringside::test;

namespace {

Field field(const char *name, bool readOnly = false)
{
    Field out;
    out.apiName = QString::fromLatin1(name);
    out.readOnly = readOnly;
    return out;
}

} // namespace

/// Calls, notes and tasks as CrmClient writes them, to the byte.
class TestCrmWireActivities : public QObject, private CrmWire
{
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void inboundCall();
    void missedCall();
    void outboundCallByTheOrgsNames();
    void numbersByTheOrgsNewerFields();
    void scheduledCall();
    void callWithTheOrgsOwnFields();
    void changesOfACall();
    void note();
    void task();
};

void TestCrmWireActivities::inboundCall()
{
    expect(withBody("POST /crm/v8/Calls",
                    R"({"data":[{"$se_module":"Accounts","Call_Agenda":"Renewal","Call_Duration":"02:05",)"
                    R"("Call_Duration_in_seconds":125,"Call_Purpose":"Demo","Call_Result":"Interested",)"
                    R"("Call_Start_Time":"2026-01-20T10:00:00-05:00","Call_Type":"Inbound","Caller_ID":"+15553344556",)"
                    R"("Description":"Asked about \"4711\"","Owner":{"id":"1"},"Subject":"Call with Anna",)"
                    R"("Tag":[{"name":"VIP"}],"Voice_Recording__s":"https://pbx.example/1","What_Id":{"id":"11"},)"
                    R"("Who_Id":{"id":"57"}}],"trigger":["workflow"]})"),
           json(201, done));
    CallActivity activity = call(CallActivity::Type::Inbound);
    activity.agenda = QStringLiteral("Renewal");
    activity.purpose = QStringLiteral("Demo");
    activity.result = QStringLiteral("Interested");
    activity.description = QStringLiteral("Asked about \"4711\"");
    activity.ownerId = id("1");
    activity.tags = {QStringLiteral("VIP")};
    activity.recordingUrl = QStringLiteral("https://pbx.example/1");
    activity.person = {contacts, id("57")};
    activity.relatedTo = {QStringLiteral("Accounts"), id("11")};
    QCOMPARE(await(m_crm->createCall(activity)).value(), id("57"));
}

// As the reference has it: of a lead, and without a duration.
void TestCrmWireActivities::missedCall()
{
    expect(
        withBody("POST /crm/v8/Calls",
                 R"({"data":[{"$se_module":"Leads","Call_Start_Time":"2026-01-20T10:00:00-05:00","Call_Type":"Missed",)"
                 R"("Caller_ID":"+15553344556","Subject":"Call with Anna","What_Id":{"id":"12"}}],)"
                 R"("trigger":["workflow"]})"),
        json(201, done));
    CallActivity activity = call(CallActivity::Type::Missed);
    activity.person = {leads, id("12")};
    QCOMPARE(await(m_crm->createCall(activity)).value(), id("57"));
}

void TestCrmWireActivities::outboundCallByTheOrgsNames()
{
    Field result = field("Call_Result");
    result.pickListValues = {QStringLiteral("Bought")};
    result.pickListCodes = {QStringLiteral("Interested")};
    Field purpose = field("Call_Purpose");
    purpose.pickListValues = {QStringLiteral("Follow-up")};
    purpose.pickListCodes = {QStringLiteral("Negotiation")};
    m_crm->useCallFields(
        {field("Subject"), field("Call_Duration_in_seconds", true), field("Outbound_Call_Status"), result, purpose});
    expect(
        withBody("POST /crm/v8/Calls",
                 R"({"data":[{"$se_module":"Leads","Call_Duration":"02:05","Call_Purpose":"Negotiation",)"
                 R"("Call_Result":"Interested","Call_Start_Time":"2026-01-20T10:00:00-05:00","Call_Type":"Outbound",)"
                 R"("Outbound_Call_Status":"Completed","Subject":"Call with Anna","What_Id":{"id":"57"}}],)"
                 R"("trigger":["workflow"]})"),
        json(201, done));
    CallActivity activity = call(CallActivity::Type::Outbound);
    activity.result = QStringLiteral("Bought");
    activity.purpose = QStringLiteral("Follow-up");
    activity.person = {leads, id("57")};
    QVERIFY(await(m_crm->createCall(activity)).ok());
}

void TestCrmWireActivities::numbersByTheOrgsNewerFields()
{
    m_crm->useCallFields({field("Subject"), field("From_Number__s"), field("To_Number__s"), field("Caller_ID")});
    expect(withBody("POST /crm/v8/Calls",
                    R"({"data":[{"Call_Duration":"02:05","Call_Start_Time":"2026-01-20T10:00:00-05:00",)"
                    R"("Call_Type":"Inbound","Caller_ID":"+15553344556","From_Number__s":"+15553344556",)"
                    R"("Subject":"Call with Anna"}],"trigger":["workflow"]})"),
           json(201, done));
    QVERIFY(await(m_crm->createCall(call(CallActivity::Type::Inbound))).ok());
    m_crm->useCallFields({field("Subject"), field("From_Number__s", true), field("To_Number__s")});
    expect(withBody("POST /crm/v8/Calls",
                    R"({"data":[{"Call_Duration":"02:05","Call_Start_Time":"2026-01-20T10:00:00-05:00",)"
                    R"("Call_Type":"Outbound","Subject":"Call with Anna","To_Number__s":"+15553344556"}],)"
                    R"("trigger":["workflow"]})"),
           json(201, done));
    QVERIFY(await(m_crm->createCall(call(CallActivity::Type::Outbound))).ok());
    expect(withBody("POST /crm/v8/Calls",
                    R"({"data":[{"Call_Start_Time":"2026-01-20T10:00:00-05:00",)"
                    R"("Call_Type":"Missed","Subject":"Call with Anna"}],"trigger":["workflow"]})"),
           json(201, done));
    QVERIFY(await(m_crm->createCall(call(CallActivity::Type::Missed))).ok()); // From_Number__s is closed here.
}

void TestCrmWireActivities::scheduledCall()
{
    expect(withBody("POST /crm/v8/Calls",
                    R"({"data":[{"Call_Start_Time":"2026-01-20T10:00:00-05:00","Call_Type":"Outbound",)"
                    R"("Dialled_Number":"+15553344556","Outgoing_Call_Status":"Scheduled","Reminder":"15 mins",)"
                    R"("Subject":"Call with Anna"}],"trigger":["workflow"]})"),
           json(201, done));
    CallActivity activity = call(CallActivity::Type::Outbound);
    activity.status = CallActivity::Status::Scheduled;
    activity.reminder = QStringLiteral("15 mins");
    QVERIFY(await(m_crm->createCall(activity)).ok());
}

void TestCrmWireActivities::callWithTheOrgsOwnFields()
{
    Field reason = field("Reason_Code");
    reason.pickListValues = {QStringLiteral("Rechnung")};
    reason.pickListCodes = {QStringLiteral("Billing")};
    m_crm->useCallFields({field("Subject"), reason, field("Ticket"), field("Minutes_Saved"), field("Closed", true)});
    expect(withBody("POST /crm/v8/Calls",
                    R"({"data":[{"Call_Duration":"02:05","Call_Start_Time":"2026-01-20T10:00:00-05:00",)"
                    R"("Call_Type":"Inbound","Minutes_Saved":12.5,"Reason_Code":"Billing","Subject":"Call with Anna"}],)"
                    R"("trigger":["workflow"]})"),
           json(201, done));
    CallActivity activity = call(CallActivity::Type::Inbound);
    activity.extra = {{QStringLiteral("Reason_Code"), QStringLiteral("Rechnung")},
                      {QStringLiteral("Minutes_Saved"), 12.5},
                      {QStringLiteral("Ticket"), QString()},
                      {QStringLiteral("Closed"), QStringLiteral("x")},
                      {QStringLiteral("Gone"), QStringLiteral("x")}};
    QVERIFY(await(m_crm->createCall(activity)).ok());
    expect(withBody("PUT /crm/v8/Calls/57",
                    R"({"data":[{"Call_Purpose":null,"Call_Result":null,"Description":null,"Minutes_Saved":12.5,)"
                    R"("Reason_Code":"Billing","Subject":"Call with Anna","Ticket":null,"What_Id":null,"Who_Id":null}],)"
                    R"("trigger":["workflow"]})"),
           json(200, done));
    QVERIFY(await(m_crm->updateRecord({QStringLiteral("Calls"), id("57")}, m_crm->callValues(activity))).ok());
}

void TestCrmWireActivities::changesOfACall()
{
    expect(
        withBody(
            "PUT /crm/v8/Calls/57",
            R"({"data":[{"$se_module":"Leads","Call_Purpose":null,"Call_Result":"Interested","Description":null,)"
            R"("Subject":"Call with Anna","What_Id":{"id":"12"},"Who_Id":null}],"trigger":["workflow"]})"),
        json(200, done));
    Field subject;
    subject.apiName = QStringLiteral("Subject");
    Field result;
    result.apiName = QStringLiteral("Call_Result");
    result.pickListValues = {QStringLiteral("Bought")};
    result.pickListCodes = {QStringLiteral("Interested")};
    m_crm->useCallFields({subject, result});
    CallActivity activity = call(CallActivity::Type::Inbound);
    activity.result = QStringLiteral("Bought");
    activity.person = {leads, id("12")};
    QVERIFY(await(m_crm->updateRecord({QStringLiteral("Calls"), id("57")}, m_crm->callValues(activity))).ok());
}

void TestCrmWireActivities::note()
{
    expect(
        withBody("POST /crm/v8/Notes",
                 R"({"data":[{"Note_Content":"Asked\nagain","Note_Title":"Call 10:02","Parent_Id":{"id":"57","module":)"
                 R"({"api_name":"Contacts"}}}],"trigger":["workflow"]})"),
        json(201, done));
    QCOMPARE(
        await(m_crm->createNote({QStringLiteral("Call 10:02"), QStringLiteral("Asked\nagain"), {contacts, id("57")}}))
            .value(),
        id("57"));
    QCOMPARE(await(m_crm->createNote({{}, QStringLiteral(" \n"), {contacts, id("57")}})).error().detail,
             QStringLiteral("Note_Content"));
    expect(withBody("POST /crm/v8/Notes",
                    R"({"data":[{"Note_Content":"Ask again","Parent_Id":{"id":"81","module":{"api_name":"Calls"}}}],)"
                    R"("trigger":["workflow"]})"),
           json(202, R"({"data":[{"code":"INVALID_DATA","details":{"api_name":"Parent_Id","json_path":)"
                     R"("$.data[0].Parent_Id"},"message":"invalid data","status":"error"}]})"));
    const auto refused =
        await(m_crm->createNote({{}, QStringLiteral("Ask again"), {QStringLiteral("Calls"), id("81")}}));
    QCOMPARE(refused.error().detail, QStringLiteral("Parent_Id"));
}

void TestCrmWireActivities::task()
{
    expect(
        withBody(
            "POST /crm/v8/Tasks",
            R"({"data":[{"$se_module":"Deals","Description":"Send it","Due_Date":"2026-01-21","Owner":{"id":"1"},)"
            R"("Priority":"High","Recurring_Activity":{"RRULE":"FREQ=WEEKLY;INTERVAL=1"},"Remind_At":{"ALARM":)"
            R"("FREQ=NONE;ACTION=POPUP;TRIGGER=DATE-TIME:2026-01-20T10:00:00-05:00"},"Send_Notification_Email":true,)"
            R"("Status":"Not Started","Subject":"Quote for Anna","Tag":[{"name":"VIP"}],"What_Id":{"id":"8"},)"
            R"("Who_Id":{"id":"57"}}],"trigger":["workflow"]})"),
        json(201, done));
    TaskActivity task;
    task.subject = QStringLiteral("Quote for\nAnna");
    task.due = QDate(2026, 1, 21);
    task.status = QStringLiteral("Not Started");
    task.priority = QStringLiteral("High");
    task.description = QStringLiteral("Send it");
    task.person = {contacts, id("57")};
    task.relatedTo = {QStringLiteral("Deals"), id("8")};
    task.ownerId = id("1");
    task.remindAt = moment();
    task.notify = true;
    task.recurrence = QStringLiteral("FREQ=WEEKLY;INTERVAL=1");
    task.tags = {QStringLiteral("VIP")};
    QVERIFY(await(m_crm->createTask(task)).ok());
    QCOMPARE(await(m_crm->createTask({})).error().detail, QStringLiteral("Subject"));
    expect(withBody("POST /crm/v8/Tasks",
                    R"({"data":[{"$se_module":"Leads","Subject":"Call back","What_Id":{"id":"12"}}],)"
                    R"("trigger":["workflow"]})"),
           json(201, done));
    TaskActivity ofLead;
    ofLead.subject = QStringLiteral("Call back");
    ofLead.person = {leads, id("12")};
    QCOMPARE(await(m_crm->createTask(ofLead)).value(), id("57"));
}

QTEST_GUILESS_MAIN(TestCrmWireActivities)
#include "tst_crm_wire_activities.moc"
