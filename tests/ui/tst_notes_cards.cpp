// SPDX-License-Identifier: Apache-2.0
#include "FakeAlarm.h"
#include "NotesEdit.h"
#include "NotesPanel.h"
#include "Samples.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QInputMethodEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using test::AlarmRecord;
using test::FakeAlarm;

namespace {

QString card()
{
    return QStringLiteral("4111 1111 1111 1111");
}

QString masked()
{
    return QStringLiteral("•••• •••• •••• 1111");
}

/// Lets a test see what a drag would carry.
class DraggedText : public QPlainTextEdit
{
public:
    static QMimeData *of(const QPlainTextEdit &edit) { return (edit.*(&DraggedText::createMimeDataFromSelection))(); }
};

} // namespace

/// Card numbers do not leave the notes panel, whichever way they came in.
class TestNotesCards : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void typed();
    void typedAndLeftForAWhile();
    void typedAndTheKeyboardLeaves();
    void typedAndLogged();
    void typedAndAnotherCallIsShown();
    void theRestIsToldAtOnce();
    void pasted();
    void pastedInTwoParts();
    void dropped();
    void composed();
    void undoBringsNoneBack();
    void redoBringsNoneBack();
    void typingBeforeItIsStillUndone();
    void undoAndRedoOfWhatIsUndecided();
    void copiedAndCut();
    void copiedWhileItIsTyped();
    void draggedOut();
    void contextMenuUndoes();
    void isSaidAndPutBackByAKey();
    void putBackIsAStepOfUndo();
    void eachCallHasItsOwn();
    void whatIsStoredStays();
    void theStoredNotesComeWhileItIsTyped();
    void inTheSubject();
    void inTheSubjectUndone();
    void inAFieldOfTheOrg();
    void noRecordIsSearchedByIt();
    void putBackInTheFieldItWasIn();
    void loggedIsForgotten();

private:
    template <typename Widget> Widget *find(const char *name) const
    {
        return m_panel->findChild<Widget *>(QLatin1String(name));
    }
    NotesEdit *edit() const { return find<NotesEdit>("notesEdit"); }
    QLineEdit *subject() const { return find<QLineEdit>("subjectEdit"); }
    bool noticeShows() const { return find<QWidget>("cardNotice")->isVisible(); }
    void type(const QString &keys) { QTest::keyClicks(QApplication::focusWidget(), keys); }
    void undo() { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier); }
    void redo() { QTest::keySequence(QApplication::focusWidget(), QKeySequence::Redo); }
    static void paste(const QString &text, QWidget *into)
    {
        QApplication::clipboard()->setText(text);
        QTest::keySequence(into, QKeySequence::Paste);
    }
    void addLine(NewPersonField::Kind kind = NewPersonField::Kind::Text);
    QStringList told(const QSignalSpy &spy, int column) const
    {
        QStringList all;
        for (const QList<QVariant> &one : spy)
            all.append(one.at(column).toString());
        return all;
    }

    samples::StillClock m_clock;
    AlarmRecord m_pause;
    std::unique_ptr<NotesPanel> m_panel;
    std::unique_ptr<QSignalSpy> m_notes;
    std::unique_ptr<QSignalSpy> m_subjects;
    QString m_toldAtLog;
};

void TestNotesCards::init()
{
    m_pause = AlarmRecord();
    m_panel = std::make_unique<NotesPanel>(nullptr, std::make_unique<FakeAlarm>(m_pause));
    m_panel->resize(372, 700);
    m_panel->bind(samples::liveCall(m_clock));
    m_panel->show();
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    m_panel->focusNotes();
    m_notes = std::make_unique<QSignalSpy>(m_panel.get(), &NotesPanel::notesEdited);
    m_subjects = std::make_unique<QSignalSpy>(m_panel.get(), &NotesPanel::subjectEdited);
}

// Whatever a test did: nothing that was told has more of a card number than its first six digits, or its last four.
void TestNotesCards::cleanup()
{
    const bool putBack = QByteArray(QTest::currentTestFunction()).contains("utBack") ||
                         qstrcmp(QTest::currentTestFunction(), "whatIsStoredStays") == 0 ||
                         qstrcmp(QTest::currentTestFunction(), "eachCallHasItsOwn") == 0;
    if (!putBack) {
        const QStringList all = told(*m_notes, 1) + told(*m_subjects, 1);
        for (QString text : all)
            QVERIFY2(!text.remove(QLatin1Char(' ')).contains(QLatin1String("4111111")), qPrintable(text));
    }
    m_notes.reset();
    m_subjects.reset();
    m_panel.reset();
}

