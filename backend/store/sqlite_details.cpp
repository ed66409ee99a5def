#include "backend/store/sqlite_details.h"

#include "backend/store/sqlite.h"
#include "backend/store/sqlite_migrations.h"

namespace yuanyue {
namespace {

constexpr int erasing_since_schema = 7;

template <class Take>
void for_each(SqliteConnection& connection, const char* sql, const std::string& user, Take take) {
  SqliteStatement rows(connection, sql);
  rows.bind(1, user);
  while (rows.step()) take(rows);
}

std::string text(const SqliteStatement& row, int column) { return std::string(row.text(column)); }

void read_account(SqliteConnection& connection, const std::string& user, KeptOfAccounts& kept) {
  for_each(connection, "SELECT user, must_change FROM credentials WHERE user = ?1", user,
           [&](const SqliteStatement& row) {
             kept.accounts.push_back({text(row, 0), row.integer(1) != 0});
           });
  for_each(connection, "SELECT user, created_ms, seen_ms FROM sessions WHERE user = ?1", user,
           [&](const SqliteStatement& row) {
             kept.sessions.push_back({text(row, 0), row.integer(1), row.integer(2)});
           });
  for_each(connection,
           "SELECT at_ms, event, user, address FROM auth_events WHERE user = ?1 ORDER BY number",
           user, [&](const SqliteStatement& row) {
             kept.sign_ins.push_back({row.integer(0), text(row, 1), text(row, 2), text(row, 3)});
           });
  for_each(
      connection,
      "SELECT subject, count, last_ms, locked_until_ms FROM failures"
      " WHERE instr(subject, ?1) > 0",
      user, [&](const SqliteStatement& row) {
        kept.failures.push_back({text(row, 0), row.integer(1), row.integer(2), row.integer(3)});
      });
}

void read_replicas(SqliteConnection& connection, const std::string& user, KeptOfAccounts& kept) {
  for_each(connection, "SELECT client, user, last_sequence, seen_ms FROM clients WHERE user = ?1",
           user, [&](const SqliteStatement& row) {
             kept.clients.push_back({text(row, 0), text(row, 1), row.integer(2), row.integer(3)});
           });
  for_each(connection,
           "SELECT command, user, at_ms, json FROM results WHERE user = ?1 ORDER BY number", user,
           [&](const SqliteStatement& row) {
             kept.results.push_back({text(row, 0), text(row, 1), row.integer(2), text(row, 3)});
           });
}

}  // namespace

StoreResult<KeptOfAccounts> read_kept_of(const std::string& path,
                                         const std::vector<std::string>& users) {
  return guarded([&] {
    SqliteConnection connection(path, SqliteAccess::read_only);
    SqliteTransaction snapshot(connection, "BEGIN");
    KeptOfAccounts kept;
    for (const std::string& user : users) {
      read_account(connection, user, kept);
      read_replicas(connection, user, kept);
    }
    snapshot.commit();
    return kept;
  });
}

StoreResult<std::vector<std::string>> read_erased_owners(const std::string& path) {
  return guarded([&] {
    SqliteConnection connection(path, SqliteAccess::read_only);
    std::vector<std::string> owners;
    if (schema_version_of(connection) < erasing_since_schema) return owners;
    SqliteStatement subjects(connection,
                             "SELECT substr(subject, length('erased:') + 1) FROM ledger_subjects"
                             " WHERE subject >= 'erased:' AND subject < 'erased;'");
    while (subjects.step()) owners.emplace_back(subjects.text(0));
    return owners;
  });
}

}  // namespace yuanyue
