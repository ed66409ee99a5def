// A typed table: rows by key, constant-time look-up, addresses and slots stable until the row is
// erased.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "core/kernel/slot_index.h"

namespace yuanyue {

// Asks the processor for so many bytes.
inline void prefetch_bytes(const void* begin, std::size_t size) {
  constexpr std::size_t cache_line = 64;
  const char* bytes = static_cast<const char*>(begin);
  if (size == 0) return;
  for (std::size_t line = 0; line < size; line += cache_line) prefetch_line(bytes + line);
  prefetch_line(bytes + size - 1);
}

// KeyOf{}(row) gives a row's key.
template <class Key, class Row, class Hash, class KeyOf>
class Table {
 public:
  const Row* find(const Key& key) const {
    const std::uint32_t slot = slot_of(key);
    return slot == SlotIndex::none ? nullptr : &at(slot);
  }

  // A row's number while it is here: a short name for indexes. SlotIndex::none: no such row.
  std::uint32_t slot_of(const Key& key) const {
    return slots_.find(Hash{}(key), [&](std::uint32_t slot) { return KeyOf{}(at(slot)) == key; });
  }
  const Row& at(std::uint32_t slot) const {
    return (*chunks_[slot / rows_per_chunk])[slot % rows_per_chunk];
  }

  // For tables that are no rows of a command but an index of their own; the key must not change.
  Row* find(const Key& key) { return const_cast<Row*>(std::as_const(*this).find(key)); }
  // Requires that no row has this key.
  Row& insert(Row&& row) {
    const std::uint32_t slot = take_slot();
    Row& place = mutable_at(slot);
    place = std::move(row);
    slots_.insert(Hash{}(KeyOf{}(place)), slot);
    return place;
  }

  // Inserts or replaces. When replaced, `previous` takes the row that was there.
  struct Placed {
    const Row& row;
    bool replaced = false;
  };
  Placed put(Row&& row, Row& previous) {
    Row* found = find(KeyOf{}(row));
    if (found == nullptr) return {insert(std::move(row)), false};
    previous = std::exchange(*found, std::move(row));
    return {*found, true};
  }

  // Requires that the row is here. Returns it.
  Row erase(const Key& key) {
    const std::uint32_t slot = slot_of(key);
    slots_.erase(Hash{}(key), slot);
    free_.push_back(slot);
    return std::exchange(mutable_at(slot), Row{});
  }

  std::size_t size() const { return slots_.size(); }

  // Asks the processor for what a look-up reads first, then for the row: call the second when the
  // first has had time to come.
  void prefetch_slot(const Key& key) const { slots_.prefetch(Hash{}(key)); }
  void prefetch_row(const Key& key, std::size_t first_bytes = sizeof(Row)) const {
    const std::uint32_t slot = slots_.guess(Hash{}(key));
    if (slot != SlotIndex::none) prefetch_bytes(&at(slot), first_bytes);
  }

  // In no particular order; `visit` must not change the table.
  template <class Visit>
  void for_each(Visit visit) const {
    slots_.for_each([&](std::uint32_t slot) { visit(at(slot)); });
  }

 private:
  static constexpr std::size_t rows_per_chunk = 256;
  using Chunk = std::array<Row, rows_per_chunk>;

  Row& mutable_at(std::uint32_t slot) { return const_cast<Row&>(std::as_const(*this).at(slot)); }

  std::uint32_t take_slot() {
    if (!free_.empty()) {
      const std::uint32_t slot = free_.back();
      free_.pop_back();
      return slot;
    }
    if (used_ % rows_per_chunk == 0) chunks_.push_back(std::make_unique<Chunk>());
    return used_++;
  }

  SlotIndex slots_;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::vector<std::uint32_t> free_;
  std::uint32_t used_ = 0;
};

}  // namespace yuanyue
