// What a reader says of the whole ledger: to check it.
#include "backend/store/ledger_chain.h"
#include "backend/store/ledger_notes.h"
#include "backend/store/sqlite_reader.h"

namespace yuanyue {
namespace {

constexpr const char* entries_with_notes =
    "SELECT ledger.number, json, previous_hash, hash, at_ms, ledger_details.number, note, salt"
    " FROM ledger LEFT JOIN ledger_details ON ledger_details.number = ledger.number"
    " ORDER BY ledger.number";
constexpr const char* entries_of_before =
    "SELECT number, json, previous_hash, hash FROM ledger ORDER BY number";

// Owners of notes beside a walk through the ledger.
class Owners {
 public:
  explicit Owners(SqliteConnection& connection)
      : owners_(connection, "SELECT number, owner FROM details_owners ORDER BY number, owner"),
        has_one_(owners_.step()) {}
  std::vector<std::string> of(std::int64_t number) {
    std::vector<std::string> names;
    while (has_one_ && owners_.integer(0) <= number) {
      if (owners_.integer(0) == number) names.emplace_back(owners_.text(1));
      has_one_ = owners_.step();
    }
    return names;
  }

 private:
  SqliteStatement owners_;
  bool has_one_;
};

StoredLedgerEntry entry_of_before(const SqliteStatement& row) {
  return {.number = row.integer(0),
          .json = std::string(row.text(1)),
          .previous_hash = std::string(row.text(2)),
          .hash = std::string(row.text(3)),
          .hashed = std::string(row.text(1)),
          .note = {},
          .salt = {},
          .owners = {},
          .at_ms = {}};
}

StoredLedgerEntry entry_with_note(const SqliteStatement& row, Owners& owners) {
  StoredLedgerEntry entry = entry_of_before(row);
  entry.json = with_note(entry.hashed, row.text(6));
  if (row.integer(5) != 0) entry.note = row.text(6);
  entry.salt = row.text(7);
  entry.at_ms = row.integer(4);
  entry.owners = owners.of(entry.number);
  return entry;
}

}  // namespace

StoreResult<StoreHead> SqliteReader::each_ledger_entry(
    const std::function<bool(const StoredLedgerEntry&)>& visit) {
  return guarded([&] {
    SqliteTransaction snapshot(connection_, "BEGIN");
    const StoreHead head = read_head();
    {
      SqliteStatement entries(connection_,
                              has_notes_beside_ ? entries_with_notes : entries_of_before);
      std::optional<Owners> owners;
      if (has_notes_beside_) owners.emplace(connection_);
      bool goes_on = true;
      while (goes_on && entries.step()) {
        goes_on = visit(owners ? entry_with_note(entries, *owners) : entry_of_before(entries));
      }
    }
    snapshot.commit();
    return head;
  });
}

StoreResult<std::int64_t> SqliteReader::stray_detail() {
  return guarded([&]() -> std::int64_t {
    if (!has_notes_beside_) return 0;
    SqliteStatement stray(
        connection_,
        "SELECT min(number) FROM (SELECT number FROM ledger_details WHERE NOT EXISTS"
        " (SELECT 1 FROM ledger WHERE ledger.number = ledger_details.number)"
        " UNION ALL SELECT number FROM details_owners WHERE NOT EXISTS"
        " (SELECT 1 FROM ledger_details WHERE ledger_details.number = details_owners.number))");
    return stray.step() ? stray.integer(0) : 0;
  });
}

StoreResult<std::int64_t> SqliteReader::entry_of_hash(std::string_view hash) {
  return guarded([&]() -> std::int64_t {
    SqliteStatement found(connection_,
                          has_notes_beside_
                              ? "SELECT number FROM ledger WHERE hash = ?1"
                                " UNION ALL SELECT number FROM ledger_before WHERE hash = ?1"
                              : "SELECT number FROM ledger WHERE hash = ?1");
    return found.bind(1, hash).step() ? found.integer(0) : 0;
  });
}

}  // namespace yuanyue
