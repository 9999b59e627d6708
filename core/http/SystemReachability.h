// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Reachability.h"

namespace ringside {

/// What Qt's plugins know: NetworkManager or GLib on Linux, the system's own frameworks elsewhere. Where there is no
/// such plugin it stays reachable for ever.
class SystemReachability final : public Reachability
{
    Q_OBJECT

public:
    explicit SystemReachability(QObject *parent = nullptr);

    bool reachable() const override { return m_reachable; }

private:
    void look();

    bool m_reachable = true;
};

} // namespace ringside
