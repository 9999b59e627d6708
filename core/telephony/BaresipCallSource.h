// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallSource.h"
#include "CallSourceTiming.h"

#include <memory>

namespace ringside {

class Clock;

/// An unmodified baresip with its ctrl_tcp module: netstrings of JSON over TCP, one client at a time. Written for 1.0.0
/// and tolerant of newer ones. Holds make no event in 1.0.0 and are found by asking `listcalls`. Source: softphone
/// reference, section 1.
///
/// After each connect it asks which calls are in the air and emits snapshot() once every one of them is identified; with
/// several accounts baresip cannot tell, and no snapshot comes. Emits callEvent() for what it missed before snapshot().
class BaresipCallSource final : public CallSource
{
    Q_OBJECT

public:
    /// `clock` must outlive it.
    BaresipCallSource(const QString &host, quint16 port, const Clock &clock, QObject *parent = nullptr,
                      const CallSourceTiming &timing = {});
    ~BaresipCallSource() override;

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
