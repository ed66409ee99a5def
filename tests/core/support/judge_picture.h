// A park as plain maps of rows, changed only by what outcomes say. No index of core is in it, so
// that what is counted from it does not repeat core's mistakes.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "core/kernel/outcome.h"
#include "core/kernel/state.h"

namespace yuanyue::worlds {

class Picture {
 public:
  void take(const State& state);

  template <class RowType, class Key>
  const RowType* find(const Key& key) const {
    const auto& rows = all<RowType>();
    const auto found = rows.find(key);
    return found == rows.end() ? nullptr : &found->second;
  }
  template <class RowType>
  const auto& all() const {
    return std::get<place_of<RowType>()>(tables_);
  }

  // What is still open, in the order of ids.
  const std::set<BookingId>& confirmed() const { return confirmed_; }
  const std::set<WaitlistEntryId>& open_entries() const { return open_entries_; }
  const std::set<OfferId>& open_offers() const { return open_offers_; }

  std::optional<Row> row(const RowKey& key) const;
  void put(const Row& row);
  void erase(const RowKey& key);
  void apply(const RowChange& change);
  void take_back(const Outcome& outcome);

 private:
  template <class RowType, std::size_t place = 0>
  static constexpr std::size_t place_of() {
    if constexpr (std::is_same_v<std::variant_alternative_t<place, Row>, RowType>) {
      return place;
    } else {
      return place_of<RowType, place + 1>();
    }
  }
  template <std::size_t... place>
  static auto make_tables(std::index_sequence<place...>)
      -> std::tuple<std::map<std::variant_alternative_t<place, RowKey>,
                             std::variant_alternative_t<place, Row>>...>;
  using Tables = decltype(make_tables(std::make_index_sequence<std::variant_size_v<Row>>()));
  template <class RowType>
  auto& table() {
    return std::get<place_of<RowType>()>(tables_);
  }
  void note(const Row& row);

  Tables tables_;
  std::set<BookingId> confirmed_;
  std::set<WaitlistEntryId> open_entries_;
  std::set<OfferId> open_offers_;
};

}  // namespace yuanyue::worlds
