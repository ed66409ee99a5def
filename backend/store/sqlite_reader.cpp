#include "backend/store/sqlite_reader.h"

#include <algorithm>
#include <unordered_set>

#include "backend/store/ledger_chain.h"
#include "backend/store/ledger_notes.h"
#include "backend/store/sqlite_migrations.h"

namespace yuanyue {

namespace {
// A push carries fewer commands, and one is under way at a time.
constexpr std::int64_t max_results = 200;
// Further back they are left out: their client asks for them by pushing again.
constexpr std::int64_t results_told_revisions = 10'000;
constexpr int archive_since_schema = 6;
constexpr int notes_beside_since_schema = 7;

// Stands in for a connection that could not be opened: whoever asks is told why.
class ClosedReader : public StoreReader {
 public:
  explicit ClosedReader(StoreError error) : error_(std::move(error)) {}
  StoreResult<Delta> delta(const DeltaRequest&) override { return std::unexpected(error_); }
  StoreResult<StoreHead> head() override { return std::unexpected(error_); }
  StoreResult<std::int64_t> view_epoch(std::string_view) override {
    return std::unexpected(error_);
  }
  StoreResult<HistoryPage> history(const HistoryRequest&) override {
    return std::unexpected(error_);
  }
  StoreResult<Timeline> timeline(const TimelineRequest&) override {
    return std::unexpected(error_);
  }
  StoreResult<void> each_row(
      const std::function<void(const StoreHead&, const StoredRow&)>&) override {
    return std::unexpected(error_);
  }
  StoreResult<void> each_archived_row(const std::function<void(const StoredRow&)>&) override {
    return std::unexpected(error_);
  }
  StoreResult<std::int64_t> stray_detail() override { return std::unexpected(error_); }
  StoreResult<std::int64_t> entry_of_hash(std::string_view) override {
    return std::unexpected(error_);
  }
  StoreResult<StoreHead> each_ledger_entry(
      const std::function<bool(const StoredLedgerEntry&)>&) override {
    return std::unexpected(error_);
  }

