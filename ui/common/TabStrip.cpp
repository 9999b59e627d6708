// SPDX-License-Identifier: Apache-2.0
#include "TabStrip.h"

#include "Painting.h"
#include "TextFont.h"

#include <QPainter>

namespace ringside {

TabStrip::TabStrip(Look look, QWidget *parent) : QTabBar(parent), m_look(look)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
    setFont(textFont(TextSize::Body, weight::medium));
    setFocusPolicy(Qt::TabFocus);
}

void TabStrip::setTabs(const QStringList &labels)
{
    const int kept = currentIndex();
    const bool sameCount = count() == labels.size();
    if (!sameCount) {
        const QSignalBlocker quiet(this);
        while (count() > labels.size())
            removeTab(count() - 1);
        while (count() < labels.size())
            addTab(labels.at(count()));
        if (kept >= 0 && kept < count())
            setCurrentIndex(kept);
    }
    for (int i = 0; i < labels.size(); ++i) {
        if (tabText(i) != labels.at(i))
            setTabText(i, labels.at(i));
    }
    updateGeometry(); // A tab bar that is hidden does not tell its layout.
}

QSize TabStrip::tabSizeHint(int index) const
{
    const int text = fontMetrics().horizontalAdvance(tabText(index));
    if (m_look == Look::Pills)
        return {text + 28, scaledToText(30)};
    return {text + 18, scaledToText(38)};
}

QSize TabStrip::minimumTabSizeHint(int index) const
{
    return tabSizeHint(index);
}

void TabStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Palette &colours = Palette::of(this);
    for (int i = 0; i < count(); ++i) {
        const QRect tab = tabRect(i);
        const bool on = i == currentIndex();
        const bool ring = on && hasFocus();
        if (m_look == Look::Pills) {
            const QRect shown = tab.adjusted(4, 1, -4, -1);
            if (on || ring)
                paintBox(painter, shown, controlRadius - 1, colours.accentSoft, ring ? colours.accent : QColor(), 2);
            paintLine(painter, tab, tabText(i), font(), on ? colours.accent : colours.mute, Qt::AlignHCenter);
            continue;
        }
        paintLine(painter, tab, tabText(i), font(), on ? colours.ink : colours.mute, Qt::AlignHCenter);
        if (on)
            painter.fillRect(tab.left() + 9, tab.bottom() - 1, tab.width() - 18, 2, colours.accent);
        if (ring)
            paintBox(painter, QRectF(tab).adjusted(2, 5, -2, -6), controlRadius - 2, QColor(), colours.accent, 2);
    }
}

} // namespace ringside