void TestNotesCards::addLine(NewPersonField::Kind kind)
{
    NewPersonField field;
    field.apiName = QStringLiteral("Ticket");
    field.label = QStringLiteral("Ticket");
    field.kind = kind;
    field.module = QStringLiteral("Service_Contracts");
    m_panel->setExtraFields({field});
}

void TestNotesCards::typed()
{
    type(QStringLiteral("card ") + card());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("card ") + card()); // it may go on
    QCOMPARE(m_notes->last().at(1).toString(), QStringLiteral("card 4111 11•• •••• ••••"));
    type(QStringLiteral(", ok"));
    QCOMPARE(edit()->toPlainText(), QStringLiteral("card ") + masked() + QStringLiteral(", ok"));
    QCOMPARE(m_notes->last().at(1).toString(), edit()->toPlainText());
    QCOMPARE(m_notes->last().at(2).toInt(), edit()->toPlainText().size());
}

void TestNotesCards::typedAndLeftForAWhile()
{
    type(QStringLiteral("4111111111111111"));
    QCOMPARE(m_pause.waits.last(), std::chrono::milliseconds(2000));
    QVERIFY(m_pause.ring());
    QCOMPARE(edit()->toPlainText(), masked());
    QCOMPARE(m_notes->last().at(1).toString(), masked());
    type(QStringLiteral(" 4567123"));
    QCOMPARE(m_notes->last().at(1).toString(), masked() + QStringLiteral(" 456712•"));
    QVERIFY(m_pause.ring());
    QCOMPARE(m_notes->last().at(1).toString(), masked() + QStringLiteral(" 4567123"));
    QVERIFY(!m_pause.ring());
}

void TestNotesCards::typedAndTheKeyboardLeaves()
{
    type(QStringLiteral("4111111111111111"));
    subject()->setFocus();
    QCOMPARE(m_notes->last().at(1).toString(), masked());
    QVERIFY(!m_pause.act);
}

void TestNotesCards::typedAndLogged()
{
    CallEntry ended = samples::liveCall(m_clock);
    ended.state = CallState::Ended;
    m_panel->setCall(ended);
    type(QStringLiteral("4567123"));
    connect(m_panel.get(), &NotesPanel::logRequested, this, [this] { m_toldAtLog = m_notes->last().at(1).toString(); });
    m_panel->requestLog();
    QCOMPARE(m_toldAtLog, QStringLiteral("4567123"));
}

void TestNotesCards::typedAndAnotherCallIsShown()
{
    type(QStringLiteral("4111111111111111"));
    m_panel->bind(samples::ringingCall(m_clock));
    QCOMPARE(m_notes->last().at(0).toString(), QStringLiteral("call-1"));
    QCOMPARE(m_notes->last().at(1).toString(), masked());
    QVERIFY(!noticeShows());
}

void TestNotesCards::theRestIsToldAtOnce()
{
    type(QStringLiteral("4567123 "));
    QTest::keyClick(edit(), Qt::Key_Home);
    type(QStringLiteral("now "));
    QCOMPARE(m_notes->last().at(1).toString(), QStringLiteral("now 4567123 "));
}

void TestNotesCards::pasted()
{
    type(QStringLiteral("by "));
    paste(card(), edit());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("by ") + masked());
    QCOMPARE(m_notes->last().at(1).toString(), QStringLiteral("by ") + masked());
    QVERIFY(noticeShows());
}

void TestNotesCards::pastedInTwoParts()
{
    paste(QStringLiteral("4111 1111 "), edit());
    paste(QStringLiteral("1111 1111"), edit());
    QCOMPARE(edit()->toPlainText(), masked());
    undo();
    QCOMPARE(edit()->toPlainText(), QString());
    const QStringList all = told(*m_notes, 1);
    QCOMPARE(all.first(), QStringLiteral("4111 1111 ")); // nothing says yet what that is
    m_notes->clear();
}

void TestNotesCards::dropped()
{
    QMimeData data;
    data.setText(card());
    const QPoint middle = edit()->viewport()->rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(edit()->viewport(), &enter);
    QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(edit()->viewport(), &drop);
    QCOMPARE(edit()->toPlainText(), masked());
    undo();
    QCOMPARE(edit()->toPlainText(), QString());
}

