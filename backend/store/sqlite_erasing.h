// What a commit erases of a person or an enterprise beyond its rows.
#pragma once

#include "backend/store/sqlite.h"
#include "backend/store/store.h"

namespace yuanyue {

// In the commit's transaction, when all else of it is written: archive, notes, accounts, sessions,
// sign-in log, replicas and results go, and with them every tombstone, so that all replicas begin
// anew: which of them holds a row of whom is known to nobody. Says in `next` that traces of it may
// be left in free pages. Throws SqliteError.
void erase_owners(SqliteConnection& connection, const CommitBatch& batch, StoreHead& next);

// Rewrites the file, so that nothing of what was erased is left in it or in the log beside it.
// Nobody may read meanwhile for longer than a moment.
void sweep(SqliteConnection& connection);

}  // namespace yuanyue
