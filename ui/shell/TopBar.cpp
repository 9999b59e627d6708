// SPDX-License-Identifier: Apache-2.0
#include "TopBar.h"

#include "AccountButton.h"
#include "Bidi.h"
#include "CreditText.h"
#include "Icons.h"
#include "Label.h"
#include "SearchField.h"
#include "StatusPill.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>

namespace ringside {

namespace {

std::optional<Tone> toneOf(TopBar::Health health)
{
    switch (health) {
    case TopBar::Health::Well:
        return Tone::Ok;
    case TopBar::Health::Trying:
        return Tone::Warn;
    case TopBar::Health::Off:
        break;
    }
    return Tone::Mute;
}

} // namespace

TopBar::TopBar(QWidget *parent)
    : Surface(Kind::Panel, parent), m_search(new SearchField), m_phone(new StatusPill), m_crm(new StatusPill),
      m_credits(new StatusPill), m_account(new AccountButton)
{
    setObjectName(QStringLiteral("topBar"));
    setLines(Qt::BottomEdge);
    setFixedHeight(scaledToText(52));
    m_phone->setObjectName(QStringLiteral("phonePill"));
    m_crm->setObjectName(QStringLiteral("crmPill"));
    m_credits->setObjectName(QStringLiteral("creditsPill"));
    auto *brand = new Label(TextSize::Title, weight::bold);
    brand->setText(QStringLiteral("Ringside"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 14, 1);
    layout->setSpacing(14);
    layout->addWidget(brand);
    layout->addWidget(m_search, 3);
    layout->addStretch(2);
    layout->addWidget(m_phone);
    layout->addWidget(m_crm);
    layout->addWidget(m_credits);
    layout->addWidget(m_account);
    setPhone(Health::Off, {});
    setCrm(Health::Off, {});
    setCredits({}, {});
    setAgent({}, {});
    connect(m_search, &SearchField::clicked, this, &TopBar::searchRequested);
    connect(m_account, &AccountButton::clicked, this, &TopBar::showMenu);
}

void TopBar::setPhone(Health health, const QString &details)
{
    m_phone->setStatus(health == Health::Off ? tr("No phone") : tr("Phone"), toneOf(health), details);
}

void TopBar::setCrm(Health health, const QString &details)
{
    m_crm->setStatus(health == Health::Off ? tr("Signed out") : QStringLiteral("Zoho CRM"), toneOf(health), details);
}

void TopBar::setCredits(const CreditState &state, const QDateTime &now)
{
    const QLocale locale;
    const QString text = creditText::pill(state, locale);
    if (text.isEmpty()) {
        m_credits->setStatus({}, std::nullopt, {});
        return;
    }
    const bool low = state.level == CreditLevel::Scarce || state.level == CreditLevel::Exhausted;
    m_credits->setStatus(state.limit >= 0 ? isolatedCode(text) : text, low ? std::optional(Tone::Warn) : std::nullopt,
                         creditText::details(state, locale, now, QTimeZone::systemTimeZone()));
}

void TopBar::setAgent(const QString &name, const QString &email)
{
    m_agent = name;
    m_email = email;
    m_account->setInitials(name.isEmpty() ? QString() : initialsOf(name));
    m_account->setAccessibleName(name.isEmpty() ? tr("Menu") : tr("Menu of %1").arg(name));
    m_account->setToolTip(tr("Statement of the day, settings, keys, sign out (%1)").arg(QStringLiteral("F10")));
}

void TopBar::setAccounts(const std::optional<QList<QPair<QString, QString>>> &others)
{
    m_accounts = others;
}

void TopBar::addAccounts(QMenu *menu)
{
    menu->addSeparator();
    for (const auto &[key, name] : *m_accounts) {
        QAction *action = menu->addAction(tr("Go on as %1").arg(QString(name).replace(QLatin1Char('&'), QLatin1String("&&"))));
        action->setObjectName(QStringLiteral("menuAccount") + key);
        connect(action, &QAction::triggered, this, [this, chosen = key] { Q_EMIT accountChosen(chosen); });
    }
    QAction *another = menu->addAction(tr("Use another account"));
    another->setObjectName(QStringLiteral("menuAnotherAccount"));
    connect(another, &QAction::triggered, this, &TopBar::anotherAccountRequested);
}

void TopBar::setSearchEnabled(bool enabled)
{
    m_search->setVisible(enabled);
}

void TopBar::showMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("accountMenu"));
    const QColor ink = Palette::of(this).mute;
    if (!m_agent.isEmpty()) {
        QString who = withoutIsolates(joinedParts({m_agent, m_email}));
        QAction *name = menu->addAction(who.replace(QLatin1Char('&'), QLatin1String("&&")));
        name->setEnabled(false);
        menu->addSeparator();
    }
    const auto add = [&](IconName icon, const QString &text, const QKeySequence &keys, auto signal) {
        QAction *action = menu->addAction(iconOf(icon, ink, layoutDirection()), text);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, signal);
        return action;
    };
    add(IconName::Calendar, tr("Statement of the day…"), QKeySequence(Qt::CTRL | Qt::Key_T), &TopBar::dayRequested)
        ->setObjectName(QStringLiteral("menuDay"));
    add(IconName::Settings, tr("Settings…"), QKeySequence(Qt::CTRL | Qt::Key_Comma), &TopBar::settingsRequested)
        ->setObjectName(QStringLiteral("menuSettings"));
    add(IconName::Keyboard, tr("Keys"), QKeySequence(Qt::Key_F1), &TopBar::keyMapRequested);
    if (m_accounts)
        addAccounts(menu);
    if (!m_agent.isEmpty()) {
        menu->addSeparator();
        add(IconName::SignOut, tr("Sign out"), {}, &TopBar::signOutRequested)->setObjectName(QStringLiteral("menuSignOut"));
    }
    const QPoint corner = layoutDirection() == Qt::LeftToRight
                              ? m_account->mapToGlobal(QPoint(m_account->width() - menu->sizeHint().width(), m_account->height() + 4))
                              : m_account->mapToGlobal(QPoint(0, m_account->height() + 4));
    menu->popup(corner);
}

} // namespace ringside
