// SPDX-License-Identifier: Apache-2.0
#include "Avatar.h"
#include "Bidi.h"
#include "PhotoImage.h"
#include "ProfileView.h"
#include "Samples.h"
#include "TabStrip.h"

#include <QBuffer>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include <algorithm>

using namespace ringside;

namespace {

QByteArray bytesOf(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

/// Until the photos that were given are decoded, and what came of them is shown.
void decodePhotos()
{
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::sendPostedEvents();
}

} // namespace

/// The middle column on made-up people.
class TestProfileView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_view.reset(); }

    void showsThePerson();
    void textIsNeverMarkup();
    void oneOffersNoChooser();
    void manyOfferAChooser();
    void choosingIsTold();
    void unknownSaysWhatToDo();
    void failedSearchOffersRetry();
    void uncertainSearchIsSaidBesideThePerson();
    void failedPartLeavesTheOthers();
    void byHandOffersToAttach();
    void unsafeLinkIsNotOffered();
    void longNamesAreElided();
    void listsAreReadWhenOpened();
    void scarceCreditsOfferToRead();
    void photoTakesThePlaceOfTheInitials();
    void photoOfAnyShapeIsItsMiddle_data();
    void photoOfAnyShapeIsItsMiddle();
    void whatIsNoPictureKeepsTheInitials_data();
    void whatIsNoPictureKeepsTheInitials();
    void latePhotoDoesNotLandOnSomebodyElse();

private:
    template<typename Widget = QWidget>
    Widget *find(const char *name) const
    {
        return m_view->findChild<Widget *>(QLatin1String(name));
    }
    void showPerson(const ProfileData &person) { m_view->showCaller(person, samples::oneMatch(), true); }
    QImage avatar() const { return find("profileAvatar")->grab().toImage(); }
    QString text(const char *name) const { return withoutIsolates(find<QLabel>(name)->text()); }

    samples::StillClock m_clock;
    std::unique_ptr<ProfileView> m_view;
};

void TestProfileView::init()
{
    m_view = std::make_unique<ProfileView>();
    m_view->setNow(m_clock.now());
    m_view->resize(640, 720);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestProfileView::showsThePerson()
{
    m_view->showCaller(samples::profile(m_clock), samples::oneMatch(), true);
    QCOMPARE(text("profileName"), QStringLiteral("Layla Haddad"));
    QCOMPARE(text("profileRole"), QStringLiteral("Operations Director · Haddad Interiors"));
    QCOMPARE(text("profileNumbers"), QStringLiteral("+971 50 123 4567 · Dubai, 14:26"));
    QCOMPARE(find<QListView>("timelineList")->model()->rowCount(), 5);
    auto *tabs = find<TabStrip>("profileTabs");
    QCOMPARE(tabs->count(), 6);
    QVERIFY(tabs->isVisible() && tabs->height() > 20);
    QCOMPARE(tabs->tabText(3), QStringLiteral("Orders 7"));
    tabs->setCurrentIndex(3);
    QTRY_VERIFY(find("profileRows")->isVisible());
}

void TestProfileView::textIsNeverMarkup()
{
    ProfileData person = samples::profile(m_clock);
    person.name = QStringLiteral("<b>Bobby</b> <img src='file:///etc/passwd'>");
    m_view->showCaller(person, samples::oneMatch(), true);
    QCOMPARE(find<QLabel>("profileName")->textFormat(), Qt::PlainText);
    QCOMPARE(text("profileName"), person.name);
}

void TestProfileView::oneOffersNoChooser()
{
    m_view->showCaller(samples::profile(m_clock), samples::oneMatch(), true);
    QVERIFY(!find("matchBar")->isVisible());
    QVERIFY(find("notThisPersonButton")->isVisible());
}

void TestProfileView::manyOfferAChooser()
{
    m_view->showCaller(samples::profile(m_clock), samples::manyMatches(), true);
    QVERIFY(find("matchBar")->isVisible());
    QVERIFY(find<QPushButton>("matchCandidate0")->isChecked());
    QVERIFY(!find<QPushButton>("matchCandidate1")->isChecked());
    QVERIFY(!find<QPushButton>("matchCandidate1")->toolTip().isEmpty());
    PopResult pop = samples::manyMatches();
    for (int i = 0; i < 6; ++i) {
        Candidate more = pop.candidates.at(1);
        more.ref.id = QStringLiteral("20%1").arg(i);
        pop.candidates.append(more);
    }
    m_view->showCaller(samples::profile(m_clock), pop, true);
    QVERIFY(find("matchMore")->isVisible());
    QVERIFY(!find("matchCandidate2"));
}

void TestProfileView::choosingIsTold()
{
    qRegisterMetaType<Candidate>();
    QSignalSpy chosen(m_view.get(), &ProfileView::candidateChosen);
    m_view->showCaller(samples::profile(m_clock), samples::manyMatches(), true);
    QTest::mouseClick(find("matchCandidate1"), Qt::LeftButton);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.at(0).at(0).value<Candidate>().name, QStringLiteral("Haddad Interiors"));
    QVERIFY(find<QPushButton>("matchCandidate0")->isChecked()); // Until the answer says otherwise.
}

