// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallEntry.h"
#include "NewPersonData.h"
#include "PopResult.h"
#include "ProfileData.h"

#include <QDateTime>
#include <QWidget>

class QStackedWidget;

namespace ringside {

class Button;
class FactsRow;
class Label;
class MatchBar;
class NewPersonForm;
class PersonHeader;
class PopNotice;
class RecordCard;
class Surface;
class UnknownCard;

/// The middle column: nobody, a call without a person, or a person; with a bar above for several matches and one for a
/// person who was found by hand. Takes plain values; the agent's wishes are signals.
class ProfileView final : public QWidget
{
    Q_OBJECT

public:
    /// What can be done with a person who was found by hand.
    struct ByHand
    {
        bool canAttach = false; ///< There is a call that has nobody, or somebody else.
        bool canReturn = false; ///< There is a call to go back to.
    };

    explicit ProfileView(QWidget *parent = nullptr);

    void setNow(const QDateTime &now);
    /// Gives the keyboard to what is shown.
    void focusParts();
    void showIdle();
    void showUnknown(const CallEntry &call, const PopResult &pop);
    /// The form of a new lead or contact, for the call without a person. It takes the keyboard with focusNewPerson() alone.
    void showNewPerson(const QString &callKey, const NewPersonData &person, const PopResult &pop);
    void focusNewPerson();
    void setFoundRecords(const QString &module, const QString &text, const QList<Candidate> &found,
                         const QString &message);
    bool newPersonHoldsFocus() const;
    bool showsNewPerson() const;
    /// Which records can be made: "Leads", "Contacts".
    void setCreatable(const QStringList &modules);
    /// Whether taking records out of use is offered on this desk.
    void setCanRemove(bool canRemove);
    /// Whether what is shown is a lead that can be converted on this desk.
    void setCanConvert(bool canConvert);
    /// The person of the current call.
    void showCaller(const ProfileData &person, const PopResult &pop, bool canReject);
    /// A person found by hand.
    void showByHand(const ProfileData &person, const ByHand &can);

Q_SIGNALS:
    void candidateChosen(const ringside::Candidate &candidate);
    void newPersonRequested(const QString &module);
    void newPersonEdited(const QString &callKey, const QString &field, const QString &value);
    void recordsWanted(const QString &module, const QString &text); ///< For a field of the form; empty: none.
    void newPersonCreateRequested(const QString &callKey);
    void newPersonCancelled(const QString &callKey);
    void notThisPerson();
    void attachRequested();
    void manualCallRequested();
    void backToCall();
    void searchRequested();
    void lookAgainRequested();
    void retryPartsRequested();
    /// The agent opened the tab of this related list.
    void listOpened(const QString &apiName);
    /// The agent wants the rest of the timeline.
    void restRequested();
    void openInCrm(const QUrl &url);
    void removeRequested();
    void convertRequested();
    void forgetRequested();

private:
    void build();
    QWidget *buildIdle();
    QWidget *buildProfile();
    void connectParts();
    void showPop(const PopResult &pop);
    void showData(const ProfileData &person);

    Surface *m_handBar;
    Label *m_handText;
    Button *m_attach;
    Button *m_logCall;
    Button *m_back;
    MatchBar *m_match;
    PopNotice *m_notice;
    QStackedWidget *m_pages;
    QWidget *m_idle;
    QWidget *m_unknownPage;
    UnknownCard *m_unknown;
    QWidget *m_newPersonPage;
    NewPersonForm *m_newPerson;
    QWidget *m_profilePage;
    PersonHeader *m_header;
    FactsRow *m_facts;
    Surface *m_failedBar;
    Label *m_failedText;
    RecordCard *m_card;
    RecordRef m_shown;
    QDateTime m_now;
};

} // namespace ringside
