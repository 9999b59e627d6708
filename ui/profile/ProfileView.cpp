// SPDX-License-Identifier: Apache-2.0
#include "ProfileView.h"

#include "Button.h"
#include "FactsRow.h"
#include "Label.h"
#include "MatchBar.h"
#include "NewPersonForm.h"
#include "PersonHeader.h"
#include "PopNotice.h"
#include "RecordCard.h"
#include "Surface.h"
#include "UnknownCard.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ringside {

ProfileView::ProfileView(QWidget *parent)
    : QWidget(parent), m_handBar(new Surface(Surface::Kind::Bar)),
      m_handText(new Label(TextSize::Body, weight::normal, Tone::Accent)),
      m_attach(new Button(tr("This is the caller"), Button::Kind::Outline)),
      m_logCall(new Button(tr("Log a call"), Button::Kind::Outline)),
      m_back(new Button(tr("Back to the call"), Button::Kind::Outline)), m_match(new MatchBar), m_notice(new PopNotice),
      m_pages(new QStackedWidget), m_idle(nullptr), m_unknownPage(new QWidget), m_unknown(new UnknownCard),
      m_newPersonPage(new QWidget), m_newPerson(new NewPersonForm), m_profilePage(nullptr), m_header(new PersonHeader),
      m_facts(new FactsRow), m_failedBar(new Surface(Surface::Kind::Bar)),
      m_failedText(new Label(TextSize::Body, weight::normal, Tone::Bad)), m_card(new RecordCard),
      m_now(QDateTime::currentDateTimeUtc())
{
    setObjectName(QStringLiteral("profileView"));
    setMinimumWidth(320);
    build();
    connectParts();
    showIdle();
}

QWidget *ProfileView::buildIdle()
{
    auto *page = new QWidget;
    auto *title = new Label(TextSize::Figure, weight::strong);
    title->setText(tr("Ready for the next call"));
    title->setAlignment(Qt::AlignHCenter);
    auto *advice = new Label(TextSize::Body, weight::normal, Tone::Mute);
    advice->setObjectName(QStringLiteral("idleText"));
    advice->setText(tr("The caller's profile shows here when the phone rings. To look somebody up now, press Ctrl+K."));
    advice->setWordWrap(true);
    advice->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(40, 0, 40, 40);
    layout->setSpacing(6);
    layout->addStretch(2);
    layout->addWidget(title);
    layout->addWidget(advice);
    layout->addStretch(3);
    return page;
}

QWidget *ProfileView::buildProfile()
{
    auto *page = new QWidget;
    auto *head = new Surface(Surface::Kind::Card);
    auto *headLayout = new QVBoxLayout(head);
    headLayout->setContentsMargins(1, 0, 1, 1);
    headLayout->setSpacing(0);
    headLayout->addWidget(m_header);
    headLayout->addWidget(m_facts);
    m_failedBar->setTone(Tone::Bad);
    m_failedText->setWordWrap(true);
    m_failedText->setObjectName(QStringLiteral("profileFailedText"));
    auto *retry = new Button(tr("Try again"), Button::Kind::Outline);
    retry->setObjectName(QStringLiteral("profileFailedRetryButton"));
    retry->setTone(Tone::Bad);
    retry->setCompact(true);
    retry->setHelp(tr("Load the parts that are missing again."), QKeySequence(Qt::Key_F5));
    connect(retry, &Button::clicked, this, &ProfileView::retryPartsRequested);
    auto *failed = new QHBoxLayout(m_failedBar);
    failed->setContentsMargins(12, 7, 12, 7);
    failed->addWidget(m_failedText, 1);
    failed->addWidget(retry);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(head);
    layout->addWidget(m_failedBar);
    layout->addWidget(m_card, 1);
    return page;
}

void ProfileView::build()
{
    m_handBar->setObjectName(QStringLiteral("handBar"));
    m_handBar->setTone(Tone::Accent);
    m_handBar->hide();
    m_handText->setText(tr("Not part of the call"));
    m_attach->setObjectName(QStringLiteral("attachButton"));
    m_attach->setHelp(tr("Attach this person to the call, and remember it for the number."), QKeySequence(Qt::Key_F9));
    m_logCall->setObjectName(QStringLiteral("manualCallButton"));
    m_logCall->setHelp(tr("Log a call with this person that the phone did not tell of."), QKeySequence(Qt::CTRL | Qt::Key_L));
    m_back->setObjectName(QStringLiteral("backToCallButton"));
    m_back->setHelp(tr("Show the call again."), QKeySequence(Qt::ALT | Qt::Key_Left));
    auto *bar = new QHBoxLayout(m_handBar);
    bar->setContentsMargins(12, 7, 12, 7);
    bar->setSpacing(8);
    bar->addWidget(m_handText, 1);
    for (Button *button : {m_attach, m_logCall, m_back}) {
        button->setTone(Tone::Accent);
        button->setCompact(true);
        bar->addWidget(button);
    }

    m_idle = buildIdle();
    m_profilePage = buildProfile();
    auto *unknown = new QVBoxLayout(m_unknownPage);
    unknown->setContentsMargins(0, 0, 0, 0);
    unknown->addWidget(m_unknown);
    unknown->addStretch(1); // Not a largest height for the card: that would be the one of its texts in one line.
    auto *form = new QVBoxLayout(m_newPersonPage);
    form->setContentsMargins(0, 0, 0, 0);
    form->addWidget(m_newPerson, 1);
    form->addStretch(0);
    for (QWidget *page : {m_idle, m_unknownPage, m_newPersonPage, m_profilePage})
        m_pages->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(12);
    layout->addWidget(m_handBar);
    layout->addWidget(m_match);
    layout->addWidget(m_notice);
    layout->addWidget(m_pages, 1);
}

