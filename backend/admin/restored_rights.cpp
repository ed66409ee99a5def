#include "backend/admin/restored_rights.h"

#include <map>
#include <optional>

#include "backend/admin/park_process.h"
#include "backend/store/sqlite_reader.h"
#include "backend/store/sqlite_stores.h"
#include "core/domains/codec.h"
#include "core/people/save_user.h"

namespace yuanyue {

namespace {

struct Rights {
  User user;
  std::optional<StoredCredential> credential;
};
using People = std::map<std::string, Rights>;  // by user id

std::expected<People, std::string> people_of(const std::string& path) {
  try {
    SqliteReader reader(path);
    People people;
    const auto rows = load_rows(reader, [&](const AnyRow& row) {
      if (const User* user = row.get_if<User>()) people[to_string(user->id)].user = *user;
    });
    if (!rows) return std::unexpected(rows.error());
    for (auto& [id, rights] : people) {
      const auto credential = reader.credential(id);
      if (!credential) return std::unexpected(credential.error().message);
      rights.credential = *credential;
    }
    return people;
  } catch (const SqliteError& error) {
    return std::unexpected(error.what());
  }
}

bool same(const std::optional<StoredCredential>& a, const std::optional<StoredCredential>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->password_hash == b->password_hash && a->must_change == b->must_change;
}

// What makes the backup's rights the replaced store's.
ConsoleTask compare(const People& backup, const People& replaced, RightsDifference& difference) {
  ConsoleTask task;
  for (const auto& [id, newer] : replaced) {
    const auto found = backup.find(id);
    if (found == backup.end()) {
      difference.made_since.push_back(newer.user.name);
      continue;
    }
    const Rights& older = found->second;
    if (newer.credential && !same(newer.credential, older.credential)) {
      difference.passwords.push_back(older.user.name);
      task.credentials.push_back(
          {id, newer.credential->password_hash, newer.credential->must_change});
    }
    if (newer.user.disabled == older.user.disabled) continue;
    (newer.user.disabled ? difference.disabled : difference.enabled).push_back(older.user.name);
    User user = older.user;
    user.disabled = newer.user.disabled;
    task.commands.emplace_back(SaveUser{user});
  }
  return task;
}

// The store's own time stands still meanwhile: nothing falls due.
std::expected<void, std::string> write(const std::string& path, ConsoleTask&& task) {
  const auto stores = open_sqlite_stores({.path = path});
  if (!stores) return std::unexpected(stores.error().message);
  Store& store = *stores->store;
  ServerClock clock = ServerClock::stopped_at({store.head().now_ms});
  Directory directory;
  ChangeHub hub;
  EngineLoop engine(store, clock, directory, hub);
  if (auto loaded = engine.load(); !loaded) return loaded;
  engine.start();
  return run_console(engine, std::move(task));
}

}  // namespace

std::expected<RightsDifference, std::string> settle_rights(const std::string& incoming,
                                                           const std::string& replaced,
                                                           RightsOf wanted) {
  RightsDifference difference;
  const auto newer = people_of(replaced);
  if (!newer) {
    difference.unreadable = newer.error();
    return difference;
  }
  const auto older = people_of(incoming);
  if (!older) return std::unexpected(older.error());
  ConsoleTask task = compare(*older, *newer, difference);
  if (wanted == RightsOf::backup || (task.commands.empty() && task.credentials.empty())) {
    return difference;
  }
  if (auto written = write(incoming, std::move(task)); !written) {
    return std::unexpected("passwords and disabled users cannot be taken over (" + written.error() +
                           "); --rights backup leaves them as in the backup");
  }
  return difference;
}

}  // namespace yuanyue
