// A command on something seen is decided on what was seen: what has changed under its sender's eyes
// is answered with `stale` and the way to look at it.
#include <gtest/gtest.h>

#include "core/appointments/answer_offer.h"
#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/override_block.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "core/people/user.h"
#include "tests/core/support/full_wednesday.h"
#include "tests/core/support/kinds.h"

namespace yuanyue::worlds {
namespace {

void expect_stale(const Attempt& attempt, WayName way) {
  ASSERT_EQ(attempt.code(), refusals::stale);
  ASSERT_EQ(attempt.refusal->ways.size(), 1U);
  EXPECT_EQ(attempt.refusal->ways[0].kind, way);
}

TEST(Seen, ABookingMovedElsewhereIsNotCancelledAtItsNewTime) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  const CancelBooking seen_before = cancel_seen(world.state(), made.booking);
  ASSERT_EQ(world.reschedule(alpha, made.booking, thursday).code(), accepted);
  const Attempt stale = world.execute(actor(alpha), seen_before);
  expect_stale(stale, ways::view_booking);
  EXPECT_EQ(stale.refusal->code.get_if<Stale>()->row, AnyKey(made.booking));
  EXPECT_EQ(world.booking(made.booking).status, BookingStatus::confirmed);
  EXPECT_EQ(world.cancel(alpha, made.booking).code(), accepted);
}

TEST(Seen, AStaleViewComesBeforeTheDeadlineOfThePlaceNobodySaw) {
  TestWorld world;
  const Attempt made = world.book(alpha, friday);
  ASSERT_EQ(world.reschedule(alpha, made.booking, wednesday).code(), accepted);
  world.go_to("2026-11-24 10:00");  // too late for Wednesday
  const RescheduleBooking seen_before{made.booking, friday, thursday};
  expect_stale(world.execute(actor(alpha), seen_before), ways::view_booking);
}

TEST(Seen, AChangeIsTakenBackOnlyFromWhereToWhereItWasSeen) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.reschedule(alpha, made.booking, thursday);
  const UndoReschedule seen_before = undo_seen(world.state(), made.booking);
  world.reschedule(alpha, made.booking, friday);
  expect_stale(world.execute(actor(alpha), seen_before), ways::view_booking);
  world.reschedule(alpha, made.booking, thursday);  // where it was seen, but coming from Friday
  expect_stale(world.execute(actor(alpha), seen_before), ways::view_booking);
  EXPECT_EQ(world.undo(alpha, made.booking).code(), accepted);
  EXPECT_EQ(world.booking(made.booking).block, friday);
}

TEST(Seen, AnOfferedSwapGivesUpOnlyTheSeatThatWasSeen) {
  FullWednesday world;
  const Attempt made = world.book(alpha, thursday);
  const Attempt waiting = world.join_to_swap(alpha, made.booking, wednesday);
  world.free_one();
  const OfferId offer = world.offer_of(waiting.entry)->id;
  const AcceptOffer seen_before = accept_seen(world.state(), offer);
  ASSERT_EQ(world.reschedule(alpha, made.booking, friday).code(), accepted);
  expect_stale(world.execute(actor(alpha), seen_before), ways::view_booking);
  EXPECT_EQ(world.booking(made.booking).block, friday);
  EXPECT_EQ(world.execute(actor(alpha), AcceptOffer{offer, {}}).code(), refusals::invalid);
  EXPECT_EQ(world.accept(alpha, waiting.entry).code(), accepted);
  EXPECT_EQ(world.booking(made.booking).block, wednesday);
}

