// Where the park lives: rows, ledger, replicas and what they were answered. Signing in has a store
// of its own on the same disk (auth_store.h). SQLite first (sqlite_stores.h); PostgreSQL can follow
// behind the same interfaces: commit() then also checks that the store's revision is the one this
// process has seen.
//
// Threads: commit() may come from any thread and is serialised inside, with the writes of the
// AuthStore too. Reads go through a StoreReader, one per thread at a time, and see only committed
// data.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "backend/store/credential.h"
#include "backend/store/store_result.h"

namespace yuanyue {

// --- What one commit writes ---

// That a row goes into the archive.
struct ArchiveWrite {
  std::int64_t finished_ms = 0;
  std::string service;  // that it is about; may be empty
  std::string owner{};  // whose it is; may be empty
};

// A row's last state in the batch. Audiences that lose the row get a tombstone; of an archived one
// all do, and find it in the archive.
struct RowWrite {
  std::string kind;                         // "booking"; for people who look into the store
  std::string key;                          // canonical JSON of the row key
  std::string json;                         // empty: erased
  std::vector<std::string> audiences;       // who sees it now; empty when erased
  std::vector<std::string> lost_audiences;  // who saw it before and no longer does
  std::optional<ArchiveWrite> archived{};   // set: it leaves the rows as `json` says
};

struct LedgerWrite {
  std::string json;  // canonical: keys sorted, no spaces
  std::vector<std::string> audiences;
  std::int64_t at_ms = 0;             // ascending from entry to entry
  std::vector<std::string> subjects;  // by which it is found
  std::vector<std::string> owners{};  // whose details its note may hold
};

struct ResultWrite {
  std::string command;  // uuid; written again when a client that lost its place sends it anew
  std::string client;
  std::string user;
  std::string json;
};

struct ClientWrite {
  std::string client;
  std::string user;
  std::int64_t last_sequence = 0;
};

struct ViewEpochWrite {
  std::string user;
  std::int64_t epoch = 0;
};

// One transaction: all of it becomes durable, or none.
struct CommitBatch {
  std::int64_t revision = 0;   // greater than every one before
  std::int64_t now_ms = 0;     // the server's clock, kept so that it never goes back
  std::vector<RowWrite> rows;  // each key at most once
  std::vector<LedgerWrite> ledger;
  std::vector<ResultWrite> results;
  std::vector<ClientWrite> clients;
  std::vector<std::string> forgotten_clients;
  std::vector<CredentialWrite> credentials;
  std::vector<ViewEpochWrite> view_epochs;
  std::vector<std::string> ended_users;  // whose sessions end with it
  int row_form = 0;                      // that of all rows from now on; 0: as before
  // "enterprise:<uuid>", "user:<uuid>": nothing of them stays but what the ledger says by ids.
  std::vector<std::string> erased_owners;
};

// --- What is read back ---

struct StoreHead {
  std::int64_t epoch = 0;  // random; a restored or new store has another
  std::int64_t revision = 0;
  std::int64_t now_ms = 0;           // the last commit's
  std::int64_t oldest_revision = 0;  // cookies before it are too old: tombstones are gone
  std::int64_t ledger_entries = 0;
  std::string ledger_hash;   // of the last entry
  std::string ledger_start;  // what the chain begins with
  int row_form = 0;          // in which form the rows are written; 0: there was no row yet
  std::int64_t archived_rows = 0;
  bool sweep_owed = false;  // something was erased that may still stand in free pages
};

struct StoredRow {
  std::string key;
  std::string json;
};

struct StoredResult {
  std::string client;
  std::string user;
  std::string json;
};

struct StoredClient {
  std::string client;
  std::string user;
  std::int64_t last_sequence = 0;
  std::int64_t seen_ms = 0;  // the server's clock when it last pushed something new
};

struct StoredLedgerEntry {
  std::int64_t number = 0;  // 1, 2, 3 … without a gap
  std::string json;         // with its note, if that is kept
  std::string previous_hash;
  std::string hash;
  std::string hashed;               // what the chain has of it
  std::optional<std::string> note;  // beside the chain, as JSON writes it, and its salt
  std::string salt;
  std::vector<std::string> owners;    // by which the note is found
  std::optional<std::int64_t> at_ms;  // by which the entry is; none: the store is too old for it
};

// What a replica does not have yet.
struct Delta {
  StoreHead head;
  std::vector<std::string> audiences;  // the user's; without one there is nothing to see
  std::int64_t view_epoch = 0;
  bool complete = false;             // everything the audiences see, not only what is new
  std::vector<std::string> rows;     // JSON
  std::vector<std::string> deletes;  // keys
  std::vector<std::string> ledger;   // JSON, in order
  std::optional<StoredClient> client;
  std::vector<std::string>
      results;  // JSON, of the client's commands settled since, if not too long ago
};

struct DeltaRequest {
  std::vector<std::string> audiences;  // what the user may see, unless audiences_of is given
  // Asked instead with the user's row as the snapshot has it (empty: there is none), because rights
  // that were looked up before may be gone by now.
  std::function<std::vector<std::string>(std::string_view user_row)> audiences_of;
  std::string user_key;  // canonical JSON of the user's row key
  std::string user;
  std::string client;  // results only for a client of this user
  // What the replica holds: a delta when epoch and view are the store's and the revision is not too
  // old nor from the future, else everything.
  std::int64_t epoch = 0;
  std::int64_t view_epoch = 0;
  std::int64_t revision = 0;
  bool holds_nothing = false;  // everything, whatever the numbers say
};

// Whose questions about the archive these are, answered as of one snapshot.
struct HistoryAsker {
  std::string user_key;  // canonical JSON of the user's row key
  // What the user may see, by the user's row (empty: there is none).
  std::function<std::vector<std::string>(std::string_view user_row)> audiences_of;
};
struct HistoryPlace {
  std::int64_t finished_ms = 0;
  std::int64_t number = 0;  // of the archived row
  bool operator==(const HistoryPlace&) const = default;
};
struct HistoryRequest {
  HistoryAsker asker;
  std::string kind;
  std::string service;                 // empty: of all
  std::int64_t from_ms = 0;            // finished at or after,
  std::int64_t until_ms = INT64_MAX;   // and before
  std::optional<HistoryPlace> before;  // only what comes after it in the pages
  std::int64_t limit = 0;              // at least 1
};
struct HistoryPage {
  std::vector<std::string> audiences;  // the user's; without one there is nothing to see
  std::vector<std::string> rows;       // JSON, the latest finished first
  std::optional<HistoryPlace> next;    // there is more before it
};
struct TimelineRequest {
  HistoryAsker asker;
  std::string kind;     // of the row,
  std::string key;      // its key
  std::string subject;  // and the subject of its entries
  // Whether one of these audiences may see this entry (JSON).
  std::function<bool(std::string_view entry, const std::vector<std::string>& audiences)> sees;
  std::optional<std::int64_t> before;  // only older entries than this number
  std::int64_t limit = 0;              // at least 1
};
struct Timeline {
  std::vector<std::string> audiences;
  std::optional<std::string> row;   // JSON, live or archived; none: there is none to be seen
  std::vector<std::string> ledger;  // JSON, the latest first
  std::optional<std::int64_t> next;
};

class StoreReader {
 public:
  virtual ~StoreReader() = default;
  // One consistent snapshot.
  virtual StoreResult<Delta> delta(const DeltaRequest& request) = 0;
  virtual StoreResult<StoreHead> head() = 0;
  virtual StoreResult<std::int64_t> view_epoch(std::string_view user) = 0;
  // A page of the archive, and what the ledger says of one row: by range scans of an index.
  virtual StoreResult<HistoryPage> history(const HistoryRequest& request) = 0;
  virtual StoreResult<Timeline> timeline(const TimelineRequest& request) = 0;
  // Visits all rows that are not archived, in no particular order; the head is of the same
  // snapshot. The archive by its numbers.
  virtual StoreResult<void> each_row(
      const std::function<void(const StoreHead&, const StoredRow&)>& visit) = 0;
  virtual StoreResult<void> each_archived_row(
      const std::function<void(const StoredRow&)>& visit) = 0;
  // The first number that has a note, or owners of one, without being an entry's; 0: there is none.
  virtual StoreResult<std::int64_t> stray_detail() = 0;
  // The entry whose hash this is, or was before the chain was made anew; 0: no entry's.
  virtual StoreResult<std::int64_t> entry_of_hash(std::string_view hash) = 0;
  // Visits the whole ledger in order until `visit` returns false. The head is of the same snapshot.
  virtual StoreResult<StoreHead> each_ledger_entry(
      const std::function<bool(const StoredLedgerEntry&)>& visit) = 0;
};

// What the copy is called that is kept of a store with rows of an older form.
inline std::string row_copy_name(int row_form) { return "rows-" + std::to_string(row_form); }

class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  virtual StoreHead head() = 0;
  virtual StoreResult<void> commit(const CommitBatch& batch) = 0;
  virtual StoreResult<std::vector<StoredClient>> clients() = 0;

