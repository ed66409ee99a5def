#include "backend/store/sqlite_backup.h"

#include <ctime>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

#include "backend/store/ledger_chain.h"
#include "backend/store/load_rows.h"
#include "backend/store/sqlite_migrations.h"
#include "backend/store/sqlite_reader.h"
#include "backend/store/sqlite_schema.h"
#include "core/domains/codec.h"

namespace yuanyue {

namespace {

namespace fs = std::filesystem;

using Sentence = std::unexpected<std::string>;

std::string first_problem_of_pages(SqliteConnection& connection) {
  SqliteStatement check(connection, "PRAGMA quick_check(1)");
  const SqliteReset reset(check);
  const std::string answer = check.step() ? std::string(check.text(0)) : "no answer";
  // A heading stands on a line of its own.
  return answer == "ok" ? std::string() : answer.substr(answer.rfind('\n') + 1);
}

std::expected<void, std::string> count_rows(StoreReader& reader, StoreReport& report) {
  // Live ones and archived ones: a copy has both.
  const auto count = [&](const AnyRow& row) { ++report.rows[std::string(row.type().name)]; };
  const auto read = load_rows(reader, count);
  if (!read) return Sentence(read.error());
  std::string problem;
  const auto read_archive = reader.each_archived_row([&](const StoredRow& stored) {
    const auto row = wire::decode_row(stored.json);
    if (row)
      count(*row);
    else if (problem.empty())
      problem = "row " + stored.key + " cannot be read (" + row.error().path + ")";
  });
  if (!read_archive) return Sentence(read_archive.error().message);
  if (!problem.empty()) return Sentence(problem);
  return {};
}

// Flushes what the name refers to, and the name itself.
bool flush(const fs::path& path) {
  for (const fs::path& each :
       {path, path.parent_path().empty() ? fs::path(".") : path.parent_path()}) {
    const int file = ::open(each.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    const bool done = ::fsync(file) == 0;
    ::close(file);
    if (!done) return false;
  }
  return true;
}

std::expected<StoreReport, std::string> checked(const std::string& path) {
  SqliteConnection connection(path, SqliteAccess::read_only);
  StoreReport report;
  report.schema_version = schema_version_of(connection);
  if (report.schema_version == 0) return Sentence("it is no store");
  if (report.schema_version > sqlite_schema_version) {
    return Sentence("it was written by a newer program (schema version " +
                    std::to_string(report.schema_version) + ")");
  }
  if (const auto problem = first_problem_of_pages(connection); !problem.empty()) {
    return Sentence("its pages are damaged: " + problem);
  }
  SqliteReader reader(path);
  const auto head = reader.head();
  if (!head) return Sentence(head.error().message);
  report.head = *head;
  const auto ledger = verify_ledger(reader);
  if (!ledger) return Sentence(ledger.error().message);
  if (ledger->first_bad != 0) {
    return Sentence("its ledger is broken at entry " + std::to_string(ledger->first_bad) + ": " +
                    ledger->problem);
  }
  report.ledger_entries = ledger->entries;
  report.ledger_hash = ledger->last_hash;
  if (auto counted = count_rows(reader, report); !counted) return Sentence(counted.error());
  return report;
}

// The rows of a copy and the chain's end are those of the snapshot that was read.
void copy_whole(const std::string& path, const std::string& copy) {
  SqliteConnection connection(path, SqliteAccess::read_only);
  SqliteStatement(connection, "VACUUM INTO ?1").bind(1, copy).run();
}

std::string utc_stamp() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &parts);
  return text;
}

// Everything that is in the WAL goes into the file, so that the file alone is the store. A store
// too broken for that is moved as it is.
void settle(const std::string& path) {
  try {
    SqliteConnection connection(path, SqliteAccess::read_write);
    connection.execute("PRAGMA journal_mode=DELETE");
  } catch (const SqliteError&) {
    return;
  }
}

// Of a store that was changed since it was checked.
std::optional<std::string> read_head_again(const std::string& path, StoreReport& report) {
  try {
    SqliteReader reader(path);
    const auto head = reader.head();
    if (!head) return head.error().message;
    report.head = *head;
    report.ledger_entries = head->ledger_entries;
    report.ledger_hash = head->ledger_hash;
    return std::nullopt;
  } catch (const SqliteError& failure) {
    return failure.what();
  }
}

constexpr const char* parts_of_a_store[] = {"-wal", "-shm", ""};

std::expected<std::string, std::string> set_aside(const DataFolder& folder) {
  settle(folder.store_path());
  std::error_code error;
  const fs::path base = folder.path() / ("replaced-" + utc_stamp());
  fs::path kept = base;
  for (int i = 2; fs::exists(kept, error); ++i) kept = base.string() + "-" + std::to_string(i);
  fs::create_directory(kept, error);
  if (error) return Sentence("the folder " + kept.string() + " cannot be made");
  fs::permissions(kept, fs::perms::owner_all, error);
  for (const char* part : parts_of_a_store) {
    const fs::path from = folder.store_path() + part;
    if (!fs::exists(from, error)) continue;
    const fs::path to = kept / from.filename();
    // The store itself stays in place under its name until the new one replaces it in one step.
    fs::create_hard_link(from, to, error);
    if (error) fs::copy_file(from, to, error);
    if (error) return Sentence("the file " + from.string() + " cannot be kept");
    if (*part != '\0') fs::remove(from, error);
  }
  flush(kept);
  return kept.string();
}

}  // namespace

