// SPDX-License-Identifier: Apache-2.0
#include "DateField.h"
#include "FieldText.h"
#include "LookupField.h"
#include "NotesEdit.h"
#include "NotesPanel.h"
#include "Samples.h"
#include "SeveralBox.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCalendarWidget>
#include <QComboBox>
#include <QInputMethodEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace ringside;

/// The notes panel on made-up calls: what is typed carries the key of its call.
class TestNotesPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_panel.reset(); }

    void typedTextCarriesItsKey();
    void fillingIsSilent();
    void composedTextStaysWithItsCall();
    void undoDoesNotReachTheCallBefore();
    void undoGoesOnWhenTheCallComesBack();
    void twoCallsInTurnsNeverMix();
    void anEarlierVersionIsAStepOfUndo();
    void cursorIsTold();
    void subjectOfOursIsNotAnEdit();
    void choicesAreTheAgents();
    void choiceThatLeftThePicklistStays();
    void sentCallIsReadOnly();
    void loggedCallIsEditedWhenAsked();
    void editingEndsWithAnotherCall();
    void discardIsOfferedForALoggedCallAlone();
    void bothVersionsAreShownToChooseFrom();
    void returnKeysInTheField();
    void tabOrderIsReadingOrder();
    void everyControlHasAName();
    void unsavedIsSaid();
    void extraFieldsShowWhereThereAreAny();
    void extraFieldsCarryTheirKey();
    void severalAreTicked();
    void dayIsTypedOrChosen();
    void yesOrNoIsChosen();
    void recordIsChosenFromThoseFound();
    void theFieldThatIsMissingIsAskedFor();
    void refusedFieldsAreMarkedUntilTheyAreEdited();
    void fieldsOfEveryCallAreMarkedToo();
    void theWheelChoosesNothing();

private:
    template <typename Widget> Widget *find(const char *name) const
    {
        return m_panel->findChild<Widget *>(QLatin1String(name));
    }
    static QList<NewPersonField> asked();
    static NewPersonField oneOf(NewPersonField::Kind kind);
    NotesEdit *edit() const { return find<NotesEdit>("notesEdit"); }

    samples::StillClock m_clock;
    std::unique_ptr<NotesPanel> m_panel;
};

void TestNotesPanel::init()
{
    m_panel = std::make_unique<NotesPanel>();
    m_panel->resize(372, 700);
    m_panel->setChoices({QStringLiteral("Interested"), QStringLiteral("Not interested")}, {QStringLiteral("Support")});
    m_panel->bind(samples::liveCall(m_clock));
    m_panel->show();
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
}

QList<NewPersonField> TestNotesPanel::asked()
{
    NewPersonField reason;
    reason.apiName = QStringLiteral("Reason_Code");
    reason.label = QStringLiteral("Reason for the call, as the quality department counts it");
    reason.kind = NewPersonField::Kind::Choice;
    reason.choices = reason.codes = {QStringLiteral("Sales"), QStringLiteral("Billing")};
    reason.mandatory = true;
    NewPersonField ticket;
    ticket.apiName = QStringLiteral("Ticket");
    ticket.label = QStringLiteral("Ticket");
    return {reason, ticket};
}

void TestNotesPanel::extraFieldsShowWhereThereAreAny()
{
    auto *rows = find<QWidget>("callFieldRows");
    QVERIFY(!rows->isVisible());
    m_panel->setExtraFields(asked());
    auto *reason = find<QComboBox>("callFieldReason_Code");
    QVERIFY(reason && reason->isVisible() && find<QLineEdit>("callFieldTicket")->isVisible());
    QVERIFY(reason->accessibleName().startsWith(asked().constFirst().label));
    QVERIFY(rows->mapTo(m_panel.get(), QPoint()).y() > find<QWidget>("resultBox")->mapTo(m_panel.get(), QPoint()).y());
    find<QWidget>("purposeBox")->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("callFieldReason_Code"));
    m_panel->setExtraFields({});
    QVERIFY(!rows->isVisible());
    QVERIFY(!find<QWidget>("callFieldTicket"));
}

