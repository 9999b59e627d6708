// SPDX-License-Identifier: Apache-2.0
#include "NotesEdit.h"

#include <QKeyEvent>
#include <QTextDocument>

namespace ringside {

NotesEdit::NotesEdit(QWidget *parent) : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("notesEdit"));
    setTabChangesFocus(true);
    setFrameShape(QFrame::StyledPanel);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(7);
    setMinimumHeight(90);
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
