// A Wednesday morning whose seats are all taken, and the blocks around it.
#pragma once

#include <vector>

#include "core/catalog/catalog.h"
#include "core/people/enterprise.h"
#include "core/people/user.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {

inline const BlockKey wednesday = licence_block("2026-11-25 09:00");
inline const BlockKey afternoon = licence_block("2026-11-25 14:00");
inline const BlockKey thursday = licence_block("2026-11-26 09:00");
inline const BlockKey friday = licence_block("2026-11-27 09:00");

inline void change_policy(World& world, void (*change)(ServicePolicy&)) {
  Service row = *world.state().find(licence);
  change(row.policy);
  world.put(row);
}

// A world whose Wednesday morning is full; `holders` are the bookings in it.
struct FullWednesday : TestWorld {
  FullWednesday() {
    for (std::uint64_t number = 100; number < 102; ++number) {
      put(enterprise_row(member(number), number));
      put(user_row(member(number), number));
      holders.push_back(book(member(number), wednesday).booking);
    }
  }
  void free_one() {
    const std::uint64_t number = 100 + freed_++;
    EXPECT_EQ(cancel(member(number), holders[static_cast<std::size_t>(number - 100)]).code(),
              accepted);
  }
  std::vector<BookingId> holders;

 private:
  std::uint64_t freed_ = 0;
};

}  // namespace yuanyue::worlds
