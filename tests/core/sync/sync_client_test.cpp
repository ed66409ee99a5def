// The replica, commands and faults on the way.
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/override_block.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/run_due.h"
#include "tests/core/support/kinds.h"
#include "tests/core/sync/sync_test.h"

namespace yuanyue::sync {
namespace {

// --- getting and keeping the replica -----------------------------------------------------------

TEST_F(SyncTest, FirstPullBringsTheReplicaAndTheNextOneWaits) {
  EXPECT_EQ(browser.client.status().connection, Connection::signed_out);
  EXPECT_EQ(browser.client.next_wake(), never);
  browser.sign_in();
  EXPECT_EQ(browser.client.status().connection, Connection::connecting);
  browser.pump();
  EXPECT_EQ(browser.client.status().connection, Connection::online);
  EXPECT_TRUE(browser.client.status().has_replica);
  EXPECT_TRUE(browser.equals_server());
  ASSERT_EQ(browser.transport.sent.size(), 1u);
  EXPECT_NE(browser.transport.sent[0].path.find("wait_ms=25000"), std::string::npos);
  EXPECT_EQ(browser.client.next_wake(), never);
}

TEST_F(SyncTest, OthersChangesComeByTheLongPoll) {
  browser.sign_in_and_sync();
  fill(server, morning);
  browser.pump();
  ASSERT_NE(browser.client.state().find(morning), nullptr);
  EXPECT_EQ(browser.client.state().find(morning)->booked, 2);
  EXPECT_EQ(browser.client.state().count<Booking>(), 0u);
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(SyncTest, AnIdleClientDrawsNothing) {
  browser.sign_in_and_sync();
  const std::uint64_t version = browser.client.version();
  for (int round = 0; round < 3; ++round) {
    const auto pull = browser.take_pull();
    ASSERT_TRUE(pull.has_value());
    std::string path = pull->path;
    path.replace(path.find("wait_ms=25000"), 13, "wait_ms=0");
    server.now = server.now + 25'000;
    browser.answer(*pull, *server.pull(alpha.user, path));
  }
  EXPECT_EQ(browser.client.version(), version);
}

TEST_F(SyncTest, AServerThatDoesNotWaitIsNotAskedWithoutPause) {
  browser.sign_in_and_sync();
  const auto pull = browser.take_pull();
  std::string path = pull->path;
  path.replace(path.find("wait_ms=25000"), 13, "wait_ms=0");
  browser.answer(*pull, *server.pull(alpha.user, path));
  EXPECT_TRUE(browser.transport.sent.empty());
  EXPECT_EQ(browser.client.next_wake(), browser.now() + 2'000);
}

// --- commands ------------------------------------------------------------------------------------

TEST_F(SyncTest, ACommandShowsAtOnceAndIsConfirmed) {
  browser.sign_in_and_sync();
  const AnyCommand command = book(browser, morning);
  const BookingId id = booking_in(command);
  const auto submission = browser.submit(command);
  ASSERT_TRUE(submission.has_value());
  EXPECT_TRUE(submission->predicted);
  ASSERT_NE(browser.client.state().find(id), nullptr);
  EXPECT_TRUE(browser.client.is_pending(id));
  EXPECT_EQ(browser.client.timeline(id).size(), 1u);
  EXPECT_EQ(browser.client.status().pending, 1u);

  browser.pump();
  const auto confirmed = browser.take_only<CommandConfirmed>();
  ASSERT_TRUE(confirmed.has_value());
  EXPECT_EQ(confirmed->command, command);
  EXPECT_FALSE(browser.client.is_pending(id));
  EXPECT_EQ(browser.client.timeline(id).size(), 1u);
  EXPECT_EQ(browser.client.status().pending, 0u);
  EXPECT_TRUE(browser.equals_server());
  EXPECT_TRUE(browser.storage.kept.outbox.empty());
}

TEST_F(SyncTest, AcknowledgedIsNoLongerPendingEvenBeforeItsRowsCome) {
  browser.sign_in_and_sync();
  const AnyCommand command = book(browser, morning);
  ASSERT_TRUE(browser.submit(command).has_value());
  const auto push = browser.take_push();
  browser.answer(*push, *browser.ask_server(*push));
  EXPECT_FALSE(browser.client.is_pending(booking_in(command)));
  EXPECT_NE(browser.client.state().find(booking_in(command)), nullptr);
  EXPECT_EQ(browser.client.status().pending, 0u);
  EXPECT_TRUE(browser.client.take_events().empty());
  browser.pump();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
}

TEST_F(SyncTest, CommandsThatBuildOnEachOtherGoTogether) {
  browser.sign_in_and_sync();
  const AnyCommand command = book(browser, morning);
  const BookingId id = booking_in(command);
  ASSERT_TRUE(browser.submit(command).has_value());
  const auto first = browser.take_push();  // one in flight: the others wait
  ASSERT_TRUE(browser.submit(RescheduleBooking{id, morning, afternoon}).has_value());
  ASSERT_TRUE(browser.submit(CancelBooking{id, afternoon, "不需要了"}).has_value());
  EXPECT_FALSE(browser.take_push().has_value());
  EXPECT_EQ(browser.client.state().find(id)->status, BookingStatus::cancelled);
  browser.answer(*first, *browser.ask_server(*first));
  EXPECT_EQ(browser.client.state().find(id)->status, BookingStatus::cancelled);
  browser.pump();
  EXPECT_EQ(browser.transport.pushes, 2);
  EXPECT_EQ(browser.client.take_events().size(), 3u);
  EXPECT_EQ(browser.client.timeline(id).size(), 3u);
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(SyncTest, ARefusalOfThePredictionIsNotSent) {
  fill(server, morning);
  browser.sign_in_and_sync();
  const auto submission = browser.submit(book(browser, morning));
  ASSERT_FALSE(submission.has_value());
  EXPECT_EQ(submission.error().code, refusals::block_full);
  EXPECT_FALSE(submission.error().ways.empty());
  EXPECT_EQ(browser.transport.pushes, 0);
  EXPECT_EQ(browser.client.status().pending, 0u);
}

TEST_F(SyncTest, WhatTheServerCouldNotReadIsRefusedAtOnce) {
  browser.sign_in_and_sync();
  const auto submission =
      browser.submit(CancelBooking{BookingId(worlds::uuid(1, 1)), morning, std::string(501, 'x')});
  ASSERT_FALSE(submission.has_value());
  EXPECT_EQ(submission.error().code, refusals::invalid);
  EXPECT_EQ(invalid_field(submission.error()), "reason");
  EXPECT_EQ(invalid_field(browser.submit(RunDue{}).error()), "type");
}

TEST_F(SyncTest, ACommandNeedsAUserAndANewId) {
  EXPECT_EQ(browser.submit(book(browser, morning)).error().code, refusals::not_permitted);
  browser.sign_in_and_sync();
  const CommandId id(browser.next_id());
  ASSERT_TRUE(browser.client.submit(book(browser, morning), id, browser.now()).has_value());
  EXPECT_EQ(browser.client.submit(book(browser, afternoon), id, browser.now()).error().code,
            refusals::already_exists);
  EXPECT_EQ(browser.client.status().pending, 1u);
}

TEST_F(SyncTest, OnlyTheServerKnowsWhatDoesNotExist) {
  browser.sign_in_and_sync();
  const auto submission =
      browser.submit(UndoReschedule{BookingId(worlds::uuid(1, 1)), morning, afternoon});
  ASSERT_TRUE(submission.has_value());
  EXPECT_FALSE(submission->predicted);
  browser.pump();
  const auto refused = browser.take_only<CommandRefused>();
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->rejection.code, refusals::not_found);
}

TEST_F(SyncTest, BeforeTheFirstPullTheServerDecides) {
  browser.sign_in();
  const auto submission = browser.submit(book(browser, morning));
  ASSERT_TRUE(submission.has_value());
  EXPECT_FALSE(submission->predicted);
  browser.pump();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(SyncTest, ARefusalAfterAPredictionTakesItBackAndShowsWays) {
  browser.sign_in_and_sync();
  fill(server, morning);  // while the long poll is still on its way
  const AnyCommand command = book(browser, morning);
  ASSERT_TRUE(browser.submit(command)->predicted);
  const auto push = browser.take_push();
  browser.answer(*push, *browser.ask_server(*push));
  EXPECT_EQ(browser.client.state().find(booking_in(command)), nullptr);
  EXPECT_TRUE(browser.client.timeline(booking_in(command)).empty());
  const auto refused = browser.take_only<CommandRefused>();
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->rejection.code, refusals::block_full);
  EXPECT_FALSE(refused->rejection.ways.empty());
  browser.pump();
  EXPECT_TRUE(browser.equals_server());
  EXPECT_TRUE(browser.client.take_events().empty());
}

TEST_F(SyncTest, WhatCameOutDifferentlyIsSaid) {
  fill(server, morning);
  fill(server, next_day);
  browser.sign_in_and_sync();
  // Meanwhile one of the two blocks is closed.
  ASSERT_TRUE(server.execute(worlds::admin_actor, OverrideBlock{{next_day, true, {}, "停电"}}));
  const WaitlistEntryId entry(browser.next_id());
  const auto submission = browser.submit(JoinWaitlist{
      entry, worlds::licence, {worlds::wish(morning), worlds::wish(next_day)}, {}, false});
  ASSERT_TRUE(submission.has_value());
  EXPECT_EQ(browser.client.state().find(entry)->blocks.size(), 2u);
  const auto push = browser.take_push();
  browser.answer(*push, *browser.ask_server(*push));
  browser.pump();
  const auto corrected = browser.take_only<CommandCorrected>();
  ASSERT_TRUE(corrected.has_value());
  EXPECT_EQ(corrected->rows, std::vector<AnyKey>{entry});
  EXPECT_EQ(browser.client.state().find(entry)->blocks.size(), 1u);
}

TEST_F(SyncTest, OthersEntriesAreOnlyNumbers) {
  fill(server, morning);
  Browser other(server, worlds::high_tech);
  other.sign_in_and_sync();
  const WaitlistEntryId theirs(other.next_id());
  ASSERT_TRUE(
      other.submit(JoinWaitlist{theirs, worlds::licence, {worlds::wish(morning)}, {}, false}));
  other.pump();
  browser.sign_in_and_sync();
  ASSERT_EQ(of_all(browser.client.state().find(morning)->waiting), 1);
  EXPECT_EQ(browser.client.state().find(theirs), nullptr);
  const WaitlistEntryId mine(browser.next_id());
  ASSERT_TRUE(
      browser.submit(JoinWaitlist{mine, worlds::licence, {worlds::wish(morning)}, {}, false}));
  EXPECT_EQ(of_all(browser.client.state().find(morning)->waiting), 2);
  const WaitingPlace* place = browser.client.state().find(place_key(mine, morning));
  ASSERT_NE(place, nullptr);
  EXPECT_EQ(of_all(place->ahead), 1);
  ASSERT_TRUE(browser.submit(worlds::leave_seen(browser.client.state(), mine)).has_value());
  browser.pump();
  EXPECT_EQ(browser.client.take_events().size(), 2u);
  EXPECT_TRUE(browser.equals_server());
}

// --- faults --------------------------------------------------------------------------------------

TEST_F(SyncTest, ALostAnswerIsAskedForAgainAndAppliedOnce) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  const auto push = browser.take_push();
  ASSERT_TRUE(browser.ask_server(*push).has_value());
  browser.lose(*push);
  EXPECT_EQ(browser.client.status().connection, Connection::connecting);
  EXPECT_FALSE(browser.take_push().has_value());
  server.gives_results_in_pulls = false;
  browser.pump();  // the pull covers it, but its result is not known yet
  EXPECT_EQ(browser.client.status().pending, 1u);
  EXPECT_TRUE(browser.equals_server());
  browser.wait_and_pump();
  EXPECT_EQ(server.executed(), 1);
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
  EXPECT_EQ(server.state().find(morning)->booked, 1);
  EXPECT_EQ(browser.client.status().connection, Connection::online);
}

TEST_F(SyncTest, APullCanBringTheResultOfALostPush) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  const auto push = browser.take_push();
  ASSERT_TRUE(browser.ask_server(*push).has_value());
  browser.lose(*push);
  browser.pump();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
  EXPECT_EQ(browser.client.status().pending, 0u);
  EXPECT_EQ(browser.transport.pushes, 1);
  EXPECT_TRUE(browser.storage.kept.outbox.empty());
  EXPECT_EQ(browser.client.status().connection, Connection::online);
}

TEST_F(SyncTest, APushAnswerAfterThePullThatCoversItChangesNothing) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  const auto push = browser.take_push();
  const auto push_answer = browser.ask_server(*push);
  browser.pump();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
  browser.answer(*push, *push_answer);
  EXPECT_TRUE(browser.client.take_events().empty());
  EXPECT_TRUE(browser.equals_server());
  EXPECT_EQ(browser.client.status().connection, Connection::online);
}

TEST_F(SyncTest, AnOldPullAfterThePushAnswerKeepsThePrediction) {
  browser.sign_in_and_sync();
  fill(server, next_day);
  const auto pull = browser.take_pull();
  const auto old_answer = browser.ask_server(*pull);
  const AnyCommand command = book(browser, morning);
  ASSERT_TRUE(browser.submit(command).has_value());
  const auto push = browser.take_push();
  browser.answer(*push, *browser.ask_server(*push));
  browser.answer(*pull, *old_answer);
  EXPECT_NE(browser.client.state().find(booking_in(command)), nullptr);
  EXPECT_EQ(browser.client.state().find(next_day)->booked, 2);
  EXPECT_TRUE(browser.client.take_events().empty());
  browser.pump();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
}

TEST_F(SyncTest, DuplicatesAreAppliedOnceEachWay) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  const auto push = browser.take_push();
  const auto first = browser.ask_server(*push);
  const auto second = browser.ask_server(*push);  // the network has doubled the request
  EXPECT_EQ(first->body, second->body);
  EXPECT_EQ(server.executed(), 1);
  browser.answer(*push, *first);
  browser.answer(*push, *second);
  browser.pump();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(SyncTest, AResetKeepsTheOutbox) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  const auto push = browser.take_push();
  server.epoch = 2;
  browser.client.refresh(browser.now());
  const auto pull = browser.take_pull();
  browser.answer(*pull, *browser.ask_server(*pull));
  EXPECT_EQ(browser.client.status().pending, 1u);
  EXPECT_EQ(browser.client.state().count<Booking>(), 1u);
  browser.lose(*push);
  browser.wait_and_pump();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(SyncTest, AForgottenClientRegistersAnewAndAppliesOnce) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  browser.pump();
  browser.take_events();
  ASSERT_TRUE(browser.submit(book(browser, afternoon)).has_value());
  const auto push = browser.take_push();
  ASSERT_TRUE(browser.ask_server(*push).has_value());  // applied, but the answer is lost
  browser.lose(*push);
  const ClientId before = browser.storage.kept.client;
  server.forget_clients();
  browser.wait_and_pump();  // unknown_client
  browser.wait_and_pump();  // the new registration: settled before, so no commit ends the long poll
  browser.wait_and_pump();  // the rows are asked for
  EXPECT_NE(browser.storage.kept.client, before);
  EXPECT_EQ(server.last_seq_of(browser.storage.kept.client), 1u);
  EXPECT_EQ(server.executed(), 2);
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
  EXPECT_TRUE(browser.equals_server());
  EXPECT_TRUE(browser.storage.kept.outbox.empty());
}

