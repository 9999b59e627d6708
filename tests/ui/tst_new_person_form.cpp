// SPDX-License-Identifier: Apache-2.0
#include "NewPersonForm.h"

#include "Bidi.h"
#include "NewPersonSamples.h"
#include "ProfileView.h"
#include "RingsideStyle.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ringside;

namespace {

QString key()
{
    return QStringLiteral("call-8");
}

} // namespace

/// The form of a new lead, in the column where it stands.
class TestNewPersonForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new RingsideStyle); }
    void init();
    void cleanup() { m_view.reset(); }

    void offersWhatCanBeMade();
    void offersNothingWhileSearching();
    void showsTheFieldsWithTheirWords();
    void takesTheKeyboardOnlyWhenTold();
    void typingIsToldWithItsCall();
    void enterCreatesAndEscapePutsAway();
    void enterOnAButtonIsThatButton();
    void problemsStandUnderTheirFields();
    void typingKeepsItsPlaceWhenTheFormChanges();
    void duplicateCanBeTheCaller();
    void noSecondOneIsOfferedWhereTheCrmTakesNone();
    void nothingIsTypedWhileItIsOnItsWay();
    void tabGoesThroughAllOfIt();
    void narrowColumnHasOneFieldALine();
    void rightToLeftIsMirrored();

private:
    template <typename Widget = QWidget> Widget *find(const char *name) const
    {
        return m_view->findChild<Widget *>(QLatin1String(name));
    }
    QString text(const char *name) const { return withoutIsolates(find<QLabel>(name)->text()); }
    QString button(const char *name) const { return find<QPushButton>(name)->text(); }
    void show(const NewPersonData &person) { m_view->showNewPerson(key(), person, samples::noMatch()); }
    bool left(const char *one, const char *other) const
    {
        return find(one)->mapToGlobal(QPoint()).x() < find(other)->mapToGlobal(QPoint()).x();
    }
    bool sameLine(const char *one, const char *other) const
    {
        return find(one)->mapToGlobal(QPoint()).y() == find(other)->mapToGlobal(QPoint()).y();
    }

    samples::StillClock m_clock;
    std::unique_ptr<ProfileView> m_view;
};

