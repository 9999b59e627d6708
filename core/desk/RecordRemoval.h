// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"
#include "Result.h"

#include <QObject>
#include <QStringList>

namespace ringside {

class CrmClient;
class Directory;
class OrgMetadata;
class Settings;

/// Taking a record out of use: marked as inactive where the administrator has named what that means, or deleted, where
/// the administrator lets this desk delete, the agent's profile in the CRM allows it, the sign-in covers it, and the
/// agent has typed the record's name. Nothing is deleted in any other way. changed() on every step, from the event
/// loop.
class RecordRemoval final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Asking,
        Working,
        MarkedInactive, ///< The end.
        Deleted,        ///< The end; the record is forgotten on this desk too.
    };
    Q_ENUM(State)

    struct Parts
    {
        CrmClient &crm;
        Directory &directory;
        const Settings &settings;
        const OrgMetadata &metadata;
        QStringList grantedScopes; ///< Of the sign-in; empty = not known, then the CRM decides.
    };

    /// Whether there is anything to offer at all, on this desk.
    static bool offered(const Settings &settings);

    /// The parts must outlive it.
    RecordRemoval(const RecordRef &ref, const QString &name, const Parts &parts, QObject *parent = nullptr);

    State state() const { return m_state; }
    const QString &name() const { return m_name; }
    /// What will happen, and what went wrong the last time; whole sentences.
    QString question() const;
    const QString &problem() const { return m_problem; }

    /// The administrator named a field and value that this module has, or a tag.
    bool canMarkInactive() const;
    void markInactive();

    /// Empty: it may be deleted. Else the sentence that says what is in the way.
    QString whyNotDelete() const;
    /// What the agent typed is the record's name, whatever the case and the spaces.
    bool confirms(const QString &typed) const;
    /// Does nothing unless whyNotDelete() is empty and `typed` confirms.
    void remove(const QString &typed);

Q_SIGNALS:
    void changed();

private:
    QString inactiveField() const; ///< Empty unless this module has it and it can be written.
    void writeInactive(const Record &before);
    void marked(const Result<void> &done);
    void removed(const Result<void> &done);
    void lookAgain(const Error &error);
    void forget();
    void fail(const QString &sentence);
    void end(State state);

    const RecordRef m_ref;
    const QString m_name;
    const Parts m_parts;
    State m_state = State::Asking;
    QString m_problem;
};

} // namespace ringside
