// SPDX-License-Identifier: Apache-2.0
#include "UnknownCard.h"

#include "Avatar.h"
#include "Bidi.h"
#include "Button.h"
#include "FlowLayout.h"
#include "Label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ringside {

UnknownCard::UnknownCard(QWidget *parent)
    : Surface(Kind::Card, parent), m_avatar(new Avatar(60, TextSize::Initials)), m_number(new Label(TextSize::Name, weight::strong)),
      m_name(new Label(TextSize::Body, weight::normal, Tone::Mute)), m_message(new Label(TextSize::Body, weight::medium)),
      m_advice(new Label(TextSize::Body, weight::normal, Tone::Mute)), m_lead(new Button(tr("New lead"))),
      m_contact(new Button(tr("New contact"))), m_search(new Button(tr("Find a customer"))),
      m_retry(new Button(tr("Try again")))
{
    setObjectName(QStringLiteral("unknownCard"));
    m_number->setObjectName(QStringLiteral("unknownNumber"));
    m_name->setObjectName(QStringLiteral("unknownName"));
    m_message->setObjectName(QStringLiteral("unknownMessage"));
    m_message->setWordWrap(true);
    m_advice->setWordWrap(true);
    const auto makes = [this](Button *button, const char *name, const QString &module, const QString &help,
                              QKeyCombination keys) {
        button->setObjectName(QLatin1String(name));
        button->setIconName(IconName::Person);
        button->setHelp(help, QKeySequence(keys));
        connect(button, &Button::clicked, this, [this, module] { Q_EMIT newPersonRequested(module); });
    };
    makes(m_lead, "unknownLeadButton", QStringLiteral("Leads"),
          tr("Make a lead with this number and name, and attach the call to it."), Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    makes(m_contact, "unknownContactButton", QStringLiteral("Contacts"),
          tr("Make a contact with this number and name, and attach the call to it."), Qt::CTRL | Qt::SHIFT | Qt::Key_N);
    m_search->setObjectName(QStringLiteral("unknownSearchButton"));
    m_search->setIconName(IconName::Search);
    m_search->setHint(QStringLiteral("Ctrl K"));
    m_search->setHelp(tr("Find the caller by name, number, email or company."), QKeySequence(Qt::CTRL | Qt::Key_K));
    m_retry->setObjectName(QStringLiteral("unknownRetryButton"));
    m_retry->setIconName(IconName::Retry);
    m_retry->setHelp(tr("Search for the number again."), QKeySequence(Qt::Key_F5));

    build();
    connect(m_search, &Button::clicked, this, &UnknownCard::searchRequested);
    connect(m_retry, &Button::clicked, this, &UnknownCard::retryRequested);
    showButtons();
}

void UnknownCard::build()
{
    auto *buttons = new FlowLayout(6);
    for (Button *button : {m_lead, m_contact, m_search, m_retry})
        buttons->addWidget(button);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(3);
    lines->addWidget(m_number);
    lines->addWidget(m_name);
    lines->addSpacing(8);
    lines->addWidget(m_message);
    lines->addWidget(m_advice);
    lines->addSpacing(8);
    lines->addLayout(buttons);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(18);
    layout->addWidget(m_avatar, 0, Qt::AlignTop);
    layout->addLayout(lines, 1);
}

void UnknownCard::focusSearch()
{
    for (Button *button : {m_lead, m_contact, m_search}) {
        if (!button->isHidden()) {
            button->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

void UnknownCard::setCall(const CallEntry &call, const PopResult &pop)
{
    using Status = PopResult::Status;
    const bool withheld = call.number.kind() == PhoneNumber::Kind::Withheld;
    m_number->setText(withheld ? tr("Withheld number") : isolatedCode(call.number.display()));
    m_name->setText(call.remoteName.isEmpty() ? QString() : tr("The phone says: %1").arg(isolatedText(call.remoteName)));
    m_name->setVisible(!call.remoteName.isEmpty());
    m_avatar->setInitials(call.remoteName.isEmpty() ? QStringLiteral("?") : initialsOf(call.remoteName));
    QString message = pop.message;
    if (pop.status == Status::Searching)
        message = tr("Looking in Zoho CRM…");
    else if (pop.status == Status::None && message.isEmpty())
        message = tr("Nobody in Zoho CRM has this number.");
    else if (pop.status == Status::Many)
        message = tr("Several records have this number. Choose one above.");
    else if (message.isEmpty())
        message = tr("Nobody is attached to this call yet.");
    m_message->setText(message);
    m_message->setTone(pop.status == Status::Failed ? Tone::Bad : Tone::Ink);
    m_advice->setText(tr("Take notes on the right; they are kept with the call, with or without a record. Make a new record with "
                         "this number and name, or find the person and choose \"This is the caller\"."));
    m_advice->setVisible(pop.status != Status::Searching);
    const bool neverSearched = pop.status == Status::NotSearched && call.number.kind() == PhoneNumber::Kind::External;
    m_retry->setVisible(pop.status == Status::Failed || neverSearched);
    m_searching = pop.status == Status::Searching;
    showButtons();
}

void UnknownCard::setCreatable(const QStringList &modules)
{
    m_creatable = modules;
    showButtons();
}

// Not before it is known that nobody has the number.
void UnknownCard::showButtons()
{
    m_lead->setVisible(!m_searching && m_creatable.contains(QLatin1String("Leads")));
    m_contact->setVisible(!m_searching && m_creatable.contains(QLatin1String("Contacts")));
}

} // namespace ringside
