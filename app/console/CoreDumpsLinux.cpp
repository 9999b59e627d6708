// SPDX-License-Identifier: Apache-2.0
#include "CoreDumps.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace ringside {

void forbidCoreDumps()
{
    // The limit keeps files away; a program that the kernel hands crashes to (apport, systemd-coredump) is not bound by
    // it, but is not called for a process that may not be dumped. The hard limit stays: the browser that we start
    // inherits it.
    rlimit limit{};
    if (::getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = 0;
        ::setrlimit(RLIMIT_CORE, &limit);
    }
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

} // namespace ringside
