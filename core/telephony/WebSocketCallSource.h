// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallSource.h"
#include "CallSourceTiming.h"

#include <QUrl>

#include <memory>

namespace ringside {

class Clock;

/// A WebSocket that sends one JSON object a frame:
/// {id, state: ringing|dialing|connected|held|ended, direction: in|out, from, to, name, time, reason?}.
/// On connecting it may send the last event of each call in the air, and then {"snapshot": [the ids of those calls]},
/// which becomes snapshot(): what had ended unheard is known by that. Such a source gives every call an id. From one
/// that sends none nobody knows whether a call outlived a lost connection. Unknown fields are ignored; a frame that is
/// neither is counted, logged and skipped. The URL's user, password and query never appear in id(), texts or logs.
class WebSocketCallSource final : public CallSource
{
    Q_OBJECT

public:
    /// What a source sends may not be longer; a longer one ends the connection.
    static constexpr quint64 maximumMessage = 64 * 1024;

    /// Pings every 10 s, so that a peer that vanished without a word is noticed.
    static CallSourceTiming defaultTiming();

    /// `clock` must outlive it.
    WebSocketCallSource(const QUrl &url, const Clock &clock, QObject *parent = nullptr,
                        const CallSourceTiming &timing = defaultTiming());
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
