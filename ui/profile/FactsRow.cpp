// SPDX-License-Identifier: Apache-2.0
#include "FactsRow.h"

#include "Bidi.h"
#include "Painting.h"
#include "TextFont.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>

namespace ringside {

FactsRow::FactsRow(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("factsRow"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QString FactsRow::valueOf(const ProfileFact &fact) const
{
    switch (fact.state.status) {
    case PartState::Status::Ready:
        return fact.value.isEmpty() ? tr("None") : fact.value;
    case PartState::Status::Failed:
        return tr("Not loaded");
    case PartState::Status::Waiting:
    case PartState::Status::Loading:
        break;
    }
    return QStringLiteral("·");
}

void FactsRow::setFacts(const QList<ProfileFact> &facts)
{
    const bool sameCount = facts.size() == m_facts.size();
    m_facts = facts;
    QStringList words;
    for (const ProfileFact &fact : facts)
        words.append(tr("%1: %2").arg(fact.label, valueOf(fact)));
    setAccessibleName(words.join(QStringLiteral(", ")));
    setVisible(!facts.isEmpty());
    if (!sameCount)
        updateGeometry();
    update();
}

int FactsRow::columnsFor(int width) const
{
    const auto count = std::max(1, static_cast<int>(m_facts.size()));
    return width < scaledToText(420) ? (count + 1) / 2 : count;
}

int FactsRow::heightForWidth(int width) const
{
    const int columns = columnsFor(width);
    return (static_cast<int>(m_facts.size()) + columns - 1) / columns * scaledToText(67);
}

QSize FactsRow::sizeHint() const
{
    return {420, m_facts.isEmpty() ? 0 : scaledToText(67)};
}

QSize FactsRow::minimumSizeHint() const
{
    return {200, sizeHint().height()};
}

QRect FactsRow::cell(int index) const
{
    const int columns = columnsFor(width());
    const int from = width() * (index % columns) / columns;
    const int height = scaledToText(67);
    const QRect logical(from, index / columns * height, width() * (index % columns + 1) / columns - from, height);
    return QStyle::visualRect(layoutDirection(), rect(), logical);
}

void FactsRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Palette &colours = Palette::of(this);
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    const Qt::Alignment start = leftToRight ? Qt::AlignLeft : Qt::AlignRight;
    for (int i = 0; i < m_facts.size(); ++i) {
        const ProfileFact &fact = m_facts.at(i);
        const QRect area = cell(i);
        painter.fillRect(area.left(), area.top(), area.width(), 1, colours.line);
        if (i % columnsFor(width()) > 0)
            painter.fillRect(leftToRight ? area.left() : area.right(), area.top(), 1, area.height(), colours.line);
        const QRect text = area.adjusted(leftToRight ? 16 : 8, 11, leftToRight ? -8 : -16, -10);
        const bool failed = fact.state.status == PartState::Status::Failed;
        const bool ready = fact.state.status == PartState::Status::Ready;
        paintLine(painter, QRect(text.left(), text.top(), text.width(), text.height() * 2 / 5), fact.label,
                  textFont(TextSize::Small), colours.mute, start);
        paintLine(painter, QRect(text.left(), text.top() + text.height() * 2 / 5, text.width(), text.height() * 3 / 5),
                  isolatedText(valueOf(fact)),
                  failed ? textFont(TextSize::Body, weight::medium) : textFont(TextSize::Figure, weight::strong),
                  failed ? colours.bad : (ready ? colours.ink : colours.mute), start);
    }
}

bool FactsRow::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (int i = 0; i < m_facts.size(); ++i) {
        const ProfileFact &fact = m_facts.at(i);
        if (!cell(i).contains(help->pos()))
            continue;
        const QString text = fact.state.status == PartState::Status::Failed && !fact.state.message.isEmpty()
                                 ? fact.state.message : tr("%1: %2").arg(fact.label, valueOf(fact));
        QToolTip::showText(help->globalPos(), QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped()), this);
        return true;
    }
    return true;
}

} // namespace ringside