std::expected<StoreReport, std::string> check_store(const std::string& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return Sentence("there is no such file");
  try {
    return checked(path);
  } catch (const SqliteError& failure) {
    return Sentence(failure.what());
  }
}

std::string damaged_pages(const std::string& path) {
  try {
    SqliteConnection connection(path, SqliteAccess::read_write);
    return first_problem_of_pages(connection);
  } catch (const SqliteError& failure) {
    // Another kind of trouble is told by whoever opens the store.
    return failure.fault() == StoreFault::corrupt ? failure.what() : "";
  }
}

std::expected<StoreReport, std::string> back_up_store(const std::string& path,
                                                      const std::string& copy) {
  return back_up_store(
      [&](const std::string& file) -> std::expected<void, std::string> {
        try {
          copy_whole(path, file);
          return {};
        } catch (const SqliteError& failure) {
          return Sentence(failure.what());
        }
      },
      copy);
}

std::expected<StoreReport, std::string> back_up_store(const WriteCopy& write,
                                                      const std::string& copy) {
  const std::string unfinished = copy + ".unfinished";
  std::error_code error;
  fs::remove(unfinished, error);
  std::expected<StoreReport, std::string> report;
  const auto written = write(unfinished);
  if (written)
    report = check_store(unfinished);
  else
    report = Sentence(written.error());
  if (report && !flush(unfinished)) report = Sentence("the copy cannot be flushed to the disk");
  if (report) {
    fs::rename(unfinished, copy, error);
    if (error || !flush(copy)) report = Sentence("the copy cannot be given its name");
  }
  if (!report) fs::remove(unfinished, error);
  return report;
}

std::expected<Restored, std::string> restore_store(
    const DataFolder& folder, const std::string& copy,
    const std::function<std::expected<void, std::string>(const std::string&)>& amend) {
  auto report = check_store(copy);
  if (!report) return Sentence(report.error());
  const std::string incoming = folder.store_path() + ".incoming";
  std::error_code error;
  for (const char* part : parts_of_a_store) fs::remove(incoming + part, error);
  Restored restored;
  try {
    copy_whole(copy, incoming);
    SqliteConnection connection(incoming, SqliteAccess::read_write);
    set_up_schema(connection, incoming);
    SqliteTransaction transaction(connection, "BEGIN IMMEDIATE");
    const std::int64_t epoch = random_epoch();
    SqliteStatement(connection, "UPDATE meta SET value = ?1 WHERE name = 'epoch'")
        .bind(1, epoch)
        .run();
    connection.execute("DELETE FROM sessions");
    note_history(connection, "restored",
                 "revision " + std::to_string(report->head.revision) + " of epoch " +
                     std::to_string(report->head.epoch));
    transaction.commit();
    report->head.epoch = epoch;
  } catch (const SqliteError& failure) {
    return Sentence(failure.what());
  }
  fs::remove(migration_copy_path(incoming, report->schema_version), error);  // the copy itself is
  report->schema_version = sqlite_schema_version;
  if (amend) {
    if (auto amended = amend(incoming); !amended) return Sentence(amended.error());
    settle(incoming);
    fs::remove(row_copy_path(incoming, report->head.row_form), error);
  }
  if (auto problem = read_head_again(incoming, *report)) return Sentence(*problem);
  restored.report = *report;
  if (!flush(incoming)) return Sentence("the restored store cannot be flushed to the disk");
  if (folder.has_store()) {
    auto kept = set_aside(folder);
    if (!kept) return Sentence(kept.error());
    restored.kept_in = *kept;
  }
  fs::rename(incoming, folder.store_path(), error);
  if (error || !flush(folder.store_path())) return Sentence("the store cannot be put in place");
  return restored;
}

}  // namespace yuanyue
