// SPDX-License-Identifier: Apache-2.0
#include "CallerProfile.h"
#include "CreditMeter.h"
#include "CrmReads.h"
#include "DeskBench.h"
#include "PhotoCache.h"
#include "ProfileSource.h"

#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

/// What a sub-request of a composite one answers.
QJsonObject part(const QJsonArray &data)
{
    const QJsonObject body{{QStringLiteral("data"), data},
                           {QStringLiteral("info"), QJsonObject{{QStringLiteral("more_records"), false}}}};
    const QJsonObject response{{QStringLiteral("status_code"), data.isEmpty() ? 204 : 200},
                               {QStringLiteral("body"), data.isEmpty() ? QJsonValue() : QJsonValue(body)}};
    return {{QStringLiteral("code"), QStringLiteral("SUCCESS")},
            {QStringLiteral("details"), QJsonObject{{QStringLiteral("response"), response}}},
            {QStringLiteral("status"), QStringLiteral("success")}};
}

QJsonObject refusedPart(const QString &code)
{
    const QJsonObject body{{QStringLiteral("code"), code},
                           {QStringLiteral("details"), QJsonObject()},
                           {QStringLiteral("message"), QStringLiteral("no")},
                           {QStringLiteral("status"), QStringLiteral("error")}};
    QJsonObject made = part({});
    made.insert(QStringLiteral("details"),
                QJsonObject{{QStringLiteral("response"),
                             QJsonObject{{QStringLiteral("status_code"), 403}, {QStringLiteral("body"), body}}}});
    return made;
}

RawServer::Answer photoAnswer(const QByteArray &bytes, const QByteArray &type = "image/png")
{
    return {.bytes = "HTTP/1.1 200 Told\r\nContent-Type: " + type +
                     "\r\nContent-Length: " + QByteArray::number(bytes.size()) + "\r\n\r\n" + bytes,
            .then = RawServer::Then::KeepOpen};
}

} // namespace

class TestCallerProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void oneRecordAndOneCompositeRequest();
    void onePartFailsTheOthersStay();
    void asksOneByOneWhereCompositeIsRefused();
    void aBadMomentIsNoRefusal();
    void readsAListWhenItsTabIsOpened();
    void readsTheRestWhenAsked();
    void scarceCreditsReadNothingUnasked();

    void photoIsReadAfterEverythingElse();
    void photoIsReadWhenThePartsFailedToo();
    void noPhotoIsAskedForWhereThereIsNone();
    void noPhotoIsAskedForWhenCreditsAreShort_data();
    void noPhotoIsAskedForWhenCreditsAreShort();
    void photoIsReadOnceUntilItChanges();
    void whatIsNoPhotoIsNotAskedForAgain_data();
    void whatIsNoPhotoIsNotAskedForAgain();
    void photoIsAskedForAgainAfterABadMoment();
    void photosOfAnotherSignInAreForgotten();

    void sharesReads();
    void keepsReadsLongerWhenCreditsAreShort();
    void doesNotKeepErrors();

private:
    RawServer::Answer answer(const RawServer::Arrival &arrival);
    std::unique_ptr<CallerProfile> profile();
    bool ready(const CallerProfile &profile) const;
    int composites() const { return m_bench->count("POST", "__composite_requests"); }
    int lists() const { return m_bench->count("GET", "/Contacts/11/") - photos(); }
    int records() const { return m_bench->count("GET", "/Contacts/11") - lists() - photos(); }
    int photos() const { return m_bench->count("GET", "/Contacts/11/photo"); }
    void setRemaining(int credits);
    void settle();

    const QString contacts = QStringLiteral("Contacts");
    const RecordRef layla{contacts, QStringLiteral("11")};
    const QByteArray portrait{"\x89PNG\r\n\x1a\n and what follows"};
    QString m_image; ///< What the CRM says of the record's photo.
    RawServer::Answer m_photo;

    std::function<RawServer::Answer(const QJsonArray &)> m_together;
    std::unique_ptr<DeskBench> m_bench;
    std::unique_ptr<CrmReads> m_reads;
    std::shared_ptr<ProfileSource> m_source;
};

