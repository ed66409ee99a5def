// A server restored from a backup has forgotten what it had acknowledged; who gave it still knows.
#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/reschedule_booking.h"
#include "tests/core/support/kinds.h"
#include "tests/core/sync/sync_test.h"

namespace yuanyue::sync {
namespace {

class RestoredServerTest : public SyncTest {
 protected:
  // Backed up before the page's booking was accepted, so that the backup lacks it. The page has
  // been told that it was accepted; nothing has been restored yet.
  AnyCommand book_after_backup() {
    browser.sign_in_and_sync();
    backup_ = server.back_up();
    AnyCommand command = book(browser, morning);
    EXPECT_TRUE(browser.submit(command));
    browser.pump();
    return command;
  }

  // A page opened on what this one has kept.
  void expect_next_page_brings_back(const AnyCommand& command) {
    Browser next(server, alpha, browser.storage.kept);
    next.storage.kept = browser.storage.kept;
    next.sign_in_and_sync();

    EXPECT_NE(server.state().find(booking_in(command)), nullptr);
    EXPECT_TRUE(next.equals_server());
  }

  FakeServer::Backup backup_;
};

TEST_F(RestoredServerTest, AnAcceptedCommandThatItForgotIsSentAgain) {
  const AnyCommand command = book_after_backup();
  ASSERT_TRUE(browser.take_only<CommandConfirmed>());

  server.restore(backup_);
  ASSERT_EQ(server.state().find(booking_in(command)), nullptr);
  browser.client.refresh(browser.now());
  browser.pump();

  EXPECT_NE(server.state().find(booking_in(command)), nullptr);
  EXPECT_TRUE(browser.equals_server());
  EXPECT_EQ(browser.client.status().pending, 0u);
  EXPECT_TRUE(browser.take_events().empty());  // it is as the user was told
}

TEST_F(RestoredServerTest, WhatNoLongerHoldsIsTold) {
  const AnyCommand command = book_after_backup();
  browser.take_events();

  server.restore(backup_);
  fill(server, morning);
  browser.client.refresh(browser.now());
  browser.pump();

  const auto refused = browser.take_only<CommandRefused>();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->rejection.code, refusals::block_full);
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(RestoredServerTest, AnotherPageStillKnowsWhatWasAccepted) {
  const AnyCommand command = book_after_backup();

  server.restore(backup_);
  expect_next_page_brings_back(command);
}

// Found by simulation seed 772: the page ended between the write that took the commands out of the
// journal and the one that put them into the outbox.
TEST_F(RestoredServerTest, WhatIsSentAgainIsKeptBeforeThePageCanEnd) {
  const AnyCommand command = book_after_backup();

  server.restore(backup_);
  browser.client.refresh(browser.now());
  const auto pull = browser.take_pull();
  ASSERT_TRUE(pull);
  browser.storage.writes_left = 1;
  browser.answer(*pull, *browser.ask_server(*pull));  // a reset
  expect_next_page_brings_back(command);
}

TEST_F(RestoredServerTest, ForgottenCommandsGoBeforeThoseNotYetSent) {
  const AnyCommand command = book_after_backup();
  browser.client.set_online_hint(false, browser.now());
  ASSERT_TRUE(browser.submit(RescheduleBooking{booking_in(command), morning, next_day}));
  browser.take_push();  // lost on its way up

  server.restore(backup_);
  browser.client.refresh(browser.now());
  browser.wait_and_pump();
  browser.wait_and_pump();

  const Booking* booking = server.state().find(booking_in(command));
  ASSERT_NE(booking, nullptr);
  EXPECT_EQ(booking->block, next_day);
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(RestoredServerTest, AnAnswerFromTheLostHistoryIsAskedForAgain) {
  browser.sign_in_and_sync();
  backup_ = server.back_up();
  const AnyCommand command = book(browser, morning);
  ASSERT_TRUE(browser.submit(command));
  const auto push = browser.take_push();
  ASSERT_TRUE(push);
  const auto late = browser.ask_server(*push);
  ASSERT_TRUE(late);

  server.restore(backup_);
  const auto pull = browser.take_pull();
  ASSERT_TRUE(pull);
  browser.lose(*pull);
  browser.client.refresh(browser.now());
  const auto next_pull = browser.take_pull();
  ASSERT_TRUE(next_pull);
  browser.answer(*next_pull, *browser.ask_server(*next_pull));  // a reset
  browser.answer(*push, *late);
  browser.pump();

  EXPECT_NE(server.state().find(booking_in(command)), nullptr);
  EXPECT_EQ(browser.client.status().pending, 0u);
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(RestoredServerTest, AResetThatNamesWhatWasAcceptedSendsNothingAgain) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)));
  browser.pump();
  const int pushes = browser.transport.pushes;

  ++server.epoch;
  browser.client.refresh(browser.now());
  browser.pump();

  EXPECT_EQ(browser.transport.pushes, pushes);
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(RestoredServerTest, SigningOutForgetsWhatWasAccepted) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)));
  browser.pump();
  ASSERT_EQ(browser.storage.kept.accepted.size(), 1u);
  browser.client.sign_out();
  EXPECT_TRUE(browser.storage.kept.accepted.empty());
}

}  // namespace
}  // namespace yuanyue::sync
