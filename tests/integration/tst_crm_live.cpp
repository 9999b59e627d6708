// SPDX-License-Identifier: Apache-2.0
#include "LiveBench.h"

#include <QSet>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

QString idIn(const QJsonObject &record, const char *field)
{
    return record.value(QLatin1String(field)).toObject().value(QLatin1String("id")).toString();
}

QString textIn(const QJsonObject &record, const char *field)
{
    return record.value(QLatin1String(field)).toString();
}

} // namespace

/// What else CrmClient can do, against the sandbox: writes, pages, pictures and bulk reads. The API's other version is
/// tst_crm_live_v2's.
class TestCrmLive : public QObject, private LiveBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(2300); } // More than numbered pages reach.
    void init();
    void cleanup() { m_desk.reset(); }

    void upsertMakesThenFinds();
    void photoThereOrNot();
    void usersByType_data();
    void usersByType();
    void bulkReadGivesRows();
    void bulkReadThatFails();
    void taskWithEverything();
    void noteWithATitle();
    void callGetsAnotherParty();
    void onlyWhatChangedSince();
    void pagesByToken();

private:
    CallActivity call() const;
};

void TestCrmLive::init()
{
    control(HttpMethod::Post, QStringLiteral("bulk"),
            {{QStringLiteral("polls"), 1}, {QStringLiteral("rows"), 200000}, {QStringLiteral("fail"), false}});
    signIn();
    control(HttpMethod::Delete, QStringLiteral("requests"));
}

CallActivity TestCrmLive::call() const
{
    CallActivity activity;
    activity.subject = QStringLiteral("Call of %1").arg(QLatin1String(QTest::currentTestFunction()));
    activity.start = QDateTime(QDate(2026, 1, 20), QTime(10, 0), Qt::OffsetFromUTC, -5 * 3600);
    activity.duration = 125s;
    activity.person = person();
    return activity;
}

void TestCrmLive::upsertMakesThenFinds()
{
    WriteOptions options;
    options.duplicateCheckFields = {QStringLiteral("Email")};
    QVariantMap values{{QStringLiteral("Last_Name"), QStringLiteral("Upsert")},
                       {QStringLiteral("Email"), QStringLiteral("upsert+one@example.com")},
                       {QStringLiteral("Title"), QStringLiteral("Buyer")}};
    const auto made = await(crm().upsertRecord(contacts, values, options));
    QVERIFY2(made.ok(), qPrintable(made.ok() ? QString() : made.error().message));
    QVERIFY(made.value().inserted);
    QVERIFY(made.value().duplicateField.isEmpty());
    const RecordRef ref{contacts, made.value().id};
    QCOMPARE(textIn(stored(ref), "Title"), QStringLiteral("Buyer"));

    values.insert(QStringLiteral("Title"), QStringLiteral("Director"));
    const auto again = await(crm().upsertRecord(contacts, values, options));
    QVERIFY2(again.ok(), qPrintable(again.ok() ? QString() : again.error().message));
    QCOMPARE(again.value().id, ref.id);
    QVERIFY(!again.value().inserted);
    QCOMPARE(again.value().duplicateField, QStringLiteral("Email"));
    QCOMPARE(textIn(stored(ref), "Title"), QStringLiteral("Director"));

    values.insert(QStringLiteral("Email"), QStringLiteral("no mail"));
    const auto refused = await(crm().upsertRecord(contacts, values, options));
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().kind, ErrorKind::Rejected);
    QCOMPARE(refused.error().detail, QStringLiteral("Email"));
    QCOMPARE(arrivals(QStringLiteral("/crm/v8/Contacts/upsert"), QStringLiteral("POST")), 3);
}

void TestCrmLive::photoThereOrNot()
{
    RecordQuery query;
    query.fields = {QStringLiteral("Record_Image")};
    const auto page = await(crm().records(contacts, query, RequestPriority::Sync));
    QVERIFY(page.ok());
    RecordRef with;
    RecordRef without;
    for (const Record &one : page.value().records)
        (one.text(QStringLiteral("Record_Image")).isEmpty() ? without : with) = one.ref();
    QVERIFY(!with.isNull() && !without.isNull());
    const auto picture = await(crm().photo(with));
    QVERIFY(picture.ok());
    QVERIFY(picture.value().startsWith("\x89PNG\r\n\x1a\n"));
    QVERIFY(picture.value().endsWith(QByteArray("IEND\xae\x42\x60\x82")));
    const auto none = await(crm().photo(without));
    QVERIFY(none.ok());
    QVERIFY(none.value().isEmpty());
    const auto gone = await(crm().photo({contacts, QStringLiteral("5725767000999999999")}));
    QVERIFY(!gone.ok());
    QCOMPARE(gone.error().kind, ErrorKind::NotFound);
}

