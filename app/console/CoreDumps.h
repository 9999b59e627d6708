// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ringside {

/// From here on a crash of this process writes no memory to the disk: there are notes and secrets in it. On Linux no
/// other program of the same user can look into it either, and the files below /proc that tell of its memory belong to
/// root. Implemented in CoreDumpsLinux.cpp, CoreDumpsMac.cpp and CoreDumpsWindows.cpp.
void forbidCoreDumps();

} // namespace ringside