void TestProfileView::unknownSaysWhatToDo()
{
    m_view->showUnknown(samples::unknownCall(m_clock), samples::noMatch());
    QCOMPARE(text("unknownNumber"), QStringLiteral("+44 20 7946 0018"));
    QVERIFY(text("unknownName").contains(QLatin1String("J Whitfield")));
    QVERIFY(text("unknownMessage").contains(QLatin1String("Nobody")));
    QSignalSpy search(m_view.get(), &ProfileView::searchRequested);
    QTest::mouseClick(find("unknownSearchButton"), Qt::LeftButton);
    QCOMPARE(search.count(), 1);
    QVERIFY(!find("unknownRetryButton")->isVisible());
}

void TestProfileView::failedSearchOffersRetry()
{
    PopResult pop;
    pop.status = PopResult::Status::Failed;
    pop.message = QStringLiteral("Zoho CRM did not answer.");
    m_view->showUnknown(samples::unknownCall(m_clock), pop);
    QCOMPARE(text("unknownMessage"), pop.message);
    QSignalSpy again(m_view.get(), &ProfileView::lookAgainRequested);
    QTest::mouseClick(find("unknownRetryButton"), Qt::LeftButton);
    QCOMPARE(again.count(), 1);
}

void TestProfileView::uncertainSearchIsSaidBesideThePerson()
{
    QSignalSpy again(m_view.get(), &ProfileView::lookAgainRequested);
    const PopResult many = samples::uncertainMatch();
    m_view->showCaller(samples::profile(m_clock), many, true);
    QVERIFY(find("matchBar")->isVisible() && find("popNotice")->isVisible());
    QCOMPARE(text("popNoticeText"), many.message);
    QVERIFY(find("profileName")->isVisible());
    QTest::mouseClick(find("popNoticeRetryButton"), Qt::LeftButton);
    QCOMPARE(again.count(), 1);

    PopResult one = samples::oneMatch();
    one.message = QStringLiteral("Leads could not be searched.");
    m_view->showCaller(samples::profile(m_clock), one, true);
    QVERIFY(!find("matchBar")->isVisible() && find("popNotice")->isVisible());
    QCOMPARE(text("popNoticeText"), one.message);
    m_view->showCaller(samples::profile(m_clock), samples::oneMatch(), true);
    QVERIFY(!find("popNotice")->isVisible());

    PopResult unchosen = many; // Nobody is shown until the agent chooses.
    unchosen.chosen.reset();
    m_view->showUnknown(samples::unknownCall(m_clock), unchosen);
    QVERIFY(find("popNotice")->isVisible() && find("unknownCard")->isVisible());
    PopResult failed = samples::noMatch();
    failed.status = PopResult::Status::Failed;
    m_view->showUnknown(samples::unknownCall(m_clock), failed);
    QVERIFY(!find("popNotice")->isVisible()); // The card says it, once.

    m_view->showCaller(samples::profile(m_clock), many, true);
    m_view->showByHand(samples::profile(m_clock), {});
    QVERIFY(!find("popNotice")->isVisible());
    m_view->showCaller(samples::profile(m_clock), many, true);
    m_view->showIdle();
    QVERIFY(!find("popNotice")->isVisible());
}

void TestProfileView::failedPartLeavesTheOthers()
{
    ProfileData person = samples::profile(m_clock);
    person.facts[0].state = {PartState::Status::Failed, QStringLiteral("The deals did not come.")};
    m_view->showCaller(person, samples::oneMatch(), true);
    QCOMPARE(text("profileFailedText"), QStringLiteral("The deals did not come."));
    QVERIFY(find("timelineList")->isVisible());
    QSignalSpy retry(m_view.get(), &ProfileView::retryPartsRequested);
    QTest::mouseClick(find("profileFailedRetryButton"), Qt::LeftButton);
    QCOMPARE(retry.count(), 1);

    person = samples::profile(m_clock);
    person.timeline.clear();
    person.timelineState = {PartState::Status::Failed, QStringLiteral("The timeline did not come.")};
    m_view->showCaller(person, samples::oneMatch(), true);
    QCOMPARE(text("profilePartNotice"), QStringLiteral("The timeline did not come."));
    QVERIFY(find("profileRetryButton")->isVisible());
    m_view->showCaller(samples::profile(m_clock), samples::oneMatch(), true);
    QVERIFY(find("timelineList")->isVisible());
    QVERIFY(!find("profileFailedText")->isVisible());
}