void TestNotesPanel::refusedFieldsAreMarkedUntilTheyAreEdited()
{
    m_panel->setExtraFields(asked());
    CallEntry call = samples::liveCall(m_clock);
    call.state = CallState::Ended;
    call.logState = LogState::Rejected;
    call.logMessage = QStringLiteral("Both are wrong.");
    call.refused = {{.field = QStringLiteral("Reason_Code"), .message = QStringLiteral("Not this reason.")},
                    {.field = QStringLiteral("Ticket"), .message = QStringLiteral("Not this ticket.")},
                    {.field = QStringLiteral("Ticket"), .message = QStringLiteral("It is too long.")}};
    m_panel->setCall(call);
    const auto marks = [this] {
        QStringList shown;
        for (const QLabel *label : find<QWidget>("callFieldRows")->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().endsWith(QLatin1Char('.')))
                shown.append(label->text());
        }
        return shown;
    };
    const QString ticketMarks = QStringLiteral("Not this ticket. It is too long.");
    QCOMPARE(marks(), (QStringList{QStringLiteral("Not this reason."), ticketMarks}));
    auto *ticket = find<QLineEdit>("callFieldTicket");
    ticket->setFocus();
    QTest::keyClicks(ticket, QStringLiteral("8"));
    QCOMPARE(ticket->text(), QStringLiteral("8"));
    QCOMPARE(marks(), QStringList(QStringLiteral("Not this reason.")));
    m_panel->setCall(call); // The phone told something more of it.
    QCOMPARE(marks(), QStringList(QStringLiteral("Not this reason.")));
    call.logState = LogState::Queued;
    m_panel->setCall(call);
    QCOMPARE(marks(), QStringList());
}

void TestNotesPanel::fieldsOfEveryCallAreMarkedToo()
{
    CallEntry call = samples::liveCall(m_clock);
    call.state = CallState::Ended;
    call.logState = LogState::Rejected;
    call.logMessage = QStringLiteral("All are wrong.");
    for (const char *field : {"Subject", "Description", "Call_Result", "Call_Purpose"})
        call.refused.append({.field = QLatin1String(field), .message = QStringLiteral("Not %1.").arg(QLatin1String(field))});
    m_panel->setCall(call);
    const auto marked = [this] {
        QStringList shown;
        for (const char *name : {"subjectEdit", "notesEdit", "resultBox", "purposeBox"}) {
            const auto *mark = m_panel->findChild<QLabel *>(QLatin1String(name) + QLatin1String("Problem"));
            if (mark && mark->isVisible() && find<QWidget>(name)->accessibleDescription() == mark->text())
                shown.append(mark->text());
        }
        return shown;
    };
    QStringList left{QStringLiteral("Not Subject."), QStringLiteral("Not Description."), QStringLiteral("Not Call_Result."),
                     QStringLiteral("Not Call_Purpose.")};
    QCOMPARE(marked(), left);
    QTest::keyClicks(find<QLineEdit>("subjectEdit"), QStringLiteral("x"));
    left.removeFirst();
    QCOMPARE(marked(), left);
    QTest::keyClicks(edit(), QStringLiteral("y"));
    left.removeFirst();
    QCOMPARE(marked(), left);
    for (const char *box : {"resultBox", "purposeBox"}) {
        auto *choice = find<QComboBox>(box);
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Down);
        left.removeFirst();
        QCOMPARE(marked(), left);
    }
    m_panel->setCall(call); // the phone told something more of it
    QCOMPARE(marked(), QStringList());
}

void TestNotesPanel::extraFieldsCarryTheirKey()
{
    m_panel->setExtraFields(asked());
    QSignalSpy edited(m_panel.get(), &NotesPanel::extraFieldEdited);
    NoteDraft draft;
    draft.values = {{QStringLiteral("Reason_Code"), QStringLiteral("Left the picklist")},
                    {QStringLiteral("Ticket"), QStringLiteral("7")}};
    m_panel->setDraft(draft);
    auto *reason = find<QComboBox>("callFieldReason_Code");
    auto *ticket = find<QLineEdit>("callFieldTicket");
    QCOMPARE(reason->currentText(), QStringLiteral("Left the picklist"));
    QCOMPARE(ticket->text(), QStringLiteral("7"));
    QCOMPARE(edited.count(), 0);
    ticket->setFocus();
    QTest::keyClick(ticket, Qt::Key_End);
    QTest::keyClicks(ticket, QStringLiteral("1"));
    QCOMPARE(edited.last(), (QVariantList{QStringLiteral("call-1"), QStringLiteral("Ticket"), QStringLiteral("71")}));
    reason->setFocus();
    QTest::keyClick(reason, Qt::Key_Up);
    QCOMPARE(edited.last(),
             (QVariantList{QStringLiteral("call-1"), QStringLiteral("Reason_Code"), QStringLiteral("Billing")}));
    m_panel->bind(samples::ringingCall(m_clock));
    QCOMPARE(ticket->text(), QString());
    QCOMPARE(reason->currentIndex(), 0);
}

