// What the engine begins with, and begins with again when State is not what the store has.
#include "backend/engine_loop/engine_loop.h"
#include "backend/log/log.h"
#include "core/domains/row_forms.h"

namespace yuanyue {

std::expected<void, std::string> EngineLoop::load() {
  State state;
  std::vector<AnyRow> people;
  const auto older = load_rows(*store_.reader(), [&](AnyRow row) {
    if (is_in_directory(row)) people.push_back(row);
    state.put(std::move(row));
  });
  if (!older) return std::unexpected(older.error());
  const int form = store_.head().row_form;
  if (form != 0 && form != wire::row_form) {
    if (auto renewed = renew_rows(state, *older); !renewed) return renewed;
  }

  auto clients = store_.clients();
  if (!clients) return std::unexpected(clients.error().message);
  const StoreHead head = store_.head();
  state_ = std::move(state);
  directory_.load(people);
  pushes_.load(std::move(*clients));
  tell_state();
  revision_ = head.revision;
  tells_row_form_ = head.row_form == 0;
  clock_.not_before({head.now_ms});
  // What was committed before the rows were given up may have been told to nobody.
  hub_.publish_to_everyone(revision_);
  return {};
}

std::expected<void, std::string> EngineLoop::renew_rows(const State& state,
                                                        const std::vector<AnyKey>& rows) {
  const StoreHead head = store_.head();
  if (auto kept = store_.keep_copy(row_copy_name(head.row_form)); !kept) {
    return std::unexpected("no copy of it can be kept (" + kept.error().message + ")");
  }
  CommitBatch commit = Batch::as_they_are(state, rows, head.revision + 1, {head.now_ms});
  commit.row_form = wire::row_form;
  if (auto committed = store_.commit(commit); !committed) {
    return std::unexpected("its rows cannot be written in today's form (" +
                           committed.error().message + ")");
  }
  log_event(LogLevel::info, "rows_renewed",
            {{"from_form", head.row_form}, {"to_form", wire::row_form}, {"rows", rows.size()}});
  return {};
}

}  // namespace yuanyue
