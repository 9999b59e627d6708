// SPDX-License-Identifier: Apache-2.0
#include "SettleFilter.h"

#include <QKeyEvent>

namespace ringside {

namespace {

bool selectsOrTakes(const QKeyEvent &event)
{
    if (event.matches(QKeySequence::Copy) || event.matches(QKeySequence::Cut) || event.matches(QKeySequence::SelectAll))
        return true;
    if (!event.modifiers().testFlag(Qt::ShiftModifier))
        return false;
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Delete: // cuts on some desktops
        return true;
    default:
        return false;
    }
}

} // namespace

bool SettleFilter::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::FocusOut:
    case QEvent::MouseButtonPress:
    case QEvent::ContextMenu:
        Q_EMIT settleWanted();
        break;
    case QEvent::KeyPress:
        if (selectsOrTakes(*static_cast<QKeyEvent *>(event)))
            Q_EMIT settleWanted();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ringside