RawServer::Answer TestCallerProfile::answer(const RawServer::Arrival &arrival)
{
    if (arrival.target.contains("__composite_requests")) {
        const QJsonObject body = QJsonDocument::fromJson(arrival.body).object();
        return m_together(body.value(QLatin1String("__composite_requests")).toArray());
    }
    if (arrival.target.contains("/settings/related_lists")) {
        QJsonArray all;
        for (const char *name : {"Deals", "Cases", "SalesOrders", "Tasks", "Calls_History", "Notes", "Events_History",
                                 "Events", "Tasks_History", "Calls"})
            all.append(QJsonObject{{QStringLiteral("api_name"), QLatin1String(name)},
                                   {QStringLiteral("display_label"), QLatin1String(name)}});
        return jsonAnswer(200, {{QStringLiteral("related_lists"), all}});
    }
    if (arrival.target.contains("/settings/fields"))
        return jsonAnswer(200, {{QStringLiteral("fields"),
                                 QJsonArray{QJsonObject{{QStringLiteral("api_name"), QStringLiteral("Full_Name")},
                                                        {QStringLiteral("display_label"), QStringLiteral("Name")},
                                                        {QStringLiteral("data_type"), QStringLiteral("text")}}}}});
    if (arrival.target.contains("/settings/"))
        return noRecords();
    if (arrival.target.contains("/Contacts/11/photo"))
        return m_photo;
    if (arrival.target.contains("/Contacts/11/"))
        return test::records(
            {QJsonObject{{QStringLiteral("id"), QStringLiteral("5")},
                         {QStringLiteral("Subject"), QStringLiteral("Call back")},
                         {QStringLiteral("Created_Time"), QStringLiteral("2026-03-01T10:00:00+04:00")}}});
    if (arrival.target.contains("/Contacts/11"))
        return test::records({QJsonObject{{QStringLiteral("id"), QStringLiteral("11")},
                                          {QStringLiteral("Record_Image"), m_image.isEmpty() ? QJsonValue() : m_image},
                                          {QStringLiteral("Full_Name"), QStringLiteral("Layla Haddad")}}});
    return noRecords();
}

void TestCallerProfile::init()
{
    m_image.clear();
    m_photo = photoAnswer(portrait);
    m_together = [](const QJsonArray &parts) {
        QJsonArray answers;
        for (const auto &one : parts) {
            const bool notes = one.toObject().value(QLatin1String("uri")).toString().contains(QLatin1String("Notes"));
            answers.append(
                part(notes ? QJsonArray{QJsonObject{
                                 {QStringLiteral("id"), QStringLiteral("6")},
                                 {QStringLiteral("Note_Content"), QStringLiteral("Gate code")},
                                 {QStringLiteral("Created_Time"), QStringLiteral("2026-03-01T10:00:00+04:00")}}}
                           : QJsonArray()));
        }
        return jsonAnswer(200, {{QStringLiteral("__composite_requests"), answers}});
    };
    m_bench = std::make_unique<DeskBench>([this](const RawServer::Arrival &arrival) { return answer(arrival); });
    QVERIFY(m_bench->open());
    m_reads = std::make_unique<CrmReads>(m_bench->crm, m_bench->clock);
    m_source = std::make_shared<ProfileSource>(m_bench->crm, m_bench->clock, m_bench->metadata);
    m_source->setReads(m_reads.get());
    m_bench->metadata.setOrg(QStringLiteral("60001"));
    m_source->prepare(contacts);
    QTRY_VERIFY(m_source->prepared(contacts));
}

void TestCallerProfile::cleanup()
{
    m_source.reset();
    m_reads.reset();
    m_bench.reset();
}

std::unique_ptr<CallerProfile> TestCallerProfile::profile()
{
    Candidate candidate;
    candidate.ref = layla;
    auto made = std::make_unique<CallerProfile>(candidate, m_source);
    made->load();
    return made;
}

