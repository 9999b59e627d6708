// SPDX-License-Identifier: Apache-2.0
#include "VersionsCard.h"

#include "Label.h"
#include "Surface.h"

#include <QVBoxLayout>

namespace ringside {

namespace {
constexpr int leastHeight = 110;
constexpr int mostHeight = 190;
} // namespace

VersionsCard::VersionsCard(QWidget *parent) : FlowScrollArea(new Surface(Surface::Kind::Bar), parent), m_lines(new QVBoxLayout(widget()))
{
    setObjectName(QStringLiteral("versionsCard"));
    setAccessibleName(tr("Both versions of the call"));
    setFocusPolicy(Qt::TabFocus); // to scroll by keys
    setMinimumHeight(leastHeight);
    setMaximumHeight(mostHeight);
    m_lines->setContentsMargins(10, 7, 10, 7);
    m_lines->setSpacing(2);
    hide();
}

void VersionsCard::setVersions(const QList<FieldVersions> &versions)
{
    if (m_versions == versions)
        return;
    m_versions = versions;
    while (QLayoutItem *old = m_lines->takeAt(0)) {
        delete old->widget();
        delete old;
    }
    for (const FieldVersions &one : versions) {
        add(tr("%1 in Zoho CRM now").arg(one.label), one.theirs);
        add(tr("%1 as you have it").arg(one.label), one.mine);
    }
    m_lines->addStretch(1);
    setVisible(!versions.isEmpty());
}

void VersionsCard::add(const QString &heading, const QString &text)
{
    auto *above = new Label(TextSize::Small, weight::semibold, Tone::Mute);
    above->setText(heading);
    auto *below = new Label(TextSize::Body);
    below->setWordWrap(true);
    below->setText(text.isEmpty() ? tr("(empty)") : text);
    below->setObjectName(QStringLiteral("version%1").arg(m_lines->count() / 2));
    m_lines->addWidget(above);
    m_lines->addWidget(below);
}

} // namespace ringside
