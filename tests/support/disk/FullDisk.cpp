// SPDX-License-Identifier: Apache-2.0
#include "FullDisk.h"

#include <sqlite3.h>
#include <sys/types.h>

#include <cerrno>

namespace ringside::test {

namespace {

ssize_t noSpace(int, const void *, size_t)
{
    errno = ENOSPC;
    return -1;
}

ssize_t noSpaceAt(int, const void *, size_t, off_t)
{
    errno = ENOSPC;
    return -1;
}

// Null puts the system's own back.
void replaceWrites(sqlite3_syscall_ptr plain, sqlite3_syscall_ptr at)
{
    sqlite3_vfs *disk = sqlite3_vfs_find(nullptr);
    disk->xSetSystemCall(disk, "write", plain);
    disk->xSetSystemCall(disk, "pwrite", at);
    disk->xSetSystemCall(disk, "pwrite64", at);
}

} // namespace

FullDisk::FullDisk()
{
    replaceWrites(reinterpret_cast<sqlite3_syscall_ptr>(noSpace), reinterpret_cast<sqlite3_syscall_ptr>(noSpaceAt));
}

FullDisk::~FullDisk()
{
    replaceWrites(nullptr, nullptr);
}

} // namespace ringside::test
