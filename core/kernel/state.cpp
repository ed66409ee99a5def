#include "core/kernel/state.h"

#include "core/kernel/domain.h"

namespace yuanyue {
namespace {

// Room for a row that has gone, until it is known whether there was one.
struct RowRoom {
  alignas(std::max_align_t) std::array<std::byte, most_row_bytes> bytes;
};

AnyRow taken(const RowTypeBase& type, void* row) {
  AnyRow out{RowRef(&type, row)};
  type.destroy(row);
  return out;
}

}  // namespace

std::string to_string(const Audience& audience) {
  std::string text(audience.kind->name);
  return audience.id ? text + ':' + to_string(audience.id) : text;
}

std::string to_string(const Owner& owner) {
  return owner ? std::string(owner.kind->name) + ':' + to_string(owner.id) : std::string();
}

State::State() : State(known_domains()) {}

State::State(const Domains& domains) : domains_(&domains) {
  for (const PartType& part : domains.parts()) {
    Slot& slot = parts_[part.number];
    require(slot.part == nullptr);
    slot.part = part.make();
    slot.destroy = part.destroy;
  }
}

AnyRow State::put(AnyRow row) {
  RowRoom before;
  const RowTypeBase& type = row.type();
  return type.put(*this, row.get(), before.bytes.data()) ? taken(type, before.bytes.data())
                                                         : AnyRow();
}

AnyRow State::erase(const AnyKey& key) {
  RowRoom before;
  const RowTypeBase& type = key.type();
  return type.erase(*this, key, before.bytes.data()) ? taken(type, before.bytes.data()) : AnyRow();
}

void State::change_dues(const Dues& before, const Dues& after, const AnyKey& row) {
  for (const DueAt& due : before) due_.erase({due.at, due.type, row});
  for (const DueAt& due : after) due_.insert({due.at, due.type, row});
}

void State::change_finished(Finished before, Finished after, const AnyKey& row) {
  if (before != never) finished_.erase({before, row});
  if (after != never) finished_.insert({after, row});
}

Instant State::next_archiving() const {
  if (finished_.empty()) return never;
  return finished_.begin()->at + domains_->retention()(*this);
}

}  // namespace yuanyue
