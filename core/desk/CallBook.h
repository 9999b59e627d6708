// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Call.h"
#include "CallEntry.h"
#include "NoteDrafts.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <optional>

namespace ringside {

class CallLog;
class Clock;
class Settings;

/// The calls list and its copy on disk: entries newest first, each kept with every change, those of earlier runs read
/// at start. What was live when the program died comes back as Lost, and can be taken up again when the phone still has
/// it. Owned by AgentSession.
class CallBook final : public QObject
{
    Q_OBJECT

public:
    CallBook(CallLog &log, NoteDrafts &drafts, const Settings &settings, const Clock &clock);

    /// The newest calls, and every older one that is not done with: notes not in the CRM, or a log on its way. restored()
    /// follows, also when nothing could be read; then problem() comes first.
    void restore();

    const QList<CallEntry> &entries() const { return m_entries; }
    CallEntry *find(const QString &key);
    /// The call whose notes were written last in an earlier run, and are not in the CRM; empty when there are none.
    const QString &lastNoted() const { return m_lastNoted; }

    /// A call that was not known. Goes to the top.
    CallEntry &add(const CallEntry &entry, const QString &sourceId, const QString &callId);
    /// The call that the phone had when the program died, alive again; nullptr when there is none. However often the
    /// program dies before the phone has told of it.
    CallEntry *resume(const Call &call);
    /// The end of a call that was live when the program died, told before anything else of it; nullptr when it is about none.
    CallEntry *endInterrupted(const CallEvent &event);
    /// The phone has told of all its calls in the air (by callId): what was live when the program died, and is not among
    /// them, has ended.
    void settle(const QString &sourceId, const QStringList &liveCallIds);
    /// Brings in what the phone tells of a call.
    void update(CallEntry &entry, const Call &call);

    /// As it was kept, also live.
    static CallEntry fromStored(const StoredCall &call, const Settings &settings);
    void save(const CallEntry &entry);
    /// Takes off the desk what is older than privacy/keep-days and done with. Beside all else; another time where it
    /// fails.
    void forgetOld();
    /// Calls that are no longer in the store. removed() when any of them was here.
    void remove(const QStringList &keys);
    /// For the talk time after a crash: keeps how far the calls in the air have come.
    void saveProgress();

Q_SIGNALS:
    void restored();
    void removed();
    void problem(const QString &sentence);

private:
    struct Origin
    {
        QString sourceId;
        QString callId;
        bool interrupted = false; ///< Live when the program died, and the phone has not told of it since.
        CallState before = CallState::Ended; ///< What it was then.
        bool resumed = false;     ///< Begun in an earlier run: how it began stays as that run saw it.
        QByteArray bootId;        ///< In which the entry's answeredMonotonic was read.
    };

    void readDrafts(const QList<StoredCall> &calls);
    void finishRestore(const QList<StoredCall> &calls, const QHash<QString, NoteDraft> &drafts,
                       const std::optional<Error> &failure);
    CallEntry *interrupted(const QString &sourceId, const QString &callId);
    std::chrono::milliseconds unheardFor(const CallEntry &entry, const Origin &origin) const;
    void countOn(CallEntry &entry, const Origin &origin, const Call &call) const;
    void fill(const QList<StoredCall> &calls, const QHash<QString, NoteDraft> &drafts);
    StoredCall toStored(const CallEntry &entry) const;

    CallLog &m_log;
    NoteDrafts &m_drafts;
    const Settings &m_settings;
    const Clock &m_clock;
    QList<CallEntry> m_entries;
    QHash<QString, Origin> m_origins;
    QString m_lastNoted;
    bool m_saveFailed = false;
};

} // namespace ringside
