// The tables of a new store, and the version that this program writes. A change comes with a step
// in sqlite_migrations.cpp that makes it in older stores.
#pragma once

namespace yuanyue {

inline constexpr int sqlite_schema_version = 7;

// rows          every row of core as JSON; an erased one stays as an empty text while a tombstone
// names it
// audience_log  what each audience sees since which revision: a row (is_entry 0, item is its id;
//               deleted 1 is a tombstone) or a ledger entry (is_entry 1, item is its number). A
//               pull is one range scan of it. A row's mark that counts is the one at the row's own
//               revision; older ones can only be tombstones
// archive       finished rows that have left `rows`, for good, unless their owner is erased
// shelves       what one audience may ask for together: its rows of a kind, all of them (service
// '')
//               or of one service
// shelved       the rows of a shelf in the order in which they were finished: a page of history is
//               one range scan
// ledger        append-only, hash-chained; without notes
// ledger_details  the notes, which can be erased, and the salts of their hashes in the chain
// details_owners  whose a note is
// ledger_before   the hashes that entries had before notes left the chain
// ledger_subjects  which entries name a booking, a waitlist entry or a command
// clients       one replica each: whose it is, its last sequence number, and when it came
// results       what was answered to a command, so that a retry gets the same answer
// history       what was done to the store as a whole: created, migrated, restored
//
// A commit's cost is the number of pages it touches, so indexes are few, and grow at their end
// where possible.
inline constexpr const char* sqlite_schema = R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE audiences (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE rows (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, json TEXT NOT NULL,
  revision INTEGER NOT NULL);
CREATE INDEX rows_erased ON rows (revision) WHERE json = '';
CREATE TABLE audience_log (
  audience INTEGER NOT NULL, revision INTEGER NOT NULL, is_entry INTEGER NOT NULL,
  item INTEGER NOT NULL, deleted INTEGER NOT NULL,
  PRIMARY KEY (audience, revision, is_entry, item)) WITHOUT ROWID;
CREATE INDEX audience_log_tombstones ON audience_log (revision) WHERE deleted = 1;
CREATE INDEX audience_log_entries ON audience_log (item) WHERE is_entry = 1;
CREATE TABLE archive (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL,
  finished_ms INTEGER NOT NULL, revision INTEGER NOT NULL, owner TEXT NOT NULL DEFAULT '');
CREATE INDEX archive_by_key ON archive (kind, key);
CREATE INDEX archive_by_owner ON archive (owner) WHERE owner <> '';
CREATE TABLE shelves (
  id INTEGER PRIMARY KEY, audience INTEGER NOT NULL, kind TEXT NOT NULL, service TEXT NOT NULL,
  UNIQUE (audience, kind, service));
CREATE TABLE shelved (
  shelf INTEGER NOT NULL, finished_ms INTEGER NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (shelf, finished_ms, number)) WITHOUT ROWID;
CREATE TABLE ledger (
  number INTEGER PRIMARY KEY, revision INTEGER NOT NULL, json TEXT NOT NULL,
  previous_hash TEXT NOT NULL, hash TEXT NOT NULL, at_ms INTEGER NOT NULL DEFAULT 0);
CREATE TABLE ledger_subjects (
  subject TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (subject, number)) WITHOUT ROWID;
CREATE TABLE ledger_details (
  number INTEGER PRIMARY KEY, note TEXT NOT NULL, salt TEXT NOT NULL);
CREATE TABLE details_owners (
  owner TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (owner, number)) WITHOUT ROWID;
CREATE TABLE ledger_before (number INTEGER PRIMARY KEY, hash TEXT NOT NULL);
CREATE TABLE clients (
  client TEXT PRIMARY KEY, user TEXT NOT NULL, last_sequence INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE results (
  number INTEGER PRIMARY KEY, command TEXT NOT NULL UNIQUE, client TEXT NOT NULL,
  user TEXT NOT NULL, revision INTEGER NOT NULL, at_ms INTEGER NOT NULL, json TEXT NOT NULL);
CREATE INDEX results_by_revision ON results (revision, client);
CREATE TABLE view_epochs (user TEXT PRIMARY KEY, epoch INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE credentials (
  user TEXT PRIMARY KEY, password_hash TEXT NOT NULL, must_change INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY, user TEXT NOT NULL, csrf_token TEXT NOT NULL,
  created_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user);
CREATE TABLE failures (
  subject TEXT PRIMARY KEY, count INTEGER NOT NULL, last_ms INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE auth_events (
  number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, event TEXT NOT NULL, user TEXT NOT NULL,
  address TEXT NOT NULL);
CREATE TABLE history (
  number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, event TEXT NOT NULL, detail TEXT NOT NULL);
)sql";

}  // namespace yuanyue
