// SPDX-License-Identifier: Apache-2.0
#include "Bidi.h"
#include "ProfileView.h"
#include "Samples.h"
#include "TabStrip.h"

#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ringside;

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
    void failedPartLeavesTheOthers();
    void byHandOffersToAttach();
    void unsafeLinkIsNotOffered();
    void longNamesAreElided();
    void listsAreReadWhenOpened();
    void scarceCreditsOfferToRead();

private:
    template<typename Widget = QWidget>
    Widget *find(const char *name) const
    {
        return m_view->findChild<Widget *>(QLatin1String(name));
    }
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

QTEST_MAIN(TestProfileView)
#include "tst_profile_view.moc"
