#include "core/protocol/state_hash.h"

#include <string>

#include "core/base/ids.h"
#include "core/domains/codec.h"

namespace yuanyue::wire {
namespace {

// FNV-1a, then spread, so that sums of similar texts do not cancel out.
std::uint64_t hash_of(const std::string& text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  }
  return mix(hash, text.size());
}

}  // namespace

std::uint64_t state_hash(const State& state) {
  std::uint64_t sum = 0;
  const auto add = [&](const auto& row) { sum += hash_of(encode(Row(row))); };
  state.for_each<CalendarYear>(add);
  state.for_each<Park>(add);
  state.for_each<Hall>(add);
  state.for_each<Department>(add);
  state.for_each<Service>(add);
  state.for_each<BlockOverride>(add);
  state.for_each<Enterprise>(add);
  state.for_each<User>(add);
  state.for_each<Block>(add);
  state.for_each<Booking>(add);
  state.for_each<WaitlistEntry>(add);
  state.for_each<Offer>(add);
  state.for_each<Notification>(add);
  return sum;
}

}  // namespace yuanyue::wire
