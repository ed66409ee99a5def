// A script against a park in memory: a line in, a line out. docs/operations.md "Playing".
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/kernel/engine.h"
#include "core/wire/json.h"

namespace yuanyue {

inline constexpr std::size_t max_play_line_bytes = 1024 * 1024;
inline constexpr std::size_t max_play_lines = 100'000;
inline constexpr std::size_t max_play_rows = 100'000;

class Player {
 public:
  // One object in canonical form, or none for an empty line or a comment. An error says what is
  // wrong with the line; nothing can be played after it.
  using Answer = std::expected<std::string, std::string>;
  Answer play(std::string_view line);

 private:
  Answer play_object(wire::JsonValue line);
  Answer put_rows(wire::JsonValue line);
  Answer show(wire::JsonValue shown);
  Answer show_may(wire::JsonValue may);
  Answer act(wire::JsonValue line);
  // As of now, without an id.
  std::expected<Envelope, std::string> envelope_of(wire::JsonValue line, std::string_view path);
  CommandId next_command();
  std::expected<void, std::string> move_clock(wire::JsonValue at);
  // What has fallen due until now, each as of its own time: the facts.
  std::vector<LedgerEntry> run_all_due();
  void keep(const std::vector<LedgerEntry>& facts);
  void keep_archived(const Outcome& outcome);
  // What is kept beside the state of who was erased goes too.
  void erase_kept(const Owner& owner);
  // In the archive, or of who was erased.
  bool is_used(const RowRef& row) const;
  // As the server does, which refuses ids that were used.
  Result<Outcome> execute_new(const Envelope& envelope);

  State state_;
  std::vector<LedgerEntry> ledger_;
  std::map<AnyKey, AnyRow> archive_;
  std::vector<Owner> erased_;
  std::optional<Instant> now_;
  std::size_t rows_ = 0;
  std::uint64_t commands_ = 0;
};

}  // namespace yuanyue
