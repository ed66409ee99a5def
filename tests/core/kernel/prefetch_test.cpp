#include "core/kernel/prefetch.h"

#include <gtest/gtest.h>

#include "core/appointments/book_appointment.h"
#include "core/appointments/reschedule_booking.h"
#include "core/kernel/command.h"
#include "core/kernel/engine.h"
#include "tests/core/support/park.h"
#include "tests/core/support/samples.h"
#include "tests/core/support/snapshot.h"

namespace yuanyue::worlds {
namespace {

// Whoever asks for whatever, before anything is known of it or after.
TEST(Prefetch, ChangesNothing) {
  State state;
  for (const bool is_filled : {false, true}) {
    if (is_filled) {
      for (AnyRow& row : park_rows()) state.put(std::move(row));
      const BookAppointment book{BookingId(uuid(0xB0, 1)), licence_block("2026-11-25 09:00")};
      ASSERT_TRUE(
          execute(state, {CommandId(uuid(0x0B, 1)), actor(alpha), at("2026-11-23 09:00"), book})
              .has_value());
    }
    std::vector<AnyCommand> commands = wire::samples::commands();
    commands.emplace_back(RescheduleBooking{BookingId(uuid(0xB0, 1)),
                                            licence_block("2026-11-25 09:00"),
                                            licence_block("2026-11-25 14:00")});
    const Snapshot before = take_snapshot(state);
    for (const Actor& who : {actor(alpha), admin_actor, console, system_actor}) {
      for (const AnyCommand& command : commands) {
        for (const PrefetchStep step : prefetch_steps) prefetch(state, who, command, step);
      }
    }
    EXPECT_EQ(take_snapshot(state), before);
  }
}

}  // namespace
}  // namespace yuanyue::worlds