TEST(Seen, AWishToSwapNamesTheSeatThatWasSeen) {
  FullWednesday world;
  const Attempt made = world.book(alpha, thursday);
  JoinWaitlist command{.entry = WaitlistEntryId(world.next_id()),
                       .service = licence,
                       .wishes = {wish(wednesday)},
                       .swap_booking = made.booking,
                       .auto_accept = true};
  EXPECT_EQ(invalid_field(*world.execute(actor(alpha), command).refusal), "swap_from");
  command.swap_from = thursday;
  world.reschedule(alpha, made.booking, friday);
  expect_stale(world.execute(actor(alpha), command), ways::view_booking);
  command.swap_from = friday;
  EXPECT_EQ(world.execute(actor(alpha), command).code(), accepted);
}

TEST(Seen, AnEntryChangedElsewhereIsNotOverwritten) {
  FullWednesday world;
  world.fill(afternoon, 110, 2);
  world.fill(friday, 120, 2);
  const Attempt waiting = world.join(alpha, wednesday);
  const AnyCommand here = change_seen(world.state(), waiting.entry, {wish(afternoon)}, false);
  const AnyCommand there = change_seen(world.state(), waiting.entry, {wish(friday)}, false);
  ASSERT_EQ(world.execute(actor(alpha), here).code(), accepted);
  expect_stale(world.execute(actor(alpha), there), ways::view_entry);
  EXPECT_EQ(world.entry(waiting.entry).blocks, std::vector{afternoon});
}

TEST(Seen, ASwitchOfOneDeviceDoesNotTakeTheWishesOfAnotherBack) {
  FullWednesday world;
  world.fill(friday, 120, 2);
  const Attempt waiting = world.join(alpha, wednesday);
  const AnyCommand automatic = change_seen(world.state(), waiting.entry, {wish(wednesday)}, true);
  const AnyCommand other = change_seen(world.state(), waiting.entry, {wish(friday)}, false);
  ASSERT_EQ(world.execute(actor(alpha), other).code(), accepted);
  expect_stale(world.execute(actor(alpha), automatic), ways::view_entry);
}

TEST(Seen, AnEntryThatGotAnOfferMeanwhileIsNotLeft) {
  FullWednesday world;
  const Attempt waiting = world.join(alpha, wednesday);
  const LeaveWaitlist seen_before = leave_seen(world.state(), waiting.entry);
  world.free_one();
  expect_stale(world.execute(actor(alpha), seen_before), ways::view_entry);
  EXPECT_NE(world.offer_of(waiting.entry), nullptr);
  EXPECT_EQ(world.leave(alpha, waiting.entry).code(), accepted);
}

TEST(Seen, AdministratorsDoNotOverwriteEachOther) {
  TestWorld world;
  const BlockOverride first{wednesday, false, 5, "加开"};
  const BlockOverride second{wednesday, true, {}, "停电"};
  ASSERT_EQ(world.administer(OverrideBlock{first}).code(), accepted);
  EXPECT_EQ(world.administer(OverrideBlock{second, second}).code(), refusals::stale);
  EXPECT_EQ(world.administer(RemoveBlockOverride{wednesday, second}).code(), refusals::stale);
  EXPECT_EQ(world.administer(OverrideBlock{second, first}).code(), accepted);
  EXPECT_EQ(world.administer(RemoveBlockOverride{wednesday, second}).code(), accepted);
  EXPECT_EQ(world.administer(OverrideBlock{first, second}).code(), refusals::stale);

  Enterprise enterprise = *world.state().find(alpha.enterprise);
  const Enterprise enterprise_seen = enterprise;
  enterprise.contact = "王工 010-1";
  EXPECT_EQ(world.administer(SaveEnterprise{enterprise, enterprise_seen}).code(), accepted);
  EXPECT_EQ(world.administer(SaveEnterprise{enterprise, enterprise_seen}).code(), refusals::stale);
  User user = *world.state().find(alpha.user);
  const User user_seen = user;
  user.disabled = true;
  EXPECT_EQ(world.administer(SaveUser{user, user_seen}).code(), accepted);
  EXPECT_EQ(world.administer(SaveUser{user, user_seen}).code(), refusals::stale);
}

}  // namespace
}  // namespace yuanyue::worlds