TEST_F(SyncTest, AGapInTheSequenceRegistersAnew) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  browser.pump();
  browser.take_events();
  server.forget_last_of(alpha.user);
  ASSERT_TRUE(browser.submit(book(browser, afternoon)).has_value());
  browser.pump();
  EXPECT_EQ(browser.client.status().pending, 1u);
  browser.wait_and_pump();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(SyncTest, AnAcceptedCommandSurvivesANewRegistration) {
  browser.sign_in_and_sync();
  const AnyCommand first = book(browser, morning);
  ASSERT_TRUE(browser.submit(first).has_value());
  const auto push = browser.take_push();
  browser.answer(*push, *browser.ask_server(*push));
  ASSERT_TRUE(browser.submit(book(browser, afternoon)).has_value());
  server.forget_clients();
  browser.pump();
  browser.wait_and_pump();
  EXPECT_EQ(browser.client.take_events().size(), 2u);
  EXPECT_TRUE(browser.client.state().find(booking_in(first)) != nullptr);
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(SyncTest, AnAcceptedCommandWhoseNumberWasForgottenIsNotAwaitedForEver) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  const auto push = browser.take_push();
  browser.answer(*push, *browser.ask_server(*push));
  server.forget_last_of(alpha.user);
  browser.pump();
  browser.wait_and_pump();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
  EXPECT_TRUE(browser.client.next_wake() == never);
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(SyncTest, TheOneThatCannotBeReadDoesNotHoldUpTheOthers) {
  browser.sign_in_and_sync();
  browser.client.set_online_hint(false, browser.now());
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  const auto push = browser.take_push();
  const AnyCommand bad = book(browser, licence_block("2026-11-26 14:00"));
  const CommandId bad_id(browser.next_id());
  ASSERT_TRUE(browser.client.submit(bad, bad_id, browser.now()).has_value());
  server.unreadable.insert(bad_id);
  ASSERT_TRUE(browser.submit(worlds::cancel_seen(
      browser.client.state(), BookingId(worlds::uuid(0x1D + alpha.user.low, 1)))));
  browser.lose(*push);
  for (int round = 0; round < 6; ++round) browser.wait_and_pump();
  int refused = 0, confirmed = 0;
  for (const SyncEvent& event : browser.client.take_events()) {
    confirmed += std::holds_alternative<CommandConfirmed>(event);
    if (const auto* refusal = std::get_if<CommandRefused>(&event)) {
      ++refused;
      EXPECT_EQ(refusal->id, bad_id);
      EXPECT_EQ(refusal->rejection.code, refusals::invalid);
      EXPECT_EQ(invalid_field(refusal->rejection), "commands[0].command");
    }
  }
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(confirmed, 2);
  EXPECT_EQ(browser.client.status().pending, 0u);
  EXPECT_TRUE(browser.equals_server());
}

}  // namespace
}  // namespace yuanyue::sync
