// More falls due at once than one commit may hold: after an outage, or when the clock is moved.
#include <gtest/gtest.h>

#include "backend/store/sqlite.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "tests/backend/support/engine_park.h"

namespace yuanyue {
namespace {

constexpr std::int64_t storm = 500;
constexpr std::size_t most = 16;  // of a batch

// Stepped by the test. Blocks that have ended while nobody ran, each with one booking: what falls
// due writes one entry into the ledger for each.
class DueStormTest : public EngineLoopTest, public DecisionWitness {
 protected:
  void SetUp() override {
    EngineLoopTest::SetUp();
    engine_->stop();
    CommitBatch batch;
    batch.revision = stores_.store->head().revision + 1;
    batch.now_ms = clock_.now().ms;
    const auto put = [&](const char* kind, const AnyRow& row) {
      batch.rows.push_back(
          {kind, wire::encode(key_of(row)), wire::encode(row), {"administrators"}, {}});
    };
    for (std::int64_t n = 0; n < storm; ++n) {
      Block block;
      block.key = {ServiceId::of("tax"),
                   parse_date("2026-11-24").value() + static_cast<int>(n % 20),
                   TimeOfDay{static_cast<std::int16_t>(9 * 60 + n / 20)}};
      block.end = TimeOfDay{static_cast<std::int16_t>(10 * 60 + n / 20)};
      block.booked = 1;
      put("block", block);
      Booking booking;
      booking.id = BookingId({300, static_cast<std::uint64_t>(n)});
      booking.code = "23456789";
      booking.enterprise = EnterpriseId({1, 1});
      booking.booked_by = UserId(user_id);
      booking.block = block.key;
      booking.end = block.end;
      put("booking", booking);
    }
    ASSERT_TRUE(stores_.store->commit(batch));
    first_revision_ = batch.revision + 1;
    ASSERT_TRUE(clock_.advance_to(parse_instant("2026-12-31T09:00:00+08:00").value()));
    begin();
  }

  // Another process, which finds what the one before has committed.
  void begin() {
    engine_ = std::make_unique<EngineLoop>(*stores_.store, clock_, directory_, *hub_,
                                           EngineOptions{.max_batch_due = most, .witness = this});
    ASSERT_TRUE(engine_->load());
  }
  std::optional<std::future<PushReply>> push_late_booking() {
    PushTask task = booking(1, 1);
    task.request.commands.front().command.as<BookAppointment>().block.date =
        parse_date("2027-01-05").value();
    return engine_->push(std::move(task));
  }
  static bool is_there(const std::future<PushReply>& reply) {
    return reply.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }
  int steps_until_nothing_is_due() {
    int steps = 0;
    while (engine_->next_step_at() <= clock_.now() || engine_->waiting_tasks() > 0) {
      engine_->step();
      if (++steps > 2 * storm) ADD_FAILURE() << "it does not end";
      if (steps > 2 * storm) break;
    }
    return steps;
  }

  void state_is(const State&) override {
    failing_ = false;  // what was to fail has failed
    decided_due_ = committed_due();
  }
  void decided(const Envelope& envelope, const Result<Outcome>&) override {
    if (envelope.actor.kind != ActorKind::system) {
      due_before_user_ = decided_due_;
      return;
    }
    if (++decided_due_ == fail_at_) failing_ = true;
  }

  // Of what fell due, as the disk has it.
  std::int64_t number(const std::string& sql) {
    SqliteConnection connection(folder_.file("yuanyue.db"), SqliteAccess::read_only);
    SqliteStatement asked(connection, sql.c_str());
    return asked.bind(1, first_revision_).step() ? asked.integer(0) : 0;
  }
  std::int64_t committed_due() {
    return number(
        "SELECT count(*) FROM ledger WHERE revision >= ?1 AND json LIKE '%booking_ended%'");
  }
  std::int64_t ended_bookings() {
    return number(
        "SELECT count(DISTINCT json) FROM ledger WHERE revision >= ?1"
        " AND json LIKE '%booking_ended%'");
  }
  std::int64_t largest_commit() {
    return number(
        "SELECT max(size) FROM (SELECT count(*) AS size FROM ledger"
        " WHERE revision >= ?1 AND json LIKE '%booking_ended%' GROUP BY revision)");
  }
  void expect_all_done_once() {
    EXPECT_EQ(committed_due(), storm);
    EXPECT_EQ(ended_bookings(), storm);
    EXPECT_LE(largest_commit(), static_cast<std::int64_t>(most));
    engine_->inspect([now = clock_.now()](const State& state) { EXPECT_GT(next_due(state), now); });
    engine_->step();
  }

