#include "backend/store/refusal_migration.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/domains/refusal_forms.h"

namespace yuanyue {

// A few at a time: the table is changed between.
void bring_refusals_along(SqliteConnection& connection) {
  constexpr std::size_t at_once = 1'000;
  SqliteStatement results(connection,
                          "SELECT number, json FROM results WHERE number > ?1"
                          " ORDER BY number LIMIT ?2");
  SqliteStatement set_json(connection, "UPDATE results SET json = ?2 WHERE number = ?1");
  std::int64_t last = 0;
  std::vector<std::pair<std::int64_t, std::string>> some;
  do {
    some.clear();
    results.bind(1, last).bind(2, static_cast<std::int64_t>(at_once));
    while (results.step()) some.emplace_back(results.integer(0), std::string(results.text(1)));
    results.reset();
    for (const auto& [number, json] : some) {
      last = number;
      const auto now = wire::result_from_protocol_3(json);
      if (now && *now != json) set_json.bind(1, number).bind(2, *now).run();
    }
  } while (some.size() == at_once);
}

}  // namespace yuanyue