void TestNewPersonForm::init()
{
    m_view = std::make_unique<ProfileView>();
    m_view->setNow(m_clock.now());
    m_view->resize(640, 720);
    m_view->show();
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void TestNewPersonForm::offersWhatCanBeMade()
{
    QSignalSpy wanted(m_view.get(), &ProfileView::newPersonRequested);
    m_view->setCreatable({QStringLiteral("Leads"), QStringLiteral("Contacts")});
    m_view->showUnknown(samples::unknownCall(m_clock), samples::noMatch());
    QTest::mouseClick(find("unknownLeadButton"), Qt::LeftButton);
    QTest::mouseClick(find("unknownContactButton"), Qt::LeftButton);
    QCOMPARE(wanted.count(), 2);
    QCOMPARE(wanted.at(0).at(0).toString(), QStringLiteral("Leads"));
    QCOMPARE(wanted.at(1).at(0).toString(), QStringLiteral("Contacts"));
    QVERIFY(find("unknownLeadButton")->toolTip().contains(QLatin1Char('L')));
    m_view->setCreatable({QStringLiteral("Contacts")});
    QVERIFY(find("unknownLeadButton")->isHidden());
    QVERIFY(find("unknownContactButton")->isVisible());
    QVERIFY(find("unknownSearchButton")->isVisible());
}

void TestNewPersonForm::offersNothingWhileSearching()
{
    m_view->setCreatable({QStringLiteral("Leads"), QStringLiteral("Contacts")});
    PopResult pop;
    pop.status = PopResult::Status::Searching;
    m_view->showUnknown(samples::unknownCall(m_clock), pop);
    QVERIFY(find("unknownLeadButton")->isHidden());
    m_view->showUnknown(samples::unknownCall(m_clock), samples::noMatch());
    QVERIFY(find("unknownLeadButton")->isVisible());
}

void TestNewPersonForm::showsTheFieldsWithTheirWords()
{
    show(samples::newLead());
    QCOMPARE(text("newPersonTitle"), QStringLiteral("New lead"));
    QCOMPARE(button("newPersonCreate"), QStringLiteral("Create lead"));
    QCOMPARE(find<QLineEdit>("newPersonLast_Name")->text(), QStringLiteral("Whitfield"));
    QCOMPARE(find<QLineEdit>("newPersonPhone")->text(), QStringLiteral("+44 20 7946 0018"));
    QCOMPARE(find("newPersonLast_Name")->accessibleName(), QStringLiteral("Last name (needed)"));
    QCOMPARE(find("newPersonEmail")->accessibleName(), QStringLiteral("Email"));
    auto *source = find<QComboBox>("newPersonLead_Source");
    QCOMPARE(source->count(), 3);
    QVERIFY(source->currentData().toString().isEmpty());
    QVERIFY(!find("newPersonMessage")->isVisible());
    NewPersonData contact = samples::newLead();
    contact.module = QStringLiteral("Contacts");
    contact.fields.removeAt(2);
    show(contact);
    QCOMPARE(text("newPersonTitle"), QStringLiteral("New contact"));
    QVERIFY(!find("newPersonCompany") || find("newPersonCompany")->isHidden());
}

void TestNewPersonForm::takesTheKeyboardOnlyWhenTold()
{
    QLineEdit other;
    other.setParent(m_view.get());
    other.show();
    other.setFocus();
    QTRY_VERIFY(other.hasFocus());
    show(samples::newLead());
    QVERIFY(other.hasFocus());
    QVERIFY(!m_view->newPersonHoldsFocus());
    m_view->focusNewPerson();
    QVERIFY(find("newPersonCompany")->hasFocus()); // the first that is empty and needed
    QVERIFY(m_view->newPersonHoldsFocus());
}

void TestNewPersonForm::typingIsToldWithItsCall()
{
    QSignalSpy edited(m_view.get(), &ProfileView::newPersonEdited);
    show(samples::newLead());
    QTest::keyClicks(find("newPersonCompany"), QStringLiteral("W"));
    QCOMPARE(edited.count(), 1);
    QCOMPARE(edited.first(), QVariantList({key(), QStringLiteral("Company"), QStringLiteral("W")}));
    auto *source = find<QComboBox>("newPersonLead_Source");
    source->setFocus();
    QTest::keyClick(source, Qt::Key_Down);
    QCOMPARE(edited.count(), 2);
    QCOMPARE(edited.last().at(2).toString(), QStringLiteral("Trade Show")); // the code, not the word
}

void TestNewPersonForm::enterCreatesAndEscapePutsAway()
{
    QSignalSpy create(m_view.get(), &ProfileView::newPersonCreateRequested);
    QSignalSpy cancel(m_view.get(), &ProfileView::newPersonCancelled);
    show(samples::newLead());
    m_view->focusNewPerson();
    QTest::keyClick(find("newPersonCompany"), Qt::Key_Return);
    QCOMPARE(create.count(), 1);
    QTest::keyClick(find("newPersonCompany"), Qt::Key_Return, Qt::ControlModifier); // logs the call, elsewhere
    QCOMPARE(create.count(), 1);
    QTest::keyClick(find("newPersonCompany"), Qt::Key_Escape);
    QCOMPARE(cancel.count(), 1);
    QTest::mouseClick(find("newPersonCreate"), Qt::LeftButton);
    QTest::mouseClick(find("newPersonCancel"), Qt::LeftButton);
    QCOMPARE(create.count(), 2);
    QCOMPARE(cancel.count(), 2);
    QCOMPARE(create.last().first().toString(), key());
}

void TestNewPersonForm::enterOnAButtonIsThatButton()
{
    QSignalSpy create(m_view.get(), &ProfileView::newPersonCreateRequested);
    QSignalSpy cancel(m_view.get(), &ProfileView::newPersonCancelled);
    show(samples::newLead());
    find("newPersonCancel")->setFocus();
    QTest::keyClick(find("newPersonCancel"), Qt::Key_Return);
    QCOMPARE(cancel.count(), 1);
    QCOMPARE(create.count(), 0);
}

void TestNewPersonForm::problemsStandUnderTheirFields()
{
    show(samples::newLead());
    find("newPersonPhone")->setFocus();
    show(samples::newLeadWithProblems());
    QVERIFY(find("newPersonCompanyProblem")->isVisible());
    QVERIFY(text("newPersonEmailProblem").contains(QLatin1String("email address")));
    QVERIFY(find("newPersonLast_NameProblem")->isHidden());
    QVERIFY(!find("newPersonCompany")->accessibleDescription().isEmpty());
    QVERIFY(find("newPersonMessage")->isVisible());
    QVERIFY(find("newPersonCompany")->hasFocus()); // the keyboard was in the form: it goes to the first of them
    NewPersonData better = samples::newLeadWithProblems();
    better.fields[2].value = QStringLiteral("W");
    better.fields[2].problem.clear();
    show(better); // the agent types there: the other problem does not take the keyboard
    QVERIFY(find("newPersonCompany")->hasFocus());
    QVERIFY(find("newPersonCompanyProblem")->isHidden());
}

void TestNewPersonForm::typingKeepsItsPlaceWhenTheFormChanges()
{
    NewPersonData person = samples::newLead();
    show(person);
    auto *company = find<QLineEdit>("newPersonCompany");
    company->setFocus();
    QTest::keyClicks(company, QStringLiteral("Whitfield"));
    company->setCursorPosition(3);
    person.fields[2].value = company->text();
    person.fields.append(person.fields.at(0));
    person.fields.last().apiName = QStringLiteral("Motto");
    show(person); // what the org wants besides has become known
    QCOMPARE(find<QLineEdit>("newPersonCompany"), company);
    QVERIFY(company->hasFocus());
    QCOMPARE(company->cursorPosition(), 3);
    QVERIFY(find("newPersonMotto")->isVisible());
}

void TestNewPersonForm::duplicateCanBeTheCaller()
{
    qRegisterMetaType<Candidate>();
    QSignalSpy chosen(m_view.get(), &ProfileView::candidateChosen);
    show(samples::newLeadWithDuplicate());
    QCOMPARE(button("newPersonCreate"), QStringLiteral("Create all the same"));
    QTest::mouseClick(find("newPersonDuplicate0"), Qt::LeftButton);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().value<Candidate>().name, QStringLiteral("Jane Whitfield"));
    show(samples::newLead());
    QVERIFY(find("newPersonDuplicate0") == nullptr || find("newPersonDuplicate0")->isHidden() ||
            !find("newPersonDuplicate0")->isVisible());
}