void TestProfileView::byHandOffersToAttach()
{
    m_view->showByHand(samples::profile(m_clock), {.canAttach = true, .canReturn = true});
    QVERIFY(find("attachButton")->isVisible());
    QVERIFY(!find("notThisPersonButton")->isVisible());
    QSignalSpy attach(m_view.get(), &ProfileView::attachRequested);
    QTest::mouseClick(find("attachButton"), Qt::LeftButton);
    QCOMPARE(attach.count(), 1);
    m_view->showByHand(samples::profile(m_clock), {.canAttach = false, .canReturn = false});
    QVERIFY(!find("attachButton")->isVisible());
    m_view->showIdle();
    QVERIFY(!find("handBar")->isVisible());
}

void TestProfileView::unsafeLinkIsNotOffered()
{
    ProfileData person = samples::profile(m_clock);
    m_view->showCaller(person, samples::oneMatch(), true);
    QVERIFY(find("openInCrmButton")->isVisible());
    person.crmUrl = QUrl(QStringLiteral("file:///bin/sh"));
    m_view->showCaller(person, samples::oneMatch(), true);
    QVERIFY(!find("openInCrmButton")->isVisible());
}

void TestProfileView::longNamesAreElided()
{
    ProfileData person = samples::profile(m_clock);
    person.name = QString(400, QLatin1Char('W'));
    person.company = QString(400, QLatin1Char('M'));
    person.tags = {QString(200, QLatin1Char('T'))};
    m_view->showCaller(person, samples::oneMatch(), true);
    QCOMPARE(m_view->width(), 640);
    QVERIFY(m_view->minimumSizeHint().width() <= 640);
}

void TestProfileView::listsAreReadWhenOpened()
{
    ProfileData person = samples::profile(m_clock);
    person.tabs[2].state = {.status = PartState::Status::Waiting, .message = {}};
    person.moreToRead = true;
    m_view->showCaller(person, samples::oneMatch(), true);
    QSignalSpy opened(m_view.get(), &ProfileView::listOpened);
    QSignalSpy rest(m_view.get(), &ProfileView::restRequested);
    auto *tabs = find<TabStrip>("profileTabs");
    QVERIFY(find("timelineRestButton")->isVisible());
    QTest::mouseClick(find("timelineRestButton"), Qt::LeftButton);
    QCOMPARE(rest.count(), 1);
    tabs->setCurrentIndex(1);
    QCOMPARE(opened.count(), 0); // It is here.
    tabs->setCurrentIndex(3);
    QVERIFY(opened.count() > 0);
    QCOMPARE(opened.constFirst().constFirst().toString(), person.tabs.at(2).apiName);
    person.moreToRead = false;
    m_view->showCaller(person, samples::oneMatch(), true);
    tabs->setCurrentIndex(0);
    QVERIFY(!find("timelineRestButton")->isVisible());
}

void TestProfileView::scarceCreditsOfferToRead()
{
    ProfileData person = samples::profile(m_clock);
    person.timeline.clear();
    person.timelineState = {.status = PartState::Status::Waiting, .message = QStringLiteral("Read when you ask for it.")};
    m_view->showCaller(person, samples::oneMatch(), true);
    QCOMPARE(text("profilePartNotice"), person.timelineState.message);
    QSignalSpy retry(m_view.get(), &ProfileView::retryPartsRequested);
    QVERIFY(find("profileRetryButton")->isVisible());
    QTest::mouseClick(find("profileRetryButton"), Qt::LeftButton);
    QCOMPARE(retry.count(), 1);
}

