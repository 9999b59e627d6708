// SPDX-License-Identifier: Apache-2.0
#include "CentredPage.h"

#include "FlowScrollArea.h"
#include "Surface.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ringside {

CentredPage::CentredPage(int cardWidth, QWidget *parent) : QWidget(parent), m_body(nullptr)
{
    auto *card = new Surface(Surface::Kind::Card);
    card->setFixedWidth(cardWidth);
    m_body = new QVBoxLayout(card);
    m_body->setContentsMargins(28, 24, 28, 24);
    m_body->setSpacing(12);
    auto *ground = new QWidget;
    auto *vertical = new QVBoxLayout(ground);
    vertical->setContentsMargins(16, 24, 16, 24);
    vertical->addStretch(2);
    auto *middle = new QHBoxLayout; // An alignment would forget that the card's height depends on its width.
    middle->addStretch(1);
    middle->addWidget(card);
    middle->addStretch(1);
    vertical->addLayout(middle);
    vertical->addStretch(3);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(new FlowScrollArea(ground));
}

} // namespace ringside