NewPersonField TestNotesPanel::oneOf(NewPersonField::Kind kind)
{
    NewPersonField field;
    field.apiName = QStringLiteral("Asked");
    field.label = QStringLiteral("Asked");
    field.kind = kind;
    return field;
}

void TestNotesPanel::severalAreTicked()
{
    NewPersonField topics = oneOf(NewPersonField::Kind::Several);
    topics.choices = topics.codes = {QStringLiteral("Delivery"), QStringLiteral("Price"), QStringLiteral("Quality")};
    m_panel->setExtraFields({topics});
    NoteDraft draft;
    draft.values = {{topics.apiName, QStringLiteral("Price;Gone")}};
    m_panel->setDraft(draft);
    auto *box = find<SeveralBox>("callFieldAsked");
    QCOMPARE(box->chosen(), (QStringList{QStringLiteral("Price"), QStringLiteral("Gone")}));
    QVERIFY(box->currentText().contains(QLatin1String("Price")) && box->currentText().contains(QLatin1String("Gone")));
    QSignalSpy edited(m_panel.get(), &NotesPanel::extraFieldEdited);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    QTRY_VERIFY(box->view()->isVisible());
    QCOMPARE(edited.count(), 0);
    QTest::keyClick(box->view(), Qt::Key_Space);
    QCOMPARE(edited.last().at(2).toString(), QStringLiteral("Delivery;Price;Gone"));
    QVERIFY(box->view()->isVisible());
    const QRect quality = box->view()->visualRect(box->model()->index(3, 0));
    QTest::mouseClick(box->view()->viewport(), Qt::LeftButton, {}, quality.center());
    QCOMPARE(edited.last().at(2).toString(), QStringLiteral("Delivery;Price;Quality;Gone"));
    QVERIFY(box->view()->isVisible());
    QTest::keyClick(box->view(), Qt::Key_Return);
    QTRY_VERIFY(!box->view()->isVisible());
    QCOMPARE(edited.count(), 2);
}

void TestNotesPanel::dayIsTypedOrChosen()
{
    const QLocale locale;
    m_panel->setExtraFields({oneOf(NewPersonField::Kind::Date)});
    auto *field = find<DateField>("callFieldAsked");
    QSignalSpy edited(m_panel.get(), &NotesPanel::extraFieldEdited);
    field->setFocus();
    const QDate day(2027, 2, 3);
    QTest::keyClicks(field, QStringLiteral("soon"));
    QCOMPARE(edited.last().at(2).toString(), QStringLiteral("soon"));
    field->selectAll();
    QTest::keyClicks(field, fieldText::shown(day, locale));
    QCOMPARE(edited.last().at(2).toString(), QStringLiteral("2027-02-03"));
    QTest::keyClick(field, Qt::Key_Down, Qt::AltModifier);
    QTRY_VERIFY(field->findChild<QCalendarWidget *>());
    auto *calendar = field->findChild<QCalendarWidget *>();
    QCOMPARE(calendar->selectedDate(), day);
    Q_EMIT calendar->activated(day.addDays(1));
    QCOMPARE(edited.last().at(2).toString(), QStringLiteral("2027-02-04"));
    QCOMPARE(field->text(), fieldText::shown(day.addDays(1), locale));
    NoteDraft draft;
    draft.values = {{QStringLiteral("Asked"), QStringLiteral("2027-05-06")}};
    find<QWidget>("purposeBox")->setFocus();
    m_panel->setDraft(draft);
    QCOMPARE(field->text(), fieldText::shown(QDate(2027, 5, 6), locale));
}