bool TestCallerProfile::ready(const CallerProfile &profile) const
{
    return profile.data().header.status == PartState::Status::Ready &&
           profile.data().timelineState.status == PartState::Status::Ready;
}

void TestCallerProfile::setRemaining(int credits)
{
    HttpReply told;
    told.status = 200;
    told.headers.insert("x-api-credits-remaining", QByteArray::number(credits));
    told.headers.insert("x-ratelimit-day-limit", "1000");
    m_bench->scheduler.credits().heard(told);
}

void TestCallerProfile::oneRecordAndOneCompositeRequest()
{
    QStringList asked;
    m_together = [&asked, ask = m_together](const QJsonArray &parts) {
        for (const auto &one : parts)
            asked.append(one.toObject().value(QLatin1String("uri")).toString().section(QLatin1Char('/'), -1));
        return ask(parts);
    };
    const auto shown = profile();
    QTRY_VERIFY(ready(*shown));
    QCOMPARE(asked, (QStringList{QStringLiteral("Deals"), QStringLiteral("Cases"), QStringLiteral("SalesOrders"),
                                 QStringLiteral("Calls_History"), QStringLiteral("Notes")}));
    QCOMPARE(composites(), 1);
    QCOMPARE(records(), 1);
    QCOMPARE(lists(), 0);
    QCOMPARE(shown->data().timeline.size(), 1);
    for (const ProfileFact &fact : shown->data().facts)
        QCOMPARE(fact.state.status, PartState::Status::Ready);
    QVERIFY(shown->data().moreToRead);
}

void TestCallerProfile::onePartFailsTheOthersStay()
{
    m_together = [](const QJsonArray &parts) {
        QJsonArray answers;
        for (qsizetype i = 0; i < parts.size(); ++i)
            answers.append(i == 0 ? refusedPart(QStringLiteral("NO_PERMISSION")) : part({}));
        return jsonAnswer(207, {{QStringLiteral("__composite_requests"), answers}});
    };
    const auto shown = profile();
    QTRY_COMPARE(shown->data().tabs.value(0).state.status, PartState::Status::Failed);
    QVERIFY(shown->data().tabs.value(0).state.message.contains(QLatin1String("profile")));
    QCOMPARE(shown->data().tabs.value(1).state.status, PartState::Status::Ready);
    QCOMPARE(composites(), 1);
    shown->retry(); // Only what failed, by itself.
    QTRY_COMPARE(shown->data().tabs.value(0).state.status, PartState::Status::Ready);
    QCOMPARE(composites(), 1);
    QCOMPARE(lists(), 1);
}

void TestCallerProfile::asksOneByOneWhereCompositeIsRefused()
{
    m_together = [](const QJsonArray &) { return refused(401, QStringLiteral("OAUTH_SCOPE_MISMATCH")); };
    const auto shown = profile();
    QTRY_VERIFY(ready(*shown));
    QCOMPARE(composites(), 1);
    QCOMPARE(lists(), 5);
    const auto next = profile();
    QTRY_VERIFY(ready(*next));
    QCOMPARE(composites(), 1); // It is not tried again in this sign-in.
    QCOMPARE(lists(), 10);
}

void TestCallerProfile::aBadMomentIsNoRefusal()
{
    m_together = [](const QJsonArray &) { return refused(500, QStringLiteral("INTERNAL_ERROR")); };
    const auto shown = profile();
    QTRY_COMPARE(shown->data().timelineState.status, PartState::Status::Failed);
    QCOMPARE(lists(), 0);
    m_together = [](const QJsonArray &parts) {
        QJsonArray answers;
        for (qsizetype i = 0; i < parts.size(); ++i)
            answers.append(part({}));
        return jsonAnswer(200, {{QStringLiteral("__composite_requests"), answers}});
    };
    shown->retry();
    QTRY_VERIFY(ready(*shown));
    QCOMPARE(lists(), 0);
}

