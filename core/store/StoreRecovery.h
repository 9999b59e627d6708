// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QString>

namespace ringside {

class Database;
class SalvagedPages;

/// What came back from a damaged store.
struct StoreRecovery
{
    QString asidePath; ///< Where the damaged file is now.
    int calls = 0;
    int notes = 0;   ///< Drafts with text.
    int waiting = 0; ///< Logs that are not in the CRM yet.

    QString sentence() const; ///< For the agent.
};

/// The version of the damaged store; 0 = its first page is damaged.
int salvagedVersion(const SalvagedPages &pages);

/// Copies every row that can be read into `fresh`, a new store of the same version, in one transaction, the newest
/// image of each first. Which table a row belongs to is told by its shape: see TableShape.h.
Result<void> recoverRows(const SalvagedPages &pages, Database &fresh);

/// Puts right what belongs together and did not all come back, once `fresh` has today's tables: what was to be sent is
/// first looked up in the CRM, since what was read may be older than what happened; notes whose call is lost get one; a
/// call whose log is lost says so. Gives what there is.
Result<StoreRecovery> mendRecovered(Database &fresh);

} // namespace ringside
