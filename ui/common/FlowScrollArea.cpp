// SPDX-License-Identifier: Apache-2.0
#include "FlowScrollArea.h"

#include <QEvent>
#include <QLayout>
#include <QScrollBar>

namespace ringside {

FlowScrollArea::FlowScrollArea(QWidget *content, QWidget *parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(content);
    content->installEventFilter(this);
}

void FlowScrollArea::fit()
{
    const QLayout *layout = widget() ? widget()->layout() : nullptr;
    if (!layout)
        return;
    // There is no scrolling sideways: what is wider than the view would be cut off.
    setMinimumWidth(layout->totalMinimumSize().width() + verticalScrollBar()->sizeHint().width());
    const int width = viewport()->width();
    const int height = layout->hasHeightForWidth() ? layout->totalHeightForWidth(width) : layout->totalSizeHint().height();
    if (widget()->minimumHeight() != height)
        widget()->setMinimumHeight(height);
}

void FlowScrollArea::resizeEvent(QResizeEvent *event)
{
    fit();
    QScrollArea::resizeEvent(event);
}

bool FlowScrollArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        fit();
    return QScrollArea::eventFilter(watched, event);
}

} // namespace ringside
