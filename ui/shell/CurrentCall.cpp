// SPDX-License-Identifier: Apache-2.0
#include "CurrentCall.h"

#include "AgentSession.h"

namespace ringside {

CurrentCall::CurrentCall(AgentSession &session, QObject *parent) : QObject(parent), m_session(session) {}

const CallEntry *CurrentCall::entry() const
{
    return m_key.isEmpty() ? nullptr : m_session.call(m_key);
}

void CurrentCall::choose(const QString &key)
{
    if (m_key == key)
        return;
    m_key = key;
    Q_EMIT changed(m_key);
}

bool CurrentCall::offer(const QString &key, bool keyboardBusy)
{
    const CallEntry *now = entry();
    if (now && ((now->live() && !now->doubtful) || keyboardBusy))
        return false;
    choose(key);
    return true;
}

} // namespace ringside
