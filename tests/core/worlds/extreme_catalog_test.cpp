// Whatever the catalog allows and a command makes of it: every row, ledger entry and refusal can be
// written and read again. Regression: 20 wishes at a service of 84 blocks a day were accepted and
// made a row of 1,596 blocks, with which the store could not be opened any more.
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/appointments/book_appointment.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/override_block.h"
#include "core/appointments/reschedule_booking.h"
#include "core/catalog/catalog.h"
#include "core/catalog/ids.h"
#include "core/catalog/save_catalog.h"
#include "core/domains/codec.h"
#include "core/kernel/engine.h"
#include "core/kernel/row.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "core/wire/text_limits.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/random_park.h"
#include "tests/core/support/seen.h"

namespace yuanyue::worlds {
namespace {

// A text as long as it may be; in JSON each of its characters takes two.
std::string longest(std::size_t bytes) { return std::string(bytes, '"'); }

ServicePolicy largest_policy() {
  ServicePolicy policy;
  policy.notice.business_days = max_notice_business_days;
  policy.window_days = max_window_days;
  policy.cutoff_ms = 0;
  policy.reserve_release_ms = max_reserve_release_ms;
  policy.max_changes = max_max_changes;
  policy.max_open = max_max_open;
  policy.max_waitlist_entries = max_max_waitlist_entries;
  policy.max_waiting = max_max_waiting;
  policy.promote_after_business_days = max_promote_after_business_days;
  policy.hold_ms = max_hold_ms;
  policy.hold_min_ms = max_hold_min_ms;
  policy.undo_ms = max_undo_ms;
  return policy;
}

Hall largest_hall() {
  Hall row = hall_row();
  row.name = {longest(max_name_bytes), longest(max_name_bytes)};
  row.address = {longest(max_summary_bytes), longest(max_summary_bytes)};
  row.phone = longest(max_phone_bytes);
  for (auto& hours : row.schedule.weekly_hours) hours = {{TimeOfDay{0}, clock("23:59")}};
  // Hundreds of closed days, which every deadline beyond them explains one by one.
  for (int i = 0; i < 400; ++i) {
    row.schedule.closures.push_back({day("2027-01-01") + i, longest(max_name_bytes)});
  }
  return row;
}

// As many blocks a day as there can be.
Service largest_service(const ServiceId& id, int capacity) {
  Service row = licence_row();
  row.id = id;
  row.name = {longest(max_name_bytes), longest(max_name_bytes)};
  row.policy = largest_policy();
  row.statutory_business_days = max_statutory_business_days;
  row.steps.assign(max_steps, {longest(max_name_bytes), ""});
  row.weekly.clear();
  constexpr int length = (24 * 60 - 1) / static_cast<int>(max_template_lines);
  for (int i = 0; i < static_cast<int>(max_template_lines); ++i) {
    const TimeOfDay start{static_cast<std::int16_t>(i * length)};
    const TimeOfDay end{static_cast<std::int16_t>(i * length + length)};
    row.weekly.push_back({.span = {start, end}, .capacity = capacity});
  }
  return row;
}

class ExtremePark {
 public:
  explicit ExtremePark(Instant now) : now_(now) {
    for (AnyRow& row : park_rows()) state_.put(std::move(row));
  }

  const State& state() const { return state_; }
  Instant now() const { return now_; }
  void put(AnyRow row) { state_.put(std::move(row)); }
  Uuid next_id() { return uuid(7, ++ids_); }

  // The command comes as a text, as everything does; what comes of it must go into one.
  Result<Outcome> give(const Actor& who, const AnyCommand& command) {
    const auto read = wire::decode_command(wire::encode(command));
    if (!read) return std::unexpected(refuse_invalid(read.error().path));
    auto result = execute(state_, {CommandId(next_id()), who, now_, command});
    check(result);
    return result;
  }
  // The field that makes a command of the console, which is no text, refused.
  std::string field_refused(const AnyCommand& command) {
    const auto result = decide(state_, {CommandId(next_id()), console, now_, command});
    return result ? "none" : std::string(invalid_field(result.error()));
  }
  void pass(std::int64_t duration_ms) {
    now_ = now_ + duration_ms;
    while (auto outcome = run_due(state_, now_, CommandId(next_id()))) {
      check(Result<Outcome>(*std::move(outcome)));
    }
  }

