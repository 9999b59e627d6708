// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace ringside {

enum class ColourScheme { Unknown, Light, Dark };

/// What the desktop prefers. Qt 6.4 has no such interface, so every platform has a source of its own.
class ColourSchemeSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Unknown until the desktop has answered; never blocks.
    virtual ColourScheme scheme() const = 0;

Q_SIGNALS:
    void changed();
};

} // namespace ringside
