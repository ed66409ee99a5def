#include "tests/core/support/every_type.h"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "core/kernel/domain.h"
#include "core/kernel/state.h"
#include "tests/core/support/samples.h"

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

TEST(EveryType, DomainsStandInTheirOrderAndNamesAreTakenOnce) {
  EXPECT_EQ(known_domains().row("no_such_row"), nullptr);
  EXPECT_EQ(known_domains().command("no_such_command"), nullptr);
  EXPECT_EQ(known_domains().row("booking"), &Booking::type);
}

}  // namespace
}  // namespace yuanyue::worlds
