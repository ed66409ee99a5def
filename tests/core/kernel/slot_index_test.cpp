#include "core/kernel/slot_index.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/support/random.h"

namespace yuanyue {
namespace {

std::uint32_t find(const SlotIndex& index, std::size_t hash, std::uint32_t slot) {
  return index.find(hash, [&](std::uint32_t candidate) { return candidate == slot; });
}

TEST(SlotIndex, FindsNothingWhenEmpty) {
  const SlotIndex index;
  EXPECT_EQ(find(index, 7, 7), SlotIndex::none);
  index.prefetch(7);
}

TEST(SlotIndex, TellsEqualHashesApartByTheRow) {
  SlotIndex index;
  index.insert(5, 1);
  index.insert(5, 2);
  EXPECT_EQ(find(index, 5, 1), 1U);
  EXPECT_EQ(find(index, 5, 2), 2U);
  index.erase(5, 1);
  EXPECT_EQ(find(index, 5, 1), SlotIndex::none);
  EXPECT_EQ(find(index, 5, 2), 2U);
}

// Hashes from a small range, so that searches run long, wrap around and cross each other.
TEST(SlotIndex, AgreesWithAMapUnderRandomChanges) {
  worlds::Random random{3};
  SlotIndex index;
  std::unordered_map<std::uint32_t, std::size_t> model;  // slot -> hash
  for (int step = 0; step < 20'000; ++step) {
    const auto slot = static_cast<std::uint32_t>(random.below(300));
    const auto known = model.find(slot);
    if (known == model.end()) {
      const auto hash = static_cast<std::size_t>(random.below(90));
      index.insert(hash, slot);
      model[slot] = hash;
    } else {
      index.erase(known->second, slot);
      model.erase(known);
    }
    ASSERT_EQ(index.size(), model.size());
    const auto probe = static_cast<std::uint32_t>(random.below(300));
    const auto expected = model.find(probe);
    const std::size_t hash = expected == model.end() ? probe % 90 : expected->second;
    ASSERT_EQ(find(index, hash, probe), expected == model.end() ? SlotIndex::none : probe);
  }
  std::size_t visited = 0;
  index.for_each([&](std::uint32_t slot) { visited += model.count(slot); });
  EXPECT_EQ(visited, model.size());
}

TEST(SlotIndex, GuessesByTheHashAlone) {
  SlotIndex index;
  EXPECT_EQ(index.guess(5), SlotIndex::none);
  index.insert(5, 1);
  index.insert(6, 2);
  EXPECT_EQ(index.guess(5), 1U);
  EXPECT_EQ(index.guess(6), 2U);
  EXPECT_EQ(index.guess(7), SlotIndex::none);
}

}  // namespace
}  // namespace yuanyue
