#include "tests/core/support/every_type.h"

#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "core/kernel/domain.h"
#include "core/kernel/state.h"
#include "tests/core/support/maker.h"
#include "tests/core/support/park.h"
#include "tests/core/support/samples.h"
#include "tests/core/support/snapshot.h"

namespace yuanyue::worlds {
namespace {

template <class List>
std::set<std::string_view> names_in() {
  std::set<std::string_view> names;
  List::for_each([&]<class Type>() { names.insert(Type::type.name); });
  return names;
}
template <class Type>
std::set<std::string_view> names_of(std::span<const Type* const> types) {
  std::set<std::string_view> names;
  for (const Type* type : types) names.insert(type->name);
  return names;
}

TEST(EveryType, IsInADomainAndInTheTestsLists) {
  EXPECT_EQ(names_in<EveryRow>(), names_of(known_domains().rows()));
  EXPECT_EQ(names_in<EveryCommand>(), names_of(known_domains().commands()));
}

// A row that is described but not in its domain's list stops the program at its first use.
TEST(EveryType, ARowOfEachTypeCanBePutFoundAndErased) {
  State state;
  for (const AnyRow& row : wire::samples::rows()) {
    state.put(row);
    EXPECT_EQ(state.find(key_of(row)), row.ref()) << row.type().name;
  }
  for (const AnyRow& row : wire::samples::rows()) state.erase(key_of(row));
  for_each_row(state, state.domains().rows(),
               [](const RowRef& row) { ADD_FAILURE() << row.type().name; });
}

// No two bookings have one code.
std::string code_of_its_own(const Booking& booking) {
  return to_string(booking.id).substr(35) + booking.code.substr(0, 15);
}

// Put over each other and erased, in any order: an index follows its rows and keeps nothing of
// them.
TEST(EveryType, IndexesFollowRandomRows) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Maker maker(seed);
    maker.use_ids({uuid(5, 1), uuid(5, 2), uuid(5, 3)});
    State state;
    for (int round = 0; round < 30; ++round) {
      for (AnyRow& row : one_row_each(maker, Amount::some)) {
        if (auto* booking = row.get_if<Booking>()) booking->code = code_of_its_own(*booking);
        if (maker.random().one_in(3)) state.erase(key_of(row));
        state.put(row);
      }
    }
    const Snapshot rows = take_snapshot(state);
    EXPECT_EQ(index_difference(state, rebuild(rows)), "") << "seed " << seed;
    for (const auto& [key, row] : rows) {
      if (maker.random().one_in(2)) state.erase(key);
    }
    EXPECT_EQ(index_difference(state, rebuild(take_snapshot(state))), "") << "seed " << seed;
  }
}

TEST(EveryType, DomainsStandInTheirOrderAndNamesAreTakenOnce) {
  EXPECT_EQ(known_domains().row("no_such_row"), nullptr);
  EXPECT_EQ(known_domains().command("no_such_command"), nullptr);
  EXPECT_EQ(known_domains().row("booking"), &Booking::type);
}

}  // namespace
}  // namespace yuanyue::worlds
