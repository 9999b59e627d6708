// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallSource.h"

#include <QUrl>

#include <memory>

namespace ringside {

class Clock;

/// A WebSocket that sends one JSON object a frame:
/// {id, state: ringing|dialing|connected|held|ended, direction: in|out, from, to, name, time, reason?}.
/// Unknown fields are ignored; a frame that is not such an object is counted, logged and skipped.
class WebSocketCallSource final : public CallSource
{
    Q_OBJECT

public:
    WebSocketCallSource(const QUrl &url, const Clock &clock, QObject *parent = nullptr);
    ~WebSocketCallSource() override;

    void start() override;
    void stop() override;
    QString id() const override;
    QString name() const override;
    State state() const override;
    QString statusText() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