void TestCrmLive::usersByType_data()
{
    QTest::addColumn<bool>("active");
    QTest::addColumn<QString>("profile");
    QTest::addColumn<int>("atLeast");
    QTest::addColumn<int>("atMost");
    QTest::newRow("CurrentUser") << true << "Standard" << 1 << 1;
    QTest::newRow("ActiveUsers") << true << QString() << 2 << 199;
    QTest::newRow("ActiveConfirmedUsers") << true << QString() << 2 << 199;
    QTest::newRow("DeactiveUsers") << false << "Standard" << 1 << 1;
    QTest::newRow("DeletedUsers") << false << "Standard" << 1 << 1;
    QTest::newRow("AdminUsers") << true << "Administrator" << 1 << 1;
}

void TestCrmLive::usersByType()
{
    QFETCH(bool, active);
    QFETCH(QString, profile);
    QFETCH(int, atLeast);
    QFETCH(int, atMost);
    const auto page = await(crm().users(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY2(page.ok(), qPrintable(page.ok() ? QString() : page.error().message));
    QVERIFY(!page.value().more);
    QVERIFY(page.value().users.size() >= atLeast && page.value().users.size() <= atMost);
    QSet<QString> ids;
    for (const CrmUser &user : page.value().users) {
        QCOMPARE(user.active, active);
        QVERIFY(!user.name.isEmpty() && user.email.contains(QLatin1Char('@')) && !user.role.isEmpty());
        QVERIFY(profile.isEmpty() || user.profile == profile);
        ids.insert(user.id);
    }
    QCOMPARE(ids.size(), page.value().users.size());
    const auto beyond = await(crm().users(QString::fromLatin1(QTest::currentDataTag()), 2));
    QVERIFY(beyond.ok());
    QVERIFY(beyond.value().users.isEmpty());
}

void TestCrmLive::bulkReadGivesRows()
{
    control(HttpMethod::Post, QStringLiteral("bulk"), {{QStringLiteral("rows"), 2000}});
    const QStringList fields{QStringLiteral("Last_Name"), QStringLiteral("Phone"), QStringLiteral("Modified_Time")};
    const auto job = await(crm().startBulkRead(contacts, fields));
    QVERIFY2(job.ok(), qPrintable(job.ok() ? QString() : job.error().message));
    QCOMPARE(job.value().state, BulkReadJob::State::Waiting);
    const auto early = await(crm().bulkRead(job.value().id));
    QVERIFY(early.ok());
    QCOMPARE(early.value().state, BulkReadJob::State::Running);
    QVERIFY(!await(crm().bulkRows(job.value().id)).ok());
    const auto done = await(crm().bulkRead(job.value().id));
    QVERIFY(done.ok());
    QCOMPARE(done.value().state, BulkReadJob::State::Completed);
    QCOMPARE(done.value().rows, 2000);
    QVERIFY(done.value().more);
    const auto rows = await(crm().bulkRows(job.value().id));
    QVERIFY2(rows.ok(), qPrintable(rows.ok() ? QString() : rows.error().message));
    QCOMPARE(rows.value().rows.size(), 2000);
    for (const QString &field : fields)
        QVERIFY2(rows.value().columns.contains(field), qPrintable(field));

    const auto second = await(crm().startBulkRead(contacts, fields, 2));
    QVERIFY(second.ok());
    QVERIFY(await(crm().bulkRead(second.value().id)).ok());
    const auto rest = await(crm().bulkRead(second.value().id));
    QVERIFY(rest.ok());
    QVERIFY(!rest.value().more);
    const auto others = await(crm().bulkRows(second.value().id));
    QVERIFY(others.ok());
    QCOMPARE(others.value().rows.size(), rest.value().rows);
    // Both pages together are every contact, each once.
    const auto idColumn = rows.value().columns.indexOf(QStringLiteral("Id"));
    QVERIFY(idColumn >= 0);
    QSet<QString> ids;
    for (const QStringList &row : rows.value().rows + others.value().rows)
        ids.insert(row.at(idColumn));
    const QJsonObject all = control(HttpMethod::Get, QStringLiteral("records/Contacts"));
    QCOMPARE(ids.size(), all.value(QLatin1String("count")).toInteger());
    QVERIFY(ids.contains(person().id));
}

void TestCrmLive::bulkReadThatFails()
{
    control(HttpMethod::Post, QStringLiteral("bulk"), {{QStringLiteral("fail"), true}});
    const auto job = await(crm().startBulkRead(leads, {QStringLiteral("Last_Name")}));
    QVERIFY(job.ok());
    QVERIFY(await(crm().bulkRead(job.value().id)).ok());
    const auto failed = await(crm().bulkRead(job.value().id));
    QVERIFY(failed.ok());
    QCOMPARE(failed.value().state, BulkReadJob::State::Failed);
    QCOMPARE(await(crm().bulkRead(QStringLiteral("5725767000999999999"))).error().kind, ErrorKind::NotFound);
}

void TestCrmLive::taskWithEverything()
{
    TaskActivity task;
    task.subject = QStringLiteral("Quote for Anna");
    task.due = QDate(2026, 1, 21);
    task.status = QStringLiteral("In Progress");
    task.priority = QStringLiteral("Highest");
    task.description = QStringLiteral("Send it & ask again\nأرسلها");
    task.person = person();
    task.ownerId = await(crm().users(QStringLiteral("AdminUsers"))).value().users.first().id;
    task.remindAt = QDateTime(QDate(2026, 1, 21), QTime(9, 0), Qt::OffsetFromUTC, 4 * 3600);
    task.notify = true;
    task.recurrence = QStringLiteral("FREQ=WEEKLY;INTERVAL=1");
    task.tags = {QStringLiteral("VIP")};
    const auto id = await(crm().createTask(task));
    QVERIFY2(id.ok(), qPrintable(id.ok() ? QString() : id.error().message));
    const auto read = await(crm().record({QStringLiteral("Tasks"), id.value()}, {}, RequestPriority::Search));
    QVERIFY(read.ok());
    const Record &record = read.value();
    QCOMPARE(record.text(QStringLiteral("Subject")), task.subject);
    QCOMPARE(record.date(QStringLiteral("Due_Date")), task.due);
    QCOMPARE(record.text(QStringLiteral("Status")), task.status);
    QCOMPARE(record.text(QStringLiteral("Priority")), task.priority);
    QCOMPARE(record.text(QStringLiteral("Description")), task.description);
    QCOMPARE(record.lookup(QStringLiteral("Who_Id")).id, person().id);
    QCOMPARE(record.lookup(QStringLiteral("Owner")).id, task.ownerId);
    QCOMPARE(record.names(QStringLiteral("Tag")), task.tags);
    const QJsonObject raw = stored(record.ref());
    QVERIFY(textIn(raw.value(QLatin1String("Remind_At")).toObject(), "ALARM")
                .endsWith(QLatin1String("DATE-TIME:2026-01-21T09:00:00+04:00")));
    QCOMPARE(textIn(raw.value(QLatin1String("Recurring_Activity")).toObject(), "RRULE"), task.recurrence);
}

void TestCrmLive::noteWithATitle()
{
    const NoteText note{QStringLiteral("Call 10:02"), QStringLiteral("Asked & was told\nشكرا"), person()};
    const auto id = await(crm().createNote(note));
    QVERIFY2(id.ok(), qPrintable(id.ok() ? QString() : id.error().message));
    const auto notes =
        await(crm().related(person(), QStringLiteral("Notes"), QStringLiteral("Notes"),
                            {QStringLiteral("Note_Title"), QStringLiteral("Note_Content")}, RequestPriority::Pop, 200));
    QVERIFY(notes.ok());
    const auto &list = notes.value().records;
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const Record &one) { return one.ref().id == id.value(); });
    QVERIFY(found != list.end());
    QCOMPARE(found->text(QStringLiteral("Note_Title")), note.title);
    QCOMPARE(found->text(QStringLiteral("Note_Content")), note.content);
    const auto nowhere = await(crm().createNote({{}, note.content, {contacts, QStringLiteral("5725767000999999999")}}));
    QVERIFY(!nowhere.ok());
    QCOMPARE(nowhere.error().kind, ErrorKind::Rejected);
}