 private:
  StoreError error_;
};

}  // namespace

SqliteReader::PullStatements::PullStatements(SqliteConnection& connection)
    : audience(connection, "SELECT id FROM audiences WHERE name = ?1"),
      row(connection, "SELECT json FROM rows WHERE key = ?1"),
      row_id(connection, "SELECT id, json FROM rows WHERE key = ?1 AND json <> ''"),
      log_since(connection,
                "SELECT is_entry, deleted, item, CASE"
                " WHEN is_entry THEN (SELECT json FROM ledger WHERE number = item)"
                " WHEN deleted THEN (SELECT key FROM rows WHERE id = item)"
                " ELSE (SELECT json FROM rows WHERE id = item) END,"
                " CASE WHEN is_entry THEN"
                " (SELECT note FROM ledger_details WHERE number = item) END"
                " FROM audience_log WHERE audience = ?1 AND revision > ?2"),
      // The same of a whole log, where tombstones say nothing.
      log_whole(connection,
                "SELECT is_entry, deleted, item, CASE"
                " WHEN is_entry THEN (SELECT json FROM ledger WHERE number = item)"
                " ELSE (SELECT json FROM rows WHERE id = item) END,"
                " CASE WHEN is_entry THEN"
                " (SELECT note FROM ledger_details WHERE number = item) END"
                " FROM audience_log WHERE audience = ?1 AND revision > ?2 AND deleted = 0"),
      seen(connection,
           "SELECT 1 FROM audience_log WHERE audience = ?1"
           " AND revision = (SELECT revision FROM rows WHERE id = ?2)"
           " AND is_entry = 0 AND item = ?2 AND deleted = 0"),
      results_since(connection,
                    "SELECT json FROM results WHERE revision > ?2 AND client = ?1"
                    " ORDER BY revision, number LIMIT ?3"),
      client(connection, "SELECT client, user, last_sequence FROM clients WHERE client = ?1") {}

SqliteReader::PullStatements& SqliteReader::pull() {
  return pull_ ? *pull_ : pull_.emplace(connection_);
}

// Not memory-mapped: SQLite would unmap the file after each commit of the writer, and faulting the
// pages of a large store in again takes longer than reading them.
SqliteReader::SqliteReader(const std::string& path, const std::string& vfs,
                           std::shared_ptr<AudienceIds> known_audiences)
    : connection_(path, SqliteAccess::read_only, vfs),
      meta_(connection_, "SELECT name, value FROM meta"),
      view_epoch_(connection_, "SELECT epoch FROM view_epochs WHERE user = ?1"),
      credential_(connection_,
                  "SELECT user, password_hash, must_change FROM credentials WHERE user = ?1"),
      all_rows_(connection_, "SELECT key, json FROM rows WHERE json <> ''"),
      has_notes_beside_(schema_version_of(connection_) >= notes_beside_since_schema),
      known_audiences_(std::move(known_audiences)) {}

StoreHead SqliteReader::read_head() {
  StoreHead head;
  head.row_form = 1;                        // nothing is said of it before schema 5,
  head.ledger_start = ledger_genesis_hash;  // of this before schema 7
  const SqliteReset reset(meta_);
  while (meta_.step()) {
    const std::string_view name = meta_.text(0);
    if (name == "epoch") head.epoch = meta_.integer(1);
    if (name == "revision") head.revision = meta_.integer(1);
    if (name == "now_ms") head.now_ms = meta_.integer(1);
    if (name == "oldest_revision") head.oldest_revision = meta_.integer(1);
    if (name == "ledger_entries") head.ledger_entries = meta_.integer(1);
    if (name == "archived_rows") head.archived_rows = meta_.integer(1);
    if (name == "ledger_hash") head.ledger_hash = meta_.text(1);
    if (name == "ledger_start") head.ledger_start = meta_.text(1);
    if (name == "sweep_owed") head.sweep_owed = meta_.integer(1) != 0;
    if (name == "row_form") head.row_form = static_cast<int>(meta_.integer(1));
  }
  return head;
}

std::int64_t SqliteReader::read_view_epoch(std::string_view user) {
  const SqliteReset reset(view_epoch_);
  view_epoch_.bind(1, user);
  return view_epoch_.step() ? view_epoch_.integer(0) : 0;
}

std::optional<StoredClient> SqliteReader::read_client(std::string_view client) {
  SqliteStatement& found = pull().client;
  const SqliteReset reset(found);
  if (!found.bind(1, client).step()) return std::nullopt;
  return StoredClient{std::string(found.text(0)), std::string(found.text(1)), found.integer(2)};
}

std::string SqliteReader::read_row(std::string_view key) {
  SqliteStatement& row = pull().row;
  const SqliteReset reset(row);
  return row.bind(1, key).step() ? std::string(row.text(0)) : std::string();
}

SqliteReader::Ids SqliteReader::read_audiences(const std::vector<std::string>& names) {
  Ids ids;
  for (const std::string& name : names) {
    if (const auto known = known_audiences_->find(name)) {
      ids.push_back(*known);
      continue;
    }
    SqliteStatement& audience = pull().audience;
    const SqliteReset reset(audience);
    if (!audience.bind(1, name).step()) continue;
    ids.push_back(audience.integer(0));
    known_audiences_->add(name, ids.back());
  }
  return ids;
}

bool SqliteReader::sees(const Ids& audiences, std::int64_t row) {
  SqliteStatement& seen = pull().seen;
  return std::ranges::any_of(audiences, [&](std::int64_t audience) {
    const SqliteReset reset(seen);
    return seen.bind(1, audience).bind(2, row).step();
  });
}

void SqliteReader::read_log(const Ids& audiences, std::int64_t since, Delta& delta) {
  using Item = std::pair<std::int64_t, std::string>;
  std::vector<Item> gone;
  std::vector<Item> entries;
  std::unordered_set<std::int64_t> told;  // a row may reach a user by two audiences
  SqliteStatement& log = delta.complete ? pull().log_whole : pull().log_since;
  for (const std::int64_t audience : audiences) {
    const SqliteReset reset(log);
    log.bind(1, audience).bind(2, since);
    while (log.step()) {
      const bool is_entry = log.integer(0) != 0;
      const bool deleted = log.integer(1) != 0;
      const std::int64_t item = log.integer(2);
      if (is_entry)
        entries.emplace_back(item, with_note(log.text(3), log.text(4)));
      else if (deleted)
        gone.emplace_back(item, log.text(3));
      else if (told.insert(item).second)
        delta.rows.emplace_back(log.text(3));
    }
  }
  std::ranges::sort(entries);
  const auto repeated = std::ranges::unique(entries);
  entries.erase(repeated.begin(), repeated.end());
  for (auto& [number, json] : entries) delta.ledger.push_back(std::move(json));
  if (delta.complete) return;  // whoever holds nothing has nothing to forget
  for (auto& [row, key] : gone) {
    if (told.insert(row).second && !sees(audiences, row)) delta.deletes.push_back(std::move(key));
  }
}

void SqliteReader::read_results(std::string_view client, std::int64_t since, Delta& delta) {
  SqliteStatement& results = pull().results_since;
  const SqliteReset reset(results);
  results.bind(1, client).bind(2, since).bind(3, max_results);
  while (results.step()) delta.results.emplace_back(results.text(0));
}

StoreResult<Delta> SqliteReader::delta(const DeltaRequest& request) {
  return guarded([&] {
    SqliteTransaction snapshot(connection_, "BEGIN");
    Delta delta;
    delta.head = read_head();
    delta.view_epoch = read_view_epoch(request.user);
    delta.audiences =
        request.audiences_of ? request.audiences_of(read_row(request.user_key)) : request.audiences;
    if (!request.client.empty()) delta.client = read_client(request.client);

    delta.complete = request.holds_nothing || request.epoch != delta.head.epoch ||
                     request.view_epoch != delta.view_epoch ||
                     request.revision < delta.head.oldest_revision ||
                     request.revision > delta.head.revision;
    const std::int64_t since = delta.complete ? -1 : request.revision;
    if (since < delta.head.revision) {
      const Ids audiences = read_audiences(delta.audiences);
      read_log(audiences, since, delta);
      const bool is_own = delta.client && delta.client->user == request.user;
      if (is_own && !delta.complete && delta.head.revision - since <= results_told_revisions) {
        read_results(request.client, since, delta);
      }
    }
    snapshot.commit();
    return delta;
  });
}

StoreResult<StoreHead> SqliteReader::head() {
  return guarded([&] { return read_head(); });
}

StoreResult<std::int64_t> SqliteReader::view_epoch(std::string_view user) {
  return guarded([&] { return read_view_epoch(user); });
}

StoreResult<std::optional<StoredCredential>> SqliteReader::credential(std::string_view user) {
  return guarded([&]() -> std::optional<StoredCredential> {
    const SqliteReset reset(credential_);
    if (!credential_.bind(1, user).step()) return std::nullopt;
    return StoredCredential{std::string(credential_.text(0)), std::string(credential_.text(1)),
                            credential_.integer(2) != 0};
  });
}

std::optional<std::string> SqliteReader::read_seen_row(const Ids& audiences, std::string_view key) {
  SqliteStatement& row = pull().row_id;
  const SqliteReset reset(row);
  if (!row.bind(1, key).step() || !sees(audiences, row.integer(0))) return std::nullopt;
  return std::string(row.text(1));
}

StoreResult<HistoryPage> SqliteReader::history(const HistoryRequest& request) {
  return guarded([&] {
    if (!history_) history_.emplace(connection_);
    SqliteTransaction snapshot(connection_, "BEGIN");
    HistoryPage page;
    page.audiences = request.asker.audiences_of(read_row(request.asker.user_key));
    history_->read_page(read_audiences(page.audiences), request, page);
    snapshot.commit();
    return page;
  });
}

StoreResult<Timeline> SqliteReader::timeline(const TimelineRequest& request) {
  return guarded([&] {
    if (!history_) history_.emplace(connection_);
    SqliteTransaction snapshot(connection_, "BEGIN");
    Timeline timeline;
    timeline.audiences = request.asker.audiences_of(read_row(request.asker.user_key));
    const Ids audiences = read_audiences(timeline.audiences);
    timeline.row = read_seen_row(audiences, request.key);
    if (!timeline.row) timeline.row = history_->read_row(audiences, request.kind, request.key);
    if (timeline.row) history_->read_entries(request, timeline);
    snapshot.commit();
    return timeline;
  });
}

StoreResult<void> SqliteReader::each_archived_row(
    const std::function<void(const StoredRow&)>& visit) {
  return guarded([&] {
    if (schema_version_of(connection_) < archive_since_schema) return;
    SqliteStatement rows(connection_, "SELECT key, json FROM archive ORDER BY number");
    while (rows.step()) visit({std::string(rows.text(0)), std::string(rows.text(1))});
  });
}

StoreResult<void> SqliteReader::each_row(
    const std::function<void(const StoreHead&, const StoredRow&)>& visit) {
  return guarded([&] {
    SqliteTransaction snapshot(connection_, "BEGIN");
    const StoreHead head = read_head();
    const SqliteReset reset(all_rows_);
    while (all_rows_.step()) {
      visit(head, {std::string(all_rows_.text(0)), std::string(all_rows_.text(1))});
    }
    all_rows_.reset();
    snapshot.commit();
  });
}

StoreResult<std::shared_ptr<SqliteReader>> SqliteReaderPool::lend() {
  if (watch_) {
    if (auto problem = watch_->look(); problem && problem->fault == StoreFault::replaced) {
      return std::unexpected(*std::move(problem));
    }
  }
  std::unique_ptr<SqliteReader> reader;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      reader = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (reader == nullptr) {
    try {
      reader = std::make_unique<SqliteReader>(path_, vfs_, known_audiences_);
    } catch (const SqliteError& error) {
      return std::unexpected(StoreError{error.what(), error.fault()});
    }
  }
  return std::shared_ptr<SqliteReader>(reader.release(),
                                       [pool = shared_from_this()](SqliteReader* used) {
                                         pool->give_back(std::unique_ptr<SqliteReader>(used));
                                       });
}

std::shared_ptr<StoreReader> SqliteReaderPool::take() {
  auto reader = lend();
  if (reader) return *std::move(reader);
  return std::make_shared<ClosedReader>(std::move(reader.error()));
}

void SqliteReaderPool::give_back(std::unique_ptr<SqliteReader> reader) noexcept {
  const std::lock_guard lock(mutex_);
  try {
    idle_.push_back(std::move(reader));
  } catch (const std::bad_alloc&) {
    reader.reset();  // the next one opens a connection of its own
  }
}

}  // namespace yuanyue
