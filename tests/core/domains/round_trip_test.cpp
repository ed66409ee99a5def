// Every value comes back as it went, and its text is canonical.
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/appointments/names.h"
#include "core/appointments/reschedule_booking.h"
#include "core/catalog/calendar_tables.h"
#include "core/catalog/calendar_year.h"
#include "core/catalog/catalog.h"
#include "core/domains/codec.h"
#include "core/kernel/command.h"
#include "core/kernel/row.h"
#include "core/people/role.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/maker.h"
#include "tests/core/support/park.h"
#include "tests/core/support/samples.h"

namespace yuanyue::wire {
namespace {

using worlds::Amount;

// nlohmann's objects are sorted by key and its dump has no whitespace.
void expect_canonical(const std::string& text) {
  const auto parsed = nlohmann::json::parse(text, nullptr, false);
  ASSERT_FALSE(parsed.is_discarded()) << text;
  EXPECT_EQ(parsed.dump(), text);
}

template <class Value, class Decode>
void expect_round_trip(const Value& value, Decode decode) {
  const std::string text = encode(value);
  expect_canonical(text);
  const auto back = decode(text);
  ASSERT_TRUE(back.has_value()) << to_string(back.error().code) << " at " << back.error().path
                                << " of " << text;
  EXPECT_EQ(*back, value) << text;
  EXPECT_EQ(encode(*back), text);
}

// Values of every type that the program knows, made from the tables of their fields.
template <class Make>
void for_each_made(Make make) {
  worlds::Maker maker(7);
  for (const Amount amount : {Amount::least, Amount::each, Amount::most}) make(maker, amount);
  for (int round = 0; round < 100; ++round) make(maker, Amount::some);
}

TEST(RoundTrip, EveryCommand) {
  for_each_made([](worlds::Maker& maker, Amount amount) {
    for (const AnyCommand& command : worlds::one_command_each(maker, amount))
      expect_round_trip(command, decode_command);
  });
}

TEST(RoundTrip, EveryRowAndItsKey) {
  for_each_made([](worlds::Maker& maker, Amount amount) {
    for (const AnyRow& row : worlds::one_row_each(maker, amount)) {
      expect_round_trip(row, decode_row);
      expect_round_trip(key_of(row), decode_row_key);
      expect_round_trip(maker.key(row.type(), amount), decode_row_key);
    }
  });
}

// Or the tests that go by made values would leave out what is not in them.
TEST(RoundTrip, AMadeValueHasEveryField) {
  const auto expect_all = [](const ValueType& type, const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    for (const Field& field : type.table.fields)
      EXPECT_TRUE(json.contains(std::string(field.name))) << field.name << " of " << type.name;
  };
  worlds::Maker maker(7);
  for (const Amount amount : {Amount::each, Amount::most}) {
    for (const AnyRow& row : worlds::one_row_each(maker, amount))
      expect_all(row.type(), encode(row));
    for (const AnyCommand& command : worlds::one_command_each(maker, amount))
      expect_all(command.type(), encode(command));
  }
}

TEST(RoundTrip, LedgerEntries) {
  for (const LedgerEntry& entry : samples::ledger()) expect_round_trip(entry, decode_ledger_entry);
}

TEST(RoundTrip, RejectionsAndDeadlines) {
  for (const Rejection& each : samples::rejections()) expect_round_trip(each, decode_rejection);
  expect_round_trip(samples::deadline(),
                    [](std::string_view json) { return decode_deadline(json); });
}

TEST(RoundTrip, Outcomes) {
  const Outcome outcome = samples::outcome();
  const std::string text = encode(outcome);
  expect_canonical(text);
  const auto back = decode_outcome(text);
  ASSERT_TRUE(back.has_value()) << back.error().path;
  EXPECT_EQ(back->ledger, outcome.ledger);
  ASSERT_EQ(back->changes().size(), outcome.changes().size());
  for (std::size_t i = 0; i < outcome.changes().size(); ++i) {
    EXPECT_EQ(back->changes()[i].before(), outcome.changes()[i].before());
    EXPECT_EQ(back->changes()[i].after(), outcome.changes()[i].after());
  }
}

TEST(RoundTrip, ShapeIsAsDocumented) {
  EXPECT_EQ(encode(AnyCommand(RescheduleBooking{BookingId(worlds::uuid(0xABCD, 1)),
                                                worlds::licence_block("2026-11-25 09:00"),
                                                worlds::licence_block("2026-11-26 14:00")})),
            R"({"booking":"00000000-0000-abcd-0000-000000000001",)"
            R"("from":{"date":"2026-11-25","service":"licence","start":"09:00"},)"
            R"("to":{"date":"2026-11-26","service":"licence","start":"14:00"},)"
            R"("type":"reschedule_booking"})");
  EXPECT_EQ(encode(AnyKey(OfficialYearKey{2027})), R"({"type":"calendar_year","year":2027})");
  EXPECT_EQ(encode(AnyKey(worlds::park)), R"({"id":"park","type":"park"})");
}

TEST(RoundTrip, DeadlineSaysWhyInItsSteps) {
  const auto json = nlohmann::json::parse(encode(samples::deadline()), nullptr, false);
  const auto field = [&](const char* name) { return json.find(name)->dump(); };
  EXPECT_EQ(field("last_day"), R"("2026-09-29")");
  EXPECT_EQ(field("closes_at"), R"("2026-09-29T16:00:00+08:00")");
  EXPECT_EQ(field("provisional"), "false");
  const auto& first = json.find("steps")->front();
  EXPECT_EQ(first.find("reason")->dump(), R"("appointment_day_not_counted")");
  EXPECT_EQ(first.find("day")->dump(), R"("weekday")");
  EXPECT_EQ(first.find("counted")->dump(), "false");
  std::set<std::string> reasons;
  for (const auto& step : *json.find("steps")) reasons.insert(step.find("reason")->dump());
  EXPECT_TRUE(reasons.contains(R"("holiday")"));
  EXPECT_TRUE(reasons.contains(R"("weekday")"));
}

TEST(RoundTrip, NamesAreTheEnumerators) {
  EXPECT_EQ(refusals::overlaps_own_booking.name, "overlaps_own_booking");
  EXPECT_EQ(refusals::undo_expired.name, "undo_expired");
  EXPECT_EQ(ways::emergency_channel.name, "emergency_channel");
  EXPECT_EQ(events::booking_relocation_cleared.name, "booking_relocation_cleared");
  EXPECT_EQ(events::seat_auto_accepted.name, "seat_auto_accepted");
  EXPECT_EQ(events::block_overridden.name, "block_overridden");
  EXPECT_EQ(notices::tier_promoted.name, "tier_promoted");
  EXPECT_EQ(name_of(WaitlistEndReason::offer_declined), "offer_declined");
  EXPECT_EQ(name_of(WaitlistStatus::fulfilled), "fulfilled");
  EXPECT_EQ(name_of(OfferStatus::withdrawn), "withdrawn");
  EXPECT_EQ(name_of(BookingStatus::cancelled), "cancelled");
  EXPECT_EQ(name_of(Tier::high_tech), "high_tech");
  EXPECT_EQ(name_of(PartOfDay::afternoon), "afternoon");
  EXPECT_EQ(find_in<Counting>(counting_names, "exclude_appointment_day"),
            Counting::exclude_appointment_day);
  EXPECT_EQ(find_in<Counting>(counting_names, "include"), std::nullopt);
  EXPECT_EQ(role_named("administrator"), Role::administrator);
  EXPECT_EQ(role_named("clerk"), std::nullopt);
}

}  // namespace
}  // namespace yuanyue::wire
