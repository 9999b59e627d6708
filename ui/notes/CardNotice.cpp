// SPDX-License-Identifier: Apache-2.0
#include "CardNotice.h"

#include "Button.h"
#include "Label.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeySequence>

namespace ringside {

CardNotice::CardNotice(QWidget *parent)
    : Surface(Kind::Bar, parent), m_text(new Label(TextSize::Small, weight::normal, Tone::Warn)),
      m_putBack(new Button(tr("Put back")))
{
    setObjectName(QStringLiteral("cardNotice"));
    setTone(Tone::Warn);
    m_text->setObjectName(QStringLiteral("cardNoticeText"));
    m_text->setWordWrap(true);
    m_text->setText(tr("A card number was masked before it was kept. If it is something else, put it back."));
    m_putBack->setObjectName(QStringLiteral("putBackButton"));
    m_putBack->setCompact(true);
    m_putBack->setHint(QKeySequence(Qt::Key_F6).toString(QKeySequence::NativeText));
    m_putBack->setHelp(tr("Put back what was masked; it is not masked again in this call."), QKeySequence(Qt::Key_F6));
    connect(m_putBack, &Button::clicked, this, &CardNotice::putBackRequested);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 7, 10, 7);
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    row->addWidget(m_putBack, 0, Qt::AlignVCenter);
    hide();
}

void CardNotice::setShown(bool shown)
{
    const bool appears = shown && isHidden();
    setVisible(shown);
    if (!appears)
        return;
    QAccessibleEvent alert(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace ringside
