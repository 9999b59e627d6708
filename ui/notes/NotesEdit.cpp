// SPDX-License-Identifier: Apache-2.0
#include "NotesEdit.h"

#include "CallNotes.h"
#include "CardNumbers.h"
#include "TextChange.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScopedValueRollback>
#include <QTextDocument>
#include <QTextOption>

#include <algorithm>
#include <utility>

namespace ringside {

QString NotesEdit::guardField()
{
    return QStringLiteral("notes");
}

NotesEdit::NotesEdit(QWidget *parent) : QPlainTextEdit(parent), m_call(std::make_shared<CallNotes>())
{
    setObjectName(QStringLiteral("notesEdit"));
    setTabChangesFocus(true);
    setFrameShape(QFrame::StyledPanel);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(7);
    document()->setUndoRedoEnabled(false);
    setMinimumHeight(90);
    applyDirection();
    connect(this, &QPlainTextEdit::textChanged, this, &NotesEdit::textEdited);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &NotesEdit::cursorMoved);
}

void NotesEdit::setCall(const std::shared_ptr<CallNotes> &call)
{
    m_call = call ? call : std::make_shared<CallNotes>();
    display(m_call->notes.text(), m_call->notes.cursor());
}

void NotesEdit::load(const QString &kept, int cursor)
{
    if (kept == m_call->kept)
        return;
    QString text = kept;
    // Typed before the stored notes were there: they came above it.
    if (undecided() && kept.endsWith(m_call->kept))
        text.replace(kept.size() - m_call->kept.size(), m_call->kept.size(), m_call->notes.text());
    const bool open = text != kept;
    display(text, cursor);
    text = toPlainText(); // which has plain spaces and line feeds alone
    m_call->notes.reset(text, textCursor().position());
    m_call->kept = open ? kept : text;
}

QString NotesEdit::kept() const
{
    return m_call->kept;
}

bool NotesEdit::undecided() const
{
    return m_call->kept != m_call->notes.text();
}

// As small a change as will do: the view stays where it is.
void NotesEdit::display(const QString &text, int cursor)
{
    const QScopedValueRollback<bool> showing(m_showing, true);
    const QString before = toPlainText();
    const TextChange change = TextChange::between(before, text, cursor);
    QTextCursor editor(document());
    editor.setPosition(static_cast<int>(change.at));
    editor.setPosition(static_cast<int>(change.at + change.removed), QTextCursor::KeepAnchor);
    if (before != text)
        editor.insertText(text.mid(change.at, change.inserted));
    editor.setPosition(std::clamp(cursor, 0, static_cast<int>(text.size())));
    setTextCursor(editor);
}

void NotesEdit::textEdited()
{
    const QString now = toPlainText();
    const QString before = m_call->notes.text();
    if (m_showing || now == before)
        return;
    const int cursor = textCursor().position();
    const bool whole = std::exchange(m_pasted, false);
    const CardGuard::Text guarded = whole ? m_call->guard.settled(guardField(), now, cursor)
                                          : m_call->guard.edited(guardField(), before, now, cursor);
    m_call->notes.record(now, cursor);
    take(guarded);
    Q_EMIT edited();
}

// A text that changes moves the cursor too, before it says so.
void NotesEdit::cursorMoved()
{
    if (m_showing || toPlainText() != m_call->notes.text())
        return;
    m_call->notes.setCursor(textCursor().position());
    Q_EMIT edited();
}

void NotesEdit::take(const CardGuard::Text &guarded)
{
    if (!guarded.masked.isEmpty()) {
        m_call->notes.rewrite(guarded.shown, guarded.cursor, [&guarded](const QString &text) {
            return std::any_of(guarded.masked.cbegin(), guarded.masked.cend(),
                               [&text](const QString &digits) { return cardNumbers::reveals(text, digits); });
        });
        display(guarded.shown, guarded.cursor);
    }
    m_call->kept = guarded.kept;
    if (!guarded.masked.isEmpty())
        Q_EMIT masked();
}