void TestProfileView::photoTakesThePlaceOfTheInitials()
{
    ProfileData person = samples::profile(m_clock);
    showPerson(person);
    QCoreApplication::sendPostedEvents(); // The layout finds its places.
    const QImage initials = avatar();
    const QRect name = find("profileName")->geometry();
    const int height = find("profileAvatar")->parentWidget()->height();
    person.photo = samples::photo();
    showPerson(person);
    QCOMPARE(avatar(), initials); // Until it is decoded.
    decodePhotos();
    QVERIFY(find<Avatar>("profileAvatar")->showsPhoto());
    const QImage face = avatar();
    const QColor skin = face.pixelColor(face.width() / 2, face.height() * 45 / 100);
    QVERIFY2(skin.red() > 200 && skin.blue() < 170, qPrintable(skin.name()));
    QCOMPARE(face.pixelColor(1, 1), initials.pixelColor(1, 1)); // It is round.
    QCOMPARE(find("profileName")->geometry(), name);
    QCOMPARE(find("profileAvatar")->parentWidget()->height(), height);
    person.photo.clear(); // It was taken away in the CRM.
    showPerson(person);
    QCOMPARE(avatar(), initials);
}

void TestProfileView::photoOfAnyShapeIsItsMiddle_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QByteArray>("format");
    QTest::newRow("wide") << QSize(900, 60) << QByteArray("PNG");
    QTest::newRow("high") << QSize(60, 900) << QByteArray("PNG");
    QTest::newRow("one pixel high") << QSize(4000, 1) << QByteArray("PNG");
    QTest::newRow("a camera's") << QSize(3000, 2000) << QByteArray("JPEG");
}

void TestProfileView::photoOfAnyShapeIsItsMiddle()
{
    QFETCH(QSize, size);
    QFETCH(QByteArray, format);
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::red);
    const int square = std::min(size.width(), size.height());
    QPainter painter(&image);
    painter.fillRect((size.width() - square) / 2, (size.height() - square) / 2, square, square, Qt::blue);
    painter.end();
    const QImage middle = photoImage(bytesOf(image, format.constData()), 120);
    QCOMPARE(middle.size(), QSize(120, 120));
    for (const QPoint &place : {QPoint(4, 60), QPoint(115, 60), QPoint(60, 4), QPoint(60, 115), QPoint(60, 60)}) {
        const QColor colour = middle.pixelColor(place);
        QVERIFY2(colour.blue() > 200 && colour.red() < 60, qPrintable(colour.name()));
    }
}

void TestProfileView::whatIsNoPictureKeepsTheInitials_data()
{
    QTest::addColumn<QByteArray>("photo");
    const QByteArray good = samples::photo();
    QTest::newRow("text") << QByteArray("no picture");
    QTest::newRow("cut") << good.left(good.size() / 2);
    QTest::newRow("head alone") << good.left(33);
    QByteArray damaged = good;
    for (qsizetype i = 60; i < damaged.size(); i += 7)
        damaged[i] = static_cast<char>(damaged.at(i) ^ 0x55);
    QTest::newRow("damaged") << damaged;
    QTest::newRow("a drawing that may name files") << QByteArray(
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>");
    QByteArray bomb = QByteArray::fromHex("ffffffff"); // 65535 x 65535 pixels in some forty bytes
    bomb = "GIF89a" + bomb + QByteArray::fromHex("f00000000000ffffff2c00000000ffffffff00020204001003b");
    QTest::newRow("huge claim") << bomb;
    QImage flat(6000, 5000, QImage::Format_Mono);
    flat.fill(0);
    QTest::newRow("thirty million pixels in a few bytes") << bytesOf(flat, "PNG");
    QImage large(4500, 4200, QImage::Format_RGB32);
    large.fill(Qt::red);
    QTest::newRow("more memory than one photo may take") << bytesOf(large, "PNG");
}

void TestProfileView::whatIsNoPictureKeepsTheInitials()
{
    QFETCH(QByteArray, photo);
    ProfileData person = samples::profile(m_clock);
    showPerson(person);
    const QImage initials = avatar();
    person.photo = photo;
    showPerson(person);
    decodePhotos();
    QVERIFY(!find<Avatar>("profileAvatar")->showsPhoto());
    QCOMPARE(avatar(), initials);
}

void TestProfileView::latePhotoDoesNotLandOnSomebodyElse()
{
    ProfileData first = samples::profile(m_clock);
    first.photo = samples::photo();
    ProfileData second = samples::profile(m_clock);
    second.ref.id = QStringLiteral("1000000000000000002");
    second.name = QStringLiteral("Omar Farouk");
    second.initials = QStringLiteral("OF");
    showPerson(second);
    const QImage initials = avatar();
    showPerson(first);
    showPerson(second); // Before the first one's photo is decoded.
    decodePhotos();
    QCOMPARE(avatar(), initials);
    showPerson(first);
    decodePhotos();
    QVERIFY(avatar() != initials);
    showPerson(second);
    QCOMPARE(avatar(), initials); // At once.
}

QTEST_MAIN(TestProfileView)
#include "tst_profile_view.moc"
