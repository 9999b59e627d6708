// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallSource.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace ringside {

class Clock;

/// Which calls nobody can vouch for: the phone's connection was lost while they were in the air, and the phone has not
/// said a word of them since. A phone that mentions its calls when it is back does so at once; what it left out for
/// `grace` after the loss or the return is in doubt. Owned by AgentSession; calls go by the keys of its CallTracker.
class PhoneDoubts final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds grace{3000};

    /// When the phone last knew of a call in doubt for certain, or could have told of it.
    struct Moment
    {
        QDateTime time; ///< UTC
        std::chrono::milliseconds monotonic{0};
    };

    explicit PhoneDoubts(const Clock &clock, QObject *parent = nullptr);

    /// Another phone: the doubts about the one before are forgotten.
    void reset();
    /// The phone's connection is in this state now; `live` are its calls in the air as we have them.
    void connectionChanged(CallSource::State state, const QStringList &live);
    /// The phone spoke of this call.
    void heard(const QString &key);
    /// The phone has told of all its calls: what it left out has been ended.
    void allHeard();

    const Moment &lastMoment() const { return m_moment; } ///< Of the loss or the return, whichever was last.

Q_SIGNALS:
    void changed(const QString &key, bool doubtful);

private:
    void tell();

    const Clock &m_clock;
    QTimer m_grace;
    QHash<QString, bool> m_unheard; ///< True once the doubt was told.
    Moment m_moment;
    bool m_connected = false;
};

} // namespace ringside
