#include "core/appointments/consequences.h"

#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/override_block.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/catalog/save_catalog.h"
#include "core/kernel/command.h"
#include "core/people/save_user.h"
#include "core/people/user.h"
#include "tests/core/support/full_wednesday.h"
#include "tests/core/support/kinds.h"

namespace yuanyue::worlds {
namespace {

// World's own state is not to be changed by looking.
Consequences touched(const World& world, const AnyCommand& command) {
  State state = rebuild(take_snapshot(world.state()));
  auto found = consequences_of(state, {CommandId(uuid(6, 1)), console, world.now(), command});
  EXPECT_TRUE(found.has_value());
  EXPECT_EQ(take_snapshot(state), take_snapshot(world.state())) << "looking changed the state";
  return found ? *std::move(found) : Consequences{};
}

TEST(Consequences, OfNothingAreNothing) {
  FullWednesday world;
  EXPECT_EQ(touched(world, SaveCatalog{.services = {licence_row()}}), Consequences{});
}

TEST(Consequences, AClosureNamesWhoMustMoveAndWhoseOfferIsTakenBack) {
  FullWednesday world;
  const Attempt waiting = world.join(alpha, wednesday);
  world.free_one();
  const OfferId offer = world.offer_of(waiting.entry)->id;
  const OverrideBlock close{{wednesday, true, {}, "停电"}};
  Consequences expected;
  expected.must_move = {world.holders[1]};
  expected.offers_taken_back = {offer};
  EXPECT_EQ(touched(world, close), expected);
  ASSERT_EQ(world.administer(close).code(), accepted);

  Consequences back;
  back.need_not_move = {world.holders[1]};
  back.seats_offered = {wednesday};
  EXPECT_EQ(touched(world, RemoveBlockOverride{wednesday}), back);
}

TEST(Consequences, LessCapacityNamesBlocksWithMoreSeatsGiven) {
  FullWednesday world;
  const AnyCommand fewer = OverrideBlock{{wednesday, false, 1, "缺员"}};
  Consequences expected;
  expected.crowded = {{wednesday, 2, 1}};
  EXPECT_EQ(touched(world, fewer), expected);
  world.administer(fewer);
  EXPECT_EQ(touched(world, fewer), Consequences{}) << "crowded already";

  const AnyCommand none = OverrideBlock{{wednesday, false, 0, "缺员"}};
  expected.crowded = {{wednesday, 2, 0}};
  EXPECT_EQ(touched(world, none), expected) << "more so";
  world.administer(none);
  EXPECT_EQ(touched(world, fewer), Consequences{}) << "less so";
}

TEST(Consequences, LessCapacityCountsSeatsThatAreOfferedAsGiven) {
  FullWednesday world;
  ASSERT_EQ(world.join(alpha, wednesday).code(), accepted);
  world.free_one();  // held for alpha
  Consequences expected;
  expected.crowded = {{wednesday, 2, 1}};
  EXPECT_EQ(touched(world, OverrideBlock{{wednesday, false, 1, "缺员"}}), expected);
}

TEST(Consequences, ALongerNoticeRuleNamesWhoCanNoLongerMove) {
  FullWednesday world;
  const Attempt later = world.book(alpha, friday);
  world.go_to("2026-11-20 10:00");  // Friday; with 3 business days Monday is still early enough
  Service row = licence_row();
  row.policy.notice.business_days = 5;  // Wednesday's last day was Thursday, Friday's is Monday
  Consequences expected;
  expected.no_longer_movable = world.holders;
  std::ranges::sort(expected.no_longer_movable);
  EXPECT_EQ(touched(world, SaveCatalog{.services = {row}}), expected);
  row.active = false;
  expected.no_longer_movable.push_back(later.booking);
  std::ranges::sort(expected.no_longer_movable);
  EXPECT_EQ(touched(world, SaveCatalog{.services = {row}}), expected);
}

TEST(Consequences, TheLastAccountNamesTheEnterpriseThatIsCutOff) {
  FullWednesday world;
  User row = *world.state().find(alpha.user);
  row.disabled = true;
  EXPECT_EQ(touched(world, SaveUser{row}), Consequences{}) << "it holds and awaits nothing";
  const Attempt waiting = world.join(alpha, wednesday);
  world.free_one();
  Consequences expected;
  expected.cut_off = {alpha.enterprise};
  expected.offers_taken_back = {world.offer_of(waiting.entry)->id};
  EXPECT_EQ(touched(world, SaveUser{row}), expected);
}

TEST(Consequences, OfWhatIsRefusedAreItsReasons) {
  TestWorld world;
  State state = rebuild(take_snapshot(world.state()));
  const auto found = consequences_of(
      state, {CommandId(uuid(6, 1)), console, world.now(), RemoveBlockOverride{wednesday}});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, refusals::not_found);
}

}  // namespace
}  // namespace yuanyue::worlds
