// SPDX-License-Identifier: Apache-2.0
#include "ConvertLeadDialog.h"

#include "Bidi.h"
#include "Button.h"
#include "FieldLabel.h"
#include "Label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDate>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

namespace ringside {

namespace {

constexpr int comfortable = 440;

} // namespace

ConvertLeadDialog::ConvertLeadDialog(std::unique_ptr<LeadOffer> offer, For what, QWidget *parent)
    : QDialog(parent), m_offer(std::move(offer)), m_for(what), m_explanation(new Label), m_contact(new QComboBox),
      m_contactGroup(labelled(tr("Contact"), m_contact)), m_account(new QComboBox),
      m_withDeal(new QCheckBox(tr("Make a deal too"))), m_deal(new QWidget), m_dealName(new QLineEdit),
      m_closing(new QComboBox), m_stage(new QComboBox), m_problem(new Label(TextSize::Body, weight::normal, Tone::Bad)),
      m_convert(new Button(tr("Convert"), Button::Kind::Primary)), m_attach(new Button(tr("Only attach the call"))),
      m_cancel(new Button(tr("Cancel")))
{
    setObjectName(QStringLiteral("convertLeadDialog"));
    setWindowTitle(tr("Convert lead"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(false);
    build();
    fillClosing();
    connect(m_offer.get(), &LeadOffer::changed, this, &ConvertLeadDialog::refresh);
    connect(m_contact, &QComboBox::activated, this, &ConvertLeadDialog::refresh);
    connect(m_account, &QComboBox::activated, this, &ConvertLeadDialog::refresh);
    connect(m_withDeal, &QCheckBox::toggled, this, &ConvertLeadDialog::refresh);
    connect(m_dealName, &QLineEdit::textChanged, this, &ConvertLeadDialog::refresh);
    connect(m_convert, &Button::clicked, this, [this] { m_offer->convert(choice()); });
    connect(m_attach, &Button::clicked, this, &ConvertLeadDialog::attach);
    connect(m_cancel, &Button::clicked, this, &QDialog::close);
    refresh();
}

ConvertLeadDialog::~ConvertLeadDialog() = default;

void ConvertLeadDialog::build()
{
    m_explanation->setObjectName(QStringLiteral("convertExplanation"));
    m_contact->setObjectName(QStringLiteral("convertContact"));
    m_account->setObjectName(QStringLiteral("convertAccount"));
    m_withDeal->setObjectName(QStringLiteral("convertWithDeal"));
    m_dealName->setObjectName(QStringLiteral("convertDealName"));
    m_closing->setObjectName(QStringLiteral("convertClosing"));
    m_stage->setObjectName(QStringLiteral("convertStage"));
    m_problem->setObjectName(QStringLiteral("convertProblem"));
    m_convert->setObjectName(QStringLiteral("convertButton"));
    m_convert->setHelp(tr("Make the contact in Zoho CRM; this cannot be undone."));
    m_attach->setObjectName(QStringLiteral("convertAttach"));
    m_cancel->setObjectName(QStringLiteral("convertCancel"));
    m_cancel->setHelp(tr("Change nothing."), QKeySequence(Qt::Key_Escape));
    for (Label *label : {m_explanation, m_problem})
        label->setWordWrap(true);
    for (Button *button : {m_convert, m_attach, m_cancel}) // Enter in a field must not convert.
        button->setAutoDefault(false);
    auto *terms = new QHBoxLayout;
    terms->setSpacing(10);
    terms->addWidget(labelled(tr("Closing date"), m_closing), 1);
    terms->addWidget(labelled(tr("Stage"), m_stage), 1);
    auto *deal = new QVBoxLayout(m_deal);
    deal->setContentsMargins(0, 0, 0, 0);
    deal->setSpacing(12);
    deal->addWidget(labelled(tr("Name of the deal"), m_dealName));
    deal->addLayout(terms);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_convert);
    buttons->addWidget(m_attach);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(m_explanation);
    layout->addWidget(m_contactGroup);
    layout->addWidget(labelled(tr("Account"), m_account));
    layout->addWidget(m_withDeal);
    layout->addWidget(m_deal);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    setMinimumWidth(comfortable);
}

// The CRM wants a date; a desk knows it roughly, and whoever owns the deal sets it right there.
void ConvertLeadDialog::fillClosing()
{
    const QDate today = QDate::currentDate();
    const auto add = [this](const QString &words, const QDate &day) {
        m_closing->addItem(words.arg(isolatedText(QLocale().toString(day, QLocale::ShortFormat))), day);
    };
    add(tr("In two weeks (%1)"), today.addDays(14));
    add(tr("In a month (%1)"), today.addMonths(1));
    add(tr("In three months (%1)"), today.addMonths(3));
    add(tr("In half a year (%1)"), today.addMonths(6));
    m_closing->setCurrentIndex(1);
}

LeadOffer::Choice ConvertLeadDialog::choice() const
{
    LeadOffer::Choice made;
    made.contactId = m_contact->currentData().toString();
    made.accountId = m_account->currentData().toString();
    if (m_withDeal->isChecked())
        made.dealName = m_dealName->text().simplified();
    made.closing = m_closing->currentData().toDate();
    made.stage = m_stage->currentText();
    return made;
}

// A new one and no question, until the CRM says that it has one.
void ConvertLeadDialog::refreshContact()
{
    const std::optional<Candidate> there = m_offer->existing();
    m_contactGroup->setVisible(there.has_value());
    m_attach->setVisible(there.has_value() && m_for == For::Call);
    if (!there || m_contact->findData(there->ref.id) >= 0)
        return;
    m_contact->clear();
    m_contact->addItem(joinedParts({there->name, there->company, there->reason}), there->ref.id);
    m_contact->addItem(tr("New contact"), QString());
    m_attach->setHelp(tr("Attach the call to %1 and convert nothing.").arg(isolatedText(there->name)));
}

// What is there comes first: a second one is a mistake.
void ConvertLeadDialog::refreshAccounts()
{
    const QList<LeadOffer::Account> &accounts = m_offer->accounts();
    const bool same = m_account->count() == accounts.size() + 1 &&
                      (accounts.isEmpty() || m_account->itemData(0).toString() == accounts.constFirst().id);
    if (m_offer->state() == LeadOffer::State::Looking || same)
        return;
    m_account->clear();
    for (const LeadOffer::Account &one : accounts)
        m_account->addItem(isolatedText(one.name), one.id);
    m_account->addItem(m_offer->company().isEmpty() ? tr("No account")
                                                    : tr("New account: %1").arg(isolatedText(m_offer->company())),
                       QString());
}

void ConvertLeadDialog::attach()
{
    if (const std::optional<Candidate> there = m_offer->existing())
        Q_EMIT attachRequested(*there);
    close();
}

void ConvertLeadDialog::refresh()
{
    const LeadOffer::State state = m_offer->state();
    if (state == LeadOffer::State::Converted) {
        Q_EMIT converted(m_offer->became(), m_offer->person());
        close();
        return;
    }
    refreshContact();
    refreshAccounts();
    if (m_stage->count() == 0)
        m_stage->addItems(m_offer->stages());
    const bool asking = state == LeadOffer::State::Asking;
    const bool withDeal = m_withDeal->isChecked();
    m_explanation->setText(state == LeadOffer::State::Looking ? tr("Looking what is in Zoho CRM already…")
                                                              : m_offer->explanation(choice()));
    m_contact->setEnabled(asking);
    m_attach->setEnabled(asking);
    m_account->setEnabled(asking && m_account->count() > 1);
    m_withDeal->setVisible(m_offer->canMakeDeal());
    m_withDeal->setEnabled(asking);
    m_deal->setVisible(withDeal);
    m_deal->setEnabled(asking);
    m_convert->setEnabled(asking && (!withDeal || !m_dealName->text().simplified().isEmpty()));
    m_problem->setTone(asking ? Tone::Bad : Tone::Mute);
    m_problem->setText(state == LeadOffer::State::Working ? tr("On its way to Zoho CRM…") : m_offer->problem());
    m_problem->setVisible(!m_problem->text().isEmpty());
}

} // namespace ringside
