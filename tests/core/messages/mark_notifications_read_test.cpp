// Messages are read once.
#include "core/messages/mark_notifications_read.h"

#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/messages/ids.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

TEST(MarkNotificationsRead, OnceAndForAll) {
  TestWorld world;
  const BlockKey key = licence_block("2026-11-25 09:00");
  world.fill(key, 100, 1);
  const Attempt made = world.book(alpha, key);
  const Attempt waiting = world.join_automatically(beta, key);
  world.cancel(alpha, made.booking);
  const NotificationId id = world.notifications(beta, notices::auto_accepted)[0].id;
  world.pass(ms_per_minute);
  const Instant read_at = world.now();
  EXPECT_EQ(world.execute(actor(beta), MarkNotificationsRead{{id, id}}).code(), accepted);
  world.pass(ms_per_minute);
  EXPECT_EQ(world.execute(actor(beta), MarkNotificationsRead{{id}}).code(), accepted);
  EXPECT_EQ(world.state().find(id)->read_at, read_at);
  EXPECT_EQ(world.execute(actor(beta), MarkNotificationsRead{}).code(), refusals::invalid);
  EXPECT_EQ(world.execute(actor(beta), MarkNotificationsRead{std::vector(101, id)}).code(),
            refusals::invalid);
}

}  // namespace
}  // namespace yuanyue::worlds
