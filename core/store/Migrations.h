// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <span>

namespace ringside {

class Database;

/// One step of the schema. Never edited once released: a change is a new step.
struct Migration
{
    int version;     ///< Numbered from 1 without gaps.
    const char *sql; ///< Statements that SQLite 3.15 takes.
};

/// All steps of this program, in order.
std::span<const Migration> storeMigrations();

/// Brings the database from its user_version to the last step's. Each step and its number are one transaction: a step
/// that fails leaves the database at the one before. Errors: StorageDamaged (code "NEWER") when the database is newer
/// than the last step, untouched; Storage; Internal.
Result<void> migrate(Database &database, std::span<const Migration> migrations);

} // namespace ringside
