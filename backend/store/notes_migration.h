// The step to schema 7: notes leave the ledger's chain. Never changed once it was released: it
// reads and writes the JSON of its day, never the structs of today.
#pragma once

#include "backend/store/sqlite.h"

namespace yuanyue {

// What it makes of the tables before.
inline constexpr const char* notes_migration_tables =
    "CREATE TABLE ledger_details ("
    "  number INTEGER PRIMARY KEY, note TEXT NOT NULL, salt TEXT NOT NULL);"
    "CREATE TABLE details_owners ("
    "  owner TEXT NOT NULL, number INTEGER NOT NULL,"
    "  PRIMARY KEY (owner, number)) WITHOUT ROWID;"
    "CREATE TABLE ledger_before (number INTEGER PRIMARY KEY, hash TEXT NOT NULL);"
    "INSERT INTO ledger_before SELECT number, hash FROM ledger;"
    "ALTER TABLE archive ADD COLUMN owner TEXT NOT NULL DEFAULT '';"
    "CREATE INDEX archive_by_owner ON archive (owner) WHERE owner <> '';"
    "INSERT INTO meta (name, value) VALUES ('sweep_owed', 0);";

// Makes the chain anew, beginning with the last hash of the old one, and says of every archived row
// whose it is. An entry at which the old chain is broken breaks the new one too. Throws
// SqliteError.
void take_notes_out_of_chain(SqliteConnection& connection);

}  // namespace yuanyue