 private:
  template <class Value, class Decode>
  static void expect_readable(const Value& value, Decode decode) {
    const std::string text = wire::encode(value);
    const auto read = decode(text);
    ASSERT_TRUE(read.has_value()) << to_string(read.error().code) << " at " << read.error().path
                                  << ", " << text.size() << " bytes: " << text.substr(0, 300);
    EXPECT_EQ(*read, value);
  }
  static void check(const Result<Outcome>& result) {
    if (!result) return expect_readable(result.error(), wire::decode_rejection);
    std::set<AnyKey> written;  // what is stored of a row is its last change
    for (auto change = result->changes().rbegin(); change != result->changes().rend(); ++change) {
      if (!change->after() || !written.insert(key_of(change->after())).second) continue;
      expect_readable(AnyRow(change->after()), wire::decode_row);
    }
    for (const LedgerEntry& entry : result->ledger) {
      expect_readable(entry, wire::decode_ledger_entry);
    }
  }

  State state_;
  Instant now_;
  std::uint64_t ids_ = 0;
};

std::vector<Wish> whole_days(Date first, std::size_t count) {
  std::vector<Wish> wishes;
  for (Date date = first; wishes.size() < count; date = date + 1) {
    if (!is_weekend(weekday_of(date))) wishes.push_back({.date = date});
  }
  return wishes;
}

TEST(ExtremeCatalog, WishesForMoreBlocksThanARowHoldsAreRefusedWithAWayForward) {
  ExtremePark park(at("2026-11-02 09:00"));
  ASSERT_TRUE(park.give(admin_actor, SaveCatalog{.halls = {largest_hall()},
                                                 .services = {largest_service(licence, 0)}}));
  JoinWaitlist join{.entry = WaitlistEntryId(park.next_id()), .service = licence};
  join.wishes = whole_days(day("2026-11-03"), max_wishes);  // 2,000 blocks
  const auto refused = park.give(actor(alpha), join);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, refusals::too_many_blocks);
  EXPECT_EQ(about(refused.error()).limit, static_cast<int>(max_entry_blocks));
  ASSERT_EQ(refused.error().ways.size(), 1U);
  const WayForward way = refused.error().ways[0];
  ASSERT_EQ(way.kind, ways::join_waitlist);

  join.wishes = whole_days(day("2026-11-03"), max_entry_blocks / max_template_lines);
  ASSERT_TRUE(park.give(actor(alpha), join));
  EXPECT_EQ(park.state().find(join.entry)->blocks.size(), max_entry_blocks);
  const auto changed = park.give(
      actor(alpha),
      change_seen(park.state(), join.entry, whole_days(day("2026-11-03"), max_wishes), true));
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, refusals::too_many_blocks);
  EXPECT_EQ(changed.error().ways[0].kind, ways::view_entry);
  EXPECT_TRUE(park.give(actor(beta), JoinWaitlist{.entry = WaitlistEntryId(park.next_id()),
                                                  .service = licence,
                                                  .wishes = {wish(*about(way).block)}}));
}

TEST(ExtremeCatalog, ALongDeadlineCanBeReadAgain) {
  ExtremePark park(at("2027-12-01 09:00"));
  ASSERT_TRUE(park.give(admin_actor, SaveCatalog{.halls = {largest_hall()},
                                                 .services = {largest_service(licence, 1)}}));
  const BlockKey late = licence_block("2028-02-07 00:14");
  const BookingId booking(park.next_id());
  ASSERT_TRUE(park.give(actor(alpha), BookAppointment{booking, late}));
  const auto refused =
      park.give(actor(alpha), RescheduleBooking{booking, late, licence_block("2028-02-08 00:14")});
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().code, refusals::past_deadline);
  EXPECT_GT(about(refused.error()).deadline->steps.size(), 400U);
}

