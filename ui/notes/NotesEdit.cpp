// SPDX-License-Identifier: Apache-2.0
#include "NotesEdit.h"

#include <QKeyEvent>
#include <QTextDocument>
#include <QTextOption>

namespace ringside {

NotesEdit::NotesEdit(QWidget *parent) : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("notesEdit"));
    setTabChangesFocus(true);
    setFrameShape(QFrame::StyledPanel);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(7);
    setMinimumHeight(90);
    applyDirection();
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
    QPlainTextEdit::keyPressEvent(event);
}

} // namespace ringside
