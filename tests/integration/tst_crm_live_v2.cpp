// SPDX-License-Identifier: Apache-2.0
#include "LiveBench.h"

#include <QSet>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

/// Version 2 of the API, as far as a desk set to it uses it: CrmClient against the sandbox, where nothing may be asked
/// of another version. Source of the differences: Zoho reference, section 3.18.
class TestCrmLiveV2 : public QObject, private LiveBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(2300); }
    void init();
    void cleanup();

    void identityAndMetadata();
    void searches();
    void readsARecordAndItsLists();
    void pagesBeyondTwoThousand();
    void logsACall();
    void refusedCallNamesTheField();
    void changesACall();
    void writesANote();
    void writesARecord();
    void converts();
    void mergesWhileConverting();
    void tags();
    void bulkRead();
    void asksByQuery();
    void compositeIsNotThere();

private:
    QString newLead(const QString &name);
    CallActivity call(CallActivity::Type type) const;
};

void TestCrmLiveV2::init()
{
    signIn();
    crm().setApiVersion(CrmVersion::V2);
    control(HttpMethod::Delete, QStringLiteral("requests"));
}

void TestCrmLiveV2::cleanup()
{
    QVERIFY(arrivals(QStringLiteral("/crm/")) > 0);
    QCOMPARE(arrivals(QStringLiteral("/crm/")),
             arrivals(QStringLiteral("/crm/v2/")) + arrivals(QStringLiteral("/crm/bulk/v2/")));
    m_desk.reset();
}

QString TestCrmLiveV2::newLead(const QString &name)
{
    const auto id = await(crm().createRecord(leads, {{QStringLiteral("Last_Name"), name},
                                                     {QStringLiteral("Company"), name + QStringLiteral(" & Sons")},
                                                     {QStringLiteral("Phone"), QStringLiteral("+97145550199")}}));
    return id.ok() ? id.value() : QString();
}

CallActivity TestCrmLiveV2::call(CallActivity::Type type) const
{
    CallActivity activity;
    activity.subject = QStringLiteral("Call of %1").arg(QLatin1String(QTest::currentTestFunction()));
    activity.type = type;
    activity.start = QDateTime(QDate(2026, 1, 20), QTime(10, 0), Qt::OffsetFromUTC, -5 * 3600);
    activity.duration = 125s;
    activity.description = QStringLiteral("Asked about invoice 4711");
    activity.callerNumber = sample("known");
    activity.person = person();
    return activity;
}

void TestCrmLiveV2::identityAndMetadata()
{
    const auto identity = await(crm().identity());
    QVERIFY2(identity.ok(), qPrintable(identity.ok() ? QString() : identity.error().message));
    QVERIFY(!identity.value().orgId.isEmpty());
    QVERIFY(await(crm().modules()).ok());
    QVERIFY(await(crm().layouts(contacts)).ok());
    QVERIFY(await(crm().relatedLists(contacts)).ok());
    const auto fields = await(crm().fields(calls));
    QVERIFY(fields.ok());
    const auto named = [&fields](QLatin1String name) {
        return std::any_of(fields.value().begin(), fields.value().end(),
                           [name](const Field &one) { return one.apiName == name; });
    };
    QVERIFY(named(QLatin1String("Call_Status"))); // As version 2 names it.
    QVERIFY(!named(QLatin1String("Outgoing_Call_Status")));
}

void TestCrmLiveV2::searches()
{
    using By = CrmClient::SearchBy;
    const QStringList fields{QStringLiteral("Full_Name"), QStringLiteral("Phone")};
    const auto known = await(crm().search(contacts, By::Phone, sample("known").right(9), fields, RequestPriority::Pop));
    QVERIFY(known.ok());
    const auto &list = known.value().records;
    QVERIFY(std::any_of(list.begin(), list.end(), [this](const Record &one) {
        return one.ref() == person() && one.displayName() == sample("known_name");
    }));
    const auto nobody = await(crm().search(leads, By::Phone, sample("unknown"), fields, RequestPriority::Pop));
    QVERIFY(nobody.ok());
    QVERIFY(nobody.value().records.isEmpty());
    const QString company = sample("known_company");
    const auto byWord = await(crm().search(QStringLiteral("Accounts"), By::Word, company, {}, RequestPriority::Search));
    QVERIFY(byWord.ok());
    QVERIFY(!byWord.value().records.isEmpty());
}

