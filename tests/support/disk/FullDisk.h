// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ringside::test {

/// As long as it lives, no byte of a database goes to disk: the system says that there is no space left. Through
/// SQLite's own hooks for this, so that all of the store above them is the real one.
class FullDisk
{
public:
    FullDisk();
    ~FullDisk();
    FullDisk(const FullDisk &) = delete;
    FullDisk &operator=(const FullDisk &) = delete;
};

} // namespace ringside::test
