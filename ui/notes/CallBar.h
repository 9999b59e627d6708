// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallEntry.h"
#include "Surface.h"

namespace ringside {

class Label;
class TimerText;
class ChipRow;

/// The state of the call that the notes belong to, its time, and how many others wait.
class CallBar final : public Surface
{
    Q_OBJECT

public:
    explicit CallBar(QWidget *parent = nullptr);

    void setCall(const CallEntry &call, std::chrono::milliseconds monotonicNow, const QDateTime &now);
    void setWaiting(int others);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_kind;
    Label *m_state;
    TimerText *m_time;
    ChipRow *m_waiting;
    Tone m_barTone = Tone::Mute;
};

} // namespace ringside
