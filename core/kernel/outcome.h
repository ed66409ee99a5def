// What a decided command means: row changes, ledger entries; or why it cannot be, and the ways
// forward.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <utility>
#include <vector>

#include "core/kernel/ledger.h"
#include "core/kernel/row.h"

namespace yuanyue {

// Room for the values of one outcome: one allocation for a usual command instead of two a row.
class Arena {
 public:
  Arena() = default;
  Arena(Arena&& other) noexcept { *this = std::move(other); }
  Arena& operator=(Arena&& other) noexcept {
    std::swap(blocks_, other.blocks_);
    std::swap(next_, other.next_);
    std::swap(end_, other.end_);
    return *this;
  }
  void* allocate(std::size_t size, std::size_t align);

 private:
  static constexpr std::size_t block_bytes = 2048;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
};

// Without `before`: inserted; without `after`: erased, or archived. The same row may change several
// times, in order. Its rows belong to the outcome.
struct RowChange {
  const RowTypeBase* type = nullptr;
  void* before_row = nullptr;
  void* after_row = nullptr;
  bool archived = false;  // it leaves State as it is and stays in the store

  RowRef before() const { return {type, before_row}; }
  RowRef after() const { return {type, after_row}; }
  // The row as it is now, or as it was when it has gone.
  RowRef row() const { return after_row != nullptr ? after() : before(); }
  template <class Row>
  const Row* before_if() const {
    return before().get_if<Row>();
  }
  template <class Row>
  const Row* after_if() const {
    return after().get_if<Row>();
  }
};

class Outcome {
 public:
  Outcome() = default;
  Outcome(Outcome&& other) noexcept = default;
  Outcome& operator=(Outcome&& other) noexcept;
  ~Outcome();
  // With copies of all rows.
  Outcome clone() const;

  const std::vector<RowChange>& changes() const { return changes_; }
  // Copies of these rows as one more change.
  void add(const RowRef& before, const RowRef& after);
  void add_archived(const RowRef& row);
  // A copy of another outcome's change.
  void add(const RowChange& change);

  std::vector<LedgerEntry> ledger;

 private:
  friend class Transaction;
  struct Room {
    void* before;
    void* after;
  };
  // Two values in a row, where add_made() then finds them.
  Room room_for(const RowTypeBase& type) {
    return {arena_.allocate(type.size, type.align), arena_.allocate(type.size, type.align)};
  }
  void add_made(const RowChange& change) { changes_.push_back(change); }
  void* copy_of(const RowRef& row);

  Arena arena_;
  std::vector<RowChange> changes_;
};

// What can be done instead.
struct WayForward {
  Way kind;
  bool operator==(const WayForward&) const = default;
};

// The code's name is stable: protocol, i18n key "rejection.<code>" and tests use it.
struct Rejection {
  RefusalOf code;  // with its detail
  std::vector<WayForward> ways;
  bool operator==(const Rejection&) const = default;
};

template <class Value>
using Result = std::expected<Value, Rejection>;

}  // namespace yuanyue
