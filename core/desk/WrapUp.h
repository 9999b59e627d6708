// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Alarm.h"
#include "NoteDrafts.h"
#include "Result.h"

#include <QObject>

#include <memory>

namespace ringside {

class Clock;

/// The notes and the log of one call while the agent works on it. Every change is on disk within 250 ms (saved at once when
/// none is under way, else right after). Owned by AgentSession, one a call.
///
/// Earlier notes are kept as versions (NoteVersions.h) with the save that replaces them: before much of them is deleted or
/// replaced, in one go or key by key, before they are emptied or restored; and as they are when the agent pauses.
class WrapUp final : public QObject
{
    Q_OBJECT

public:
    enum class SaveState { Saved, Saving, NotSaved };
    Q_ENUM(SaveState)

    /// `pause` rings when nothing was typed for a while.
    WrapUp(const QString &callKey, NoteDrafts &drafts, const Clock &clock, QObject *parent = nullptr,
           std::unique_ptr<Alarm> pause = std::make_unique<TimerAlarm>());
    ~WrapUp() override;

    /// False until the stored draft, if any, was read. Notes typed meanwhile are put below the stored ones; other edits win.
    bool loaded() const;
    const NoteDraft &draft() const;

    void setNotes(const QString &text, int cursor);
    void setSubject(const QString &text);
    void setResult(const QString &value);
    void setPurpose(const QString &value);
    /// Of one of the org's further fields, by API name.
    void setValue(const QString &field, const QString &value);
    /// The deal, case or other record that the call is about besides its person.
    void setRelatedTo(const QString &module, const QString &id);

    /// A subject made by us ("Inbound call from …"); ignored once the agent typed one.
    void suggestSubject(const QString &text);
    /// What a new call starts with; ignored once there is a purpose or the agent emptied it.
    void suggestPurpose(const QString &value);

    /// Puts back what was logged, in place of what the agent typed since; no edit. Saved as every change; draftLoaded()
    /// comes again.
    void restore(const NoteDraft &logged);

    /// Hands what is not saved yet to the store now, ahead of whatever is given to it next.
    void flush();

    /// versionsRead() follows.
    void readVersions();

    SaveState saveState() const;
    QString saveMessage() const; ///< With NotSaved: a sentence; the text is still here and on screen.
    bool dirtyByAgent() const;   ///< The agent typed or chose something.

Q_SIGNALS:
    void draftLoaded();
    void saveStateChanged();
    void edited();
    /// The earlier notes, newest first; or a sentence that says why they cannot be read.
    void versionsRead(const QList<ringside::NoteVersion> &versions, const QString &problem);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