void TestCrmLive::callGetsAnotherParty()
{
    const auto fields = await(crm().fields(calls));
    QVERIFY(fields.ok());
    const auto result = std::find_if(fields.value().begin(), fields.value().end(),
                                     [](const Field &one) { return one.apiName == QLatin1String("Call_Result"); });
    QVERIFY(result != fields.value().end());
    CallActivity activity = call();
    const auto id = await(crm().createCall(activity));
    QVERIFY2(id.ok(), qPrintable(id.ok() ? QString() : id.error().message));
    QCOMPARE(idIn(stored({calls, id.value()}), "Who_Id"), person().id);

    RecordQuery any;
    any.perPage = 1;
    activity.person = await(crm().records(leads, any, RequestPriority::Search)).value().records.first().ref();
    activity.description = QStringLiteral("It was somebody else.");
    activity.result = result->pickListValues.constLast();
    const auto changed = await(crm().updateRecord({calls, id.value()}, crm().callValues(activity)));
    QVERIFY2(changed.ok(), qPrintable(changed.ok() ? QString() : changed.error().message));
    QCOMPARE(changed.value().id, id.value());
    const QJsonObject record = stored({calls, id.value()});
    QCOMPARE(idIn(record, "What_Id"), activity.person.id);
    QCOMPARE(textIn(record, "$se_module"), leads);
    QVERIFY(idIn(record, "Who_Id").isEmpty());
    QCOMPARE(textIn(record, "Description"), activity.description);
    QCOMPARE(textIn(record, "Call_Result"), result->pickListCodes.constLast());
    QCOMPARE(textIn(record, "Call_Type"), QStringLiteral("Inbound"));
    QCOMPARE(record.value(QLatin1String("Call_Duration_in_seconds")).toInt(), 125);
    const auto gone = await(crm().updateRecord({calls, QStringLiteral("5725767000999999999")}, crm().callValues(activity)));
    QVERIFY(!gone.ok());
    QCOMPARE(gone.error().kind, ErrorKind::NotFound);
}

