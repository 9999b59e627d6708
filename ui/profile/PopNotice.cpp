// SPDX-License-Identifier: Apache-2.0
#include "PopNotice.h"

#include "Button.h"
#include "Label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

namespace ringside {

PopNotice::PopNotice(QWidget *parent)
    : Surface(Kind::Bar, parent), m_text(new Label(TextSize::Body, weight::normal, Tone::Mute)),
      m_retry(new Button(tr("Try again"), Button::Kind::Plain))
{
    setObjectName(QStringLiteral("popNotice"));
    setTone(Tone::Mute);
    m_text->setObjectName(QStringLiteral("popNoticeText"));
    m_text->setWordWrap(true);
    m_retry->setObjectName(QStringLiteral("popNoticeRetryButton"));
    m_retry->setCompact(true);
    m_retry->setHelp(tr("Search for the number again where it was not searched."), QKeySequence(Qt::Key_F5));
    connect(m_retry, &Button::clicked, this, &PopNotice::retryRequested);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 3, 12, 3);
    row->setSpacing(8);
    row->addSpacing(24); // The sign is painted there.
    row->addWidget(m_text, 1);
    row->addWidget(m_retry);
    hide();
}

void PopNotice::setResult(const PopResult &result)
{
    const bool found = result.status == PopResult::Status::One || result.status == PopResult::Status::Many;
    const bool uncertain = found && !result.message.isEmpty();
    if (uncertain)
        m_text->setText(result.message);
    setVisible(uncertain);
}

void PopNotice::paintEvent(QPaintEvent *event)
{
    Surface::paintEvent(event);
    QPainter painter(this);
    const QRect sign(12, (height() - 16) / 2, 16, 16);
    paintIcon(painter, IconName::Warning, QStyle::visualRect(layoutDirection(), rect(), sign), Palette::of(this).mute);
}

} // namespace ringside
