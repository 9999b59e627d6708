// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Alarm.h"
#include "CallEntry.h"
#include "CallVersions.h"
#include "CardGuard.h"
#include "NewPersonFields.h"
#include "NoteDrafts.h"
#include "PopResult.h"
#include "Surface.h"
#include "WrapUp.h"

#include <memory>

class QLineEdit;

namespace ringside {

class Button;
class CallBar;
class CallFieldRows;
class CardNotice;
class ChoiceBox;
class Label;
class MarkedField;
class NotesEdit;
class SettleFilter;
class VersionsCard;
struct CallNotes;

/// The right column: the call's state, and its subject, notes, result, purpose and what the org asks besides. Bound to
/// one call at a time: every signal carries the key that the input was typed for, so that what is typed for one call
/// can never reach another.
///
/// A call that was logged, or waits to be, is for reading until the agent asks to edit it; then logRequested() stands
/// for "Save changes".
///
/// Card numbers do not leave it (CardGuard.h): what is told of a text is what may be kept. A run of digits that may
/// become one is told in full once it is decided: by another character behind it, after two seconds without a key, when
/// the keyboard leaves the field, and before anything is done with the call.
class NotesPanel final : public Surface
{
    Q_OBJECT

public:
    /// `pause` rings when the agent has stopped typing.
    explicit NotesPanel(QWidget *parent = nullptr, std::unique_ptr<Alarm> pause = std::make_unique<TimerAlarm>());
    ~NotesPanel() override;

    /// Finishes what is being composed for the call before, then shows this call with an empty draft.
    void bind(const CallEntry &call);
    void unbind();
    QString key() const { return m_key; }

    /// The bound call changed: its state, its time, its log. Never touches what is typed.
    void setCall(const CallEntry &call);
    void setNow(std::chrono::milliseconds monotonic, const QDateTime &now);
    void setWaiting(int others);
    /// Fills the fields, without signals; what it has was decided. Fields that show that already are left alone.
    void setDraft(const NoteDraft &draft);
    void setSubject(const QString &subject); ///< A subject made by us.
    void setChoices(const QStringList &results, const QStringList &purposes);
    void setExtraFields(const QList<NewPersonField> &fields);
    void setFoundRecords(const QString &module, const QString &text, const QList<Candidate> &found,
                         const QString &message);
    void setSaveState(WrapUp::SaveState state, const QString &message);
    /// A sentence about this call: why it was not logged. Empty hides it.
    void setProblem(const QString &sentence);
    /// Both versions of what somebody else has changed too; then Save and Discard are the choice between them.
    void setVersions(const QList<FieldVersions> &versions);

    void focusNotes();
    /// Puts the keyboard into a field, by its API name; opens the fields where they are for reading.
    void askFor(const QString &field);
    /// As if Log call were pressed: what is being composed is finished first.
    void requestLog();
    /// As if Edit, or Discard, were pressed. Nothing where these are not offered.
    void requestEdit();
    void requestDiscard();
    /// Finishes what is being composed and decides what is undecided; told as edits.
    void settle();
    /// Puts back what was masked last.
    void putBack();
    /// Puts an earlier version in place of the notes, which undo takes back; opens them where they are for reading.
    void bringBack(const QString &notes);
    /// Whether the keyboard is in one of the fields.
    bool holdsFocus() const;
    bool editable() const { return m_editable; }

Q_SIGNALS:
    void notesEdited(const QString &key, const QString &text, int cursor);
    void subjectEdited(const QString &key, const QString &text);
    void resultChosen(const QString &key, const QString &value);
    void purposeChosen(const QString &key, const QString &value);
    void extraFieldEdited(const QString &key, const QString &field, const QString &value);
    void recordsWanted(const QString &module, const QString &text); ///< For a field that points to one; empty: none.
    void earlierRequested(); ///< The earlier versions of the notes are to be shown.
    void logRequested(const QString &key);
    /// What was changed since the call was logged is not wanted any more.
    void discardRequested(const QString &key);

private:
    void build();
    void connectFields();
    void setFields(const NoteDraft &draft);
    void setFieldsEditable(bool editable);
    void refreshSaved();
    void refreshButtons();
    void endEditing();
    void sendNotes();
    void markRefused();
    void unmark(const QString &field);
    void subjectEditedTo(const QString &text);
    void takeSubject(const CardGuard::Text &now);
    bool putBackSubject();
    void settleFields();
    void waitForPause();
    void showCardNotice();
    std::shared_ptr<CallNotes> notesOf(const QString &key);
    CardGuard &guard();

    CallBar *m_callBar;
    QWidget *m_form;
    Label *m_empty;
    QLineEdit *m_subject;
    NotesEdit *m_notes;
    ChoiceBox *m_result;
    ChoiceBox *m_purpose;
    CallFieldRows *m_extra;
    QMap<QString, MarkedField *> m_marked; ///< The fields that every call has, by API name.
    CardNotice *m_cardNotice;
    Surface *m_problemBar;
    Label *m_problem;
    VersionsCard *m_versions;
    Button *m_earlier;
    Label *m_saved;
    Button *m_log;
    Button *m_edit;
    Button *m_discard;
    SettleFilter *m_settle;
    std::unique_ptr<Alarm> m_pause;
    QList<std::shared_ptr<CallNotes>> m_recent; ///< Of the calls that were shown last, the last one first.
    std::shared_ptr<CallNotes> m_callNotes;     ///< Of the bound call; never null.
    QString m_subjectShown;
    QString m_subjectKept; ///< As it may leave the field.
    QString m_key;
    CallEntry m_call;
    QList<FieldError> m_refused; ///< As last shown at the fields.
    std::chrono::milliseconds m_monotonic{0};
    QDateTime m_now;
    WrapUp::SaveState m_saveState = WrapUp::SaveState::Saved;
    bool m_editable = false;
    bool m_editing = false; ///< The agent asked to, of a call that was logged or waits to be.
    bool m_filling = false;
};

} // namespace ringside
