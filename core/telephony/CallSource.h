// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Call.h"

#include <QObject>

namespace ringside {

/// Something that tells of calls: an adapter to one phone. Reconnects by itself with back-off (Reconnect) until
/// stop(). Signals in any order, on the thread it lives in; none after stop().
class CallSource : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Connecting, Connected, Waiting };
    Q_ENUM(State)

    using QObject::QObject;

    virtual void start() = 0;
    virtual void stop() = 0;

    virtual QString id() const = 0;   ///< Stable over restarts: "baresip:127.0.0.1:4444".
    virtual QString name() const = 0; ///< For people, translated: "baresip".
    virtual State state() const = 0;
    /// A sentence: why it is not connected and when it is tried again. Empty when connected.
    virtual QString statusText() const = 0;

Q_SIGNALS:
    void stateChanged();
    void callEvent(const ringside::CallEvent &event);
    /// After a reconnect, when the source can tell which calls are in the air.
    void snapshot(const QStringList &liveCallIds);
};

} // namespace ringside
