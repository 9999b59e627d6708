// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QString>
#include <QStringList>

namespace ringside {

/// What was asked for on the command line. Secrets never come this way: --set-secret reads standard input.
struct CommandLine
{
    enum class Action { Run, Help, Version, ListSettings, SetSecret, ResetLocalData };

    Action action = Action::Run;
    QString profileFolder; ///< Empty = the default profile.
    QString secretName;    ///< With SetSecret.
    bool demo = false;
    bool debugLog = false;
    bool allowCoreDumps = false; ///< For support; see CoreDumps.h.

    /// Errors: Configuration with a sentence. Pure.
    static Result<CommandLine> parse(const QStringList &arguments);
    static QString helpText();
};

} // namespace ringside
