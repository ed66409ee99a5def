#include "backend/store/notes_migration.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "backend/store/ledger_chain.h"
#include "backend/store/ledger_notes.h"

namespace yuanyue {
namespace {

using nlohmann::json;

constexpr std::size_t at_once = 1'000;

json read(std::string_view text) {
  json value = json::parse(text, nullptr, false);
  return value.is_object() ? value : json::object();
}

std::string text_in(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string meta_text(SqliteConnection& connection, const char* name) {
  SqliteStatement meta(connection, "SELECT value FROM meta WHERE name = ?1");
  const SqliteReset reset(meta);
  return meta.bind(1, name).step() ? std::string(meta.text(0)) : std::string();
}

// An entry about an account says the account's name, not its id.
std::map<std::string, std::string> users_by_name(SqliteConnection& connection) {
  std::map<std::string, std::string> users;
  SqliteStatement rows(connection, "SELECT json FROM rows WHERE kind = 'user' AND json <> ''");
  while (rows.step()) {
    const json row = read(rows.text(0));
    users[text_in(row, "name")] = text_in(row, "id");
  }
  return users;
}

struct OldEntry {
  std::int64_t number = 0;
  std::string text;
  std::string previous_hash;
  std::string hash;
};

class ChainRenewal {
 public:
  ChainRenewal(SqliteConnection& connection, std::string start)
      : users_(users_by_name(connection)),
        change_(connection,
                "UPDATE ledger SET json = ?2, previous_hash = ?3, hash = ?4 WHERE number = ?1"),
        add_detail_(connection,
                    "INSERT INTO ledger_details (number, note, salt) VALUES (?1, ?2, ?3)"),
        add_owner_(connection,
                   "INSERT OR IGNORE INTO details_owners (owner, number) VALUES (?1, ?2)"),
        last_(std::move(start)) {}

  void renew(const OldEntry& entry) {
    const std::string_view note = note_in(entry.text);
    std::string text = entry.text;
    if (!note.empty()) {
      const std::string salt = new_salt();
      text = with_note(entry.text, note_commitment(note, salt));
      add_detail_.bind(1, entry.number).bind(2, note).bind(3, salt).run();
      keep_owners(entry);
    }
    const bool is_sound = entry.previous_hash == old_last_ &&
                          ledger_hash(entry.previous_hash, entry.text) == entry.hash;
    const std::string hash = is_sound ? ledger_hash(last_, text) : entry.hash;
    change_.bind(1, entry.number).bind(2, text).bind(3, last_).bind(4, hash).run();
    old_last_ = entry.hash;
    last_ = hash;
  }

  // Of the old chain as it was, and of the new one.
  const std::string& old_last() const { return old_last_; }
  const std::string& last() const { return last_; }

 private:
  void keep_owners(const OldEntry& entry) {
    const json fields = read(entry.text);
    const std::string enterprise = text_in(fields, "enterprise");
    const std::string actor = text_in(fields, "actor");
    if (!enterprise.empty()) keep("enterprise:" + enterprise, entry.number);
    if (text_in(fields, "kind") == "user_saved") {
      const auto user = users_.find(text_in(fields, "note"));
      if (user != users_.end()) keep("user:" + user->second, entry.number);
    } else if (!enterprise.empty() && !actor.empty()) {
      keep("user:" + actor, entry.number);
    }
  }
  void keep(const std::string& owner, std::int64_t number) {
    add_owner_.bind(1, owner).bind(2, number).run();
  }

  const std::map<std::string, std::string> users_;
  SqliteStatement change_;
  SqliteStatement add_detail_;
  SqliteStatement add_owner_;
  std::string old_last_{ledger_genesis_hash};
  std::string last_;
};

// A few at a time: the table is changed between.
void renew_chain(SqliteConnection& connection) {
  const std::string old_end = meta_text(connection, "ledger_hash");
  SqliteStatement(connection, "INSERT INTO meta (name, value) VALUES ('ledger_start', ?1)")
      .bind(1, old_end)
      .run();
  SqliteStatement entries(connection,
                          "SELECT number, json, previous_hash, hash FROM ledger WHERE number > ?1"
                          " ORDER BY number LIMIT ?2");
  ChainRenewal renewal(connection, old_end);
  std::int64_t last = 0;
  std::vector<OldEntry> some;
  do {
    some.clear();
    entries.bind(1, last).bind(2, static_cast<std::int64_t>(at_once));
    while (entries.step()) {
      some.push_back({entries.integer(0), std::string(entries.text(1)),
                      std::string(entries.text(2)), std::string(entries.text(3))});
    }
    entries.reset();
    for (const OldEntry& entry : some) {
      last = entry.number;
      renewal.renew(entry);
    }
  } while (some.size() == at_once);
  if (renewal.old_last() != old_end) return;  // entries are missing, and stay missed
  SqliteStatement(connection, "UPDATE meta SET value = ?1 WHERE name = 'ledger_hash'")
      .bind(1, renewal.last())
      .run();
}

void say_whose_archived_rows_are(SqliteConnection& connection) {
  SqliteStatement rows(connection,
                       "SELECT number, json FROM archive WHERE number > ?1 ORDER BY number"
                       " LIMIT ?2");
  SqliteStatement change(connection, "UPDATE archive SET owner = ?2 WHERE number = ?1");
  std::int64_t last = 0;
  std::vector<std::pair<std::int64_t, std::string>> some;
  do {
    some.clear();
    rows.bind(1, last).bind(2, static_cast<std::int64_t>(at_once));
    while (rows.step()) {
      some.emplace_back(rows.integer(0), text_in(read(rows.text(1)), "enterprise"));
    }
    rows.reset();
    for (const auto& [number, enterprise] : some) {
      last = number;
      if (enterprise.empty()) continue;
      change.bind(1, number).bind(2, "enterprise:" + enterprise).run();
    }
  } while (some.size() == at_once);
}

}  // namespace

void take_notes_out_of_chain(SqliteConnection& connection) {
  renew_chain(connection);
  say_whose_archived_rows_are(connection);
}

}  // namespace yuanyue