void TestCrmLiveV2::readsARecordAndItsLists()
{
    const auto whole = await(crm().record(person(), {}, RequestPriority::Pop));
    QVERIFY(whole.ok());
    QCOMPARE(whole.value().displayName(), sample("known_name"));
    const auto some = await(crm().record(person(), {QStringLiteral("Email")}, RequestPriority::Pop));
    QVERIFY(some.ok());
    QVERIFY(some.value().has(QStringLiteral("Email")) && !some.value().has(QStringLiteral("Phone")));
    for (const char *list : {"Deals", "Cases", "Calls_History", "Notes"}) {
        const QString name = QString::fromLatin1(list);
        const auto page =
            await(crm().related(person(), name, name, {QStringLiteral("Created_Time")}, RequestPriority::Pop));
        QVERIFY2(page.ok(), list);
    }
    const auto gone = await(crm().record({contacts, QStringLiteral("5725767000999999999")}, {}, RequestPriority::Pop));
    QCOMPARE(gone.error().kind, ErrorKind::NotFound);
}

void TestCrmLiveV2::pagesBeyondTwoThousand()
{
    RecordQuery query; // Without fields, which only later versions demand.
    QSet<QString> ids;
    bool more = true;
    for (query.page = 1; more && query.page < 20; ++query.page) {
        const auto page = await(crm().records(contacts, query, RequestPriority::Sync));
        QVERIFY2(page.ok(), qPrintable(page.ok() ? QString() : page.error().message));
        QVERIFY(page.value().nextPageToken.isEmpty());
        for (const Record &one : page.value().records) {
            QVERIFY(!one.displayName().isEmpty());
            ids.insert(one.ref().id);
        }
        more = page.value().more;
    }
    QVERIFY(query.page > 11);
    const QJsonObject all = control(HttpMethod::Get, QStringLiteral("records/Contacts"));
    QCOMPARE(ids.size(), all.value(QLatin1String("count")).toInteger());
}

void TestCrmLiveV2::logsACall()
{
    for (const bool asked : {false, true}) { // The status field's usual name of version 2, then as the org tells it.
        if (asked)
            QVERIFY(await(crm().fields(calls)).ok());
        const auto id = await(crm().createCall(call(CallActivity::Type::Outbound)));
        QVERIFY2(id.ok(), qPrintable(id.ok() ? QString() : id.error().message));
        const auto read = await(crm().record({calls, id.value()}, {}, RequestPriority::Log));
        QVERIFY(read.ok());
        QCOMPARE(read.value().text(QStringLiteral("Call_Status")), QStringLiteral("Completed"));
        QCOMPARE(read.value().lookup(QStringLiteral("Who_Id")).id, person().id);
        QCOMPARE(read.value().number(QStringLiteral("Call_Duration_in_seconds")), 125.0);
        QCOMPARE(read.value().text(QStringLiteral("Dialled_Number")), sample("known"));
    }
    QCOMPARE(arrivals(QStringLiteral("/crm/v2/Calls"), QStringLiteral("POST")), 2);
}

void TestCrmLiveV2::refusedCallNamesTheField()
{
    CallActivity activity = call(CallActivity::Type::Inbound);
    activity.person.id = QStringLiteral("5725767000999999999");
    const auto refused = await(crm().createCall(activity));
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().kind, ErrorKind::Rejected);
    QCOMPARE(refused.error().detail, QStringLiteral("Who_Id"));
    QCOMPARE(requests().last().toObject().value(QLatin1String("status")).toInt(), 202); // Not a success, in version 2.
}

