#include "core/kernel/state.h"

#include <map>

#include <gtest/gtest.h>

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
  EXPECT_EQ(state.put(row), std::nullopt);
  Booking changed = row;
  changed.changes_used = 1;
  EXPECT_EQ(state.put(changed), Row(row));
  EXPECT_EQ(state.erase(row.id), Row(changed));
  EXPECT_EQ(state.erase(row.id), std::nullopt);
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
  Booking before = booking_row(1, alpha, licence_block("2026-11-25 09:00"));
  Booking after = booking_row(2, beta, licence_block("2026-11-25 09:00"));
  after.code = before.code;
  for (const Row& row : {Row(first), Row(second), Row(one), Row(two), Row(before), Row(after)}) {
    state.put(row);
  }
  const auto expect_the_last = [&] {
    EXPECT_EQ(state.user_by_name(first.name), second.id);
    EXPECT_EQ(state.enterprise_by_credit_code(one.credit_code), two.id);
    EXPECT_EQ(state.booking_by_code(before.code), after.id);
  };
  expect_the_last();
  // Who has lost a name takes it from nobody by going.
  state.erase(first.id);
  state.erase(one.id);
  state.erase(before.id);
  expect_the_last();
  state.erase(second.id);
  state.erase(two.id);
  state.erase(after.id);
  EXPECT_EQ(state.user_by_name(first.name), std::nullopt);
  EXPECT_EQ(state.enterprise_by_credit_code(one.credit_code), std::nullopt);
  EXPECT_EQ(state.booking_by_code(before.code), std::nullopt);
}

TEST(State, WhatIsNotThereIsErasedWithoutEffect) {
  State state;
  for (Row& row : park_rows()) state.put(std::move(row));
  const Snapshot before = take_snapshot(state);
  for (const RowKey& key :
       {RowKey(CalendarYearKey{1999}), RowKey(BlockOverrideKey{licence_block("2026-11-25 09:00")}),
        RowKey(ParkId::of("nowhere")), RowKey(HallId::of("nowhere")),
        RowKey(DepartmentId::of("nowhere")), RowKey(ServiceId::of("nowhere")),
        RowKey(EnterpriseId(uuid(99, 1))), RowKey(UserId(uuid(99, 2))),
        RowKey(licence_block("2026-11-25 09:00")), RowKey(BookingId(uuid(99, 3))),
        RowKey(WaitlistEntryId(uuid(99, 4))), RowKey(OfferId(uuid(99, 5))),
        RowKey(NotificationId(uuid(99, 6)))}) {
    EXPECT_EQ(state.erase(key), std::nullopt);
  }
  EXPECT_EQ(take_snapshot(state), before);
  EXPECT_TRUE(state.open_seats(EnterpriseId(uuid(99, 1))).empty());
  EXPECT_TRUE(state.open_entries(EnterpriseId(uuid(99, 1))).empty());
  EXPECT_TRUE(state.confirmed_bookings(licence_block("2026-11-25 09:00")).empty());
  EXPECT_EQ(state.booking_by_code("NOSUCH00"), std::nullopt);
}

// Random puts and erases of every indexed kind against a plain map.
TEST(State, IndexesAreWhatTheRowsSay) {
  State state;
  Snapshot model;
  Random random(7);
  const std::vector<BlockKey> blocks{licence_block("2026-11-25 09:00"),
                                     licence_block("2026-11-25 14:00")};
  for (std::uint64_t number = 1; number <= named_members; ++number) {
    for (const Row& row :
         {Row(enterprise_row(member(number), number)), Row(user_row(member(number), number))}) {
      state.put(row);
      model.insert_or_assign(key_of(row), row);
    }
  }
  for (int step = 0; step < 4000; ++step) {
    const std::uint64_t number = random.below(40);
    const Member who = member(1 + random.below(named_members));
    Row row;
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
        if (random.one_in(2)) block.queue.resize(2);
        row = block;
        break;
      }
      default: {
        User user = user_row(who, 1 + random.below(named_members));
        user.name = "name-" + std::to_string(who.user.low) + "-" + std::to_string(number % 3);
        row = user;
      }
    }
    const RowKey key = key_of(row);
    const auto it = model.find(key);
    const std::optional<Row> expected =
        it == model.end() ? std::nullopt : std::optional(it->second);
    if (random.one_in(3) && row.index() != Row(User{}).index()) {
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
