// SPDX-License-Identifier: Apache-2.0
#include "MatchBar.h"

#include "Bidi.h"
#include "Button.h"
#include "Label.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QStyle>

namespace ringside {

namespace {

constexpr int mostButtons = 2;

QString labelOf(const Candidate &candidate)
{
    return joinedParts({candidate.name, candidate.moduleLabel});
}

} // namespace

MatchBar::MatchBar(QWidget *parent)
    : Surface(Kind::Bar, parent), m_text(new Label(TextSize::Body, weight::normal, Tone::Warn)), m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("matchBar"));
    setTone(Tone::Warn);
    m_text->setObjectName(QStringLiteral("matchText"));
    m_row->setContentsMargins(12, 7, 12, 7);
    m_row->setSpacing(8);
    m_row->addSpacing(24); // The sign is painted there.
    m_row->addWidget(m_text, 1);
    hide();
}

void MatchBar::setResult(const PopResult &result)
{
    if (result.status != PopResult::Status::Many) {
        hide();
        return;
    }
    QList<RecordRef> refs;
    for (const Candidate &candidate : result.candidates)
        refs.append(candidate.ref);
    if (refs != m_shown || result.chosen != m_chosen) {
        m_shown = refs;
        m_chosen = result.chosen;
        rebuild(result);
    }
    show();
}

void MatchBar::paintEvent(QPaintEvent *event)
{
    Surface::paintEvent(event);
    QPainter painter(this);
    const QRect sign(12, (height() - 16) / 2, 16, 16);
    paintIcon(painter, IconName::Warning, QStyle::visualRect(layoutDirection(), rect(), sign), Palette::of(this).warn);
}

bool MatchBar::focusFirst()
{
    if (isHidden() || m_buttons.isEmpty())
        return false;
    m_buttons.constFirst()->setFocus(Qt::ShortcutFocusReason);
    return true;
}

void MatchBar::rebuild(const PopResult &result)
{
    qDeleteAll(m_buttons);
    m_buttons.clear();
    const auto count = static_cast<int>(result.candidates.size());
    m_text->setText(result.chosen ? tr("Shared by %n records", nullptr, count)
                                  : tr("Shared by %n records. Who is it?", nullptr, count));
    const auto add = [&](Button *button) {
        button->setTone(Tone::Warn);
        button->setCompact(true);
        m_row->addWidget(button);
        button->show(); // A layout would show it only in the next round of events.
        // Made late, they would come last with Tab.
        setTabOrder(m_buttons.isEmpty() ? static_cast<QWidget *>(this) : m_buttons.constLast(), button);
        m_buttons.append(button);
    };
    for (int i = 0; i < std::min(count, count > mostButtons + 1 ? mostButtons : count); ++i) {
        const Candidate &candidate = result.candidates.at(i);
        auto *button = new Button(labelOf(candidate), Button::Kind::Outline);
        button->setObjectName(QStringLiteral("matchCandidate%1").arg(i));
        button->setHelp(candidate.reason.isEmpty() ? tr("This is the caller.") : candidate.reason);
        button->setCheckable(true);
        button->setChecked(result.chosen == candidate.ref);
        if (button->isChecked())
            button->setIconName(IconName::Check);
        connect(button, &Button::clicked, this, [this, button, candidate, wasOn = button->isChecked()] {
            button->setChecked(wasOn); // What is shown follows from the answer, not from the click.
            Q_EMIT chosen(candidate);
        });
        add(button);
    }
    if (count <= mostButtons + 1)
        return;
    auto *more = new Button(tr("%n more", nullptr, count - mostButtons), Button::Kind::Outline);
    more->setObjectName(QStringLiteral("matchMore"));
    more->setHelp(tr("Show the other records with this number."));
    auto *menu = new QMenu(more);
    for (const Candidate &candidate : result.candidates.mid(mostButtons)) {
        QAction *action = menu->addAction(withoutIsolates(joinedParts({labelOf(candidate), candidate.company, candidate.reason}))
                                              .replace(QLatin1Char('&'), QLatin1String("&&")));
        connect(action, &QAction::triggered, this, [this, candidate] { Q_EMIT chosen(candidate); });
    }
    connect(more, &Button::clicked, menu, [menu, more] { menu->popup(more->mapToGlobal(QPoint(0, more->height() + 2))); });
    add(more);
}

} // namespace ringside
