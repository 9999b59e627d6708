// SPDX-License-Identifier: Apache-2.0
#include "CallBar.h"

#include "CallText.h"
#include "ChipRow.h"
#include "Icons.h"
#include "Label.h"
#include "TimerText.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace ringside {

namespace {

constexpr int iconSide = 22;

Tone toneOfState(const CallEntry &call)
{
    switch (call.state) {
    case CallState::Ringing:
    case CallState::Dialing:
        return Tone::Accent;
    case CallState::Held:
        return Tone::Warn;
    case CallState::Connected:
        return Tone::Ok;
    case CallState::Ended:
        break;
    }
    return call.missed() ? Tone::Bad : Tone::Mute;
}

} // namespace

CallBar::CallBar(QWidget *parent)
    : Surface(Kind::Bar, parent), m_kind(new Label), m_state(new Label(TextSize::Small, weight::medium)),
      m_time(new TimerText(TextSize::Name, weight::bold)), m_waiting(new ChipRow)
{
    setObjectName(QStringLiteral("callBar"));
    m_kind->setObjectName(QStringLiteral("callKind"));
    m_state->setObjectName(QStringLiteral("callState"));
    m_time->setObjectName(QStringLiteral("callTime"));
    m_waiting->setObjectName(QStringLiteral("callsWaiting"));
    auto *timeLine = new QHBoxLayout;
    timeLine->setSpacing(8);
    timeLine->addWidget(m_time);
    timeLine->addWidget(m_state, 1, Qt::AlignBottom);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(1);
    lines->addWidget(m_kind);
    lines->addLayout(timeLine);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 11, 14, 11);
    layout->setSpacing(0);
    layout->addSpacing(iconSide + 12); // The icon is painted there.
    layout->addLayout(lines, 1);
    layout->addWidget(m_waiting, 0, Qt::AlignVCenter);
    setWaiting(0);
}

void CallBar::setCall(const CallEntry &call, std::chrono::milliseconds monotonicNow, const QDateTime &now)
{
    m_barTone = toneOfState(call);
    setTone(m_barTone);
    const Tone ink = m_barTone == Tone::Mute ? Tone::Ink : m_barTone;
    for (Label *label : {m_kind, m_state})
        label->setTone(ink);
    m_time->setTone(ink);
    m_kind->setText(callKindText(call));
    const bool ringing = call.state == CallState::Ringing || call.state == CallState::Dialing;
    const auto ringingFor = std::chrono::milliseconds(std::max<qint64>(0, call.startedAt.msecsTo(now)));
    m_time->setTime(durationText(ringing ? ringingFor : talkedSoFar(call, monotonicNow)));
    // "On call" needs no word beside a running time; everything else does.
    m_state->setText(call.state == CallState::Connected ? QString() : (call.live() ? chipFor(call).text : tr("Ended")));
    if (!call.live() && !call.answeredAt)
        m_state->setText(chipFor(call).text);
}

void CallBar::setWaiting(int others)
{
    if (others > 0)
        m_waiting->setChips({{tr("%n waiting", nullptr, others), Tone::Mute}});
    else
        m_waiting->setChips({});
}

void CallBar::paintEvent(QPaintEvent *event)
{
    Surface::paintEvent(event);
    QPainter painter(this);
    const QRect icon(14, (height() - iconSide) / 2, iconSide, iconSide);
    paintIcon(painter, IconName::Phone, QStyle::visualRect(layoutDirection(), rect(), icon),
              Palette::of(this).text(m_barTone == Tone::Mute ? Tone::Ink : m_barTone));
}

} // namespace ringside
