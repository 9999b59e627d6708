// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ringside::sandbox {

/// The telephone as a page: rings, answers, holds and hangs up through the control interface.
class ControlPages
{
public:
    static QString phone();
};

} // namespace ringside::sandbox