void TestCallerProfile::readsAListWhenItsTabIsOpened()
{
    const auto shown = profile();
    QTRY_VERIFY(ready(*shown));
    const auto tasks = [&shown] { return shown->data().tabs.constLast(); };
    QCOMPARE(tasks().apiName, QStringLiteral("Tasks"));
    QCOMPARE(tasks().state.status, PartState::Status::Waiting);
    shown->open(QStringLiteral("Tasks"));
    shown->open(QStringLiteral("Tasks"));
    QTRY_COMPARE(tasks().state.status, PartState::Status::Ready);
    QCOMPARE(tasks().count, 1);
    shown->open(QStringLiteral("Tasks"));
    QCOMPARE(lists(), 1);
}

void TestCallerProfile::readsTheRestWhenAsked()
{
    const auto shown = profile();
    QTRY_VERIFY(ready(*shown));
    shown->readRest();
    QCOMPARE(shown->data().timelineState.status, PartState::Status::Loading);
    QTRY_VERIFY(ready(*shown));
    QVERIFY(!shown->data().moreToRead);
    QCOMPARE(composites(), 2);
    QCOMPARE(lists(), 0);
}

void TestCallerProfile::scarceCreditsReadNothingUnasked()
{
    setRemaining(20);
    const auto shown = profile();
    QTRY_COMPARE(shown->data().header.status, PartState::Status::Ready);
    QCOMPARE(composites() + lists(), 0);
    QCOMPARE(shown->data().timelineState.status, PartState::Status::Waiting);
    QVERIFY(shown->data().timelineState.message.contains(QLatin1String("credits")));
    shown->open(QStringLiteral("Deals"));
    QTRY_COMPARE(shown->data().tabs.value(0).state.status, PartState::Status::Ready);
    QCOMPARE(lists(), 1);
    shown->retry();
    QTRY_VERIFY(ready(*shown));
    QCOMPARE(composites(), 1);
}

/// A request that might still have come would have come before this answer: they all go the same way, in turn.
void TestCallerProfile::settle()
{
    QVERIFY(await(m_bench->crm.record({contacts, QStringLiteral("99")}, {}, RequestPriority::Sync)).ok() == false);
}

void TestCallerProfile::photoIsReadAfterEverythingElse()
{
    m_image = QStringLiteral("f5d4");
    QList<QJsonArray> held;
    m_together = [&held](const QJsonArray &parts) {
        held.append(parts);
        return RawServer::Answer{};
    };
    const auto shown = profile();
    QTRY_COMPARE(held.size(), 1);
    QTRY_COMPARE(shown->data().header.status, PartState::Status::Ready);
    settle();
    QCOMPARE(photos(), 0); // The lists are still under way.
    QJsonArray answers;
    for (qsizetype i = 0; i < held.constFirst().size(); ++i)
        answers.append(part({}));
    m_bench->server.sendLate(jsonAnswer(200, {{QStringLiteral("__composite_requests"), answers}}).bytes);
    QTRY_COMPARE(shown->data().photo, portrait);
    QVERIFY(ready(*shown));
    QCOMPARE(photos(), 1);
    shown->open(QStringLiteral("Tasks"));
    QTRY_COMPARE(shown->data().tabs.constLast().state.status, PartState::Status::Ready);
    settle();
    QCOMPARE(photos(), 1);
}

void TestCallerProfile::photoIsReadWhenThePartsFailedToo()
{
    m_image = QStringLiteral("f5d4");
    m_together = [](const QJsonArray &) { return refused(500, QStringLiteral("INTERNAL_ERROR")); };
    const auto shown = profile();
    QTRY_COMPARE(shown->data().photo, portrait);
    QCOMPARE(shown->data().timelineState.status, PartState::Status::Failed);
}

void TestCallerProfile::noPhotoIsAskedForWhereThereIsNone()
{
    const auto shown = profile();
    QTRY_VERIFY(ready(*shown));
    settle();
    QCOMPARE(photos(), 0);
    QVERIFY(shown->data().photo.isEmpty());
}

