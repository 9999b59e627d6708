// SPDX-License-Identifier: Apache-2.0
#include "Migrations.h"

#include "Database.h"
#include "StoreErrors.h"

#include <array>

namespace ringside {

namespace {

// Times are milliseconds since 1970, UTC. States are the numbers of LogState and OutboxState.
// note_draft.queued: 1 while the outbox holds this very text, 2 once it was logged. It falls back to 0 when the agent
// changes the text.
// directory_entry.folded: what search looks into, see SearchText.h. directory_number.digits: e164 without its "+".
constexpr const char *version1 = R"sql(
CREATE TABLE call (
    id INTEGER PRIMARY KEY,
    call_key TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL,
    call_id TEXT NOT NULL,
    incoming INTEGER NOT NULL,
    state INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    raw_number TEXT NOT NULL,
    e164 TEXT NOT NULL,
    display_number TEXT NOT NULL,
    remote_name TEXT NOT NULL,
    local_line TEXT NOT NULL,
    started_at INTEGER,
    offset_seconds INTEGER NOT NULL,
    answered_at INTEGER,
    ended_at INTEGER,
    talk_ms INTEGER NOT NULL,
    module TEXT NOT NULL,
    record_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    company TEXT NOT NULL,
    log_state INTEGER NOT NULL,
    log_message TEXT NOT NULL,
    crm_call_id TEXT NOT NULL
);
CREATE INDEX call_started_at ON call (started_at);

CREATE TABLE note_draft (
    call_key TEXT PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    subject_edited INTEGER NOT NULL,
    notes TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    result TEXT NOT NULL,
    purpose TEXT NOT NULL,
    related_module TEXT NOT NULL,
    related_id TEXT NOT NULL,
    updated_at INTEGER,
    queued INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload BLOB NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    created_at INTEGER,
    not_before INTEGER,
    sent_at INTEGER,
    reason TEXT NOT NULL,
    UNIQUE (call_key, kind)
);
CREATE INDEX outbox_state ON outbox (state, id);

CREATE TABLE directory_entry (
    id INTEGER PRIMARY KEY,
    module TEXT NOT NULL,
    record_id TEXT NOT NULL,
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    title TEXT NOT NULL,
    email TEXT NOT NULL,
    folded TEXT NOT NULL,
    seen_at INTEGER,
    UNIQUE (module, record_id)
);
CREATE INDEX directory_entry_seen_at ON directory_entry (seen_at);

CREATE TABLE directory_number (
    entry_id INTEGER NOT NULL REFERENCES directory_entry (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    e164 TEXT NOT NULL,
    digits TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (entry_id, position)
) WITHOUT ROWID;
CREATE INDEX directory_number_e164 ON directory_number (e164);

CREATE TABLE number_choice (
    e164 TEXT PRIMARY KEY NOT NULL,
    module TEXT NOT NULL,
    record_id TEXT NOT NULL
) WITHOUT ROWID;
)sql";

// For the talk time of a call that goes on over a restart: when it was answered by the clock that no clock change
// moves, and in which boot.
constexpr const char *version2 = R"sql(
ALTER TABLE call ADD COLUMN answered_monotonic INTEGER NOT NULL DEFAULT 0;
ALTER TABLE call ADD COLUMN boot_id BLOB NOT NULL DEFAULT x'';
)sql";

// credit_use.slot: when it began, in seconds since 1970, UTC. credit_use.kind: the number of a CreditKind.
constexpr const char *version3 = R"sql(
CREATE TABLE credit_use (
    org_id TEXT NOT NULL,
    slot INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    credits INTEGER NOT NULL,
    PRIMARY KEY (org_id, slot, kind)
) WITHOUT ROWID;
CREATE INDEX credit_use_slot ON credit_use (slot);
)sql";

// body: the metadata of a module as the desk encodes it; module is empty for the list of all modules.
constexpr const char *version4 = R"sql(
CREATE TABLE metadata (
    org_id TEXT NOT NULL,
    module TEXT NOT NULL,
    body BLOB NOT NULL,
    read_at INTEGER,
    PRIMARY KEY (org_id, module)
) WITHOUT ROWID;
)sql";

// field_values: the org's further fields of a call, a JSON object of texts by API name; empty for none.
constexpr const char *version5 = R"sql(
ALTER TABLE note_draft ADD COLUMN field_values TEXT NOT NULL DEFAULT '';
)sql";

// Each row's hash covers the row and the hash of the one before: see LedgerChain.h. kind: the number of a LedgerKind.
constexpr const char *version6 = R"sql(
CREATE TABLE ledger (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    call_key TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX ledger_kind ON ledger (kind, at);
)sql";

// Earlier notes of a call; they go with its draft, whoever drops that.
constexpr const char *version7 = R"sql(
CREATE TABLE note_version (
    id INTEGER PRIMARY KEY,
    call_key TEXT NOT NULL,
    kept_at INTEGER,
    notes TEXT NOT NULL
);
CREATE INDEX note_version_call ON note_version (call_key, id);
CREATE TRIGGER note_version_goes AFTER DELETE ON note_draft BEGIN
    DELETE FROM note_version WHERE call_key = OLD.call_key;
END;
)sql";

// payload: a lead or contact that the CRM does not have yet, as the desk encodes it.
constexpr const char *version8 = R"sql(
CREATE TABLE new_person (
    id INTEGER PRIMARY KEY,
    call_key TEXT NOT NULL UNIQUE,
    payload BLOB NOT NULL
);
)sql";

constexpr std::array migrations{Migration{.version = 1, .sql = version1}, Migration{.version = 2, .sql = version2},
                                Migration{.version = 3, .sql = version3}, Migration{.version = 4, .sql = version4},
                                Migration{.version = 5, .sql = version5}, Migration{.version = 6, .sql = version6},
                                Migration{.version = 7, .sql = version7}, Migration{.version = 8, .sql = version8}};

} // namespace

std::span<const Migration> storeMigrations()
{
    return migrations;
}

Result<void> migrate(Database &database, std::span<const Migration> steps)
{
    const Result<qint64> current = database.number("PRAGMA user_version");
    if (!current)
        return current.error();
    if (!steps.empty() && current.value() > steps.back().version)
        return storeNewerError(database.filePath());
    for (const Migration &step : steps) {
        if (step.version <= current.value())
            continue;
        // PRAGMA takes no bound values, and user_version is part of the transaction.
        const QByteArray number = "PRAGMA user_version = " + QByteArray::number(step.version);
        const Result<void> done =
            database.inTransaction<void>(Database::Access::Write, [&](Database &inside) -> Result<void> {
                if (Result<void> changed = inside.execute(step.sql); !changed)
                    return changed;
                return inside.execute(number.constData());
            });
        if (!done)
            return done;
    }
    return {};
}

} // namespace ringside