void ProfileView::connectParts()
{
    connect(m_match, &MatchBar::chosen, this, &ProfileView::candidateChosen);
    connect(m_notice, &PopNotice::retryRequested, this, &ProfileView::lookAgainRequested);
    connect(m_header, &PersonHeader::notThisPerson, this, &ProfileView::notThisPerson);
    connect(m_header, &PersonHeader::openInCrm, this, &ProfileView::openInCrm);
    connect(m_header, &PersonHeader::removeRequested, this, &ProfileView::removeRequested);
    connect(m_header, &PersonHeader::convertRequested, this, &ProfileView::convertRequested);
    connect(m_header, &PersonHeader::forgetRequested, this, &ProfileView::forgetRequested);
    connect(m_unknown, &UnknownCard::searchRequested, this, &ProfileView::searchRequested);
    connect(m_unknown, &UnknownCard::retryRequested, this, &ProfileView::lookAgainRequested);
    connect(m_unknown, &UnknownCard::newPersonRequested, this, &ProfileView::newPersonRequested);
    connect(m_newPerson, &NewPersonForm::edited, this, &ProfileView::newPersonEdited);
    connect(m_newPerson, &NewPersonForm::recordsWanted, this, &ProfileView::recordsWanted);
    connect(m_newPerson, &NewPersonForm::createRequested, this, &ProfileView::newPersonCreateRequested);
    connect(m_newPerson, &NewPersonForm::cancelled, this, &ProfileView::newPersonCancelled);
    connect(m_newPerson, &NewPersonForm::attachRequested, this, &ProfileView::candidateChosen);
    connect(m_card, &RecordCard::retryRequested, this, &ProfileView::retryPartsRequested);
    connect(m_card, &RecordCard::listOpened, this, &ProfileView::listOpened);
    connect(m_card, &RecordCard::restRequested, this, &ProfileView::restRequested);
    connect(m_attach, &Button::clicked, this, &ProfileView::attachRequested);
    connect(m_logCall, &Button::clicked, this, &ProfileView::manualCallRequested);
    connect(m_back, &Button::clicked, this, &ProfileView::backToCall);
}

void ProfileView::setNow(const QDateTime &now)
{
    m_now = now;
}

void ProfileView::focusParts()
{
    if (m_pages->currentWidget() == m_profilePage)
        m_card->focusTabs();
    else if (m_pages->currentWidget() == m_unknownPage && !m_match->focusFirst())
        m_unknown->focusSearch();
    else if (showsNewPerson())
        m_newPerson->focusFirst();
}

void ProfileView::showPop(const PopResult &pop)
{
    m_handBar->hide();
    m_match->setResult(pop);
    m_notice->setResult(pop);
}

void ProfileView::showIdle()
{
    showPop({});
    m_pages->setCurrentWidget(m_idle);
    m_shown = {};
}

void ProfileView::showUnknown(const CallEntry &call, const PopResult &pop)
{
    showPop(pop);
    m_unknown->setCall(call, pop);
    m_pages->setCurrentWidget(m_unknownPage);
    m_shown = {};
}

void ProfileView::showNewPerson(const QString &callKey, const NewPersonData &person, const PopResult &pop)
{
    showPop(pop);
    m_newPerson->setData(callKey, person);
    m_pages->setCurrentWidget(m_newPersonPage);
    m_shown = {};
}

void ProfileView::setFoundRecords(const QString &module, const QString &text, const QList<Candidate> &found,
                                  const QString &message)
{
    m_newPerson->setFoundRecords(module, text, found, message);
}

void ProfileView::focusNewPerson()
{
    if (showsNewPerson())
        m_newPerson->focusFirst();
}

bool ProfileView::showsNewPerson() const
{
    return m_pages->currentWidget() == m_newPersonPage;
}

bool ProfileView::newPersonHoldsFocus() const
{
    return showsNewPerson() && m_newPerson->holdsFocus();
}

void ProfileView::setCreatable(const QStringList &modules)
{
    m_unknown->setCreatable(modules);
}

void ProfileView::showCaller(const ProfileData &person, const PopResult &pop, bool canReject)
{
    showPop(pop);
    m_header->setCanReject(canReject);
    showData(person);
}

void ProfileView::showByHand(const ProfileData &person, const ByHand &can)
{
    m_match->hide();
    m_notice->setResult({});
    m_handText->setText(can.canReturn ? tr("Not part of the call") : tr("Found by hand"));
    m_attach->setVisible(can.canAttach);
    m_back->setText(can.canReturn ? tr("Back to the call") : tr("Close"));
    m_header->setCanReject(false);
    m_handBar->show();
    showData(person);
}

void ProfileView::showData(const ProfileData &person)
{
    const bool another = !(person.ref == m_shown);
    m_shown = person.ref;
    m_header->setData(person, m_now);
    m_facts->setFacts(person.facts);
    m_card->setData(person, m_now.toLocalTime().date());
    if (another)
        m_card->reset();

    QString failure = person.header.status == PartState::Status::Failed ? person.header.message : QString();
    if (failure.isEmpty() && person.timelineState.status == PartState::Status::Failed && !person.timeline.isEmpty())
        failure = person.timelineState.message;
    for (const ProfileFact &fact : person.facts) {
        if (failure.isEmpty() && fact.state.status == PartState::Status::Failed)
            failure = fact.state.message;
    }
    m_failedText->setText(failure);
    m_failedBar->setVisible(!failure.isEmpty());
    m_pages->setCurrentWidget(m_profilePage);
}

void ProfileView::setCanConvert(bool canConvert)
{
    m_header->setCanConvert(canConvert);
}

void ProfileView::setCanRemove(bool canRemove)
{
    m_header->setCanRemove(canRemove);
}

} // namespace ringside