void TestNotesPanel::yesOrNoIsChosen()
{
    NewPersonField sure = oneOf(NewPersonField::Kind::YesNo);
    sure.choices = {QStringLiteral("Yes"), QStringLiteral("No")};
    sure.codes = {QStringLiteral("true"), QStringLiteral("false")};
    m_panel->setExtraFields({sure});
    auto *box = find<QComboBox>("callFieldAsked");
    QCOMPARE(box->currentData().toString(), QString());
    QSignalSpy edited(m_panel.get(), &NotesPanel::extraFieldEdited);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(edited.last().at(2).toString(), QStringLiteral("true"));
}

void TestNotesPanel::recordIsChosenFromThoseFound()
{
    NewPersonField contract = oneOf(NewPersonField::Kind::Lookup);
    contract.module = QStringLiteral("Service_Contracts");
    m_panel->setExtraFields({contract});
    auto *field = find<LookupField>("callFieldAsked");
    QSignalSpy edited(m_panel.get(), &NotesPanel::extraFieldEdited);
    QSignalSpy wanted(m_panel.get(), &NotesPanel::recordsWanted);
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("Fa"));
    QCOMPARE(wanted.last(), (QVariantList{contract.module, QStringLiteral("Fa")}));
    Candidate found;
    found.ref = {.module = contract.module, .id = QStringLiteral("7")};
    found.name = QStringLiteral("Falcon yearly");
    m_panel->setFoundRecords(contract.module, QStringLiteral("F"), {found}, {}); // of what was typed before
    m_panel->setFoundRecords(QStringLiteral("Accounts"), QStringLiteral("Fa"), {found}, {});
    QVERIFY(!QApplication::activePopupWidget());
    m_panel->setFoundRecords(contract.module, QStringLiteral("Fa"), {found}, {});
    QTRY_VERIFY(QApplication::activePopupWidget());
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    QTRY_COMPARE(fieldText::lookupIn(edited.last().at(2).toString()).id, QStringLiteral("7"));
    QCOMPARE(field->text(), found.name);
    QTest::keyClicks(field, QStringLiteral("  2 ")); // blanks are nobody's business
    QCOMPARE(wanted.last().at(1).toString(), QStringLiteral("Falcon yearly 2"));
    QTest::keyClick(field, Qt::Key_Backspace); // no longer that record
    QVERIFY(fieldText::lookupIn(edited.last().at(2).toString()).id.isEmpty());
}

void TestNotesPanel::theFieldThatIsMissingIsAskedFor()
{
    m_panel->setExtraFields(asked());
    m_panel->focusNotes();
    m_panel->askFor(QStringLiteral("Ticket"));
    QTRY_COMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("callFieldTicket"));
    m_panel->askFor(QStringLiteral("Call_Purpose"));
    QTRY_COMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("purposeBox"));
    CallEntry waiting = samples::liveCall(m_clock);
    waiting.logState = LogState::Queued;
    m_panel->setCall(waiting);
    QVERIFY(find<QLineEdit>("callFieldTicket")->isReadOnly());
    QVERIFY(!find<QComboBox>("callFieldReason_Code")->isEnabled());
    m_panel->askFor(QStringLiteral("Reason_Code"));
    QTRY_COMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("callFieldReason_Code"));
}

void TestNotesPanel::theWheelChoosesNothing()
{
    m_panel->setExtraFields(asked());
    QSignalSpy result(m_panel.get(), &NotesPanel::resultChosen);
    QSignalSpy extra(m_panel.get(), &NotesPanel::extraFieldEdited);
    m_panel->focusNotes();
    for (const char *name : {"resultBox", "callFieldReason_Code"}) {
        auto *box = find<QComboBox>(name);
        const QPointF middle(box->rect().center());
        QWheelEvent down(middle, box->mapToGlobal(middle), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier,
                         Qt::NoScrollPhase, false);
        QApplication::sendEvent(box, &down);
        QCOMPARE(box->currentIndex(), 0);
    }
    QCOMPARE(result.count() + extra.count(), 0);
}

