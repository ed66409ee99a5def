// All rows that rules read, with the indexes they need. On the server this is everything; in the
// browser it is what the signed-in user may see. Knows no row: it keeps parts (tables and indexes)
// under the numbers that their types carry. Single-threaded; no I/O.
//
// Rows change only through put() and erase(), which keep the indexes right and give back the row
// that was there, so that every change can be reverted.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <set>
#include <utility>

#include "core/kernel/require.h"
#include "core/kernel/row.h"
#include "core/kernel/table.h"

namespace yuanyue {

class Domains;

struct RowKeyHash {
  template <class Key>
  std::size_t operator()(const Key& key) const {
    return static_cast<std::size_t>(hash_of(key));
  }
};
struct RowKeyOf {
  template <class Row>
  decltype(auto) operator()(const Row& row) const {
    return key_of(row);
  }
};
template <class Row>
using Rows = Table<KeyOf<Row>, Row, RowKeyHash, RowKeyOf>;

// An index of a domain: default-constructible, with a number of its own.
template <class Part>
concept IsPart = std::default_initializable<Part> && requires {
  { Part::number } -> std::same_as<const PartNumber&>;
};

struct Due {
  Instant at;
  const DueType* type = nullptr;
  AnyKey row;
  std::strong_ordering operator<=>(const Due& other) const {
    if (const auto order = at <=> other.at; order != 0) return order;
    if (const auto order = type->rank.answer <=> other.type->rank.answer; order != 0) return order;
    if (const auto order = row <=> other.row; order != 0) return order;
    return type->name.answer <=> other.type->name.answer;
  }
  bool operator==(const Due& other) const { return (*this <=> other) == 0; }
};

// A row whose work is done.
struct FinishedRow {
  Instant at;
  AnyKey row;
  std::strong_ordering operator<=>(const FinishedRow& other) const {
    const auto order = at <=> other.at;
    return order != 0 ? order : row <=> other.row;
  }
  bool operator==(const FinishedRow& other) const { return (*this <=> other) == 0; }
};

class State {
 public:
  // Empty, of the domains that this program knows.
  State();
  explicit State(const Domains& domains);
  ~State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  State(State&&) = default;
  State& operator=(State&&) = default;

  // Inserts or replaces; returns the row that was there, if any.
  AnyRow put(AnyRow row);
  AnyRow erase(const AnyKey& key);

  template <IsKey Key>
  const RowOf<Key>* find(const Key& key) const {
    return rows<RowOf<Key>>().find(key);
  }
  RowRef find(const AnyKey& key) const { return {&key.type(), key.type().find(*this, key)}; }
  // Requires that the row is here.
  template <IsKey Key>
  const RowOf<Key>& get(const Key& key) const {
    const auto* row = find(key);
    require(row != nullptr);
    return *row;
  }
  template <class Row>
  const Rows<Row>& rows() const {
    return *static_cast<const Rows<Row>*>(at(Row::number));
  }
  // Every row of one type, in no particular order: state.for_each<Booking>(f).
  template <class Row, class Visit>
  void for_each(Visit visit) const {
    rows<Row>().for_each(visit);
  }
  template <class Row>
  std::size_t count() const {
    return rows<Row>().size();
  }
  template <IsPart Part>
  const Part& part() const {
    return *static_cast<const Part*>(at(Part::number));
  }

  // The timer that runs next, if any.
  const Due* next_due() const { return due_.empty() ? nullptr : &*due_.begin(); }
  // All timers, in the order they will run.
  const std::set<Due>& due() const { return due_; }
  // The rows whose work is done, in the order in which they will be archived.
  const std::set<FinishedRow>& finished() const { return finished_; }
  // When the first of them has had its retention, as it is now; or `never`.
  Instant next_archiving() const;
  const Domains& domains() const { return *domains_; }

 private:
  friend class Indexing;
  struct Slot {
    void* part = nullptr;
    void (*destroy)(void*) = nullptr;
    Slot() = default;
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    Slot(Slot&& other) noexcept
        : part(std::exchange(other.part, nullptr)), destroy(other.destroy) {}
    Slot& operator=(Slot&& other) noexcept {
      std::swap(part, other.part);
      std::swap(destroy, other.destroy);
      return *this;
    }
    ~Slot() {
      if (part != nullptr) destroy(part);
    }
  };

  // A page may not know every domain; asking for a part it does not know is a programmer's error.
  void* at(PartNumber number) const {
    void* part = parts_[number.value].part;
    require(part != nullptr);
    return part;
  }
  void change_dues(const Dues& before, const Dues& after, const AnyKey& row);
  void change_finished(Finished before, Finished after, const AnyKey& row);

  const Domains* domains_;
  std::array<Slot, most_parts> parts_;
  std::set<Due> due_;
  std::set<FinishedRow> finished_;
};

// Every row of every type, in no particular order.
template <class Visit>
void for_each_row(const State& state, std::span<const RowTypeBase* const> types, Visit visit) {
  for (const RowTypeBase* type : types) {
    struct Context {
      Visit& visit;
      const RowTypeBase* type;
    } context{visit, type};
    type->for_each(state, &context, [](void* given, const void* row) {
      const Context& one = *static_cast<Context*>(given);
      one.visit(RowRef(one.type, row));
    });
  }
}

// What index hooks write with; nobody else has one.
class Indexing {
 public:
  template <IsPart Part>
  Part& part() {
    return *static_cast<Part*>(state_.at(Part::number));
  }
  const State& state() const { return state_; }

 private:
  template <class Row>
  friend class RowType;
  explicit Indexing(State& state) : state_(state) {}
  template <class Row>
  Rows<Row>& rows() {
    return *static_cast<Rows<Row>*>(state_.at(Row::number));
  }
  void change_dues(const Dues& before, const Dues& after, const AnyKey& row) {
    state_.change_dues(before, after, row);
  }
  template <class Row>
  void change_finished(Finished before, Finished after, const Row& row) {
    if (before != after) state_.change_finished(before, after, key_of(row));
  }
  State& state_;
};

}  // namespace yuanyue