  std::int64_t first_revision_ = 0;
  std::int64_t decided_due_ = 0;
  std::int64_t fail_at_ = 0;
  std::int64_t due_before_user_ = -1;
};

TEST_F(DueStormTest,
       no_commit_is_larger_than_the_bound_and_a_push_is_decided_after_all_that_is_due) {
  auto reply = push_late_booking();
  engine_->step();
  EXPECT_EQ(committed_due(), static_cast<std::int64_t>(most)) << "a piece is durable at once";
  EXPECT_FALSE(is_there(*reply));
  EXPECT_EQ(engine_->waiting_tasks(), 1U);
  steps_until_nothing_is_due();
  ASSERT_TRUE(is_there(*reply));
  const PushReply answer = reply->get();
  EXPECT_FALSE(answer.error);
  EXPECT_EQ(answer.last_seq, 1U);
  EXPECT_EQ(due_before_user_, storm) << "nothing was due when it was decided";
  expect_all_done_once();
}

TEST_F(DueStormTest, a_commit_that_fails_on_the_way_is_answered_and_loses_nothing) {
  auto reply = push_late_booking();
  fail_at_ = 3 * most;  // the third piece
  for (int i = 0; i < 3; ++i) engine_->step();
  ASSERT_TRUE(is_there(*reply)) << "nobody waits for a disk that is full";
  EXPECT_EQ(reply->get().error, wire::ErrorCode::unavailable);
  EXPECT_EQ(committed_due(), 2 * static_cast<std::int64_t>(most));
  EXPECT_FALSE(engine_->healthy());
  fail_at_ = 0;
  ASSERT_TRUE(clock_.advance_to(clock_.now() + 2 * ms_per_second));
  steps_until_nothing_is_due();
  EXPECT_TRUE(engine_->healthy());
  expect_all_done_once();
  auto again = push_late_booking();
  engine_->step();
  EXPECT_FALSE(again->get().error);
}

TEST_F(DueStormTest, a_process_that_ends_on_the_way_is_followed_by_one_that_goes_on) {
  for (int life = 1; life <= 3; ++life) {
    auto reply = push_late_booking();
    for (int i = 0; i < 5; ++i) engine_->step();
    engine_.reset();
    EXPECT_EQ(reply->get().error, wire::ErrorCode::unavailable) << "it was never decided";
    EXPECT_EQ(committed_due(), 5 * life * static_cast<std::int64_t>(most));
    begin();
  }
  steps_until_nothing_is_due();
  expect_all_done_once();
}

TEST_F(DueStormTest, what_came_before_the_clock_was_moved_does_not_wait_for_what_falls_due_by_it) {
  steps_until_nothing_is_due();
  auto before = push_late_booking();
  ASSERT_TRUE(before);
  engine_->step();
  ASSERT_TRUE(is_there(*before));
  // Each at an end of its own: everything that is left falls due together when the clock moves.
  PushTask second = booking(2, 2);
  second.request.commands.front().command.as<BookAppointment>().block.date =
      parse_date("2027-01-06").value();
  auto early = engine_->push(std::move(second));
  auto moved = engine_->advance_clock(parse_instant("2027-02-01T09:00:00+08:00").value());
  steps_until_nothing_is_due();
  ASSERT_TRUE(is_there(*early));
  EXPECT_FALSE(early->get().error);
  ASSERT_EQ(moved->wait_for(std::chrono::seconds(0)), std::future_status::ready);
  EXPECT_TRUE(moved->get());
  engine_->inspect([now = clock_.now()](const State& state) { EXPECT_GT(next_due(state), now); });
  engine_->step();
}

// With its thread, and with the bounds of a server.
TEST_F(DueStormTest, the_thread_does_it_all_and_stops_when_it_is_done) {
  engine_ = std::make_unique<EngineLoop>(*stores_.store, clock_, directory_, *hub_);
  ASSERT_TRUE(engine_->load());
  auto reply = push_late_booking();
  engine_->start();
  engine_->stop();
  EXPECT_FALSE(reply->get().error) << "a stop finishes what was accepted";
  EXPECT_EQ(committed_due(), storm);
  EXPECT_EQ(largest_commit(), static_cast<std::int64_t>(max_due_of_batch));
}

}  // namespace
}  // namespace yuanyue
