// SPDX-License-Identifier: Apache-2.0
#include "RingsideStyle.h"

#include "Icons.h"
#include "Painting.h"
#include "TextFont.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleOption>
#include <QTabBar>

namespace ringside {

namespace {

bool isInputFrame(const QWidget *widget)
{
    return qobject_cast<const QPlainTextEdit *>(widget) != nullptr;
}

} // namespace

RingsideStyle::RingsideStyle() : QProxyStyle(QStringLiteral("fusion")) {}

void RingsideStyle::drawInput(const QStyleOption *option, QPainter *painter) const
{
    const Palette &colours = Palette::of(option->palette);
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool readOnly = option->state.testFlag(State_ReadOnly) || !enabled;
    const bool focused = option->state.testFlag(State_HasFocus);
    paintBox(*painter, option->rect, controlRadius, readOnly ? colours.bg : colours.panel,
             focused ? colours.accent : (enabled ? colours.edge : colours.line), focused ? 2 : 1);
}

void RingsideStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    const Palette &colours = Palette::of(option->palette);
    switch (element) {
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0)
            drawInput(option, painter);
        return;
    }
    case PE_FrameLineEdit:
        return;
    case PE_Frame:
        if (isInputFrame(widget))
            drawInput(option, painter);
        return;
    case PE_FrameFocusRect:
        paintBox(*painter, option->rect, controlRadius, QColor(), colours.accent, 2);
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, colours.panel);
        return;
    case PE_FrameMenu:
        paintBox(*painter, option->rect, 0, QColor(), colours.edge);
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, colours.ink);
        return;
    case PE_PanelItemViewRow:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void RingsideStyle::drawMenuItem(const QStyleOption *option, QPainter *painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item)
        return;
    const Palette &colours = Palette::of(option->palette);
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(item->rect.left() + 8, item->rect.center().y(), item->rect.width() - 16, 1), colours.line);
        return;
    }
    const bool enabled = item->state.testFlag(State_Enabled);
    if (enabled && item->state.testFlag(State_Selected))
        paintBox(*painter, QRectF(item->rect).adjusted(4, 1, -4, -1), controlRadius - 1, colours.accentSoft, QColor());
    const QRect line = item->rect.adjusted(12, 0, -12, 0);
    const auto place = [&](const QRect &logical) { return visualRect(item->direction, line, logical); };
    if (!item->icon.isNull())
        item->icon.paint(painter, place(QRect(line.left(), line.center().y() - 7, 16, 16)));
    const QStringList parts = item->text.split(QLatin1Char('\t'));
    const QColor ink = enabled ? colours.ink : colours.mute;
    const Qt::Alignment start = item->direction == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight;
    const Qt::Alignment end = item->direction == Qt::LeftToRight ? Qt::AlignRight : Qt::AlignLeft;
    QString words = parts.constFirst();
    words.remove(QLatin1Char('&'));
    paintLine(*painter, place(line.adjusted(item->maxIconWidth > 0 || !item->icon.isNull() ? 26 : 0, 0, 0, 0)), words,
              item->font, ink, start);
    if (parts.size() > 1)
        paintLine(*painter, line, parts.at(1), item->font, colours.mute, end);
}

void RingsideStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    const Palette &colours = Palette::of(option->palette);
    if (element == CE_MenuItem) {
        drawMenuItem(option, painter);
        return;
    }
    if (element == CE_MenuEmptyArea) {
        painter->fillRect(option->rect, colours.panel);
        return;
    }
    if (element == CE_Splitter) {
        painter->fillRect(option->rect, colours.line);
        return;
    }
    if (element == CE_ShapedFrame) {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->frameShape == QFrame::StyledPanel && isInputFrame(widget)) {
            QStyleOption inner(*option);
            const auto *edit = qobject_cast<const QPlainTextEdit *>(widget);
            inner.state.setFlag(State_HasFocus, edit->hasFocus());
            inner.state.setFlag(State_ReadOnly, edit->isReadOnly());
            drawInput(&inner, painter);
        }
        return;
    }
    if (element == CE_ComboBoxLabel) {
        const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        if (combo && !combo->editable) {
            const QRect text = option->rect.adjusted(10, 0, -10, 0);
            const QRect shown = visualRect(option->direction, option->rect, text.adjusted(0, 0, -18, 0));
            paintLine(*painter, shown, combo->currentText, painter->font(),
                      combo->state.testFlag(State_Enabled) ? colours.ink : colours.mute,
                      option->direction == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight);
            return;
        }
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void RingsideStyle::drawComboBox(const QStyleOptionComplex *option, QPainter *painter) const
{
    const Palette &colours = Palette::of(option->palette);
    drawInput(option, painter);
    const QRect arrow(option->rect.right() - 26, option->rect.center().y() - 7, 16, 16);
    paintIcon(*painter, IconName::ChevronDown, visualRect(option->direction, option->rect, arrow), colours.mute);
}

void RingsideStyle::drawTabScroller(const QStyleOptionComplex *option, QPainter *painter) const
{
    const Palette &colours = Palette::of(option->palette);
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    painter->fillRect(option->rect, colours.panel);
    if (!button)
        return;
    const QPointF middle = QRectF(option->rect).center();
    const double way = button->arrowType == Qt::LeftArrow ? 1 : -1;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(button->state.testFlag(State_Enabled) ? colours.ink : colours.line, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF{middle + QPointF(2 * way, -4), middle + QPointF(-2 * way, 0), middle + QPointF(2 * way, 4)});
    painter->restore();
}

void RingsideStyle::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const Palette &colours = Palette::of(option->palette);
    const QRect slider = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar || bar->minimum == bar->maximum)
        return;
    const bool vertical = bar->orientation == Qt::Vertical;
    const QRectF thumb = QRectF(slider).adjusted(2, 2, -2, -2);
    paintBox(*painter, thumb, (vertical ? thumb.width() : thumb.height()) / 2, colours.edge, QColor());
}

void RingsideStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                       const QWidget *widget) const
{
    if (control == CC_ComboBox)
        drawComboBox(option, painter);
    else if (control == CC_ToolButton && widget && qobject_cast<const QTabBar *>(widget->parentWidget()))
        drawTabScroller(option, painter);
    else if (control == CC_ScrollBar)
        drawScrollBar(option, painter, widget);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int RingsideStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 10;
    case PM_SplitterWidth:
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_DefaultFrameWidth:
        return isInputFrame(widget) ? 2 : (qobject_cast<const QAbstractItemView *>(widget) ? 1 : 2);
    case PM_ToolTipLabelFrameWidth:
        return 5;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return 2;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QSize RingsideStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                                      const QWidget *widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    if (type == CT_LineEdit || type == CT_ComboBox)
        size.setHeight(scaledToText(34));
    if (type == CT_ComboBox)
        size.rwidth() += 24;
    if (type == CT_MenuItem) {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType != QStyleOptionMenuItem::Separator)
            size = QSize(size.width() + 48, scaledToText(30));
    }
    return size;
}

QRect RingsideStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_LineEditContents) {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0)
            return option->rect.adjusted(8, 2, -8, -2);
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect RingsideStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                    const QWidget *widget) const
{
    if (control == CC_ComboBox && part == SC_ComboBoxListBoxPopup)
        return option->rect.adjusted(0, option->rect.height() + 2, 0, 2);
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        const bool vertical = bar && bar->orientation == Qt::Vertical;
        const int length = vertical ? option->rect.height() : option->rect.width();
        if (bar && part == SC_ScrollBarGroove)
            return option->rect;
        if (bar && (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine))
            return {};
        const int range = bar ? bar->maximum - bar->minimum : 0;
        if (bar && range >= 0) {
            const int thumb = range == 0 ? length
                                         : std::clamp(static_cast<int>(qint64(length) * bar->pageStep / (range + bar->pageStep)),
                                                      std::min(28, length), length);
            const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - thumb,
                                                      bar->upsideDown);
            const auto span = [&](int from, int size) {
                return vertical ? QRect(0, from, option->rect.width(), size) : QRect(from, 0, size, option->rect.height());
            };
            if (part == SC_ScrollBarSlider)
                return span(start, thumb);
            if (part == SC_ScrollBarSubPage)
                return span(0, start);
            if (part == SC_ScrollBarAddPage)
                return span(start + thumb, length - start - thumb);
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

int RingsideStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                             QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_ComboBox_Popup:
    case SH_ItemView_ActivateItemOnSingleClick:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_Menu_MouseTracking:
        return 1;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

} // namespace ringside
