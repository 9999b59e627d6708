// SPDX-License-Identifier: Apache-2.0
#include "ProfileController.h"

#include "AgentSession.h"
#include "CallerProfile.h"
#include "Clock.h"
#include "ConvertLeadDialog.h"
#include "CurrentCall.h"
#include "CustomerSearch.h"
#include "ForgetPersonDialog.h"
#include "NewPeople.h"
#include "ProfileView.h"
#include "RecordRemoval.h"
#include "RemoveRecordDialog.h"
#include "SafeLink.h"
#include "ScreenPop.h"
#include "Settings.h"

namespace ringside {

ProfileController::ProfileController(AgentSession &session, CurrentCall &current, ProfileView &view, const Settings &settings,
                                     const Clock &clock, QObject *parent)
    : QObject(parent), m_session(session), m_current(current), m_view(view), m_settings(settings), m_clock(clock)
{
    connectView();
    connect(&current, &CurrentCall::changed, this, &ProfileController::backToCall);
    const auto refreshIfCurrent = [this](const QString &key) {
        if (key == m_current.key() && !m_byHand)
            refresh();
    };
    connect(&session.screenPop(), &ScreenPop::changed, this, refreshIfCurrent);
    connect(&session, &AgentSession::callChanged, this, refreshIfCurrent);
    connect(&session.newPeople(), &NewPeople::changed, this, refreshIfCurrent);
    connectNewPeople();
}

void ProfileController::connectNewPeople()
{
    NewPeople *people = &m_session.newPeople();
    connect(&m_view, &ProfileView::newPersonRequested, this, &ProfileController::newPerson);
    connect(&m_view, &ProfileView::newPersonEdited, this,
            [people](const QString &key, const QString &field, const QString &value) {
                if (NewPerson *person = people->opened(key))
                    person->setValue(field, value);
            });
    CustomerSearch *records = &m_session.recordSearch();
    connect(&m_view, &ProfileView::recordsWanted, this,
            [records](const QString &module, const QString &text) { records->setText(text, module); });
    connect(records, &CustomerSearch::changed, this, [this, records] {
        m_view.setFoundRecords(records->module(), records->text(), records->results(), records->message());
    });
    connect(&m_view, &ProfileView::newPersonCreateRequested, this, [people](const QString &key) {
        if (NewPerson *person = people->opened(key))
            person->create();
    });
    connect(&m_view, &ProfileView::newPersonCancelled, this, [people](const QString &key) { people->close(key); });
    const auto offer = [this, people] { m_view.setCreatable(people->modules()); };
    connect(people, &NewPeople::modulesChanged, this, offer);
    offer();
}

void ProfileController::connectView()
{
    connect(&m_view, &ProfileView::candidateChosen, this,
            [this](const Candidate &candidate) { m_session.screenPop().choose(m_current.key(), candidate); });
    connect(&m_view, &ProfileView::notThisPerson, this, &ProfileController::notThisPerson);
    connect(&m_view, &ProfileView::attachRequested, this, &ProfileController::attach);
    connect(&m_view, &ProfileView::manualCallRequested, this, &ProfileController::logManualCall);
    connect(&m_view, &ProfileView::backToCall, this, &ProfileController::backToCall);
    connect(&m_view, &ProfileView::lookAgainRequested, this, &ProfileController::lookAgain);
    connect(&m_view, &ProfileView::retryPartsRequested, this, &ProfileController::retry);
    connect(&m_view, &ProfileView::listOpened, this, [this](const QString &list) {
        if (CallerProfile *profile = shownProfile())
            profile->open(list);
    });
    connect(&m_view, &ProfileView::restRequested, this, [this] {
        if (CallerProfile *profile = shownProfile())
            profile->readRest();
    });
    connect(&m_view, &ProfileView::openInCrm, this, &ProfileController::openInCrm);
    connect(&m_view, &ProfileView::removeRequested, this, &ProfileController::removeRecord);
    connect(&m_view, &ProfileView::forgetRequested, this, &ProfileController::forgetPerson);
    connect(&m_view, &ProfileView::convertRequested, this, &ProfileController::convertLead);
    connect(&m_settings, &Settings::changed, this, &ProfileController::offerConversion);
    connect(&m_settings, &Settings::changed, this, &ProfileController::offerRemoval);
    offerRemoval();
}

CallerProfile *ProfileController::shownProfile() const
{
    return m_byHand ? m_byHand : m_followed.data();
}

void ProfileController::follow(CallerProfile *profile)
{
    if (m_followed == profile)
        return;
    if (m_followed)
        disconnect(m_followed, nullptr, this, nullptr);
    m_followed = profile;
    if (profile)
        connect(profile, &CallerProfile::changed, this, [this] {
            if (!m_byHand)
                refresh();
        });
}

void ProfileController::refresh()
{
    const bool typing = m_view.newPersonHoldsFocus();
    show();
    offerConversion();
    if (typing && !m_view.showsNewPerson())
        Q_EMIT keyboardReleased();
}

void ProfileController::show()
{
    m_view.setNow(m_clock.now());
    if (m_byHand) {
        showHandProfile();
        return;
    }
    const CallEntry *call = m_current.entry();
    if (!call) {
        follow(nullptr);
        m_view.showIdle();
        return;
    }
    const QString key = call->key;
    follow(m_session.profile(key));
    call = m_session.call(key); // Making the profile may have moved the list.
    const PopResult &pop = m_session.screenPop().result(key);
    const NewPerson *made = m_session.newPeople().opened(key);
    if (m_followed)
        m_view.showCaller(m_followed->data(), pop, true); // also after it was logged
    else if (call && made)
        m_view.showNewPerson(key, made->data(), pop);
    else if (call)
        m_view.showUnknown(*call, pop);
}

void ProfileController::showByHand(const Candidate &candidate)
{
    delete m_byHand;
    m_candidate = candidate;
    m_byHand = m_session.openProfile(candidate, this);
    if (!m_byHand)
        return;
    connect(m_byHand, &CallerProfile::changed, this, &ProfileController::showHandProfile);
    m_view.setNow(m_clock.now());
    showHandProfile();
}

void ProfileController::showHandProfile()
{
    const CallEntry *call = m_current.entry();
    m_view.showByHand(m_byHand->data(),
                      {.canAttach = call && !(call->person == m_candidate.ref), .canReturn = call != nullptr});
    offerConversion();
}

void ProfileController::backToCall()
{
    delete m_byHand;
    m_byHand = nullptr;
    refresh();
}

void ProfileController::attach()
{
    if (!m_byHand || !m_current.entry())
        return;
    m_session.screenPop().choose(m_current.key(), m_candidate);
    backToCall();
}

void ProfileController::logManualCall()
{
    if (!m_byHand)
        return;
    const ProfileData &person = m_byHand->data();
    const QString raw = person.numbers.isEmpty() ? QString() : person.numbers.constFirst().display;
    const PhoneNumber number = PhoneNumber::parse(raw, m_settings.text(SettingKey::DefaultRegion),
                                                  m_settings.integer(SettingKey::InternalNumberDigits));
    const QString key = m_session.addManualCall(m_candidate, number);
    if (key.isEmpty())
        return;
    m_current.choose(key);
    backToCall();
    Q_EMIT manualCallAdded();
}

void ProfileController::notThisPerson()
{
    const CallEntry *call = m_current.entry();
    if (!m_byHand && call)
        m_session.screenPop().unchoose(m_current.key(), call->number);
}

void ProfileController::newPerson(const QString &module)
{
    if (m_byHand)
        backToCall();
    const CallEntry *call = m_current.entry();
    if (!call || !call->person.isNull()
        || m_session.screenPop().result(call->key).status == PopResult::Status::Searching)
        return;
    m_session.newPeople().open(*call, module);
    m_view.focusNewPerson();
}

bool ProfileController::keyboardBusy() const
{
    return m_view.newPersonHoldsFocus();
}

void ProfileController::lookAgain()
{
    const CallEntry *call = m_current.entry();
    if (!call)
        return;
    ScreenPop &screenPop = m_session.screenPop();
    screenPop.look(call->key, call->number); // A call of an earlier run: nobody has looked yet.
    screenPop.retry(call->key);
}

void ProfileController::retry()
{
    CallerProfile *profile = shownProfile();
    if (profile)
        profile->retry();
    const CallEntry *call = m_byHand ? nullptr : m_current.entry();
    if (call && (!profile || !m_session.screenPop().result(call->key).message.isEmpty()))
        lookAgain();
}

void ProfileController::offerRemoval()
{
    m_view.setCanRemove(RecordRemoval::offered(m_settings));
}

void ProfileController::removeRecord()
{
    const CallerProfile *profile = shownProfile();
    if (!profile)
        return;
    const RecordRef ref = profile->data().ref;
    std::unique_ptr<RecordRemoval> removal = m_session.removal(ref, profile->data().name);
    if (!removal)
        return;
    auto *dialog = new RemoveRecordDialog(std::move(removal), &m_view);
    connect(dialog, &RemoveRecordDialog::ended, this, [this, ref](RecordRemoval::State state) {
        CallerProfile *now = shownProfile();
        if (!now || now->data().ref != ref)
            return;
        if (state != RecordRemoval::State::Deleted)
            now->recordChanged();
        else if (m_byHand)
            backToCall();
        else
            notThisPerson();
    });
    dialog->show();
}

void ProfileController::forgetPerson()
{
    const CallerProfile *profile = shownProfile();
    if (!profile)
        return;
    const RecordRef ref = profile->data().ref;
    auto *dialog = new ForgetPersonDialog(
        profile->data().name, [this, ref] { return m_session.forgetPerson(ref); }, &m_view);
    connect(dialog, &ForgetPersonDialog::forgotten, this, [this, ref] {
        if (m_byHand && m_byHand->data().ref == ref)
            backToCall();
    });
    dialog->show();
}

void ProfileController::offerConversion()
{
    const CallerProfile *profile = shownProfile();
    m_view.setCanConvert(profile && m_session.canConvert(profile->data().ref));
}

void ProfileController::convertLead()
{
    const CallerProfile *profile = shownProfile();
    if (!profile)
        return;
    const RecordRef lead = profile->data().ref;
    std::unique_ptr<LeadOffer> offer = m_session.conversion(lead, profile->data().name);
    if (!offer)
        return;
    const bool ofCall = !m_byHand && !m_current.key().isEmpty();
    auto *dialog = new ConvertLeadDialog(
        std::move(offer), ofCall ? ConvertLeadDialog::For::Call : ConvertLeadDialog::For::Record, &m_view);
    connect(dialog, &ConvertLeadDialog::converted, this,
            [this, lead](const ConvertedLead &became, const Candidate &person) {
                if (person.ref.isNull()) // The CRM does it in its own time.
                    Q_EMIT problem(
                        tr("Zoho CRM is converting the lead and is not done yet. Look for the contact with Ctrl+K in a "
                           "minute; nothing is lost."));
                else
                    converted(lead, person, became.deal);
            });
    connect(dialog, &ConvertLeadDialog::attachRequested, this,
            [this, key = m_current.key()](const Candidate &contact) { m_session.screenPop().choose(key, contact); });
    dialog->show();
}

void ProfileController::converted(const RecordRef &lead, const Candidate &contact, const RecordRef &deal)
{
    const bool byHand = m_byHand && m_byHand->data().ref == lead;
    m_session.leadConverted(lead, contact, deal, m_current.key());
    if (byHand)
        showByHand(contact);
}

void ProfileController::openInCrm()
{
    CallerProfile *profile = shownProfile();
    if (profile && profile->data().crmUrl.isValid() && !openSafeLink(profile->data().crmUrl))
        Q_EMIT problem(tr("The browser could not be opened. Open Zoho CRM there yourself; nothing is lost here."));
}

} // namespace ringside