void TestNewPersonForm::noSecondOneIsOfferedWhereTheCrmTakesNone()
{
    qRegisterMetaType<Candidate>();
    QSignalSpy chosen(m_view.get(), &ProfileView::candidateChosen);
    const NewPersonData person = samples::newLeadThatExists();
    show(person);
    QCOMPARE(button("newPersonCreate"), QStringLiteral("Create lead"));
    QCOMPARE(text("newPersonMessage"), person.message);
    QTest::mouseClick(find("newPersonDuplicate0"), Qt::LeftButton);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().value<Candidate>().ref, person.duplicates.constFirst().ref);
}

void TestNewPersonForm::nothingIsTypedWhileItIsOnItsWay()
{
    NewPersonData person = samples::newLead();
    person.state = NewPersonData::State::Creating;
    show(person);
    QVERIFY(find<QLineEdit>("newPersonCompany")->isReadOnly());
    QVERIFY(!find("newPersonLead_Source")->isEnabled());
    QVERIFY(!text("newPersonStatus").isEmpty());
    person.state = NewPersonData::State::Confirming;
    show(person);
    QCOMPARE(button("newPersonCreate"), QStringLiteral("Look now"));
    person.state = NewPersonData::State::Editing;
    show(person);
    QVERIFY(!find<QLineEdit>("newPersonCompany")->isReadOnly());
    QVERIFY(text("newPersonStatus").isEmpty());
}

void TestNewPersonForm::tabGoesThroughAllOfIt()
{
    show(samples::newLeadWithDuplicate());
    find("newPersonFirst_Name")->setFocus();
    QStringList names;
    for (int i = 0; i < 9; ++i) {
        names.append(QApplication::focusWidget()->objectName().mid(9));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    const QStringList expected{QStringLiteral("First_Name"), QStringLiteral("Last_Name"), QStringLiteral("Company"),
                               QStringLiteral("Phone"),      QStringLiteral("Email"),     QStringLiteral("Lead_Source"),
                               QStringLiteral("Duplicate0"), QStringLiteral("Cancel"),    QStringLiteral("Create")};
    QCOMPARE(names, expected);
}

void TestNewPersonForm::narrowColumnHasOneFieldALine()
{
    show(samples::newLead());
    QTRY_VERIFY(sameLine("newPersonFirst_Name", "newPersonLast_Name"));
    QVERIFY(!sameLine("newPersonLast_Name", "newPersonCompany"));
    m_view->resize(340, 720);
    QTRY_VERIFY(!sameLine("newPersonFirst_Name", "newPersonLast_Name"));
    QVERIFY(find("newPersonForm")->width() <= 340);
}

void TestNewPersonForm::rightToLeftIsMirrored()
{
    show(samples::newLead());
    QTRY_VERIFY(left("newPersonFirst_Name", "newPersonLast_Name"));
    m_view->setLayoutDirection(Qt::RightToLeft);
    QTRY_VERIFY(left("newPersonLast_Name", "newPersonFirst_Name"));
    QTRY_VERIFY(left("newPersonCreate", "newPersonCancel"));
    QCOMPARE(find("newPersonPhone")->layoutDirection(), Qt::LeftToRight); // a number reads so everywhere
    QVERIFY(find<QLineEdit>("newPersonPhone")->alignment().testFlag(Qt::AlignRight));
}

QTEST_MAIN(TestNewPersonForm)
#include "tst_new_person_form.moc"
