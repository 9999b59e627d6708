// SPDX-License-Identifier: Apache-2.0
#include "ProblemBar.h"

#include "Button.h"
#include "Label.h"

#include <QHBoxLayout>

namespace ringside {

ProblemBar::ProblemBar(QWidget *parent)
    : Surface(Kind::Bar, parent), m_text(new Label(TextSize::Body, weight::normal, Tone::Warn))
{
    setObjectName(QStringLiteral("problemBar"));
    setTone(Tone::Warn);
    m_text->setObjectName(QStringLiteral("problemText"));
    m_text->setWordWrap(true);
    auto *close = new Button({}, Button::Kind::Quiet);
    close->setObjectName(QStringLiteral("problemClose"));
    close->setIconName(IconName::Close);
    close->setTone(Tone::Warn);
    close->setCompact(true);
    close->setHelp(tr("Dismiss"));
    close->setFixedSize(close->sizeHint());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 5, 12, 5);
    layout->addWidget(m_text, 1);
    layout->addWidget(close);
    connect(close, &Button::clicked, this, &QWidget::hide);
    hide();
}

void ProblemBar::showSentence(const QString &sentence)
{
    m_text->setText(sentence);
    setVisible(!sentence.isEmpty());
}

QString ProblemBar::sentence() const
{
    return m_text->text();
}

} // namespace ringside
