// A typed table: rows by key, constant-time look-up, addresses stable until the row is erased.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include <tsl/robin_map.h>

namespace yuanyue {

template <class Key, class Row, class Hash>
class Table {
 public:
  const Row* find(const Key& key) const {
    const auto it = slots_.find(key);
    return it == slots_.end() ? nullptr : &at(it->second);
  }

  // Inserts or replaces. When replaced, `previous` takes the row that was there.
  struct Placed {
    const Row& row;
    bool replaced = false;
  };
  Placed put(const Key& key, Row&& row, Row& previous) {
    const auto [it, inserted] = slots_.try_emplace(key, 0);
    if (inserted) it.value() = take_slot();
    Row& place = at(it->second);
    if (!inserted) previous = std::move(place);
    place = std::move(row);
    return {place, !inserted};
  }

  bool erase(const Key& key, Row& previous) {
    const auto it = slots_.find(key);
    if (it == slots_.end()) return false;
    const std::uint32_t slot = it->second;
    previous = std::exchange(at(slot), Row{});
    free_.push_back(slot);
    slots_.erase(it);
    return true;
  }

  std::size_t size() const { return slots_.size(); }
  void reserve(std::size_t rows) { slots_.reserve(rows); }

  // In no particular order; `visit` must not change the table.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const auto& [key, slot] : slots_) visit(at(slot));
  }

 private:
  static constexpr std::size_t rows_per_chunk = 256;
  using Chunk = std::array<Row, rows_per_chunk>;

  Row& at(std::uint32_t slot) { return (*chunks_[slot / rows_per_chunk])[slot % rows_per_chunk]; }
  const Row& at(std::uint32_t slot) const {
    return (*chunks_[slot / rows_per_chunk])[slot % rows_per_chunk];
  }

  std::uint32_t take_slot() {
    if (!free_.empty()) {
      const std::uint32_t slot = free_.back();
      free_.pop_back();
      return slot;
    }
    if (used_ % rows_per_chunk == 0) chunks_.push_back(std::make_unique<Chunk>());
    return used_++;
  }

  tsl::robin_map<Key, std::uint32_t, Hash> slots_;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::vector<std::uint32_t> free_;
  std::uint32_t used_ = 0;
};

}  // namespace yuanyue