void TestNotesCards::composed()
{
    QInputMethodEvent commit;
    commit.setCommitString(card());
    QApplication::sendEvent(edit(), &commit);
    QCOMPARE(m_notes->last().at(1).toString(), QStringLiteral("4111 11•• •••• ••••"));
    QInputMethodEvent more;
    more.setCommitString(QStringLiteral("。ok"));
    QApplication::sendEvent(edit(), &more);
    QCOMPARE(edit()->toPlainText(), masked() + QStringLiteral("。ok"));
    QCOMPARE(m_notes->last().at(1).toString(), edit()->toPlainText());
}

void TestNotesCards::undoBringsNoneBack()
{
    type(QStringLiteral("pay by ") + card() + QStringLiteral(" today"));
    QCOMPARE(edit()->toPlainText(), QStringLiteral("pay by ") + masked() + QStringLiteral(" today"));
    for (int i = 0; i < 30; ++i) {
        undo();
        QVERIFY2(!edit()->toPlainText().contains(QLatin1String("4111 111")), qPrintable(edit()->toPlainText()));
    }
    QCOMPARE(edit()->toPlainText(), QString());
}

void TestNotesCards::redoBringsNoneBack()
{
    type(QStringLiteral("pay by ") + card() + QStringLiteral(" today"));
    for (int i = 0; i < 30; ++i)
        undo();
    for (int i = 0; i < 30; ++i) {
        redo();
        QVERIFY2(!edit()->toPlainText().contains(QLatin1String("4111 111")), qPrintable(edit()->toPlainText()));
    }
    QCOMPARE(edit()->toPlainText(), QStringLiteral("pay by ") + masked() + QStringLiteral(" today"));
}

void TestNotesCards::typingBeforeItIsStillUndone()
{
    type(QStringLiteral("one two "));
    paste(card(), edit());
    undo();
    QCOMPARE(edit()->toPlainText(), QStringLiteral("one two "));
    undo();
    QCOMPARE(edit()->toPlainText(), QStringLiteral("one "));
}

void TestNotesCards::undoAndRedoOfWhatIsUndecided()
{
    type(QStringLiteral("4111111111111111"));
    undo();
    QCOMPARE(edit()->toPlainText(), QString());
    redo();
    QCOMPARE(m_notes->last().at(1).toString(), QStringLiteral("411111••••••••••"));
    QVERIFY(m_pause.ring());
    QCOMPARE(edit()->toPlainText(), masked());
    undo();
    redo();
    QCOMPARE(edit()->toPlainText(), masked());
}

void TestNotesCards::copiedAndCut()
{
    type(card() + QStringLiteral(" x"));
    QTest::keySequence(edit(), QKeySequence::SelectAll);
    QTest::keySequence(edit(), QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), masked() + QStringLiteral(" x"));
    QTest::keySequence(edit(), QKeySequence::Cut);
    QCOMPARE(QApplication::clipboard()->text(), masked() + QStringLiteral(" x"));
    QCOMPARE(edit()->toPlainText(), QString());
    QTest::keySequence(edit(), QKeySequence::Paste);
    QCOMPARE(edit()->toPlainText(), masked() + QStringLiteral(" x"));
}

void TestNotesCards::copiedWhileItIsTyped()
{
    type(card());
    edit()->selectAll(); // by other ways than the keyboard
    QApplication::clipboard()->clear();
    edit()->copy();
    QCOMPARE(QApplication::clipboard()->text(), masked());
    type(QStringLiteral("x"));
    type(card());
    QTest::keySequence(edit(), QKeySequence::SelectAll);
    QTest::keySequence(edit(), QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), QLatin1Char('x') + masked());
}

void TestNotesCards::draggedOut()
{
    type(card());
    edit()->selectAll();
    const std::unique_ptr<QMimeData> whole(DraggedText::of(*edit()));
    QCOMPARE(whole->text(), masked());
    QCOMPARE(whole->formats(), QStringList(QStringLiteral("text/plain")));
    QTextCursor part = edit()->textCursor();
    part.setPosition(0);
    part.setPosition(14, QTextCursor::KeepAnchor);
    edit()->setTextCursor(part);
    const std::unique_ptr<QMimeData> some(DraggedText::of(*edit()));
    QVERIFY(!some->text().contains(QLatin1Char('1')));
    QTest::mouseClick(edit()->viewport(), Qt::LeftButton); // as a drag begins
    QCOMPARE(edit()->toPlainText(), masked());
}