// Offers of a whole block withdrawn at once stand in its queue beside those who waited.
TEST(ExtremeCatalog, AClosureFillsAQueueWithAllWhoHadOffers) {
#ifdef __EMSCRIPTEN__
  constexpr int seats = 40, places = 20;
#else
  constexpr int seats = max_block_capacity, places = max_max_waiting;
#endif
  ExtremePark park(at("2026-11-02 09:00"));
  Service service = licence_row();
  service.policy = largest_policy();
  service.policy.max_waiting = places;
  service.policy.hold_min_ms = ms_per_day;
  for (TemplateBlock& line : service.weekly) line.capacity = 0;
  park.put(service);
  const BlockKey key = licence_block("2026-11-25 09:00");
  std::uint64_t number = 1000;
  const auto fill_queue = [&] {
    const Block* block = park.state().find(key);
    for (int i = block == nullptr ? 0 : of_all(block->waiting); i < places; ++i) {
      const Member who = member(++number);
      park.put(enterprise_row(who, number));
      park.put(user_row(who, number));
      ASSERT_TRUE(park.give(actor(who), JoinWaitlist{.entry = WaitlistEntryId(park.next_id()),
                                                     .service = licence,
                                                     .wishes = {wish(key)}}));
    }
  };
  for (int capacity = places; capacity <= seats; capacity += places) {
    fill_queue();
    ASSERT_TRUE(park.give(admin_actor, OverrideBlock{{key, false, capacity, "加开"}}));
  }
  fill_queue();
  EXPECT_EQ(park.state().find(key)->held, seats);
  ASSERT_TRUE(park.give(admin_actor, OverrideBlock{{key, true, {}, "停电"}}));
  EXPECT_EQ(of_all(park.state().find(key)->waiting), seats + places);
}

TEST(ExtremeCatalog, WhateverHappensThereCanBeReadAgain) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    ExtremePark park(RandomPark::start());
    RandomPark random(seed, 14 * ms_per_hour);
    for (AnyRow& row : RandomPark::rows()) park.put(std::move(row));
    Hall hall = largest_hall();
    hall.schedule.closures.clear();
    ASSERT_TRUE(park.give(admin_actor,
                          SaveCatalog{.halls = {hall},
                                      .services = {largest_service(licence, 0),
                                                   largest_service(tax, max_block_capacity)}}));
    for (int number = 0; number < 600; ++number) {
      const RandomStep step = random.next(park.state(), park.now());
      park.pass(step.pause_ms);
      if (const auto result = park.give(step.who, step.command)) random.remember(*result);
      if (::testing::Test::HasFailure()) FAIL() << "seed " << seed << ", step " << number;
    }
  }
}

TEST(ExtremeCatalog, TextsThatARowCannotHoldAreRefused) {
  ExtremePark park(at("2026-11-02 09:00"));
  const auto answer = [&](const AnyCommand& command) { return park.field_refused(command); };
  Enterprise enterprise = *park.state().find(alpha.enterprise);
  enterprise.name = longest(max_name_bytes + 1);
  EXPECT_EQ(answer(SaveEnterprise{enterprise}), "enterprise.name");
  enterprise.name = longest(max_name_bytes);
  EXPECT_EQ(answer(SaveEnterprise{enterprise}), "none");
  enterprise.contact = longest(max_name_bytes + 1);
  EXPECT_EQ(answer(SaveEnterprise{enterprise}), "enterprise.contact");
  User user = *park.state().find(alpha.user);
  user.display_name = longest(max_name_bytes + 1);
  EXPECT_EQ(answer(SaveUser{user}), "user.display_name");
  const BlockKey key = licence_block("2026-11-25 09:00");
  EXPECT_EQ(answer(OverrideBlock{{key, true, {}, longest(max_note_bytes + 1)}}), "block.reason");
}

}  // namespace
}  // namespace yuanyue::worlds