void TestNotesPanel::typedTextCarriesItsKey()
{
    QSignalSpy edited(m_panel.get(), &NotesPanel::notesEdited);
    m_panel->focusNotes();
    QTest::keyClicks(edit(), QStringLiteral("ab"));
    QCOMPARE(edited.last().at(0).toString(), QStringLiteral("call-1"));
    QCOMPARE(edited.last().at(1).toString(), QStringLiteral("ab"));
    m_panel->bind(samples::ringingCall(m_clock));
    QCOMPARE(edit()->toPlainText(), QString());
    QTest::keyClicks(edit(), QStringLiteral("c"));
    QCOMPARE(edited.last().at(0).toString(), QStringLiteral("call-9"));
    QCOMPARE(edited.last().at(1).toString(), QStringLiteral("c"));
    for (const QList<QVariant> &signal : std::as_const(edited)) {
        if (signal.at(1).toString().contains(QLatin1Char('a')))
            QCOMPARE(signal.at(0).toString(), QStringLiteral("call-1"));
    }
}

void TestNotesPanel::fillingIsSilent()
{
    QSignalSpy notes(m_panel.get(), &NotesPanel::notesEdited);
    QSignalSpy subject(m_panel.get(), &NotesPanel::subjectEdited);
    QSignalSpy result(m_panel.get(), &NotesPanel::resultChosen);
    NoteDraft draft;
    draft.notes = QStringLiteral("kept from before");
    draft.cursor = 4;
    draft.subject = QStringLiteral("Call");
    draft.result = QStringLiteral("Interested");
    m_panel->setDraft(draft);
    QCOMPARE(edit()->toPlainText(), draft.notes);
    QCOMPARE(edit()->textCursor().position(), 4);
    QCOMPARE(find<QComboBox>("resultBox")->currentText(), QStringLiteral("Interested"));
    QCOMPARE(notes.count() + subject.count() + result.count(), 0);
    draft.cursor = 9999;
    draft.notes = QStringLiteral("short");
    m_panel->setDraft(draft);
    QCOMPARE(edit()->textCursor().position(), 5);
}

void TestNotesPanel::composedTextStaysWithItsCall()
{
    QSignalSpy edited(m_panel.get(), &NotesPanel::notesEdited);
    m_panel->focusNotes();
    QInputMethodEvent compose(QStringLiteral("ni"), {});
    QApplication::sendEvent(edit(), &compose);
    QInputMethodEvent commit;
    commit.setCommitString(QStringLiteral("你"));
    QApplication::sendEvent(edit(), &commit);
    QCOMPARE(edited.last().at(1).toString(), QStringLiteral("你"));
    m_panel->bind(samples::ringingCall(m_clock));
    QCOMPARE(edit()->toPlainText(), QString());
    m_panel->bind(samples::liveCall(m_clock));
    for (const QList<QVariant> &signal : std::as_const(edited))
        QCOMPARE(signal.at(0).toString(), QStringLiteral("call-1"));
}

void TestNotesPanel::undoDoesNotReachTheCallBefore()
{
    m_panel->focusNotes();
    QTest::keyClicks(edit(), QStringLiteral("secret of call one"));
    m_panel->bind(samples::ringingCall(m_clock));
    QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(edit()->toPlainText(), QString());
}

void TestNotesPanel::undoGoesOnWhenTheCallComesBack()
{
    QSignalSpy edited(m_panel.get(), &NotesPanel::notesEdited);
    m_panel->focusNotes();
    QTest::keyClicks(edit(), QStringLiteral("one two"));
    m_panel->bind(samples::ringingCall(m_clock));
    QTest::keyClicks(edit(), QStringLiteral("other"));
    m_panel->bind(samples::liveCall(m_clock));
    NoteDraft draft; // as the session has it
    draft.notes = QStringLiteral("one two");
    draft.cursor = 7;
    m_panel->setDraft(draft);
    QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("one "));
    QCOMPARE(edited.last(), (QVariantList{QStringLiteral("call-1"), QStringLiteral("one "), 4}));
    QTest::keySequence(edit(), QKeySequence::Redo);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("one two"));
    m_panel->bind(samples::ringingCall(m_clock));
    QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(edit()->toPlainText(), QString());
}

