#include "core/sync/history.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "core/appointments/booking_code.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "tests/core/support/kinds.h"
#include "tests/core/sync/sync_test.h"

namespace yuanyue::sync {
namespace {

const Instant start = parse_instant("2026-11-23T09:00:00+08:00").value();

Booking ended(std::uint64_t number) {
  Booking row;
  row.id = BookingId(worlds::uuid(0xB0, number));
  row.code = make_booking_code(row.id, 0);
  row.enterprise = alpha.enterprise;
  row.booked_by = alpha.user;
  row.block = morning;
  row.end = TimeOfDay{11 * 60};
  row.status = BookingStatus::ended;
  return row;
}

LedgerEntry entry(std::uint64_t number, const BookingId& booking) {
  LedgerEntry entry;
  entry.id = LedgerEntryId(worlds::uuid(0x1E, number));
  entry.at = start + static_cast<std::int64_t>(number);
  entry.kind = {events::booking_made, {.booking = booking}};
  return entry;
}

struct HistoryTest : testing::Test {
  FakeTransport transport;
  History history{transport, {.page_rows = 2, .lists_max = 2, .cases_max = 2}};
  HistoryFilter bookings{.kind = &Booking::type};
  Instant now = start;

  std::string path() const { return transport.sent.empty() ? "" : transport.sent.front().path; }
  Demand answer(int status, const std::string& body, std::int64_t retry_after_ms = 0) {
    require(!transport.sent.empty());
    const SentRequest request = transport.sent.front();
    transport.sent.pop_front();
    return history.transport_answered(request.ticket, {status, body, retry_after_ms}, now);
  }
  Demand answer_page(const std::vector<std::uint64_t>& numbers, const char* next = nullptr) {
    wire::HistoryPage page{.server_now = start, .rows = {}, .next = {}};
    for (const std::uint64_t number : numbers) page.rows.emplace_back(ended(number));
    if (next != nullptr) page.next = next;
    return answer(200, wire::encode(page));
  }
  // The latest first, as the server has them.
  Demand answer_row(const Booking& row, const std::vector<std::uint64_t>& entries,
                    const char* next = nullptr) {
    wire::TimelinePage page{.server_now = start, .row = row, .ledger = {}, .next = {}};
    page.ledger.reserve(entries.size());
    for (const std::uint64_t number : entries) page.ledger.push_back(entry(number, row.id));
    if (next != nullptr) page.next = next;
    return answer(200, wire::encode(page));
  }
  std::vector<BookingId> shown() {
    std::vector<BookingId> ids;
    for (const AnyRow& row : history.list(bookings).rows) ids.push_back(row.as<Booking>().id);
    return ids;
  }
  static std::vector<BookingId> ids(const std::vector<std::uint64_t>& numbers) {
    std::vector<BookingId> ids;
    ids.reserve(numbers.size());
    for (const std::uint64_t number : numbers) ids.push_back(ended(number).id);
    return ids;
  }
};

TEST_F(HistoryTest, PagesFollowEachOtherOneRequestAtATime) {
  history.want(bookings, now);
  history.want(bookings, now);
  history.want_older(bookings, now);
  EXPECT_EQ(transport.pulls, 1);
  EXPECT_EQ(path(), "/api/v1/history?kind=booking&limit=2");
  EXPECT_TRUE(history.list(bookings).loading);
  answer_page({9, 8}, "eight");
  EXPECT_EQ(shown(), ids({9, 8}));
  EXPECT_FALSE(history.list(bookings).complete);

  history.want(bookings, now);
  EXPECT_TRUE(transport.sent.empty()) << "the first page is here";
  history.want_older(bookings, now);
  history.want_older(bookings, now);
  EXPECT_EQ(transport.pulls, 2);
  EXPECT_EQ(path(), "/api/v1/history?kind=booking&before=eight&limit=2");
  answer_page({7});
  EXPECT_EQ(shown(), ids({9, 8, 7}));
  EXPECT_TRUE(history.list(bookings).complete);
  history.want_older(bookings, now);
  EXPECT_TRUE(transport.sent.empty());
}

TEST_F(HistoryTest, ListsOfDifferentFiltersAreApart) {
  HistoryFilter last_year = bookings;
  last_year.to = parse_date("2025-12-31");
  history.want(bookings, now);
  history.want(last_year, now);
  EXPECT_EQ(transport.pulls, 2);
  answer_page({9});
  answer_page({3});
  EXPECT_EQ(shown(), ids({9}));
  EXPECT_EQ(history.list(last_year).rows.size(), 1U);
}

TEST_F(HistoryTest, NoRowComesTwice) {
  history.want(bookings, now);
  answer_page({9, 8}, "eight");
  history.want_older(bookings, now);
  answer_page({8, 7}, "seven");
  EXPECT_EQ(shown(), ids({9, 8, 7}));
}

TEST_F(HistoryTest, RowsThatLeaveTheReplicaJoinAtTheHead) {
  history.want(bookings, now);
  answer_page({9, 8}, "eight");
  history.rows_left();
  history.want(bookings, now);
  EXPECT_EQ(path(), "/api/v1/history?kind=booking&limit=2");
  answer_page({10, 9}, "nine");
  EXPECT_EQ(shown(), ids({10, 9, 8}));
  history.want_older(bookings, now);
  EXPECT_EQ(path(), "/api/v1/history?kind=booking&before=eight&limit=2");
  answer_page({7});

  // More than a page: what was here is beyond a gap.
  history.rows_left();
  history.want_older(bookings, now);
  EXPECT_EQ(path(), "/api/v1/history?kind=booking&limit=2");
  answer_page({14, 13}, "thirteen");
  EXPECT_EQ(shown(), ids({14, 13}));
  EXPECT_FALSE(history.list(bookings).complete);
  history.want_older(bookings, now);
  EXPECT_EQ(path(), "/api/v1/history?kind=booking&before=thirteen&limit=2");
}

TEST_F(HistoryTest, AHeadThatCouldNotBeAskedForIsStillOld) {
  history.want(bookings, now);
  answer_page({9, 8}, "eight");
  history.rows_left();
  history.want(bookings, now);
  answer(0, "");
  history.try_again();
  history.want(bookings, now);
  EXPECT_EQ(path(), "/api/v1/history?kind=booking&limit=2");
  answer_page({10, 9}, "nine");
  EXPECT_EQ(shown(), ids({10, 9, 8}));
}

TEST_F(HistoryTest, AfterAFailureNothingIsAskedUntilItMay) {
  history.want(bookings, now);
  EXPECT_EQ(answer(0, ""), Demand::patience);
  EXPECT_EQ(history.list(bookings).trouble, HistoryTrouble::no_answer);
  EXPECT_FALSE(history.list(bookings).loading);
  history.want(bookings, now);
  history.want_older(bookings, now);
  EXPECT_TRUE(transport.sent.empty());
  history.try_again(bookings);
  history.want(bookings, now);
  EXPECT_EQ(transport.pulls, 2);
  answer(503, "");
  EXPECT_EQ(history.list(bookings).trouble, HistoryTrouble::no_answer);
  history.try_again();  // there is a connection again
  history.want(bookings, now);
  answer_page({9});
  EXPECT_EQ(shown(), ids({9}));
  EXPECT_EQ(history.list(bookings).trouble, HistoryTrouble::none);
}

TEST_F(HistoryTest, TooManyRequestsGoOnByThemselves) {
  history.want(bookings, now);
  EXPECT_EQ(answer(429, "", 5'000), Demand::slowing_down);
  EXPECT_EQ(history.list(bookings).trouble, HistoryTrouble::slowed);
  EXPECT_EQ(history.list(bookings).retry_at, now + 5'000);
  now = now + 4'999;
  history.want(bookings, now);
  EXPECT_TRUE(transport.sent.empty());
  now = now + 1;
  history.want(bookings, now);
  EXPECT_EQ(transport.pulls, 2);
  // A server that says no time, or one that nobody can wait for.
  answer(429, "");
  EXPECT_GT(history.list(bookings).retry_at, now);
  now = history.list(bookings).retry_at;
  history.want(bookings, now);
  answer(429, "", 3'600'000);
  EXPECT_EQ(history.list(bookings).retry_at, now + 5 * ms_per_minute);
  // The device's clock was set back.
  now = now - ms_per_day;
  history.want(bookings, now);
  EXPECT_EQ(transport.pulls, 4);
}

TEST_F(HistoryTest, TheSessionIsTheHosts) {
  const std::pair<wire::ErrorCode, Demand> cases[] = {
      {wire::ErrorCode::unauthenticated, Demand::sign_in},
      {wire::ErrorCode::csrf, Demand::sign_in},
      {wire::ErrorCode::password_change_required, Demand::new_password},
      {wire::ErrorCode::protocol_too_old, Demand::newer_page},
  };
  for (const auto& [code, demand] : cases) {
    history.want(bookings, now);
    EXPECT_EQ(answer(wire::http_status(code), wire::encode(wire::ErrorBody{code, "", ""})), demand);
    EXPECT_EQ(history.list(bookings).trouble, HistoryTrouble::stopped);
    history.want(bookings, now);
    EXPECT_TRUE(transport.sent.empty());
    history.try_again();
  }
}

TEST_F(HistoryTest, WhatCannotBeReadIsNotShown) {
  history.want(bookings, now);
  answer(200, "<html>");
  EXPECT_EQ(history.list(bookings).trouble, HistoryTrouble::unreadable);
  history.try_again();
  history.want(bookings, now);
  EXPECT_TRUE(transport.sent.empty()) << "a connection is not what it wants for";

  // Rows of another kind, or a page that is its own next one.
  history.try_again(bookings);
  history.want(bookings, now);
  answer(200, wire::encode(wire::HistoryPage{start, {Offer{}}, {}}));
  EXPECT_EQ(history.list(bookings).trouble, HistoryTrouble::unreadable);
  history.try_again(bookings);
  history.want(bookings, now);
  answer_page({9, 8}, "eight");
  history.want_older(bookings, now);
  answer_page({}, "eight");
  EXPECT_EQ(history.list(bookings).trouble, HistoryTrouble::unreadable);
  EXPECT_EQ(shown(), ids({9, 8}));
}

TEST_F(HistoryTest, APlaceThatTheServerDoesNotKnowBeginsTheListAnewOnce) {
  const std::string malformed =
      wire::encode(wire::ErrorBody{wire::ErrorCode::malformed, "", "before"});
  history.want(bookings, now);
  answer_page({9, 8}, "eight");
  history.want_older(bookings, now);
  EXPECT_EQ(answer(400, malformed), Demand::mending);
  EXPECT_TRUE(shown().empty());
  EXPECT_EQ(history.list(bookings).trouble, HistoryTrouble::none);
  history.want_older(bookings, now);
  EXPECT_EQ(path(), "/api/v1/history?kind=booking&limit=2");
  answer_page({9, 8}, "eight");
  history.want_older(bookings, now);
  answer(400, malformed);
  EXPECT_EQ(history.list(bookings).trouble, HistoryTrouble::unreadable);
  EXPECT_EQ(shown(), ids({9, 8}));
}

TEST_F(HistoryTest, ARowComesWithItsTimelineFromTheLatestOn) {
  const Booking row = ended(1);
  history.want(row.id, now);
  history.want(row.id, now);
  EXPECT_EQ(transport.pulls, 1);
  EXPECT_EQ(path(), "/api/v1/history?booking=" + to_string(row.id) + "&limit=2");
  answer_row(row, {4, 3}, "three");
  EXPECT_EQ(history.row(row.id).row, AnyRow(row));
  ASSERT_NE(history.find(row.id), nullptr);
  EXPECT_EQ(history.find(ended(2).id), nullptr);
  history.want(row.id, now);
  EXPECT_TRUE(transport.sent.empty());
  history.want_older(row.id, now);
  EXPECT_EQ(path(), "/api/v1/history?booking=" + to_string(row.id) + "&before=three&limit=2");
  answer_row(row, {2, 1});
  const std::vector<LedgerEntry> whole{entry(1, row.id), entry(2, row.id), entry(3, row.id),
                                       entry(4, row.id)};
  EXPECT_EQ(history.row(row.id).ledger, whole);
  EXPECT_TRUE(history.row(row.id).complete);
  history.want_older(row.id, now);
  EXPECT_TRUE(transport.sent.empty());
}

TEST_F(HistoryTest, AnotherRowThanWasAskedForIsNoAnswer) {
  history.want(ended(1).id, now);
  answer_row(ended(2), {});
  EXPECT_EQ(history.row(ended(1).id).trouble, HistoryTrouble::unreadable);
  EXPECT_FALSE(history.row(ended(1).id).row.ref());
}

TEST_F(HistoryTest, WhatIsMissingIsAskedForAgainWhenRowsHaveLeft) {
  const BookingId id = ended(1).id;
  const std::string not_found = wire::encode(wire::ErrorBody{wire::ErrorCode::not_found, "", ""});
  history.want(id, now);
  EXPECT_EQ(answer(404, not_found), Demand::patience);
  EXPECT_TRUE(history.row(id).missing);
  history.want(id, now);
  history.want_older(id, now);
  EXPECT_TRUE(transport.sent.empty());
  history.rows_left();
  EXPECT_FALSE(history.row(id).missing);
  history.want(id, now);
  answer_row(ended(1), {});
  EXPECT_TRUE(history.row(id).row.ref());
}

TEST_F(HistoryTest, ARowThatWasLiveIsReadAnewWhenRowsHaveLeft) {
  Booking row = ended(1);
  row.status = BookingStatus::confirmed;
  history.want(row.id, now);
  answer_row(row, {1});
  history.rows_left();
  EXPECT_FALSE(history.row(row.id).row.ref());
  history.want(row.id, now);
  answer_row(ended(1), {2, 1});
  history.rows_left();
  EXPECT_EQ(history.row(row.id).row, AnyRow(ended(1))) << "it changes no more";
}

TEST_F(HistoryTest, ClearedItKnowsNothingAndTakesNothing) {
  history.want(bookings, now);
  answer_page({9, 8}, "eight");
  history.want_older(bookings, now);
  history.want(ended(1).id, now);
  const auto sent = transport.sent;
  history.clear();
  ASSERT_EQ(transport.sent.size(), 2U);
  EXPECT_TRUE(transport.sent[0].is_aborted && transport.sent[1].is_aborted);
  answer_page({7});
  EXPECT_TRUE(shown().empty());
  EXPECT_FALSE(history.list(bookings).begun);
  EXPECT_EQ(history.find(ended(9).id), nullptr);
  history.want(bookings, now);
  EXPECT_GT(transport.sent.back().ticket, sent.back().ticket)
      << "a late answer is not taken for it";
}

TEST_F(HistoryTest, ItForgetsWhatWasNotLookedAtForLongest) {
  HistoryFilter offers{.kind = &Offer::type}, entries{.kind = &WaitlistEntry::type};
  history.want(bookings, now);
  answer_page({9});
  history.want(offers, now);
  answer(200, wire::encode(wire::HistoryPage{start, {}, {}}));
  EXPECT_EQ(shown(), ids({9}));
  history.want(entries, now);
  EXPECT_EQ(shown(), ids({9}));
  EXPECT_FALSE(history.list(offers).begun);
}

TEST_F(HistoryTest, BookingsAreFoundByTheirCode) {
  history.want(bookings, now);
  answer_page({9, 8});
  EXPECT_EQ(history.find_booking(ended(8).code), ended(8).id);
  EXPECT_FALSE(history.find_booking(ended(7).code));
}

TEST(JoinedTimeline, HasEachEntryOnce) {
  const BookingId id = ended(1).id;
  const auto joined = joined_timeline({entry(1, id), entry(2, id)}, {entry(2, id), entry(3, id)});
  EXPECT_EQ(joined, (std::vector<LedgerEntry>{entry(1, id), entry(2, id), entry(3, id)}));
  EXPECT_EQ(joined_timeline({}, {entry(3, id)}).size(), 1U);
  EXPECT_EQ(joined_timeline({entry(3, id)}, {}).size(), 1U);
}

// --- what of it the replica says -----------------------------------------------------------------

TEST_F(SyncTest, TheReplicaCountsWhatItLoses) {
  browser.sign_in_and_sync();
  const auto first = browser.client.losses();
  const AnyCommand command = book(browser, morning);
  ASSERT_TRUE(browser.submit(command));
  browser.pump();
  EXPECT_EQ(browser.client.losses(), first) << "nothing has left";
  ASSERT_NE(browser.client.state().find(booking_in(command)), nullptr);
  auto request = browser.take_pull();
  ASSERT_TRUE(request);
  wire::PullResponse response;
  response.cookie = "another";
  response.deletes = {booking_in(command), BookingId(worlds::uuid(0xB0, 77))};
  browser.answer(*request, {200, wire::encode(response), 0});
  EXPECT_EQ(browser.client.losses().rows, first.rows + 1) << "what was not there does not count";
  EXPECT_EQ(browser.client.losses().resets, first.resets);
  request = browser.take_pull();
  ASSERT_TRUE(request);
  response = {};
  response.cookie = "third";
  response.reset = true;
  browser.answer(*request, {200, wire::encode(response), 0});
  EXPECT_EQ(browser.client.losses().resets, first.resets + 1);
}

}  // namespace
}  // namespace yuanyue::sync