void TestNotesCards::contextMenuUndoes()
{
    type(QStringLiteral("one two"));
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), edit()->mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(edit(), &event);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    auto *action = menu->findChild<QAction *>(QStringLiteral("edit-undo"));
    QVERIFY(action && action->isEnabled());
    QVERIFY(!menu->findChild<QAction *>(QStringLiteral("edit-redo"))->isEnabled());
    action->trigger();
    menu->close();
    QCOMPARE(edit()->toPlainText(), QStringLiteral("one "));
}

void TestNotesCards::isSaidAndPutBackByAKey()
{
    QVERIFY(!noticeShows());
    type(QStringLiteral("contract 5555555555554444 signed"));
    QVERIFY(noticeShows());
    QVERIFY(find<QLabel>("cardNoticeText")->text().contains(QLatin1String("card number")));
    QVERIFY(find<QPushButton>("putBackButton")->toolTip().contains(QLatin1String("F6")));
    QVERIFY(edit()->hasFocus());
    m_panel->putBack();
    const QString back = QStringLiteral("contract 5555555555554444 signed");
    QCOMPARE(edit()->toPlainText(), back);
    QCOMPARE(m_notes->last().at(1).toString(), back);
    QCOMPARE(edit()->textCursor().position(), back.size());
    QVERIFY(!noticeShows());
    type(QStringLiteral(", 5555 5555 5555 4444."));
    QCOMPARE(m_notes->last().at(1).toString(), back + QStringLiteral(", 5555 5555 5555 4444."));
    QVERIFY(!noticeShows());
    type(QLatin1Char(' ') + card() + QLatin1Char('x'));
    QVERIFY(noticeShows());
    find<QPushButton>("putBackButton")->click();
    QVERIFY(edit()->toPlainText().endsWith(card() + QLatin1Char('x')));
}

void TestNotesCards::putBackIsAStepOfUndo()
{
    paste(card(), edit());
    m_panel->putBack();
    QCOMPARE(edit()->toPlainText(), card());
    undo();
    QCOMPARE(edit()->toPlainText(), masked());
    redo();
    QCOMPARE(edit()->toPlainText(), card());
    QVERIFY(!m_pause.ring());
    QCOMPARE(m_notes->last().at(1).toString(), card());
}

void TestNotesCards::eachCallHasItsOwn()
{
    paste(card(), edit());
    m_panel->putBack();
    m_panel->bind(samples::ringingCall(m_clock));
    paste(card(), edit());
    QCOMPARE(edit()->toPlainText(), masked());
    undo();
    QCOMPARE(edit()->toPlainText(), QString());
    undo();
    QCOMPARE(edit()->toPlainText(), QString());
    m_panel->bind(samples::liveCall(m_clock));
    QCOMPARE(edit()->toPlainText(), card());
    type(QStringLiteral(" x"));
    QCOMPARE(m_notes->last().at(1).toString(), card() + QStringLiteral(" x"));
    for (int i = 0; i < 3; ++i) // a letter, a blank, what was put back
        undo();
    QCOMPARE(edit()->toPlainText(), masked());
}

void TestNotesCards::whatIsStoredStays()
{
    NoteDraft draft;
    draft.notes = QStringLiteral("policy ") + card();
    draft.cursor = static_cast<int>(draft.notes.size());
    m_panel->setDraft(draft);
    type(QStringLiteral(" x"));
    QCOMPARE(m_notes->last().at(1).toString(), draft.notes + QStringLiteral(" x"));
}

void TestNotesCards::theStoredNotesComeWhileItIsTyped()
{
    type(QStringLiteral("4111 1111 1"));
    NoteDraft merged; // as WrapUp puts both together
    merged.notes = QStringLiteral("stored\n") + m_notes->last().at(1).toString();
    merged.cursor = static_cast<int>(merged.notes.size());
    m_panel->setDraft(merged);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("stored\n4111 1111 1"));
    type(QStringLiteral("111 1111 ok"));
    QCOMPARE(m_notes->last().at(1).toString(), QStringLiteral("stored\n") + masked() + QStringLiteral(" ok"));
}