void TestCrmLiveV2::changesACall()
{
    CallActivity activity = call(CallActivity::Type::Inbound);
    const auto id = await(crm().createCall(activity));
    QVERIFY(id.ok());
    activity.person = {leads, newLead(QStringLiteral("Other"))};
    activity.description = QStringLiteral("It was somebody else.");
    const auto changed = await(crm().updateRecord({calls, id.value()}, crm().callValues(activity)));
    QVERIFY2(changed.ok(), qPrintable(changed.ok() ? QString() : changed.error().message));
    const auto read = await(crm().record({calls, id.value()}, {}, RequestPriority::Log));
    QCOMPARE(read.value().lookup(QStringLiteral("What_Id")).id, activity.person.id);
    QVERIFY(read.value().lookup(QStringLiteral("Who_Id")).id.isEmpty());
    QCOMPARE(read.value().text(QStringLiteral("Description")), activity.description);
}

void TestCrmLiveV2::writesANote()
{
    const auto id = await(crm().createNote({QStringLiteral("Call"), QStringLiteral("Asked again"), person()}));
    QVERIFY2(id.ok(), qPrintable(id.ok() ? QString() : id.error().message));
    const auto notes = await(crm().related(person(), QStringLiteral("Notes"), QStringLiteral("Notes"),
                                           {QStringLiteral("Note_Content")}, RequestPriority::Pop, 200));
    QVERIFY(notes.ok());
    const auto &list = notes.value().records;
    QVERIFY(std::any_of(list.begin(), list.end(), [&id](const Record &one) { return one.ref().id == id.value(); }));
}

void TestCrmLiveV2::writesARecord()
{
    const RecordRef lead{leads, newLead(QStringLiteral("Written"))};
    QVERIFY(!lead.id.isEmpty());
    const auto changed = await(crm().updateRecord(lead, {{QStringLiteral("Mobile"), QStringLiteral("+971501234567")}}));
    QVERIFY(changed.ok());
    QCOMPARE(stored(lead).value(QLatin1String("Mobile")).toString(), QStringLiteral("+971501234567"));
    const auto refused = await(crm().updateRecord(lead, {{QStringLiteral("Email"), QStringLiteral("no mail")}}));
    QCOMPARE(refused.error().detail, QStringLiteral("Email"));
    WriteOptions options;
    options.duplicateCheckFields = {QStringLiteral("Email")};
    const QVariantMap values{{QStringLiteral("Last_Name"), QStringLiteral("Second")},
                             {QStringLiteral("Email"), QStringLiteral("second-version@example.com")}};
    QVERIFY(await(crm().upsertRecord(contacts, values, options)).value().inserted);
    QVERIFY(!await(crm().upsertRecord(contacts, values, options)).value().inserted);
    QVERIFY(await(crm().removeRecord(lead)).ok());
    QCOMPARE(await(crm().record(lead, {}, RequestPriority::Pop)).error().kind, ErrorKind::NotFound);
    const auto gone = await(crm().deletedRecords(leads, CrmClient::Deleted::InRecycleBin));
    QVERIFY(gone.ok());
    const auto &bin = gone.value().records;
    QVERIFY(std::any_of(bin.begin(), bin.end(), [&lead](const DeletedRecord &one) { return one.ref == lead; }));
}

void TestCrmLiveV2::converts()
{
    const QString id = newLead(QStringLiteral("Convert"));
    LeadConversion conversion;
    conversion.assignTo = await(crm().users(QStringLiteral("AdminUsers"))).value().users.first().id;
    conversion.deal = {{QStringLiteral("Deal_Name"), QStringLiteral("Renewal")},
                       {QStringLiteral("Closing_Date"), QDate(2026, 9, 30)},
                       {QStringLiteral("Stage"), QStringLiteral("Qualification")}};
    const auto lead = await(crm().convertLead(id, conversion));
    QVERIFY2(lead.ok(), qPrintable(lead.ok() ? QString() : lead.error().message));
    QVERIFY(!lead.value().contact.isNull() && !lead.value().account.isNull() && !lead.value().deal.isNull());
    const auto contact = await(crm().record(lead.value().contact, {}, RequestPriority::Search));
    QVERIFY(contact.ok());
    QCOMPARE(contact.value().displayName(), QStringLiteral("Convert"));
    QCOMPARE(contact.value().lookup(QStringLiteral("Account_Name")).id, lead.value().account.id);
    QCOMPARE(contact.value().lookup(QStringLiteral("Owner")).id, conversion.assignTo);
    const auto twice = await(crm().convertLead(id, conversion));
    QCOMPARE(twice.error().kind, ErrorKind::Conflict);
    QCOMPARE(twice.error().code, QStringLiteral("ID_ALREADY_CONVERTED"));
}

