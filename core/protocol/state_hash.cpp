#include "core/protocol/state_hash.h"

#include <string>

#include "core/base/ids.h"
#include "core/domains/codec.h"
#include "core/kernel/domain.h"

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
  for_each_row(state, state.domains().rows(),
               [&](const RowRef& row) { sum += hash_of(encode(row)); });
  return sum;
}

}  // namespace yuanyue::wire
