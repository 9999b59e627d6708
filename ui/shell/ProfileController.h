// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PopResult.h"

#include <QObject>
#include <QPointer>

namespace ringside {

class AgentSession;
class CallerProfile;
class Clock;
class CurrentCall;
class ProfileView;
class Settings;

/// Connects the profile column with the current call's look-up and person, and with a person found by hand.
class ProfileController final : public QObject
{
    Q_OBJECT

public:
    ProfileController(AgentSession &session, CurrentCall &current, ProfileView &view, const Settings &settings,
                      const Clock &clock, QObject *parent = nullptr);

    void refresh();
    void showByHand(const Candidate &candidate);
    void backToCall();
    /// Points the current call at the person found by hand.
    void attach();
    void logManualCall();
    void notThisPerson();
    /// Opens the form of a new lead or contact ("Leads", "Contacts") for a current call without a person.
    void newPerson(const QString &module);
    /// The agent may be typing into that form.
    bool keyboardBusy() const;
    void openInCrm();
    /// Asks whether the shown record is to be taken out of use.
    void removeRecord();
    /// Asks whether all that is kept of the shown person on this computer is to go.
    void forgetPerson();
    /// Asks whether the shown lead is to become a contact.
    void convertLead();
    void retry();

Q_SIGNALS:
    /// A call was added by hand and is on the desk: the notes want the keyboard.
    void manualCallAdded();
    /// The form that had the keyboard is gone.
    void keyboardReleased();
    void problem(const QString &sentence);

private:
    void connectView();
    void connectNewPeople();
    void show();
    void follow(CallerProfile *profile);
    void showHandProfile();
    void lookAgain();
    void offerRemoval();
    void offerConversion();
    void converted(const RecordRef &lead, const Candidate &contact, const RecordRef &deal);
    CallerProfile *shownProfile() const;

    AgentSession &m_session;
    CurrentCall &m_current;
    ProfileView &m_view;
    const Settings &m_settings;
    const Clock &m_clock;
    QPointer<CallerProfile> m_followed; ///< The session's.
    CallerProfile *m_byHand = nullptr;  ///< Ours; null unless a person found by hand is shown.
    Candidate m_candidate;
};

} // namespace ringside
