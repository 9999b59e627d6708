// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace ringside {

/// Whether this computer has a network, as the operating system tells. Not whether the CRM answers: that is for the
/// scheduler to find out. For waiting work, which need not sit out its back-off when the network has come back.
class Reachability : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// True also where the system does not tell.
    virtual bool reachable() const = 0;

Q_SIGNALS:
    void changed(bool reachable);
};

} // namespace ringside