void NotesEdit::settle()
{
    if (!undecided())
        return;
    take(m_call->guard.settled(guardField(), m_call->notes.text(), m_call->notes.cursor()));
    Q_EMIT edited();
}

bool NotesEdit::putBack()
{
    const QString before = m_call->notes.text();
    const CardGuard::Text back = m_call->guard.restored(before, m_call->notes.cursor());
    if (back.shown == before)
        return false;
    m_call->notes.record(back.shown, back.cursor);
    m_call->kept = back.kept;
    display(back.shown, back.cursor);
    Q_EMIT edited();
    return true;
}

void NotesEdit::replaceAll(const QString &text)
{
    if (text == m_call->notes.text())
        return;
    const int end = static_cast<int>(text.size());
    m_call->guard.accept(text); // It was kept, so it was decided.
    m_call->notes.record(text, end);
    m_call->kept = text;
    display(text, end);
    Q_EMIT edited();
}

void NotesEdit::undo()
{
    if (!isReadOnly() && m_call->notes.canUndo())
        travel(true);
}

void NotesEdit::redo()
{
    if (!isReadOnly() && m_call->notes.canRedo())
        travel(false);
}

void NotesEdit::travel(bool back)
{
    const QString before = m_call->notes.text();
    const TextHistory::State state = back ? m_call->notes.undo() : m_call->notes.redo();
    display(state.text, state.cursor);
    take(m_call->guard.edited(guardField(), before, state.text, state.cursor));
    Q_EMIT edited();
}

QString NotesEdit::selectionWithoutCards() const
{
    const QString all = toPlainText();
    const QTextCursor cursor = textCursor();
    QString made = all.mid(cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart());
    const QList<cardNumbers::Found> found = cardNumbers::find(all, m_call->guard.allowed());
    for (auto number = found.crbegin(); number != found.crend(); ++number) {
        const qsizetype from = std::max<qsizetype>(number->from, cursor.selectionStart());
        const qsizetype to = std::min<qsizetype>(number->to, cursor.selectionEnd());
        if (from >= to)
            continue;
        // A part of one has nothing that may be shown.
        const bool whole = from == number->from && to == number->to;
        made.replace(from - cursor.selectionStart(), to - from,
                     whole ? cardNumbers::mask(all, *number) : QString(to - from, QChar(0x2022)));
    }
    return made;
}

QMimeData *NotesEdit::createMimeDataFromSelection() const
{
    auto *taken = new QMimeData;
    taken->setText(selectionWithoutCards());
    return taken;
}

void NotesEdit::insertFromMimeData(const QMimeData *source)
{
    m_pasted = true; // A drop tells of its text when all of it is done.
    QPlainTextEdit::insertFromMimeData(source);
}

void NotesEdit::applyDirection()
{
    // Each paragraph runs in its own direction; a plain text edit does not mirror its alignment by itself.
    QTextOption option = document()->defaultTextOption();
    option.setTextDirection(Qt::LayoutDirectionAuto);
    option.setAlignment(layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    document()->setDefaultTextOption(option);
}

void NotesEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        applyDirection();
}

void NotesEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore();
        return;
    }
    m_pasted = false;
    if (event->matches(QKeySequence::Undo))
        undo();
    else if (event->matches(QKeySequence::Redo))
        redo();
    else
        QPlainTextEdit::keyPressEvent(event);
}

// The menu's own undo and redo are the document's, which has none.
void NotesEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QList<QAction *> actions = menu->actions();
    for (QAction *action : actions) {
        const bool isUndo = action->objectName() == QLatin1String("edit-undo");
        if (!isUndo && action->objectName() != QLatin1String("edit-redo"))
            continue;
        action->disconnect();
        action->setEnabled(isUndo ? m_call->notes.canUndo() : m_call->notes.canRedo());
        connect(action, &QAction::triggered, this, isUndo ? &NotesEdit::undo : &NotesEdit::redo);
    }
    menu->popup(event->globalPos());
}

} // namespace ringside
