// Finished work leaves State, rows and replicas, stays in the archive, and its ids are used for
// ever.
#include "backend/engine_loop/engine_loop.h"
#include "backend/http/audience_names.h"
#include "backend/store/ledger_chain.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/reschedule_booking.h"
#include "core/domains/history.h"
#include "tests/backend/support/engine_park.h"
#include "tests/core/support/kinds.h"

namespace yuanyue {
namespace {

class ArchivingTest : public EngineLoopTest {
 protected:
  static constexpr std::int64_t retention_ms = 90 * ms_per_day;
  const Instant block_ends_ = parse_instant("2026-12-01T09:30:00+08:00").value();
  const BookingId booking_{{200, 1}};

  // How many bookings there are in State.
  std::size_t bookings() {
    std::size_t count = 0;
    engine_->inspect([&](const State& state) { count = state.count<Booking>(); })->get();
    return count;
  }
  std::size_t rows_of(std::string_view kind) {
    std::size_t count = 0;
    EXPECT_TRUE(stores_.store->reader()->each_row([&](const StoreHead&, const StoredRow& row) {
      count += row.key.find("\"" + std::string(kind) + "\"") != std::string::npos;
    }));
    return count;
  }
  void go_to(Instant to) { ASSERT_TRUE(engine_->advance_clock(to)->get()); }
  HistoryPage history(const char* kind, std::string service = {}) {
    HistoryRequest request;
    request.asker = {wire::encode(AnyKey(UserId(user_id))), audience_names};
    request.kind = kind;
    request.service = std::move(service);
    request.limit = 100;
    auto page = stores_.store->reader()->history(request);
    EXPECT_TRUE(page);
    return page ? *page : HistoryPage{};
  }
  Delta pull(std::int64_t revision) {
    DeltaRequest request;
    request.audiences = {"enterprise:" + to_string(Uuid{1, 1})};
    request.epoch = stores_.store->head().epoch;
    request.revision = revision;
    return stores_.store->reader()->delta(request).value();
  }
  PushTask command(std::uint64_t seq, std::uint64_t n, AnyCommand given, std::uint64_t client = 8) {
    PushTask task;
    task.user = UserId(user_id);
    task.request.client = ClientId({8, client});
    task.request.commands.push_back({seq, CommandId({100, n}), std::move(given)});
    return task;
  }
  BlockKey block_at(const char* start) const {
    return {ServiceId::of("tax"), parse_date("2026-12-01").value(),
            parse_time_of_day(start).value()};
  }
};

TEST_F(ArchivingTest, a_finished_booking_leaves_after_its_retention_and_is_found_in_the_archive) {
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  const Instant end = [&] {
    Instant found;
    engine_
        ->inspect([&](const State& state) {
          const Booking& row = state.get(booking_);
          found = to_instant(row.block.date, row.end);
        })
        ->get();
    return found;
  }();
  go_to(end + retention_ms - 1);
  EXPECT_EQ(bookings(), 1U) << "it has ended, and is kept";
  EXPECT_TRUE(history("booking").rows.empty());
  const std::int64_t before = stores_.store->head().revision;
  go_to(end + retention_ms);
  EXPECT_EQ(bookings(), 0U);
  EXPECT_EQ(rows_of("booking"), 0U);
  EXPECT_GE(stores_.store->head().archived_rows, 1);
  EXPECT_EQ(pull(before).deletes, std::vector<std::string>{wire::encode(AnyKey(booking_))});
  const auto page = history("booking");
  ASSERT_EQ(page.rows.size(), 1U);
  const auto row = wire::decode_row(page.rows[0]);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->as<Booking>().id, booking_);
  EXPECT_EQ(row->as<Booking>().status, BookingStatus::ended);
  EXPECT_EQ(history("booking", "tax").rows, page.rows);
  EXPECT_TRUE(history("booking", "social").rows.empty());
  EXPECT_EQ(verify_ledger(*stores_.store->reader())->first_bad, 0);
  start({});
  EXPECT_EQ(bookings(), 0U) << "a start reads no archive";
}

TEST_F(ArchivingTest, an_id_that_the_archive_holds_is_refused_for_ever) {
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  go_to(block_ends_ + retention_ms + ms_per_day);
  ASSERT_EQ(bookings(), 0U);
  for (std::uint64_t n = 2; n <= 3; ++n) {
    BookAppointment again{booking_, block_at("10:00")};
    again.block.date = parse_date("2027-03-09").value();
    const auto result = result_of(push(command(1, n, again, 100 + n)));
    ASSERT_FALSE(result.accepted);
    EXPECT_EQ(result.rejection->code, refusals::already_exists);
    EXPECT_EQ(bookings(), 0U);
    start({});
  }
}

TEST_F(ArchivingTest, a_commit_that_fails_leaves_the_row_where_it_was) {
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  go_to(block_ends_ + ms_per_day);
  const std::uint64_t before = state_hash();
  failing_ = true;
  ASSERT_TRUE(engine_->advance_clock(block_ends_ + retention_ms + ms_per_day)->get());
  EXPECT_EQ(state_hash(), before);
  EXPECT_EQ(rows_of("booking"), 1U);
  EXPECT_TRUE(history("booking").rows.empty());
  failing_ = false;
  go_to(block_ends_ + retention_ms + 2 * ms_per_day);
  EXPECT_EQ(bookings(), 0U);
  EXPECT_EQ(history("booking").rows.size(), 1U);
}

TEST_F(ArchivingTest, much_that_is_finished_leaves_in_pieces_and_commands_do_not_wait) {
  start({.max_batch_due = 2});
  for (std::uint64_t n = 1; n <= 2; ++n) {
    ASSERT_TRUE(result_of(push(booking(n, n, n == 1 ? "09:00" : "10:00"))).accepted);
  }
  go_to(block_ends_ + ms_per_day);
  const std::int64_t before = stores_.store->head().revision;
  go_to(block_ends_ + retention_ms + ms_per_day);
  EXPECT_EQ(bookings(), 0U) << "the clock's mover waits for all of it";
  EXPECT_GE(stores_.store->head().revision, before + 1);
  EXPECT_EQ(history("booking").rows.size(), 2U);
}

TEST_F(ArchivingTest, a_command_whose_result_was_forgotten_is_not_applied_again) {
  start({.results_kept_ms = ms_per_minute, .prune_every_ms = 1});
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  const BlockKey nine = block_at("09:00");
  const BlockKey ten = block_at("10:00");
  const RescheduleBooking move{booking_, nine, ten};
  ASSERT_TRUE(result_of(push(command(2, 2, move))).accepted);
  ASSERT_TRUE(result_of(push(command(3, 3, RescheduleBooking{booking_, ten, nine}))).accepted);
  go_to(clock_.now() + ms_per_hour);
  for (int i = 0; i < 5; ++i) go_to(clock_.now() + ms_per_minute);
  ASSERT_TRUE(stores_.store->results({to_string(Uuid{100, 2})})->empty()) << "it is forgotten";
  const auto again = result_of(push(command(1, 2, move, 99)));
  EXPECT_TRUE(again.accepted) << "as it was";
  engine_
      ->inspect([&](const State& state) {
        EXPECT_EQ(state.get(booking_).block, nine) << "moved a second time";
      })
      ->get();
}

TEST_F(ArchivingTest, a_timeline_is_whole_before_and_after) {
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  const BlockKey nine = block_at("09:00");
  const BlockKey ten = block_at("10:00");
  ASSERT_TRUE(result_of(push(command(2, 2, RescheduleBooking{booking_, nine, ten}))).accepted);
  const auto timeline = [&](std::int64_t limit, std::optional<std::int64_t> before = {}) {
    TimelineRequest request;
    request.asker = {wire::encode(AnyKey(UserId(user_id))), audience_names};
    request.kind = "booking";
    request.key = wire::encode(AnyKey(booking_));
    request.subject = subject_of(booking_);
    request.sees = entry_is_seen;
    request.limit = limit;
    request.before = before;
    return stores_.store->reader()->timeline(request).value();
  };
  EXPECT_EQ(timeline(10).ledger.size(), 2U);
  EXPECT_TRUE(timeline(10).row);
  go_to(block_ends_ + retention_ms + 2 * ms_per_day);
  ASSERT_EQ(bookings(), 0U);
  const auto whole = timeline(10);
  ASSERT_EQ(whole.ledger.size(), 3U) << "made, moved, ended";
  EXPECT_FALSE(whole.next);
  ASSERT_TRUE(whole.row);
  EXPECT_EQ(wire::decode_row(*whole.row)->as<Booking>().status, BookingStatus::ended);
  std::vector<std::string> paged;
  std::optional<std::int64_t> before;
  do {
    const auto page = timeline(1, before);
    paged.insert(paged.end(), page.ledger.begin(), page.ledger.end());
    before = page.next;
  } while (before);
  EXPECT_EQ(paged, whole.ledger);
}

}  // namespace
}  // namespace yuanyue