void TestCrmLive::onlyWhatChangedSince()
{
    RecordQuery query;
    query.fields = {QStringLiteral("Last_Name"), QStringLiteral("Modified_Time")};
    query.modifiedSince = QDateTime::currentDateTimeUtc().addSecs(60);
    const auto nothing = await(crm().records(contacts, query, RequestPriority::Sync));
    QVERIFY(nothing.ok());
    QVERIFY(nothing.value().records.isEmpty() && !nothing.value().more);
    QCOMPARE(requests().last().toObject().value(QLatin1String("status")).toInt(), 304);
    const auto none = await(crm().deletedRecords(contacts, CrmClient::Deleted::All, query.modifiedSince));
    QVERIFY(none.ok());
    QVERIFY(none.value().records.isEmpty() && !none.value().more);
    QCOMPARE(requests().last().toObject().value(QLatin1String("status")).toInt(), 204);

    const auto id = await(crm().createRecord(contacts, {{QStringLiteral("Last_Name"), QStringLiteral("Since")}}));
    QVERIFY(id.ok());
    const QDateTime made = await(crm().record({contacts, id.value()}, query.fields, RequestPriority::Sync))
                               .value()
                               .dateTime(QStringLiteral("Modified_Time"));
    QVERIFY(made.isValid());
    query.modifiedSince = made.addSecs(-1);
    const auto changed = await(crm().records(contacts, query, RequestPriority::Sync));
    QVERIFY(changed.ok());
    const auto &list = changed.value().records;
    QVERIFY(std::any_of(list.begin(), list.end(), [&](const Record &one) { return one.ref().id == id.value(); }));
    for (const Record &one : list)
        QVERIFY(one.dateTime(QStringLiteral("Modified_Time")) > query.modifiedSince);
    QVERIFY(list.size() < 2300);
}

void TestCrmLive::pagesByToken()
{
    RecordQuery query;
    query.fields = {QStringLiteral("Last_Name")};
    query.sortBy = RecordQuery::SortBy::CreatedTime;
    QSet<QString> ids;
    qsizetype rows = 0;
    int pages = 0;
    bool more = true;
    while (more && pages < 20) {
        const auto page = await(crm().records(contacts, query, RequestPriority::Sync));
        QVERIFY2(page.ok(), qPrintable(page.ok() ? QString() : page.error().message));
        for (const Record &one : page.value().records)
            ids.insert(one.ref().id);
        rows += page.value().records.size();
        more = page.value().more;
        QCOMPARE(page.value().nextPageToken.isEmpty(), !more);
        query.pageToken = page.value().nextPageToken;
        ++pages;
    }
    const QJsonObject all = control(HttpMethod::Get, QStringLiteral("records/Contacts"));
    QCOMPARE(rows, qsizetype(all.value(QLatin1String("count")).toInteger()));
    QCOMPARE(ids.size(), rows); // None twice.
    QVERIFY(pages > 10);
    QCOMPARE(arrivals(QStringLiteral("/crm/v8/Contacts")), pages);
}

QTEST_GUILESS_MAIN(TestCrmLive)
#include "tst_crm_live.moc"