void TestNotesPanel::twoCallsInTurnsNeverMix()
{
    QSignalSpy edited(m_panel.get(), &NotesPanel::notesEdited);
    m_panel->focusNotes();
    QString first;
    QString second;
    for (int i = 0; i < 20; ++i) {
        m_panel->bind(samples::liveCall(m_clock));
        QCOMPARE(edit()->toPlainText(), first);
        QTest::keyClick(edit(), Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(edit(), QStringLiteral("a "));
        first += QStringLiteral("a ");
        m_panel->bind(samples::ringingCall(m_clock));
        QCOMPARE(edit()->toPlainText(), second);
        QTest::keyClick(edit(), Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(edit(), QStringLiteral("b "));
        second += QStringLiteral("b ");
    }
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(edit()->toPlainText(), QString());
    for (const QList<QVariant> &told : std::as_const(edited)) {
        const bool ofTheFirst = told.at(0).toString() == QLatin1String("call-1");
        QVERIFY(!told.at(1).toString().contains(ofTheFirst ? QLatin1Char('b') : QLatin1Char('a')));
    }
}

void TestNotesPanel::anEarlierVersionIsAStepOfUndo()
{
    QSignalSpy edited(m_panel.get(), &NotesPanel::notesEdited);
    QSignalSpy wanted(m_panel.get(), &NotesPanel::earlierRequested);
    find<QPushButton>("earlierButton")->click();
    QCOMPARE(wanted.count(), 1);
    m_panel->focusNotes();
    QTest::keyClicks(edit(), QStringLiteral("now"));
    m_panel->bringBack(QStringLiteral("as it was"));
    QCOMPARE(edit()->toPlainText(), QStringLiteral("as it was"));
    QCOMPARE(edited.last().at(1).toString(), QStringLiteral("as it was"));
    QVERIFY(edit()->hasFocus());
    QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("now"));
    CallEntry logged = samples::liveCall(m_clock);
    logged.logState = LogState::Logged;
    logged.crmCallId = QStringLiteral("1");
    m_panel->setCall(logged);
    m_panel->bringBack(QStringLiteral("as it was")); // opens them
    QCOMPARE(edited.last().at(1).toString(), QStringLiteral("as it was"));
    QVERIFY(m_panel->editable());
}

void TestNotesPanel::cursorIsTold()
{
    m_panel->focusNotes();
    QTest::keyClicks(edit(), QStringLiteral("abc"));
    QSignalSpy edited(m_panel.get(), &NotesPanel::notesEdited);
    QTest::keyClick(edit(), Qt::Key_Home);
    QCOMPARE(edited.last().at(2).toInt(), 0);
}

void TestNotesPanel::subjectOfOursIsNotAnEdit()
{
    QSignalSpy edited(m_panel.get(), &NotesPanel::subjectEdited);
    m_panel->setSubject(QStringLiteral("Inbound call from Layla Haddad"));
    QCOMPARE(edited.count(), 0);
    auto *subject = find<QLineEdit>("subjectEdit");
    subject->setFocus();
    QTest::keyClick(subject, Qt::Key_End);
    QTest::keyClicks(subject, QStringLiteral("!"));
    QCOMPARE(edited.last().at(0).toString(), QStringLiteral("call-1"));
    QCOMPARE(edited.last().at(1).toString(), QStringLiteral("Inbound call from Layla Haddad!"));
}

void TestNotesPanel::choicesAreTheAgents()
{
    auto *box = find<QComboBox>("resultBox");
    QCOMPARE(box->itemText(0), QStringLiteral("None chosen"));
    QSignalSpy chosen(m_panel.get(), &NotesPanel::resultChosen);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.at(0).at(1).toString(), QStringLiteral("Interested"));
    QTest::keyClick(box, Qt::Key_Up);
    QCOMPARE(chosen.last().at(1).toString(), QString());
}

void TestNotesPanel::choiceThatLeftThePicklistStays()
{
    NoteDraft draft;
    draft.purpose = QStringLiteral("Old purpose");
    m_panel->setDraft(draft);
    QCOMPARE(find<QComboBox>("purposeBox")->currentText(), QStringLiteral("Old purpose"));
    m_panel->setChoices({}, {QStringLiteral("Support"), QStringLiteral("Sales")});
    QCOMPARE(find<QComboBox>("purposeBox")->currentText(), QStringLiteral("Old purpose"));
}

