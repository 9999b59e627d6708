// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QString>

namespace ringside {

/// Where one profile keeps its files, and the name of its keychain entries.
class Profile
{
public:
    /// Makes the folder, owner-only. Empty = the default profile in the user's data folder. Errors: Storage.
    static Result<Profile> open(const QString &folder);

    QString folder() const { return m_folder; }
    QString settingsPath() const;
    QString storePath() const;
    QString logPath() const;
    QString keychainService() const;
    /// Short and stable, for the per-user socket of the running instance.
    QString socketName() const;

private:
    QString m_folder;
    bool m_isDefault = true;
};

} // namespace ringside
