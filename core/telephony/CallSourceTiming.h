// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Reconnect.h"

#include <chrono>

namespace ringside {

/// How patient a call source is. The defaults are for people; tests bring their own.
struct CallSourceTiming
{
    Reconnect::Options reconnect;
    std::chrono::milliseconds connecting{5'000}; ///< For a connection to come about.
    std::chrono::milliseconds answering{5'000};  ///< For a command or a ping to be answered.
    std::chrono::milliseconds asking{1'000};     ///< Between questions for what is not told by itself: holds, a dead peer.
};

} // namespace ringside
