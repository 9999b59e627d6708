// SPDX-License-Identifier: Apache-2.0
#include "ProblemBar.h"

#include "Button.h"
#include "Label.h"

#include <QHBoxLayout>

namespace ringside {

ProblemBar::ProblemBar(QWidget *parent)
    : Surface(Kind::Bar, parent), m_text(new Label(TextSize::Body, weight::normal, Tone::Warn)),
      m_act(new Button({}, Button::Kind::Outline))
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
    m_act->setObjectName(QStringLiteral("problemAction"));
    m_act->setTone(Tone::Warn);
    m_act->setCompact(true);
    m_act->hide();
    layout->addWidget(m_act);
    layout->addWidget(close);
    connect(m_act, &Button::clicked, this, [this] {
        hide();
        if (const auto action = std::exchange(m_action, nullptr))
            action();
    });
    connect(close, &Button::clicked, this, &QWidget::hide);
    hide();
}

void ProblemBar::showSentence(const QString &sentence)
{
    m_action = nullptr;
    m_act->hide();
    m_text->setText(sentence);
    setVisible(!sentence.isEmpty());
}

void ProblemBar::askSentence(const QString &sentence, const QString &buttonText, std::function<void()> action)
{
    showSentence(sentence);
    m_action = std::move(action);
    m_act->setText(buttonText);
    m_act->setToolTip(sentence.toHtmlEscaped());
    m_act->show();
}

QString ProblemBar::sentence() const
{
    return m_text->text();
}

} // namespace ringside
