// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QStringList>

namespace ringside {

class Database;
class Statement;

/// Taking calls off the desk: with their notes, and what the outbox was told of them. Only those that are over and done
/// with: what is still a draft, waits to be sent or was rejected is the agent's, and never goes by itself.
namespace callRemoval {

/// To be put behind WHERE in a statement on `call`: the call may go.
extern const char *const mayGo;

/// Removes the calls whose keys the statement gives in its first column, and has the ledger tell of each. Gives them.
Result<QStringList> remove(Database &database, Statement &keys);

} // namespace callRemoval

} // namespace ringside
