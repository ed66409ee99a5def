// What the engine begins with, and begins with again when State is not what the store has.
#include "backend/engine_loop/engine_loop.h"
#include "core/domains/codec.h"

namespace yuanyue {

std::expected<void, std::string> load_rows(StoreReader& reader,
                                           const std::function<void(AnyRow)>& take) {
  std::string problem;
  const auto rows = reader.each_row([&](const StoredRow& stored) {
    if (!problem.empty()) return;
    auto row = wire::decode_row(stored.json);
    if (row) {
      take(std::move(*row));
      return;
    }
    problem = "row " + stored.key +
              " cannot be read: " + std::string(wire::to_string(row.error().code)) + " at " +
              row.error().path;
  });
  if (!rows) return std::unexpected(rows.error().message);
  if (!problem.empty()) return std::unexpected(problem);
  return {};
}

std::expected<void, std::string> EngineLoop::load() {
  State state;
  std::vector<AnyRow> people;
  auto loaded = load_rows(*store_.reader(), [&](AnyRow row) {
    if (is_in_directory(row)) people.push_back(row);
    state.put(std::move(row));
  });
  if (!loaded) return loaded;

  auto clients = store_.clients();
  if (!clients) return std::unexpected(clients.error().message);
  const StoreHead head = store_.head();
  state_ = std::move(state);
  directory_.load(people);
  pushes_.load(std::move(*clients));
  tell_state();
  revision_ = head.revision;
  clock_.not_before({head.now_ms});
  // What was committed before the rows were given up may have been told to nobody.
  hub_.publish_to_everyone(revision_);
  return {};
}

}  // namespace yuanyue
