#include "backend/store/sqlite_store.h"

#include <algorithm>
#include <utility>

#include "backend/store/sqlite_erasing.h"
#include "backend/store/sqlite_migrations.h"

namespace yuanyue {

namespace {

constexpr int prune_step_rows = 2'000;
constexpr int prune_step_entries = 500;

}  // namespace

SqliteStore::SqliteStore(std::shared_ptr<SqliteWriter> writer,
                         std::shared_ptr<SqliteReaderPool> readers,
                         std::shared_ptr<AudienceIds> known_audiences,
                         std::function<bool(std::string_view step)> fail_at)
    : writer_(std::move(writer)),
      readers_(std::move(readers)),
      fail_at_(std::move(fail_at)),
      find_revision_(writer_->connection(), "SELECT value FROM meta WHERE name = 'revision'"),
      find_result_(writer_->connection(),
                   "SELECT client, user, json FROM results WHERE command = ?1"),
      find_named_(writer_->connection(),
                  "SELECT revision, json FROM ledger WHERE number ="
                  " (SELECT min(number) FROM ledger_subjects WHERE subject = ?1)"),
      greatest_forgotten_(writer_->connection(),
                          "SELECT value FROM meta WHERE name = 'greatest_forgotten_command'"),
      find_erased_(writer_->connection(), "SELECT 1 FROM ledger_subjects WHERE subject = ?1"),
      commit_(writer_->connection(), std::move(known_audiences)) {
  read_head();
  if (!writer_->watch()) return;
  writer_->watch()->begin();
  // What an unfinished sweep has made shorter may be in the log still.
  if (head_.sweep_owed) writer_->watch()->cut_by_ourselves(true);
}

StoreHead SqliteStore::head() {
  const auto held = writer_->turn();
  return head_;
}

StoreResult<void> SqliteStore::commit(const CommitBatch& batch) {
  const auto held = writer_->turn();
  auto committed = guarded([&] { write(batch); });
  commit_.ended(committed.has_value());
  if (committed || committed.error().fault != StoreFault::diverged) return committed;
  auto found = guarded([&] { read_head(); });
  return found ? committed : found;
}

void SqliteStore::write(const CommitBatch& batch) {
  StoreHead next = head_;
  next.revision = batch.revision;
  next.now_ms = batch.now_ms;
  fault("begin");
  writer_->expect_own_files();
  SqliteTransaction transaction(writer_->connection(), "BEGIN IMMEDIATE");
  expect_own_head();
  fault("rows");
  commit_.write_rows(batch, next);
  fault("ledger");
  commit_.write_ledger(batch, next);
  fault("results");
  commit_.write_people(batch);
  if (batch.row_form != 0) {
    next.row_form = batch.row_form;
    commit_.write_row_form(head_, next);
  }
  if (!batch.erased_owners.empty()) fault("erase");
  commit_.erase(batch, next);
  commit_.write_head(next);
  fault("commit");
  transaction.commit();
  writer_->expect_own_files();
  head_ = std::move(next);
}

StoreResult<std::vector<StoredClient>> SqliteStore::clients() {
  return writer_->read([](SqliteConnection& connection) {
    SqliteStatement rows(connection, "SELECT client, user, last_sequence, seen_ms FROM clients");
    std::vector<StoredClient> clients;
    while (rows.step()) {
      clients.push_back(
          {std::string(rows.text(0)), std::string(rows.text(1)), rows.integer(2), rows.integer(3)});
    }
    return clients;
  });
}

StoreResult<std::unordered_map<std::string, StoredResult>> SqliteStore::results(
    const std::vector<std::string>& commands) {
  return writer_->read([&](SqliteConnection& connection) {
    std::unordered_map<std::string, StoredResult> results;
    SqliteTransaction snapshot(connection, "BEGIN");  // one lock for all look-ups
    for (const std::string& command : commands) {
      const SqliteReset reset(find_result_);
      if (!find_result_.bind(1, command).step()) continue;
      results.emplace(command, StoredResult{std::string(find_result_.text(0)),
                                            std::string(find_result_.text(1)),
                                            std::string(find_result_.text(2))});
    }
    snapshot.commit();
    return results;
  });
}

// A command whose id is greater than all whose results were forgotten is none of them. As ids are
// time-ordered, that is nearly every one that is new.
StoreResult<std::unordered_map<std::string, Store::NamedCommand>> SqliteStore::named_commands(
    const std::vector<std::string>& commands) {
  return writer_->read([&](SqliteConnection& connection) {
    std::unordered_map<std::string, NamedCommand> named;
    SqliteTransaction snapshot(connection, "BEGIN");
    std::string greatest;
    {
      const SqliteReset reset(greatest_forgotten_);
      if (greatest_forgotten_.step()) greatest = greatest_forgotten_.text(0);
    }
    for (const std::string& command : commands) {
      if (command > greatest) continue;
      const std::string subject = "command:" + command;
      const SqliteReset reset(find_named_);
      if (!find_named_.bind(1, subject).step()) continue;
      named.emplace(command,
                    NamedCommand{find_named_.integer(0), std::string(find_named_.text(1))});
    }
    snapshot.commit();
    return named;
  });
}

StoreResult<bool> SqliteStore::is_archived(const std::string& kind, const std::string& key) {
  return writer_->read([&](SqliteConnection&) { return commit_.archive().holds(kind, key); });
}

StoreResult<bool> SqliteStore::is_erased(const std::string& owner) {
  return writer_->read([&](SqliteConnection&) {
    const std::string subject = "erased:" + owner;
    const SqliteReset reset(find_erased_);
    return find_erased_.bind(1, subject).step();
  });
}

StoreResult<void> SqliteStore::sweep() {
  return writer_->write([&](SqliteConnection& connection) {
    if (!head_.sweep_owed) return;
    const auto swept = guarded([&] { yuanyue::sweep(connection); });
    if (writer_->watch()) writer_->watch()->cut_by_ourselves(!swept);
    if (!swept) throw SqliteError(swept.error().message, swept.error().fault);
    head_.sweep_owed = false;
  });
}

StoreResult<bool> SqliteStore::prune(std::int64_t before_ms, std::int64_t keep_revisions,
                                     std::int64_t ledger_before_ms) {
  return writer_->write([&](SqliteConnection& connection) {
    SqliteTransaction transaction(connection, "BEGIN IMMEDIATE");
    bool is_more_left = prune_results(connection, before_ms);
    is_more_left |= prune_ledger_marks(connection, ledger_before_ms);
    const std::int64_t oldest = std::max(head_.revision - keep_revisions, head_.oldest_revision);
    if (oldest > head_.oldest_revision) prune_tombstones(connection, oldest);
    transaction.commit();
    head_.oldest_revision = oldest;
    return is_more_left;
  });
}

bool SqliteStore::prune_results(SqliteConnection& connection, std::int64_t before_ms) {
  // Results are in the order of time.
  constexpr const char* note_greatest =
      "UPDATE meta SET value = max(value, coalesce((SELECT max(command) FROM results"
      " WHERE number IN (SELECT number FROM results ORDER BY number LIMIT ?2) AND at_ms < ?1), ''))"
      " WHERE name = 'greatest_forgotten_command'";
  SqliteStatement(connection, note_greatest)
      .bind(1, before_ms)
      .bind(2, std::int64_t{prune_step_rows})
      .run();
  SqliteStatement results(connection,
                          "DELETE FROM results WHERE number IN"
                          " (SELECT number FROM results ORDER BY number LIMIT ?2)"
                          " AND at_ms < ?1");
  results.bind(1, before_ms).bind(2, std::int64_t{prune_step_rows}).run();
  const bool is_more_left = sqlite3_changes(connection.handle()) == prune_step_rows;
  SqliteStatement(connection, "DELETE FROM clients WHERE seen_ms < ?1").bind(1, before_ms).run();
  return is_more_left;
}

void SqliteStore::prune_tombstones(SqliteConnection& connection, std::int64_t oldest_revision) {
  for (const char* sql : {"DELETE FROM audience_log WHERE deleted = 1 AND revision <= ?1",
                          "DELETE FROM rows WHERE json = '' AND revision <= ?1",
                          "UPDATE meta SET value = ?1 WHERE name = 'oldest_revision'"}) {
    SqliteStatement(connection, sql).bind(1, oldest_revision).run();
  }
}

// Entries are in the order of time. Each has a mark for every audience that sees it.
bool SqliteStore::prune_ledger_marks(SqliteConnection& connection, std::int64_t before_ms) {
  SqliteStatement oldest(connection,
                         "SELECT number, at_ms FROM ledger WHERE number >="
                         " (SELECT min(item) FROM audience_log WHERE is_entry = 1)"
                         " ORDER BY number LIMIT ?1");
  oldest.bind(1, std::int64_t{prune_step_entries});
  std::int64_t last = 0;
  int found = 0;
  while (oldest.step() && oldest.integer(1) < before_ms) {
    last = oldest.integer(0);
    ++found;
  }
  oldest.reset();
  if (found == 0) return false;
  SqliteStatement(connection, "DELETE FROM audience_log WHERE is_entry = 1 AND item <= ?1")
      .bind(1, last)
      .run();
  return found == prune_step_entries;
}

StoreResult<void> SqliteStore::backup(const std::string& path) {
  const auto copy = [&](SqliteConnection& connection) {
    SqliteStatement(connection, "VACUUM INTO ?1").bind(1, path).run();
  };
  // Under their names stand other files. The writer's are still open.
  if (writer_->watch() && writer_->watch()->look()) return writer_->read(copy);
  // VACUUM INTO reads one snapshot; a connection of its own does not hold up the writer.
  return guarded([&] {
    SqliteConnection connection(writer_->path(), SqliteAccess::read_only, writer_->vfs());
    copy(connection);
  });
}

StoreResult<void> SqliteStore::keep_copy(std::string_view name) {
  return writer_->read([&](SqliteConnection& connection) {
    yuanyue::keep_copy(connection, writer_->path() + "." + std::string(name));
  });
}

void SqliteStore::read_head() {
  auto head = readers_->take()->head();
  if (!head) throw SqliteError(head.error().message, head.error().fault);
  head_ = std::move(*head);
}

// What this process decided, it decided on top of the last commit that it knows.
void SqliteStore::expect_own_head() {
  const SqliteReset reset(find_revision_);
  if (find_revision_.step() && find_revision_.integer(0) == head_.revision) return;
  throw SqliteError("the store has commits of another process", StoreFault::diverged);
}

void SqliteStore::fault(std::string_view step) const {
  if (fail_at_ && fail_at_(step)) {
    throw SqliteError("injected fault at " + std::string(step), StoreFault::disk_full);
  }
}

}  // namespace yuanyue
