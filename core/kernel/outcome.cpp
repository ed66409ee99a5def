#include "core/kernel/outcome.h"

#include <algorithm>

namespace yuanyue {

void* Arena::allocate(std::size_t size, std::size_t align) {
  void* place = next_;
  std::size_t room = static_cast<std::size_t>(end_ - next_);
  if (place == nullptr || std::align(align, size, place, room) == nullptr) {
    const std::size_t bytes = std::max(block_bytes, size + align);
    next_ = blocks_.emplace_back(std::make_unique_for_overwrite<std::byte[]>(bytes)).get();
    end_ = next_ + bytes;
    place = next_;
    room = bytes;
    std::align(align, size, place, room);
  }
  next_ = static_cast<std::byte*>(place) + size;
  return place;
}

Outcome& Outcome::operator=(Outcome&& other) noexcept {
  // What this one had is unmade with the other.
  std::swap(arena_, other.arena_);
  std::swap(changes_, other.changes_);
  std::swap(ledger, other.ledger);
  return *this;
}

Outcome::~Outcome() {
  for (const RowChange& change : changes_) {
    if (change.before_row != nullptr) change.type->destroy(change.before_row);
    if (change.after_row != nullptr) change.type->destroy(change.after_row);
  }
}

void* Outcome::copy_of(const RowRef& row) {
  if (!row) return nullptr;
  void* place = arena_.allocate(row.type().size, row.type().align);
  row.type().copy(place, row.get());
  return place;
}

void Outcome::add(const RowRef& before, const RowRef& after) {
  const RowTypeBase& type = after ? after.type() : before.type();
  require(!before || &before.type() == &type);
  changes_.push_back({&type, copy_of(before), copy_of(after)});
}

void Outcome::add_archived(const RowRef& row) {
  changes_.push_back({&row.type(), copy_of(row), nullptr, true});
}

void Outcome::add(const RowChange& change) {
  changes_.push_back(
      {change.type, copy_of(change.before()), copy_of(change.after()), change.archived});
}

Outcome Outcome::clone() const {
  Outcome copy;
  for (const RowChange& change : changes_) copy.add(change);
  copy.ledger = ledger;
  return copy;
}

}  // namespace yuanyue
