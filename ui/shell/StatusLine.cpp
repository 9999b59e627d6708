// SPDX-License-Identifier: Apache-2.0
#include "StatusLine.h"

#include "Bidi.h"
#include "Label.h"

#include <QHBoxLayout>

namespace ringside {

StatusLine::StatusLine(QWidget *parent)
    : Surface(Kind::Panel, parent), m_outbox(new Label(TextSize::Small, weight::normal, Tone::Mute)),
      m_connections(new Label(TextSize::Small, weight::normal, Tone::Mute))
{
    setObjectName(QStringLiteral("statusLine"));
    setLines(Qt::TopEdge);
    setFixedHeight(scaledToText(28));
    m_outbox->setObjectName(QStringLiteral("outboxStatus"));
    m_connections->setObjectName(QStringLiteral("connectionStatus"));
    m_connections->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 1, 16, 0);
    layout->setSpacing(16);
    layout->addWidget(m_outbox, 1);
    layout->addWidget(m_connections, 1);
    setOutbox(0, -1, {});
}

void StatusLine::setOutbox(int waiting, int secondsToNextTry, const QString &problem)
{
    if (waiting <= 0) {
        m_outbox->setText(tr("Nothing waits to be sent"));
        m_outbox->setTone(Tone::Mute);
        return;
    }
    QStringList parts{tr("%n calls waiting to be sent", nullptr, waiting)};
    if (waiting == 1)
        parts = {tr("1 call waiting to be sent")};
    if (!problem.isEmpty())
        parts.append(problem);
    if (secondsToNextTry >= 0)
        parts.append(tr("next try in %1 s").arg(secondsToNextTry));
    m_outbox->setText(joinedParts(parts));
    m_outbox->setTone(problem.isEmpty() ? Tone::Mute : Tone::Warn);
}

void StatusLine::setConnections(const QString &text)
{
    m_connections->setText(text);
}

} // namespace ringside
