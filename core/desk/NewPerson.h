// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallEntry.h"
#include "CrmClient.h"
#include "NewPersonData.h"
#include "NewPersonQuery.h"

#include <QObject>
#include <QTimer>

namespace ringside {

class Clock;
class NewPersonQueue;
class ProfileSource;
class ScreenPop;
class Settings;

/// A new lead or contact for the caller of one call: filled in from the call, checked here, looked for among those who
/// are there already, created once. Kept in memory while the program runs, and from create() on in the store until the
/// record is there: where the CRM cannot be reached, or the program dies, it goes on by itself, also in another run, until
/// the agent has to decide.
/// Owned by NewPeople.
///
/// A creation whose answer was lost may have happened: it is looked up at once and again while the CRM may still
/// commit it, and before every further try. Only when it is not there does create() send it again.
///
/// Where the CRM allows a value once only and somebody has it, that record is read and shown as the duplicate.
///
/// Signals: changed() after whatever data() shows; created() once, after which nothing more happens. decisionNeeded()
/// when what waited cannot go on by itself: a sentence.
class NewPerson final : public QObject
{
    Q_OBJECT

public:
    using State = NewPersonData::State;

    struct Parts
    {
        CrmClient &crm;
        ProfileSource &metadata;
        const ScreenPop &pop;
        const Settings &settings;
        const Clock &clock;
        NewPersonQueue &queue;
    };

    NewPerson(const CallEntry &call, const QString &module, const Parts &parts);
    /// From what the store has kept; false when that cannot be read.
    bool restore(const QByteArray &kept);
    static QString moduleIn(const QByteArray &kept); ///< Empty when it cannot be read.

    const NewPersonData &data() const { return m_data; }
    /// Another kind of record with what was typed so far. Not while something is under way or may have happened.
    void setModule(const QString &module);
    void setValue(const QString &field, const QString &value);
    /// Create: checks, and goes on by itself. While it is under way nothing happens; while the lost answer is waited
    /// for, it is looked up now; with duplicates shown it means that none of them is the caller.
    void create();
    /// The CRM may be there again: what waits is tried.
    void goOn();
    /// It is on its way, or waits to be: whatever is bound to it waits too.
    bool underWay() const { return m_data.state != State::Editing; }

Q_SIGNALS:
    void changed();
    void created(const ringside::Candidate &person);
    void decisionNeeded(const QString &sentence);

private:
    void wait();
    void unkeep();
    bool waitsFor(const Error &error) const;
    QByteArray encoded() const;
    void post();
    void fill();
    bool checked();
    QString region() const;
    NewPersonField *field(const QString &apiName);
    Candidate sentPerson() const;

    void lookForDuplicates();
    void ask(const QString &module, CrmClient::SearchBy by, const QString &value);
    void take(const Result<RecordPage> &page, const QString &module, const PhoneNumber &searched);
    void duplicatesAnswered();
    void send();
    void sent(const Result<QString> &answer);
    void refused(const Error &error);
    QStringList mark(const QList<FieldError> &refused);
    static QString sentences(const QString &first, const QStringList &others);
    void showExisting(const ExistingRecord &existing, const QStringList &elsewhere);
    void existingRead(const ExistingRecord &existing, const QStringList &elsewhere, const Result<Record> &record);
    void confirm();
    void confirmed(const Result<RecordPage> &page);
    void notThere();
    void finish(const QString &id);
    void settle(const QString &message, bool trouble = true);

    const Parts m_parts;
    const QString m_callKey;
    const PhoneNumber m_number;
    const QString m_remoteName;
    NewPersonData m_data;
    QTimer m_askAgain;
    QList<Error> m_failures; ///< Of the search for duplicates.
    QString m_checkedFor;    ///< E-mail and number of the duplicates that the agent has seen.
    int m_pending = 0;       ///< Answers of that search still missing.
    NewPersonQuery m_lost;   ///< What was sent and may have been created; no module = nothing.
    QDateTime m_lostAt;
    int m_questions = 0;
    int m_absences = 0; ///< Since the CRM can no longer commit it.
    bool m_asking = false;
    bool m_wanted = false; ///< When it is not there, send it: the agent chose Create again.
    bool m_done = false;
    bool m_kept = false;      ///< The store has it.
    bool m_byItself = false;  ///< It goes on without the agent, who may not be looking.
    QVariantMap m_restored;   ///< What was typed in an earlier run, for fields that are not known yet.
};

} // namespace ringside
