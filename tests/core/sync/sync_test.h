// What the sync client's tests share: one server, one browser, three blocks.
#pragma once

#include <gtest/gtest.h>

#include "core/appointments/book_appointment.h"
#include "core/sync/sync_client.h"
#include "tests/core/sync/replica_harness.h"

namespace yuanyue::sync {

using worlds::alpha;
using worlds::beta;
using worlds::gamma_works;
using worlds::licence_block;

inline const BlockKey morning = licence_block("2026-11-25 09:00");
inline const BlockKey afternoon = licence_block("2026-11-25 14:00");
inline const BlockKey next_day = licence_block("2026-11-26 09:00");

inline AnyCommand book(Browser& browser, const BlockKey& block) {
  return BookAppointment{BookingId(browser.next_id()), block};
}

// Others take the block's two seats on the server.
inline void fill(FakeServer& server, const BlockKey& block) {
  static std::uint64_t ids = 0;
  for (const auto& who : {beta, gamma_works}) {
    const auto outcome = server.execute(
        worlds::actor(who), BookAppointment{BookingId(worlds::uuid(0xF1, ++ids)), block});
    ASSERT_TRUE(outcome.has_value());
  }
}

inline BookingId booking_in(const AnyCommand& command) {
  return command.as<BookAppointment>().booking;
}

struct SyncTest : testing::Test {
  FakeServer server;
  Browser browser{server, alpha};
};

}  // namespace yuanyue::sync
