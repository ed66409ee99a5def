#include "core/kernel/state.h"

#include <map>

#include <gtest/gtest.h>

#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/calendar_year.h"
#include "core/catalog/catalog.h"
#include "core/messages/ids.h"
#include "core/messages/notification.h"
#include "core/people/accounts.h"
#include "core/people/enterprise.h"
#include "core/people/ids.h"
#include "core/people/user.h"
#include "tests/core/support/park.h"
#include "tests/core/support/random.h"
#include "tests/core/support/snapshot.h"

namespace yuanyue::worlds {
namespace {

Booking booking_row(std::uint64_t number, const Member& who, const BlockKey& block) {
  Booking row;
  row.id = BookingId(uuid(20, number));
  row.code = "CODE" + std::to_string(number);
  row.enterprise = who.enterprise;
  row.block = block;
  row.end = clock("11:00");
  return row;
}

TEST(State, GivesBackTheRowThatWasThere) {
  State state;
  const BlockKey block = licence_block("2026-11-25 09:00");
  Booking row = booking_row(1, alpha, block);
  EXPECT_EQ(state.put(row), AnyRow());
  Booking changed = row;
  changed.changes_used = 1;
  EXPECT_EQ(state.put(changed), AnyRow(row));
  EXPECT_EQ(state.erase(row.id), AnyRow(changed));
  EXPECT_EQ(state.erase(row.id), AnyRow());
  EXPECT_EQ(state.find(row.id), nullptr);
}

TEST(State, RowsStayWhereTheyAreUntilErased) {
  State state;
  const BlockKey block = licence_block("2026-11-25 09:00");
  state.put(booking_row(0, alpha, block));
  const Booking* first = state.find(BookingId(uuid(20, 0)));
  for (std::uint64_t number = 1; number < 5000; ++number) {
    state.put(booking_row(number, beta, block));
  }
  EXPECT_EQ(state.find(BookingId(uuid(20, 0))), first);
}

TEST(State, NamesBelongToWhoHasThemLast) {
  State state;
  User first = user_row(alpha, 1);
  User second = user_row(beta, 2);
  second.name = first.name;
  Enterprise one = enterprise_row(alpha, 1);
  Enterprise two = enterprise_row(beta, 2);
  two.credit_code = one.credit_code;
  for (const AnyRow& row : {AnyRow(first), AnyRow(second), AnyRow(one), AnyRow(two)}) {
    state.put(row);
  }
  const auto expect_the_last = [&] {
    EXPECT_EQ(user_by_name(state, first.name), second.id);
    EXPECT_EQ(enterprise_by_credit_code(state, one.credit_code), two.id);
  };
  expect_the_last();
  // Who has lost a name takes it from nobody by going.
  state.erase(first.id);
  state.erase(one.id);
  expect_the_last();
  state.erase(second.id);
  state.erase(two.id);
  EXPECT_EQ(user_by_name(state, first.name), std::nullopt);
  EXPECT_EQ(enterprise_by_credit_code(state, one.credit_code), std::nullopt);
}

TEST(State, ACodeThatTwoBookingsHaveFindsTheOneThatIsLeft) {
  for (const bool first_goes : {true, false}) {
    State state;
    Booking first = booking_row(1, alpha, licence_block("2026-11-25 09:00"));
    Booking second = booking_row(2, beta, licence_block("2026-11-25 09:00"));
    second.code = first.code;
    state.put(first);
    state.put(second);
    EXPECT_TRUE(booking_by_code(state, first.code).has_value());
    const Booking& gone = first_goes ? first : second;
    const Booking& left = first_goes ? second : first;
    state.erase(gone.id);
    EXPECT_EQ(booking_by_code(state, first.code), left.id);
    state.erase(left.id);
    EXPECT_EQ(booking_by_code(state, first.code), std::nullopt);
  }
}

TEST(State, WhatIsNotThereIsErasedWithoutEffect) {
  State state;
  for (AnyRow& row : park_rows()) state.put(std::move(row));
  const Snapshot before = take_snapshot(state);
  for (const AnyKey& key :
       {AnyKey(OfficialYearKey{1999}), AnyKey(BlockOverrideKey{licence_block("2026-11-25 09:00")}),
        AnyKey(ParkId::of("nowhere")), AnyKey(HallId::of("nowhere")),
        AnyKey(DepartmentId::of("nowhere")), AnyKey(ServiceId::of("nowhere")),
        AnyKey(EnterpriseId(uuid(99, 1))), AnyKey(UserId(uuid(99, 2))),
        AnyKey(licence_block("2026-11-25 09:00")), AnyKey(BookingId(uuid(99, 3))),
        AnyKey(WaitlistEntryId(uuid(99, 4))), AnyKey(OfferId(uuid(99, 5))),
        AnyKey(NotificationId(uuid(99, 6)))}) {
    EXPECT_EQ(state.erase(key), AnyRow());
  }
  EXPECT_EQ(take_snapshot(state), before);
  EXPECT_TRUE(open_seats(state, EnterpriseId(uuid(99, 1))).empty());
  EXPECT_TRUE(open_entries(state, EnterpriseId(uuid(99, 1))).empty());
  EXPECT_TRUE(confirmed_bookings(state, licence_block("2026-11-25 09:00")).empty());
  EXPECT_EQ(booking_by_code(state, "NOSUCH00"), std::nullopt);
}

// Random puts and erases of every indexed kind against a plain map.
TEST(State, IndexesAreWhatTheRowsSay) {
  State state;
  Snapshot model;
  Random random(7);
  const std::vector<BlockKey> blocks{licence_block("2026-11-25 09:00"),
                                     licence_block("2026-11-25 14:00")};
  for (std::uint64_t number = 1; number <= named_members; ++number) {
    for (const AnyRow& row : {AnyRow(enterprise_row(member(number), number)),
                              AnyRow(user_row(member(number), number))}) {
      state.put(row);
      model.insert_or_assign(key_of(row), row);
    }
  }
  for (int step = 0; step < 4000; ++step) {
    const std::uint64_t number = random.below(40);
    const Member who = member(1 + random.below(named_members));
    AnyRow row;
    switch (random.below(5)) {
      case 0: {
        Booking booking = booking_row(number, who, random.pick(blocks));
        booking.status = static_cast<BookingStatus>(random.below(3));
        row = booking;
        break;
      }
      case 1: {
        WaitlistEntry entry;
        entry.id = WaitlistEntryId(uuid(21, number));
        entry.enterprise = who.enterprise;
        entry.status = static_cast<WaitlistStatus>(random.below(5));
        entry.promote_at = random.one_in(3) ? never : Instant{random.between(0, 9)};
        entry.closes_at = Instant{random.between(0, 9)};
        row = entry;
        break;
      }
      case 2: {
        Offer offer;
        offer.id = OfferId(uuid(22, number));
        offer.expires_at = Instant{random.between(0, 9)};
        offer.status = static_cast<OfferStatus>(random.below(5));
        row = offer;
        break;
      }
      case 3: {
        Block block{.key = random.pick(blocks), .end = clock("16:00")};
        block.booked = random.between(0, 3);
        if (random.one_in(2)) block.reserve_release_at = Instant{random.between(0, 9)};
        if (random.one_in(2)) block.waiting[4] = 2;
        row = block;
        break;
      }
      default: {
        User user = user_row(who, 1 + random.below(named_members));
        user.name = "name-" + std::to_string(who.user.low) + "-" + std::to_string(number % 3);
        row = user;
      }
    }
    const AnyKey key = key_of(row);
    const auto it = model.find(key);
    const AnyRow expected = it == model.end() ? AnyRow() : it->second;
    if (random.one_in(3) && !row.is<User>()) {
      EXPECT_EQ(state.erase(key), expected);
      model.erase(key);
    } else {
      EXPECT_EQ(state.put(row), expected);
      model.insert_or_assign(key, row);
    }
    ASSERT_EQ(index_difference(state, rebuild(model)), "") << step;
  }
  EXPECT_TRUE(take_snapshot(state) == model);
}

}  // namespace
}  // namespace yuanyue::worlds