void TestNotesCards::inTheSubject()
{
    subject()->setFocus();
    type(QStringLiteral("by 4111111111111111"));
    QCOMPARE(m_subjects->last().at(1).toString(), QStringLiteral("by 411111••••••••••"));
    NoteDraft told;
    told.subject = m_subjects->last().at(1).toString();
    m_panel->setDraft(told); // as it comes back of what was told
    QCOMPARE(subject()->text(), QStringLiteral("by 4111111111111111"));
    QVERIFY(m_pause.ring());
    QCOMPARE(subject()->text(), QStringLiteral("by ") + masked());
    QCOMPARE(m_subjects->last().at(1).toString(), subject()->text());
    QVERIFY(noticeShows());
    paste(QStringLiteral(" x ") + card() + QStringLiteral(" y"), subject());
    QCOMPARE(m_subjects->last().at(1).toString(), QStringLiteral("by %1 x %1 y").arg(masked()));
}

void TestNotesCards::inTheSubjectUndone()
{
    subject()->setFocus();
    type(QStringLiteral("4111111111111111"));
    QTest::keySequence(subject(), QKeySequence::SelectAll);
    QTest::keySequence(subject(), QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), masked());
    for (int i = 0; i < 20; ++i) {
        undo();
        QVERIFY(!subject()->text().contains(QLatin1String("4111111")));
    }
    for (int i = 0; i < 20; ++i) {
        redo();
        QVERIFY(!subject()->text().contains(QLatin1String("4111111")));
    }
}

void TestNotesCards::inAFieldOfTheOrg()
{
    addLine();
    QSignalSpy values(m_panel.get(), &NotesPanel::extraFieldEdited);
    auto *ticket = find<QLineEdit>("callFieldTicket");
    ticket->setFocus();
    type(QStringLiteral("4111111111111111"));
    QCOMPARE(values.last().at(2).toString(), QStringLiteral("411111••••••••••"));
    QVERIFY(m_pause.ring());
    QCOMPARE(ticket->text(), masked());
    QCOMPARE(values.last().at(2).toString(), masked());
    QCOMPARE(ticket->cursorPosition(), masked().size());
    for (int i = 0; i < 20; ++i)
        undo();
    QVERIFY(!ticket->text().contains(QLatin1String("41111")));
    ticket->clear();
    type(card() + QStringLiteral(" x"));
    QCOMPARE(values.last().at(2).toString(), masked() + QStringLiteral(" x"));
    QVERIFY(noticeShows());
    subject()->setFocus();
    QCOMPARE(ticket->text(), masked() + QStringLiteral(" x"));
}

void TestNotesCards::noRecordIsSearchedByIt()
{
    addLine(NewPersonField::Kind::Lookup);
    QSignalSpy wanted(m_panel.get(), &NotesPanel::recordsWanted);
    find<QLineEdit>("callFieldTicket")->setFocus();
    type(QStringLiteral("4111111111111111 x"));
    for (const QString &text : told(wanted, 1))
        QVERIFY2(!text.contains(QLatin1String("4111111")), qPrintable(text));
    QVERIFY(!wanted.isEmpty());
}

void TestNotesCards::putBackInTheFieldItWasIn()
{
    addLine();
    QSignalSpy values(m_panel.get(), &NotesPanel::extraFieldEdited);
    paste(card(), edit());
    subject()->setFocus();
    paste(QStringLiteral("5555555555554444 s"), subject());
    find<QLineEdit>("callFieldTicket")->setFocus();
    type(QStringLiteral("378282246310005 t"));
    m_panel->putBack();
    QCOMPARE(values.last().at(2).toString(), QStringLiteral("378282246310005 t"));
    QCOMPARE(find<QLineEdit>("callFieldTicket")->text(), QStringLiteral("378282246310005 t"));
    m_panel->putBack();
    QCOMPARE(m_subjects->last().at(1).toString(), QStringLiteral("5555555555554444 s"));
    QVERIFY(noticeShows());
    m_panel->putBack();
    QCOMPARE(m_notes->last().at(1).toString(), card());
    QVERIFY(!noticeShows());
    m_panel->putBack();
    QCOMPARE(m_notes->last().at(1).toString(), card());
}

void TestNotesCards::loggedIsForgotten()
{
    paste(card(), edit());
    CallEntry logged = samples::liveCall(m_clock);
    logged.state = CallState::Ended;
    logged.logState = LogState::Logged;
    logged.crmCallId = QStringLiteral("1");
    m_panel->setCall(logged);
    QVERIFY(!noticeShows());
    m_panel->requestEdit();
    QVERIFY(!noticeShows());
    m_panel->putBack();
    QCOMPARE(edit()->toPlainText(), masked());
}

QTEST_MAIN(TestNotesCards)
#include "tst_notes_cards.moc"
