// SPDX-License-Identifier: Apache-2.0
#include "ProblemBar.h"

#include "Button.h"
#include "Label.h"

#include <QHBoxLayout>

#include <algorithm>

namespace ringside {

namespace {

/// Something that fails again and again must not grow for ever; the oldest go.
constexpr qsizetype mostItems = 20;

bool standsAlone(ProblemBar::About about)
{
    return about != ProblemBar::About::Program && about != ProblemBar::About::Settings;
}

} // namespace

ProblemBar::ProblemBar(QWidget *parent)
    : Surface(Kind::Bar, parent), m_text(new Label(TextSize::Body, weight::normal, Tone::Warn)),
      m_more(new Label(TextSize::Small, weight::normal, Tone::Warn)), m_act(new Button({}, Button::Kind::Outline))
{
    setObjectName(QStringLiteral("problemBar"));
    setTone(Tone::Warn);
    m_text->setObjectName(QStringLiteral("problemText"));
    m_text->setWordWrap(true);
    m_more->setObjectName(QStringLiteral("problemMore"));
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
    layout->addWidget(m_act);
    layout->addWidget(m_more);
    layout->addWidget(close);
    connect(m_act, &Button::clicked, this, [this] {
        const auto action = m_items.isEmpty() ? nullptr : m_items.constLast().action;
        dropTop();
        if (action)
            action();
    });
    connect(close, &Button::clicked, this, &ProblemBar::dropTop);
    showTop();
}

void ProblemBar::showSentence(const QString &sentence, About about)
{
    if (sentence.isEmpty())
        clear(about);
    else
        put({.about = about, .sentence = sentence, .buttonText = {}, .action = nullptr});
}

void ProblemBar::askSentence(const QString &sentence, const QString &buttonText, std::function<void()> action,
                             About about)
{
    put({.about = about, .sentence = sentence, .buttonText = buttonText, .action = std::move(action)});
}

void ProblemBar::clear(About about)
{
    if (m_items.removeIf([about](const Item &item) { return item.about == about; }) > 0)
        showTop();
}

QString ProblemBar::sentence() const
{
    return m_items.isEmpty() ? QString() : m_items.constLast().sentence;
}

qsizetype ProblemBar::count() const
{
    return m_items.size();
}

void ProblemBar::put(Item item)
{
    // The same sentence is said once, by the one that will take it back.
    const bool said = std::any_of(m_items.cbegin(), m_items.cend(), [&item](const Item &other) {
        return other.sentence == item.sentence && standsAlone(other.about) && !standsAlone(item.about);
    });
    if (said)
        return;
    m_items.removeIf([&item](const Item &other) {
        return other.sentence == item.sentence || (other.about == item.about && standsAlone(item.about));
    });
    m_items.append(std::move(item));
    if (m_items.size() > mostItems)
        m_items.removeFirst();
    showTop();
}

void ProblemBar::dropTop()
{
    if (!m_items.isEmpty())
        m_items.removeLast();
    showTop();
}

void ProblemBar::showTop()
{
    m_text->setText(sentence());
    const QString button = m_items.isEmpty() ? QString() : m_items.constLast().buttonText;
    m_act->setText(button);
    m_act->setToolTip(sentence().toHtmlEscaped());
    m_act->setVisible(!button.isEmpty());
    const qsizetype others = m_items.size() - 1;
    m_more->setText(others > 0 ? tr("and %1 more").arg(others) : QString());
    m_more->setVisible(others > 0);
    setVisible(!m_items.isEmpty());
}

} // namespace ringside
