// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Surface.h"

namespace ringside {

class Label;

/// The line at the bottom: what waits to be sent, and how the connections are when they are not well.
class StatusLine final : public Surface
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    /// `secondsToNextTry` below 0 = nothing waits for the clock.
    void setOutbox(int waiting, int secondsToNextTry, const QString &problem);
    void setConnections(const QString &text);

private:
    Label *m_outbox;
    Label *m_connections;
};

} // namespace ringside
