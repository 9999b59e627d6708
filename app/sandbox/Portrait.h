// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace ringside::sandbox {

/// Photos for invented people: a head and shoulders before a colour, drawn without QtGui.
class Portrait
{
public:
    /// A PNG of 96 x 96 pixels, the same for the same number.
    static QByteArray png(quint32 number);
};

} // namespace ringside::sandbox
