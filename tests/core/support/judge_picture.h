// A park as plain maps of rows, changed only by what outcomes say. No index of core is in it, so
// that what is counted from it does not repeat core's mistakes.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "core/kernel/outcome.h"
#include "core/kernel/state.h"
#include "tests/core/support/every_type.h"

namespace yuanyue::worlds {

class Picture {
 public:
  Picture() = default;
  void take(const State& state);

  template <class RowType, class Key>
  const RowType* find(const Key& key) const {
    const auto& rows = all<RowType>();
    const auto found = rows.find(key);
    return found == rows.end() ? nullptr : &found->second;
  }
  template <class RowType>
  const auto& all() const {
    return std::get<std::map<KeyOf<RowType>, RowType>>(tables_);
  }

  // What is still open, in the order of ids.
  const std::set<BookingId>& confirmed() const { return confirmed_; }
  const std::set<WaitlistEntryId>& open_entries() const { return open_entries_; }
  const std::set<OfferId>& open_offers() const { return open_offers_; }

  RowRef row(const AnyKey& key) const;  // none: there is no such row
  // It is there, or was and is in the archive or erased: an id once used stays so.
  bool is_used(const AnyKey& key) const { return row(key) || archived_.contains(key); }
  void put(const RowRef& row);
  void erase(const AnyKey& key);
  void apply(const RowChange& change);
  void take_back(const Outcome& outcome);

 private:
  explicit Picture(std::set<AnyKey> archived) : archived_(std::move(archived)) {}

  template <class Row>
  auto& table() {
    return std::get<std::map<KeyOf<Row>, Row>>(tables_);
  }
  void note(const RowRef& row);

  MapsOf<EveryRow>::Type tables_;
  std::set<AnyKey> archived_;
  std::set<BookingId> confirmed_;
  std::set<WaitlistEntryId> open_entries_;
  std::set<OfferId> open_offers_;
};

}  // namespace yuanyue::worlds