  // What was answered to these commands, as far as it is known, by command. Sees the last commit.
  virtual StoreResult<std::unordered_map<std::string, StoredResult>> results(
      const std::vector<std::string>& commands) = 0;

  // Of these commands, whose results are not known, those that the ledger names all the same: they
  // were accepted so long ago that the result is forgotten. With the revision and the entry, by
  // command. Sees the last commit.
  struct NamedCommand {
    std::int64_t revision = 0;
    std::string entry;  // JSON
  };
  virtual StoreResult<std::unordered_map<std::string, NamedCommand>> named_commands(
      const std::vector<std::string>& commands) = 0;

  // Whether the archive holds a row of this kind and key (canonical JSON). Sees the last commit.
  virtual StoreResult<bool> is_archived(const std::string& kind, const std::string& key) = 0;

  // Whether this owner was erased, as the ledger says. Sees the last commit.
  virtual StoreResult<bool> is_erased(const std::string& owner) = 0;

  // Takes what was erased out of the file's free pages and its log too; head().sweep_owed says
  // whether there is anything. Rewrites the whole file, and nothing is committed meanwhile.
  virtual StoreResult<void> sweep() = 0;

  // A reader for this thread; returned to the pool when destroyed.
  virtual std::shared_ptr<StoreReader> reader() = 0;

  // Forgets stored results of commands older than `before_ms` (server clock), clients not seen
  // since, and tombstones that no cookie of the last `keep_revisions` revisions needs; gives
  // replicas no ledger entries from before `ledger_before_ms` any more. A small step; call now and
  // then, and soon again when it says that there is more.
  virtual StoreResult<bool> prune(std::int64_t before_ms, std::int64_t keep_revisions,
                                  std::int64_t ledger_before_ms) = 0;

  // A consistent copy into a new file, while serving. When the files were replaced, of what this
  // process has open: everything that was acknowledged.
  virtual StoreResult<void> backup(const std::string& path) = 0;

  // A copy that stays beside the store under this name, for what cannot be taken back. One that is
  // there already stays as it is.
  virtual StoreResult<void> keep_copy(std::string_view name) = 0;
};

}  // namespace yuanyue
