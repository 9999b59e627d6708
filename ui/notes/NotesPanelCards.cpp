// SPDX-License-Identifier: Apache-2.0
#include "NotesPanel.h"

#include "CallFieldRows.h"
#include "CallNotes.h"
#include "CardNotice.h"
#include "NotesEdit.h"

#include <QGuiApplication>
#include <QInputMethod>
#include <QLineEdit>

#include <algorithm>

// What is typed, on its way out of the panel: no card number passes.

namespace ringside {

namespace {

using namespace std::chrono_literals;
constexpr auto pauseInTyping = 2s;
constexpr qsizetype mostRecent = 20; // calls whose undo is kept

QString subjectField()
{
    return QStringLiteral("subject");
}

} // namespace

void NotesPanel::sendNotes()
{
    if (m_editable)
        Q_EMIT notesEdited(m_key, m_notes->kept(), m_notes->textCursor().position());
    waitForPause();
}

CardGuard &NotesPanel::guard()
{
    return m_callNotes->guard;
}

void NotesPanel::subjectEditedTo(const QString &text)
{
    if (m_filling || !m_editable)
        return;
    unmark(QStringLiteral("Subject"));
    takeSubject(guard().edited(subjectField(), m_subjectShown, text, m_subject->cursorPosition()));
}

void NotesPanel::takeSubject(const CardGuard::Text &now)
{
    if (m_subject->text() != now.shown) {
        m_subject->setText(now.shown); // and the field's own undo is gone
        m_subject->setCursorPosition(now.cursor);
    }
    m_subjectShown = now.shown;
    m_subjectKept = now.kept;
    Q_EMIT subjectEdited(m_key, now.kept);
    if (!now.masked.isEmpty())
        showCardNotice();
    waitForPause();
}

bool NotesPanel::putBackSubject()
{
    const CardGuard::Text back = guard().restored(m_subjectShown, m_subject->cursorPosition());
    if (back.shown == m_subjectShown)
        return false;
    takeSubject(back);
    return true;
}

void NotesPanel::waitForPause()
{
    if (m_notes->undecided() || m_extra->undecided() || m_subjectShown != m_subjectKept)
        m_pause->ringIn(pauseInTyping, [this] { settleFields(); });
    else
        m_pause->stop();
}

void NotesPanel::settle()
{
    if (!m_key.isEmpty() && holdsFocus())
        QGuiApplication::inputMethod()->commit();
    settleFields();
}

void NotesPanel::settleFields()
{
    m_notes->settle();
    m_extra->settle();
    if (m_subjectShown != m_subjectKept)
        takeSubject(guard().settled(subjectField(), m_subjectShown, m_subject->cursorPosition()));
}

void NotesPanel::putBack()
{
    if (!m_editable)
        return;
    bool back = false;
    while (!back && !guard().maskedField().isEmpty()) {
        const QString field = guard().maskedField();
        if (field == subjectField())
            back = putBackSubject();
        else
            back = field == NotesEdit::guardField() ? m_notes->putBack() : m_extra->putBack(field);
    }
    showCardNotice();
}

void NotesPanel::showCardNotice()
{
    m_cardNotice->setShown(m_editable && !guard().maskedField().isEmpty());
}

std::shared_ptr<CallNotes> NotesPanel::notesOf(const QString &key)
{
    const auto known = std::find_if(m_recent.cbegin(), m_recent.cend(),
                                    [&key](const std::shared_ptr<CallNotes> &one) { return one->key == key; });
    std::shared_ptr<CallNotes> found = known == m_recent.cend() ? std::make_shared<CallNotes>() : *known;
    if (known != m_recent.cend())
        m_recent.erase(known);
    found->key = key;
    m_recent.prepend(found);
    while (m_recent.size() > mostRecent)
        m_recent.removeLast();
    return found;
}

} // namespace ringside
