#include "backend/store/sqlite_commit.h"

#include <new>
#include <utility>

#include "backend/store/ledger_chain.h"
#include "backend/store/ledger_notes.h"
#include "backend/store/sqlite_auth_tables.h"
#include "backend/store/sqlite_erasing.h"
#include "backend/store/sqlite_migrations.h"

namespace yuanyue {

SqliteCommit::SqliteCommit(SqliteConnection& connection,
                           std::shared_ptr<AudienceIds> known_audiences)
    : connection_(connection),
      set_meta_(connection_, "UPDATE meta SET value = ?2 WHERE name = ?1"),
      find_row_(connection_, "SELECT id, revision FROM rows WHERE key = ?1"),
      add_row_(connection_,
               "INSERT INTO rows (key, kind, json, revision) VALUES (?1, ?2, ?3, ?4)"
               " RETURNING id"),
      change_row_(connection_, "UPDATE rows SET json = ?2, revision = ?3 WHERE id = ?1"),
      add_mark_(connection_,
                "INSERT INTO audience_log (audience, revision, is_entry, item, deleted)"
                " VALUES (?1, ?2, ?3, ?4, ?5)"),
      erase_row_mark_(connection_,
                      "DELETE FROM audience_log WHERE audience = ?1 AND revision = ?2"
                      " AND is_entry = 0 AND item = ?3"),
      find_audience_(connection_, "SELECT id FROM audiences WHERE name = ?1"),
      add_audience_(connection_, "INSERT INTO audiences (name) VALUES (?1) RETURNING id"),
      add_ledger_(connection_,
                  "INSERT INTO ledger (number, revision, json, previous_hash, hash, at_ms)"
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
      add_subject_(connection_,
                   "INSERT OR IGNORE INTO ledger_subjects (subject, number) VALUES (?1, ?2)"),
      add_detail_(connection_,
                  "INSERT INTO ledger_details (number, note, salt) VALUES (?1, ?2, ?3)"),
      add_owner_(connection_,
                 "INSERT OR IGNORE INTO details_owners (owner, number) VALUES (?1, ?2)"),
      add_result_(connection_,
                  "INSERT INTO results (command, client, user, revision, at_ms, json)"
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (command) DO UPDATE SET"
                  " client = excluded.client, revision = excluded.revision, json = excluded.json"),
      put_client_(connection_,
                  "INSERT INTO clients (client, user, last_sequence, seen_ms)"
                  " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (client) DO UPDATE SET"
                  " last_sequence = excluded.last_sequence, seen_ms = excluded.seen_ms"),
      forget_client_(connection_, "DELETE FROM clients WHERE client = ?1"),
      put_view_epoch_(connection_,
                      "INSERT INTO view_epochs (user, epoch) VALUES (?1, ?2)"
                      " ON CONFLICT (user) DO UPDATE SET epoch = excluded.epoch"),
      archive_(connection_),
      known_audiences_(std::move(known_audiences)) {}

void SqliteCommit::write_rows(const CommitBatch& batch, StoreHead& next) {
  const std::int64_t archived_before = next.archived_rows;
  for (const RowWrite& row : batch.rows) {
    if (row.archived) {
      move_to_archive(row, batch.revision);
      ++next.archived_rows;
      continue;
    }
    RowPlace place = find_row(row.key);
    if (place.id == 0) {
      add_row_.bind(1, row.key).bind(2, row.kind).bind(3, row.json).bind(4, batch.revision);
      const SqliteReset reset(add_row_);
      add_row_.step();
      place.id = add_row_.integer(0);
    } else {
      change_row_.bind(1, place.id).bind(2, row.json).bind(3, batch.revision).run();
    }
    for (const std::string& name : row.audiences) {
      write_row_mark(name, place, batch.revision, false);
    }
    for (const std::string& name : row.lost_audiences) {
      write_row_mark(name, place, batch.revision, true);
    }
  }
  if (next.archived_rows == archived_before) return;
  set_meta_.bind(1, "archived_rows").bind(2, next.archived_rows).run();
}

// Replicas are told that it is gone; who saw it last finds it in the archive.
void SqliteCommit::move_to_archive(const RowWrite& row, std::int64_t revision) {
  std::vector<std::int64_t> audiences;
  audiences.reserve(row.audiences.size());
  for (const std::string& name : row.audiences) audiences.push_back(audience_id(name));
  archive_.add(row, audiences, revision);
  const RowPlace place = find_row(row.key);
  if (place.id == 0) return;  // it came and went in one commit: nobody has it
  change_row_.bind(1, place.id).bind(2, "").bind(3, revision).run();
  for (const auto* names : {&row.audiences, &row.lost_audiences}) {
    for (const std::string& name : *names) write_row_mark(name, place, revision, true);
  }
}

SqliteCommit::RowPlace SqliteCommit::find_row(const std::string& key) {
  const SqliteReset reset(find_row_);
  if (!find_row_.bind(1, key).step()) return {};
  return {find_row_.integer(0), find_row_.integer(1)};
}

void SqliteCommit::write_row_mark(const std::string& name, const RowPlace& place,
                                  std::int64_t revision, bool deleted) {
  const std::int64_t audience = audience_id(name);
  if (place.old_revision > 0) {
    erase_row_mark_.bind(1, audience).bind(2, place.old_revision).bind(3, place.id).run();
  }
  add_mark_.bind(1, audience).bind(2, revision).bind(3, std::int64_t{0}).bind(4, place.id);
  add_mark_.bind(5, std::int64_t{deleted ? 1 : 0}).run();
}

std::int64_t SqliteCommit::audience_id(const std::string& name) {
  if (const auto known = known_audiences_->find(name)) return *known;
  const auto made = new_audiences_.find(name);
  if (made != new_audiences_.end()) return made->second;
  find_audience_.bind(1, name);
  const bool found = find_audience_.step();
  std::int64_t id = found ? find_audience_.integer(0) : 0;
  find_audience_.reset();
  if (!found) {
    add_audience_.bind(1, name).step();
    id = add_audience_.integer(0);
    add_audience_.reset();
  }
  new_audiences_.emplace(name, id);
  return id;
}

void SqliteCommit::write_ledger(const CommitBatch& batch, StoreHead& next) {
  for (const LedgerWrite& entry : batch.ledger) {
    ++next.ledger_entries;
    const std::string hashed = keep_note(entry, next.ledger_entries);
    const std::string hash = ledger_hash(next.ledger_hash, hashed);
    add_ledger_.bind(1, next.ledger_entries).bind(2, batch.revision).bind(3, hashed);
    add_ledger_.bind(4, next.ledger_hash).bind(5, hash).bind(6, entry.at_ms).run();
    for (const std::string& subject : entry.subjects) {
      add_subject_.bind(1, subject).bind(2, next.ledger_entries).run();
    }
    for (const std::string& audience : entry.audiences) {
      add_mark_.bind(1, audience_id(audience)).bind(2, batch.revision).bind(3, std::int64_t{1});
      add_mark_.bind(4, next.ledger_entries).bind(5, std::int64_t{0}).run();
    }
    next.ledger_hash = hash;
  }
  if (batch.ledger.empty()) return;
  set_meta_.bind(1, "ledger_entries").bind(2, next.ledger_entries).run();
  set_meta_.bind(1, "ledger_hash").bind(2, next.ledger_hash).run();
}

std::string SqliteCommit::keep_note(const LedgerWrite& entry, std::int64_t number) {
  const std::string_view note = note_in(entry.json);
  if (note.empty()) return entry.json;
  const std::string salt = new_salt();
  add_detail_.bind(1, number).bind(2, note).bind(3, salt).run();
  for (const std::string& owner : entry.owners) add_owner_.bind(1, owner).bind(2, number).run();
  return with_note(entry.json, note_commitment(note, salt));
}

void SqliteCommit::erase(const CommitBatch& batch, StoreHead& next) {
  if (!batch.erased_owners.empty()) erase_owners(connection_, batch, next);
}

void SqliteCommit::write_people(const CommitBatch& batch) {
  for (const ResultWrite& result : batch.results) {
    add_result_.bind(1, result.command).bind(2, result.client).bind(3, result.user);
    add_result_.bind(4, batch.revision).bind(5, batch.now_ms).bind(6, result.json).run();
  }
  for (const ClientWrite& client : batch.clients) {
    put_client_.bind(1, client.client).bind(2, client.user).bind(3, client.last_sequence);
    put_client_.bind(4, batch.now_ms).run();
  }
  for (const std::string& client : batch.forgotten_clients) forget_client_.bind(1, client).run();
  put_credentials(connection_, batch.credentials);
  end_sessions_of(connection_, batch.ended_users);
  for (const ViewEpochWrite& view : batch.view_epochs) {
    put_view_epoch_.bind(1, view.user).bind(2, view.epoch).run();
  }
}

void SqliteCommit::write_row_form(const StoreHead& before, const StoreHead& next) {
  set_meta_.bind(1, "row_form").bind(2, std::int64_t{next.row_form}).run();
  if (before.row_form == 0) return;
  note_history(connection_, "migrated",
               "rows " + std::to_string(before.row_form) + " to " + std::to_string(next.row_form));
}

void SqliteCommit::write_head(const StoreHead& next) {
  set_meta_.bind(1, "revision").bind(2, next.revision).run();
  set_meta_.bind(1, "now_ms").bind(2, next.now_ms).run();
}

// What cannot be remembered is looked up again: a commit that is on disk is never called failed.
void SqliteCommit::ended(bool committed) noexcept {
  archive_.ended();
  try {
    if (committed) {
      for (const auto& [name, id] : new_audiences_) known_audiences_->add(name, id);
    }
    new_audiences_.clear();
  } catch (const std::bad_alloc&) {
    new_audiences_.clear();
  }
}

}  // namespace yuanyue
