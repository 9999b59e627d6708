// SPDX-License-Identifier: Apache-2.0
#include "CoreDumps.h"

#include <windows.h>

namespace ringside {

void forbidCoreDumps()
{
    // Without the fault box, Windows Error Reporting is not called, which is what writes dumps.
    ::SetErrorMode(::GetErrorMode() | SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}

} // namespace ringside