void TestCrmLiveV2::mergesWhileConverting()
{
    LeadConversion conversion;
    conversion.contactId = person().id;
    conversion.accountId = await(crm().record(person(), {QStringLiteral("Account_Name")}, RequestPriority::Search))
                               .value()
                               .lookup(QStringLiteral("Account_Name"))
                               .id;
    const auto lead = await(crm().convertLead(newLead(QStringLiteral("Merge")), conversion));
    QVERIFY2(lead.ok(), qPrintable(lead.ok() ? QString() : lead.error().message));
    QCOMPARE(lead.value().contact, person());
    QCOMPARE(lead.value().account.id, conversion.accountId);
    QCOMPARE(await(crm().record(person(), {}, RequestPriority::Search)).value().displayName(), sample("known_name"));
}

void TestCrmLiveV2::tags()
{
    const RecordRef lead{leads, newLead(QStringLiteral("Tagged"))};
    QVERIFY(await(crm().addTags(lead, {QStringLiteral("VIP"), QStringLiteral("A+B & Möbel")})).ok());
    const auto tagsOf = [this, &lead] {
        return await(crm().record(lead, {QStringLiteral("Tag")}, RequestPriority::Search))
            .value()
            .names(QStringLiteral("Tag"));
    };
    QCOMPARE(tagsOf(), (QStringList{QStringLiteral("VIP"), QStringLiteral("A+B & Möbel")}));
    QVERIFY(await(crm().removeTags(lead, {QStringLiteral("A+B & Möbel")})).ok());
    QCOMPARE(tagsOf(), (QStringList{QStringLiteral("VIP")}));
    const auto gone = await(crm().addTags({leads, QStringLiteral("5725767000999999999")}, {QStringLiteral("VIP")}));
    QCOMPARE(gone.error().kind, ErrorKind::NotFound);
}

void TestCrmLiveV2::bulkRead()
{
    const auto job = await(crm().startBulkRead(leads, {QStringLiteral("Last_Name"), QStringLiteral("Phone")}));
    QVERIFY2(job.ok(), qPrintable(job.ok() ? QString() : job.error().message));
    QCOMPARE(await(crm().bulkRead(job.value().id)).value().state, BulkReadJob::State::Running);
    const auto done = await(crm().bulkRead(job.value().id));
    QVERIFY(done.ok());
    QCOMPARE(done.value().state, BulkReadJob::State::Completed);
    const auto rows = await(crm().bulkRows(job.value().id));
    QVERIFY(rows.ok());
    QCOMPARE(rows.value().rows.size(), done.value().rows);
    QVERIFY(rows.value().columns.contains(QStringLiteral("Last_Name")));
}

void TestCrmLiveV2::asksByQuery()
{
    const auto rows = await(crm().query(
        contacts, QStringLiteral("select Full_Name from Contacts where id = '%1' limit 0, 5").arg(person().id),
        RequestPriority::Pop));
    QVERIFY2(rows.ok(), qPrintable(rows.ok() ? QString() : rows.error().message));
    QCOMPARE(rows.value().records.first().displayName(), sample("known_name"));
}

void TestCrmLiveV2::compositeIsNotThere()
{
    const auto together = await(crm().searchTogether({{contacts, sample("known"), {}}}, RequestPriority::Pop));
    QVERIFY(!together.ok());
    QCOMPARE(together.error().code, QStringLiteral("API_NOT_SUPPORTED"));
    QCOMPARE(together.error().kind, ErrorKind::BadReply);
}

QTEST_GUILESS_MAIN(TestCrmLiveV2)
#include "tst_crm_live_v2.moc"