void TestCallerProfile::noPhotoIsAskedForWhenCreditsAreShort_data()
{
    QTest::addColumn<int>("remaining");
    QTest::newRow("saving") << 150;
    QTest::newRow("scarce") << 20;
}

void TestCallerProfile::noPhotoIsAskedForWhenCreditsAreShort()
{
    QFETCH(int, remaining);
    m_image = QStringLiteral("f5d4");
    setRemaining(remaining);
    const auto shown = profile();
    QTRY_COMPARE(shown->data().header.status, PartState::Status::Ready);
    QTRY_VERIFY(shown->data().timelineState.status != PartState::Status::Loading);
    settle();
    QCOMPARE(photos(), 0);

    // What is here already costs nothing.
    setRemaining(900);
    const auto plenty = profile();
    QTRY_COMPARE(plenty->data().photo, portrait);
    setRemaining(remaining);
    const auto again = profile();
    QTRY_COMPARE(again->data().photo, portrait);
    QCOMPARE(photos(), 1);
}

void TestCallerProfile::photoIsReadOnceUntilItChanges()
{
    m_image = QStringLiteral("f5d4");
    const auto first = profile();
    QTRY_COMPARE(first->data().photo, portrait);
    const auto second = profile();
    QTRY_COMPARE(second->data().header.status, PartState::Status::Ready);
    QCOMPARE(second->data().photo, portrait); // At once, with the record.
    QTRY_VERIFY(ready(*second));
    settle();
    QCOMPARE(photos(), 1);

    m_image = QStringLiteral("aa01");
    m_photo = photoAnswer(portrait + " of later");
    m_reads->forget(layla);
    second->recordChanged();
    QTRY_COMPARE(second->data().photo, portrait + " of later");
    QCOMPARE(photos(), 2);

    m_image.clear(); // It was taken away.
    m_reads->forget(layla);
    second->recordChanged();
    QTRY_VERIFY(second->data().photo.isEmpty());
}

void TestCallerProfile::whatIsNoPhotoIsNotAskedForAgain_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("nothing") << RawServer::response(204);
    QTest::newRow("not allowed") << refused(403, QStringLiteral("NO_PERMISSION")).bytes;
    QTest::newRow("not there") << refused(400, QStringLiteral("INVALID_DATA")).bytes;
    QTest::newRow("a page") << photoAnswer("<html>log in</html>", "text/html").bytes;
    QTest::newRow("too large") << photoAnswer(QByteArray(PhotoCache::largest + 1, 'x')).bytes;
}

void TestCallerProfile::whatIsNoPhotoIsNotAskedForAgain()
{
    QFETCH(QByteArray, answer);
    m_image = QStringLiteral("f5d4");
    m_photo = {.bytes = answer, .then = RawServer::Then::KeepOpen};
    const auto first = profile();
    QTRY_COMPARE(photos(), 1);
    settle();
    QTRY_VERIFY(m_source->photos().photo(layla, m_image).has_value());
    const auto second = profile();
    QTRY_VERIFY(ready(*second));
    settle();
    QCOMPARE(photos(), 1);
    QVERIFY(first->data().photo.isEmpty() && second->data().photo.isEmpty());
    QCOMPARE(second->data().header.status, PartState::Status::Ready); // Nobody is told: the initials stay.
}

void TestCallerProfile::photoIsAskedForAgainAfterABadMoment()
{
    m_image = QStringLiteral("f5d4");
    m_photo = refused(500, QStringLiteral("INTERNAL_ERROR"));
    const auto shown = profile();
    QTRY_COMPARE(photos(), 1);
    settle();
    QVERIFY(!m_source->photos().photo(layla, m_image).has_value());
    m_photo = photoAnswer(portrait);
    shown->retry();
    QTRY_COMPARE(shown->data().photo, portrait);
    QCOMPARE(photos(), 2);
}

