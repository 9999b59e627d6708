// SPDX-License-Identifier: Apache-2.0
#include "ClippedLabels.h"

#include <QAbstractScrollArea>
#include <QLabel>

namespace ringside::test {

namespace {

int neededHeight(const QLabel &label)
{
    return label.wordWrap() ? label.heightForWidth(label.width()) : label.fontMetrics().height();
}

/// The part of the label that its parents leave to be seen; what a scroll area hides below its edge does not count as
/// hidden.
QRect seen(const QLabel &label, const QWidget &window)
{
    QRect part = label.rect();
    QPoint offset;
    for (const QWidget *widget = &label; widget != &window && widget->parentWidget(); widget = widget->parentWidget()) {
        const QWidget *parent = widget->parentWidget();
        offset += widget->pos();
        QRect frame = parent->rect().translated(-offset);
        const auto *area = qobject_cast<const QAbstractScrollArea *>(parent->parentWidget());
        if (area && area->viewport() == parent) {
            frame.setTop(part.top());
            frame.setBottom(part.bottom());
            return part & frame;
        }
        part &= frame;
    }
    return part;
}

} // namespace

QString clippedLabels(const QWidget &window)
{
    QStringList clipped;
    const QList<QLabel *> labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const int needed = neededHeight(*label);
        const QRect part = seen(*label, window);
        if (needed <= part.height() && part.width() == label->width())
            continue;
        clipped.append(QStringLiteral("%1 \"%2\": %3 x %4, seen %5 x %6, needs a height of %7")
                           .arg(label->objectName(), label->text().left(40))
                           .arg(label->width())
                           .arg(label->height())
                           .arg(part.width())
                           .arg(part.height())
                           .arg(needed));
    }
    return clipped.join(QLatin1Char('\n'));
}

} // namespace ringside::test
