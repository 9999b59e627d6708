// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallEntry.h"

#include <QObject>

namespace ringside {

class AgentSession;

/// Which call is on the desk. The agent chooses freely; a call that comes in takes the desk only when nothing is lost
/// by it: no live call is there that the phone still vouches for, and the keyboard is not in the notes.
class CurrentCall final : public QObject
{
    Q_OBJECT

public:
    explicit CurrentCall(AgentSession &session, QObject *parent = nullptr);

    const QString &key() const { return m_key; }
    const CallEntry *entry() const; ///< nullptr when there is none.

    /// The agent's choice. Empty clears the desk.
    void choose(const QString &key);
    /// A call came in. `keyboardBusy`: the agent may be typing. True when it took the desk.
    bool offer(const QString &key, bool keyboardBusy);

Q_SIGNALS:
    void changed(const QString &key);

private:
    AgentSession &m_session;
    QString m_key;
};

} // namespace ringside
