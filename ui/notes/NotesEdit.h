// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CardGuard.h"

#include <QPlainTextEdit>

#include <memory>

namespace ringside {

struct CallNotes;

/// The notes field. Plain text, Tab leaves it, Ctrl+Enter is left to the window.
///
/// It shows the notes of one call at a time, with an undo of their own, which goes on where it was when the call comes
/// back. Card numbers are masked (CardGuard.h) whichever way they came in: keys, paste, drop, an input method, undo and
/// redo; what is copied or dragged out has none. No undo brings back what was masked.
class NotesEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit NotesEdit(QWidget *parent = nullptr);

    /// What a CardGuard knows the notes by.
    static QString guardField();

    /// Shows the notes of this call, silently; nothing of the call before is left. Settle that one first. Null: none.
    void setCall(const std::shared_ptr<CallNotes> &call);
    /// The notes as they were kept before, silently. What is undecided of the present ones stays below, if it is there.
    void load(const QString &kept, int cursor);

    /// As it may leave the field; as long as the text that is shown.
    QString kept() const;
    bool undecided() const;
    /// Decides what is undecided.
    void settle();
    /// Puts back what was masked last; false when it is not in the text any more.
    bool putBack();
    /// Puts another text in place of the notes, as one step of undo.
    void replaceAll(const QString &text);

public Q_SLOTS:
    void undo();
    void redo();

Q_SIGNALS:
    /// The agent changed the text or moved the cursor, or what is kept of it was decided.
    void edited();
    void masked();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;
    QMimeData *createMimeDataFromSelection() const override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    void applyDirection();
    void textEdited();
    void cursorMoved();
    void travel(bool back);
    void take(const CardGuard::Text &guarded);
    void display(const QString &text, int cursor);
    QString selectionWithoutCards() const;

    std::shared_ptr<CallNotes> m_call; ///< Never null: without a call it is one of nobody.
    bool m_showing = false;            ///< The change is ours.
    bool m_pasted = false;             ///< What comes next is whole.
};

} // namespace ringside