void TestNotesPanel::sentCallIsReadOnly()
{
    CallEntry call = samples::liveCall(m_clock);
    call.state = CallState::Ended;
    call.logState = LogState::Queued;
    m_panel->setCall(call);
    QVERIFY(edit()->isReadOnly());
    QVERIFY(!find<QPushButton>("logCallButton")->isVisible());
    QSignalSpy log(m_panel.get(), &NotesPanel::logRequested);
    m_panel->requestLog();
    QCOMPARE(log.count(), 0);
    call.logState = LogState::Rejected;
    call.logMessage = QStringLiteral("Zoho CRM refused the field Subject.");
    m_panel->setCall(call);
    QVERIFY(!edit()->isReadOnly());
    QVERIFY(find<QLabel>("notesProblem")->isVisible());
    QCOMPARE(find<QLabel>("notesProblem")->text(), call.logMessage);
    m_panel->requestLog();
    QCOMPARE(log.count(), 1);
}

void TestNotesPanel::loggedCallIsEditedWhenAsked()
{
    CallEntry call = samples::liveCall(m_clock);
    call.state = CallState::Ended;
    call.logState = LogState::Logged;
    call.crmCallId = QStringLiteral("57");
    m_panel->setCall(call);
    auto *save = find<QPushButton>("logCallButton");
    auto *ask = find<QPushButton>("editCallButton");
    QVERIFY(edit()->isReadOnly() && ask->isVisible() && !save->isVisible());
    QVERIFY(ask->toolTip().contains(QLatin1String("F2")));
    ask->setFocus();
    QTest::keyClick(ask, Qt::Key_Space);
    QVERIFY(!edit()->isReadOnly() && edit()->hasFocus() && !ask->isVisible());
    QCOMPARE(save->text(), QStringLiteral("Save changes"));
    QSignalSpy notes(m_panel.get(), &NotesPanel::notesEdited);
    QTest::keyClicks(edit(), QStringLiteral("more"));
    QCOMPARE(notes.last().at(0).toString(), call.key);
    call.logState = LogState::Draft; // as the desk answers
    m_panel->setCall(call);
    QCOMPARE(find<QLabel>("saveState")->text(), QStringLiteral("Draft kept"));
    QSignalSpy log(m_panel.get(), &NotesPanel::logRequested);
    QTest::mouseClick(save, Qt::LeftButton);
    QCOMPARE(log.count(), 1);
    call.logState = LogState::Queued;
    m_panel->setCall(call);
    QVERIFY(edit()->isReadOnly() && ask->isVisible());
    m_panel->requestEdit(); // a change of what waits
    QVERIFY(!edit()->isReadOnly());
    call.logState = LogState::Logged; // it went through while the agent types
    m_panel->setCall(call);
    QVERIFY(!edit()->isReadOnly());
}

void TestNotesPanel::editingEndsWithAnotherCall()
{
    CallEntry call = samples::liveCall(m_clock);
    call.state = CallState::Ended;
    call.logState = LogState::Logged;
    call.crmCallId = QStringLiteral("57");
    m_panel->setCall(call);
    m_panel->requestEdit();
    m_panel->bind(samples::ringingCall(m_clock));
    QCOMPARE(find<QPushButton>("logCallButton")->text(), QStringLiteral("Log call"));
    m_panel->bind(call);
    QVERIFY(edit()->isReadOnly());
    // Opened and closed again without a change: nothing is sent.
    m_panel->requestEdit();
    QSignalSpy log(m_panel.get(), &NotesPanel::logRequested);
    m_panel->requestLog();
    QCOMPARE(log.count(), 0);
    QVERIFY(edit()->isReadOnly());
    QVERIFY(find<QPushButton>("editCallButton")->hasFocus());
}

void TestNotesPanel::discardIsOfferedForALoggedCallAlone()
{
    QSignalSpy discard(m_panel.get(), &NotesPanel::discardRequested);
    auto *button = find<QPushButton>("discardChangesButton");
    QVERIFY(!button->isVisible());
    m_panel->requestDiscard(); // the key, on a call that was never logged
    QCOMPARE(discard.count(), 0);
    CallEntry call = samples::liveCall(m_clock);
    call.state = CallState::Ended;
    call.logState = LogState::Rejected;
    call.logMessage = QStringLiteral("Someone else has changed it.");
    call.crmCallId = QStringLiteral("57");
    m_panel->setCall(call);
    QVERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(discard.count(), 1);
    QCOMPARE(discard.first().first().toString(), call.key);
}

