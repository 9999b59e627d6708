// SPDX-License-Identifier: Apache-2.0
#include "CoreDumps.h"

#include <sys/resource.h>

namespace ringside {

void forbidCoreDumps()
{
    // The system's crash reports hold stacks of addresses and registers, no memory.
    rlimit limit{};
    if (::getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = 0;
        ::setrlimit(RLIMIT_CORE, &limit);
    }
}

} // namespace ringside