void TestCallerProfile::photosOfAnotherSignInAreForgotten()
{
    m_source->photos().keep(layla, QStringLiteral("f5d4"), portrait);
    QCOMPARE(m_source->photos().photo(layla, QStringLiteral("f5d4")), portrait);
    QVERIFY(!m_source->photos().photo(layla, QStringLiteral("aa01")).has_value());
    QVERIFY(!m_source->photos().photo({contacts, QStringLiteral("12")}, QStringLiteral("f5d4")).has_value());
    m_source->forgetPhotos();
    QVERIFY(!m_source->photos().photo(layla, QStringLiteral("f5d4")).has_value());

    // However many there are, they take no more than so much.
    const QByteArray large(PhotoCache::largest, 'x');
    const qsizetype fit = PhotoCache::mostBytes / PhotoCache::largest;
    for (qsizetype i = 0; i <= fit; ++i)
        m_source->photos().keep({contacts, QString::number(i)}, QStringLiteral("f5d4"), large);
    QVERIFY(!m_source->photos().photo({contacts, QStringLiteral("0")}, QStringLiteral("f5d4")).has_value());
    QCOMPARE(m_source->photos().photo({contacts, QString::number(fit)}, QStringLiteral("f5d4")), large);
}

void TestCallerProfile::sharesReads()
{
    const auto first = m_reads->record(layla, RequestPriority::Pop);
    const auto second = m_reads->record(layla, RequestPriority::Pop);
    QVERIFY(await(first).ok());
    QCOMPARE(await(second).value().text(QStringLiteral("Full_Name")), QStringLiteral("Layla Haddad"));
    QVERIFY(await(m_reads->record(layla, RequestPriority::Pop)).ok());
    QCOMPARE(records(), 1);
    m_reads->forget(layla);
    QVERIFY(await(m_reads->record(layla, RequestPriority::Pop)).ok());
    QCOMPARE(records(), 2);

    // What was asked before the change is not given to those who ask after it, and not kept.
    m_reads->forget(layla);
    const auto before = m_reads->record(layla, RequestPriority::Pop);
    m_reads->forget(layla);
    const auto after = m_reads->record(layla, RequestPriority::Pop);
    QVERIFY(await(before).ok() && await(after).ok());
    QCOMPARE(records(), 4);
    QVERIFY(await(m_reads->record(layla, RequestPriority::Pop)).ok());
    QCOMPARE(records(), 4);
    auto gone = m_reads->record({contacts, QStringLiteral("12")}, RequestPriority::Pop);
    const auto stays = m_reads->record({contacts, QStringLiteral("12")}, RequestPriority::Pop);
    gone.cancel(); // One who goes does not take the read from the others.
    QCOMPARE(await(stays).error().kind, ErrorKind::NotFound);
}

void TestCallerProfile::keepsReadsLongerWhenCreditsAreShort()
{
    const auto readAfter = [this](std::chrono::milliseconds wait) {
        m_bench->clock.advance(wait);
        const int before = records();
        return await(m_reads->record(layla, RequestPriority::Pop)).ok() && records() > before;
    };
    QVERIFY(readAfter(0s));
    QVERIFY(!readAfter(29s));
    QVERIFY(readAfter(31s));
    setRemaining(150);
    QVERIFY(!readAfter(9min));
    setRemaining(150);
    QVERIFY(readAfter(2min));
    setRemaining(20);
    QVERIFY(!readAfter(59min));
}

void TestCallerProfile::doesNotKeepErrors()
{
    m_bench->server.setScript([](const RawServer::Arrival &) { return hangUp(); });
    QCOMPARE(await(m_reads->record(layla, RequestPriority::Pop)).error().kind, ErrorKind::Network);
    m_bench->server.setScript([this](const RawServer::Arrival &arrival) { return answer(arrival); });
    QVERIFY(await(m_reads->record(layla, RequestPriority::Pop)).ok());
}

QTEST_GUILESS_MAIN(TestCallerProfile)
#include "tst_caller_profile.moc"