void TestNotesPanel::bothVersionsAreShownToChooseFrom()
{
    CallEntry call = samples::liveCall(m_clock);
    call.state = CallState::Ended;
    call.logState = LogState::Rejected;
    call.crmCallId = QStringLiteral("57");
    m_panel->setCall(call);
    auto *card = find<QWidget>("versionsCard");
    QVERIFY(!card->isVisible());
    const QString discard = find<QPushButton>("discardChangesButton")->text();
    m_panel->setVersions({{.label = QStringLiteral("Notes"), .theirs = QStringLiteral("<b>Theirs</b>"), .mine = QStringLiteral("Mine")},
                          {.label = QStringLiteral("Result"), .theirs = {}, .mine = QStringLiteral("Interested")}});
    QVERIFY(card->isVisible());
    QStringList shown;
    for (const char *name : {"version0", "version1", "version2", "version3"})
        shown.append(find<QLabel>(name)->text());
    QCOMPARE(shown, (QStringList{QStringLiteral("<b>Theirs</b>"), QStringLiteral("Mine"), QStringLiteral("(empty)"),
                                 QStringLiteral("Interested")}));
    QCOMPARE(find<QLabel>("version0")->textFormat(), Qt::PlainText);
    QVERIFY(find<QPushButton>("discardChangesButton")->text() != discard);
    call.key = QStringLiteral("another");
    m_panel->bind(call);
    QVERIFY(!card->isVisible());
    QCOMPARE(find<QPushButton>("discardChangesButton")->text(), discard);
}

void TestNotesPanel::returnKeysInTheField()
{
    m_panel->focusNotes();
    QTest::keyClicks(edit(), QStringLiteral("a"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QTest::keyClick(edit(), Qt::Key_Enter, Qt::ControlModifier);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("a\n"));
}

void TestNotesPanel::tabOrderIsReadingOrder()
{
    find<QLineEdit>("subjectEdit")->setFocus();
    QStringList order;
    for (int i = 0; i < 6; ++i) {
        order.append(QApplication::focusWidget()->objectName());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(order,
             (QStringList{QStringLiteral("subjectEdit"), QStringLiteral("notesEdit"), QStringLiteral("resultBox"),
                          QStringLiteral("purposeBox"), QStringLiteral("logCallButton"),
                          QStringLiteral("earlierButton")}));
}

void TestNotesPanel::everyControlHasAName()
{
    for (const char *name : {"subjectEdit", "notesEdit", "resultBox", "purposeBox"}) {
        QVERIFY2(!find<QWidget>(name)->accessibleName().isEmpty(), name);
        QVERIFY2(!find<QWidget>(name)->toolTip().isEmpty() || find<QComboBox>(name), name);
    }
    QVERIFY(find<QPushButton>("logCallButton")->toolTip().contains(QLatin1String("Ctrl+Return")));
}

void TestNotesPanel::unsavedIsSaid()
{
    auto *state = find<QLabel>("saveState");
    m_panel->setSaveState(WrapUp::SaveState::Saving, {});
    QCOMPARE(state->text(), QStringLiteral("Saving…"));
    m_panel->setSaveState(WrapUp::SaveState::NotSaved,
                          QStringLiteral("The disk is full. Free some space; the text is still here."));
    QCOMPARE(find<QLabel>("notesProblem")->text(),
             QStringLiteral("The disk is full. Free some space; the text is still here."));
    m_panel->setCall(samples::liveCall(m_clock)); // The phone says something of the call: that keeps no note.
    QCOMPARE(state->text(), QStringLiteral("Not kept"));
    QVERIFY(find<QLabel>("notesProblem")->isVisible());
    m_panel->setSaveState(WrapUp::SaveState::Saved, {});
    QCOMPARE(state->text(), QStringLiteral("Draft kept"));
    QVERIFY(!find<QLabel>("notesProblem")->isVisible());
}

QTEST_MAIN(TestNotesPanel)
#include "tst_notes_panel.moc"
