// Sessions, retries, clocks and the storage.
#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/catalog/catalog.h"
#include "tests/core/sync/sync_test.h"

namespace yuanyue::sync {
namespace {

// --- session -------------------------------------------------------------------------------------

TransportAnswer error(wire::ErrorCode code, std::int64_t retry_after_ms = 0) {
  return {wire::http_status(code), wire::encode(wire::ErrorBody{code, "", ""}), retry_after_ms};
}

TEST_F(SyncTest, AnEndedSessionStopsAndGoesOnAfterSignIn) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  browser.answer(*browser.take_push(), error(wire::ErrorCode::unauthenticated));
  EXPECT_EQ(browser.client.status().connection, Connection::signed_out);
  const auto event = browser.take_only<SignedOut>();
  ASSERT_TRUE(event.has_value());
  EXPECT_EQ(event->reason, SignOutReason::session_ended);
  EXPECT_FALSE(browser.take_pull().has_value());  // aborted
  EXPECT_EQ(browser.client.next_wake(), never);
  EXPECT_EQ(browser.client.status().pending, 1u);
  browser.sign_in_and_sync();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(SyncTest, AnEndedSessionLeavesNothingThatTheServerGivesAgain) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  browser.pump();
  ASSERT_TRUE(browser.submit(book(browser, afternoon)).has_value());
  ASSERT_FALSE(browser.storage.kept.rows.empty());
  ASSERT_FALSE(browser.storage.kept.ledger.empty());
  browser.answer(*browser.take_push(), error(wire::ErrorCode::unauthenticated));
  EXPECT_EQ(browser.storage.wipes, 1);
  EXPECT_TRUE(browser.storage.kept.rows.empty());
  EXPECT_TRUE(browser.storage.kept.ledger.empty());
  EXPECT_EQ(browser.storage.kept.cookie, "");
  EXPECT_EQ(browser.client.state().count<Service>(), 0u);
  EXPECT_EQ(browser.client.state().count<Booking>(), 0u);
  EXPECT_FALSE(browser.client.status().has_replica);
  // What only this device knows is still there, once, and arrives.
  EXPECT_EQ(browser.storage.kept.outbox.size(), 1u);
  EXPECT_EQ(browser.storage.kept.accepted.size(), 1u);
  EXPECT_EQ(browser.storage.kept.user, browser.user);
  browser.client.session_ended(browser.now());
  EXPECT_EQ(browser.storage.wipes, 1);
  browser.take_events();
  browser.sign_in_and_sync();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
  EXPECT_EQ(server.executed(), 2);
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(SyncTest, AnEndedSessionWithNothingOfItsOwnLeavesNothing) {
  browser.sign_in_and_sync();
  browser.client.session_ended(browser.now());
  EXPECT_EQ(browser.storage.wipes, 1);
  EXPECT_FALSE(browser.storage.kept.user);
  EXPECT_FALSE(browser.storage.kept.client);
  EXPECT_FALSE(browser.client.user());
}

TEST_F(SyncTest, WhatWasNotSentIsKeptForThirtyDays) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  browser.client.session_ended(browser.now());
  const Instant until = browser.client.kept_until();
  EXPECT_EQ(until - browser.client.server_time(browser.now()), journal_kept_ms);
  server.now = server.now + (journal_kept_ms - 1);
  browser.client.session_ended(browser.now());
  EXPECT_EQ(browser.storage.kept.outbox.size(), 1u);
  server.now = server.now + 1;
  browser.client.session_ended(browser.now());
  EXPECT_TRUE(browser.storage.kept.outbox.empty());
  EXPECT_FALSE(browser.storage.kept.user);
  EXPECT_EQ(browser.client.status().pending, 0u);
}

TEST_F(SyncTest, AnotherUserNeverGetsTheReplica) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  browser.answer(*browser.take_push(), error(wire::ErrorCode::wrong_user));
  EXPECT_EQ(browser.take_only<SignedOut>()->reason, SignOutReason::wrong_user);
  browser.user = beta.user;
  browser.sign_in();
  EXPECT_EQ(browser.client.status().pending, 0u);
  EXPECT_EQ(browser.client.state().count<User>(), 0u);
  EXPECT_TRUE(browser.storage.kept.outbox.empty());
  EXPECT_EQ(browser.storage.wipes, 1);
  browser.pump();
  EXPECT_EQ(browser.storage.kept.user, beta.user);
  EXPECT_TRUE(browser.equals_server());
  EXPECT_EQ(server.executed(), 0);
}

TEST_F(SyncTest, SignOutWipes) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  browser.client.sign_out();
  EXPECT_EQ(browser.storage.wipes, 1);
  EXPECT_EQ(browser.client.state().count<Service>(), 0u);
  EXPECT_TRUE(browser.storage.kept.rows.empty());
  EXPECT_TRUE(browser.storage.kept.outbox.empty());
  EXPECT_FALSE(browser.storage.kept.client);
  EXPECT_EQ(browser.client.status().connection, Connection::signed_out);
}

TEST_F(SyncTest, AnOldPageIsToldToReload) {
  browser.sign_in();
  browser.answer(*browser.take_pull(), error(wire::ErrorCode::protocol_too_old));
  EXPECT_EQ(browser.client.status().connection, Connection::update_needed);
  EXPECT_EQ(browser.client.next_wake(), never);
}

// A proxy's page says with its status alone what it is about.
TEST_F(SyncTest, AnAnswerThatIsNotOursGoesByItsStatus) {
  struct Line {
    int status;
    Connection connection;  // afterwards
  };
  const Line lines[] = {
      {400, Connection::connecting},    {401, Connection::signed_out},
      {403, Connection::connecting},    {413, Connection::connecting},
      {426, Connection::update_needed}, {429, Connection::connecting},
      {500, Connection::connecting},    {502, Connection::connecting},
      {302, Connection::connecting},
  };
  for (const Line& line : lines) {
    Browser page{server, alpha};
    page.sign_in();
    page.answer(*page.take_pull(), {line.status, "<html>proxy</html>", 0});
    EXPECT_EQ(page.client.status().connection, line.connection) << line.status;
    if (line.connection != Connection::connecting) continue;
    server.now = page.client.next_wake();
    page.pump();
    EXPECT_EQ(page.client.status().connection, Connection::online) << line.status;
  }
}

TEST_F(SyncTest, AFirstPasswordHasToBeChanged) {
  browser.sign_in();
  browser.answer(*browser.take_pull(), error(wire::ErrorCode::password_change_required));
  EXPECT_EQ(browser.take_only<SignedOut>()->reason, SignOutReason::password_change_required);
  EXPECT_EQ(browser.client.status().connection, Connection::signed_out);
}

// A pull can have nothing wrong but its cookie.
TEST_F(SyncTest, APullThatTheServerCannotReadIsAskedWithoutItsCookie) {
  browser.sign_in_and_sync();
  const auto pull = browser.take_pull();
  ASSERT_TRUE(pull.has_value());
  EXPECT_NE(pull->path.find("cookie="), std::string::npos);
  browser.answer(*pull, error(wire::ErrorCode::malformed));
  server.now = browser.client.next_wake();
  browser.client.tick(browser.now());
  const auto again = browser.take_pull();
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->path.find("cookie=1"), std::string::npos) << again->path;
}

// --- retries -------------------------------------------------------------------------------------

TEST_F(SyncTest, FailuresBackOffWithJitterUntilItWorksAgain) {
  browser.sign_in();
  std::int64_t full = 500;
  for (int failure = 1; failure <= 10; ++failure) {
    const auto pull = browser.take_pull();
    ASSERT_TRUE(pull.has_value()) << failure;
    browser.answer(*pull, error(wire::ErrorCode::unavailable));
    EXPECT_EQ(browser.client.status().connection,
              failure < 3 ? Connection::connecting : Connection::offline);
    const std::int64_t delay = browser.client.next_wake() - browser.now();
    EXPECT_GE(delay, full / 2);
    EXPECT_LE(delay, full * 3 / 2);
    server.now = server.now + delay - 1;
    browser.client.tick(browser.now());
    EXPECT_TRUE(browser.transport.sent.empty());
    server.now = server.now + 1;
    browser.client.tick(browser.now());
    full = std::min<std::int64_t>(full * 2, 30'000);
  }
  browser.pump();
  EXPECT_EQ(browser.client.status().connection, Connection::online);
}

TEST_F(SyncTest, RetryAfterIsKept) {
  browser.sign_in();
  browser.answer(*browser.take_pull(), error(wire::ErrorCode::too_many_requests, 60'000));
  EXPECT_EQ(browser.client.next_wake(), browser.now() + 60'000);
}

TEST_F(SyncTest, AskedToWaitWithCommandsThePageIsNotOffline) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning))->predicted);
  for (int refused = 1; refused <= 5; ++refused) {
    browser.answer(*browser.take_push(), error(wire::ErrorCode::too_many_requests, 60'000));
    EXPECT_EQ(browser.client.status().connection, Connection::online) << refused;
    ASSERT_EQ(browser.client.status().slowed_until, browser.now() + 60'000);
    EXPECT_EQ(browser.client.status().pending, 1U);
    server.now = server.now + 59'999;
    browser.client.tick(browser.now());
    EXPECT_FALSE(browser.take_push()) << "not before";
    server.now = server.now + 1;
    browser.client.tick(browser.now());
  }
  browser.pump();
  EXPECT_EQ(browser.client.status().slowed_until, std::nullopt);
  EXPECT_EQ(browser.client.status().pending, 0U);
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
}

TEST_F(SyncTest, AProxysPageIsAFailureNotAReplica) {
  browser.sign_in();
  browser.answer(*browser.take_pull(), {200, "<html>Welcome to the hotel</html>", 0});
  EXPECT_EQ(browser.client.status().connection, Connection::connecting);
  EXPECT_FALSE(browser.client.status().has_replica);
  EXPECT_GT(browser.client.next_wake(), browser.now());
}

TEST_F(SyncTest, OfflineIsShownAndOnlineTriesAtOnce) {
  browser.sign_in_and_sync();
  browser.client.set_online_hint(false, browser.now());
  EXPECT_EQ(browser.client.status().connection, Connection::offline);
  const AnyCommand command = book(browser, morning);
  ASSERT_TRUE(browser.submit(command)->predicted);
  browser.lose(*browser.take_push());
  browser.lose(*browser.take_pull());
  EXPECT_TRUE(browser.client.is_pending(booking_in(command)));
  browser.client.set_online_hint(true, browser.now());
  browser.pump();
  EXPECT_EQ(browser.client.status().connection, Connection::online);
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
}

TEST_F(SyncTest, ADeviceClockSetBackDoesNotStopRetries) {
  browser.sign_in();
  browser.lose(*browser.take_pull());
  browser.clock_error_ms = -24 * ms_per_hour;
  browser.pump();
  EXPECT_TRUE(browser.client.status().has_replica);
}

TEST_F(SyncTest, TheServersClockIsLearntAndFollowedWhenItIsSet) {
  browser.clock_error_ms = 3 * ms_per_hour;
  browser.sign_in_and_sync();
  EXPECT_EQ(browser.client.server_time(browser.now()), server.now);
  const Instant device = browser.now();
  server.now = server.now + 6 * ms_per_hour;
  browser.clock_error_ms -= 6 * ms_per_hour;
  EXPECT_EQ(browser.now(), device);
  browser.client.refresh(browser.now());
  browser.pump();
  EXPECT_EQ(browser.client.server_time(browser.now()), server.now);
}

TEST_F(SyncTest, HalfTheRoundTripIsTakenOff) {
  browser.sign_in();
  const auto pull = browser.take_pull();
  server.now = server.now + 100;
  const auto reply = browser.ask_server(*pull);
  const Instant when_decided = server.now;
  server.now = server.now + 100;
  browser.answer(*pull, *reply);
  EXPECT_EQ(browser.client.server_time(browser.now()), when_decided + 100);
}

// --- storage
// ---------------------------------------------------------------------------------------

TEST_F(SyncTest, NothingIsSentBeforeItIsWritten) {
  browser.sign_in_and_sync();
  browser.storage.answer = StorageAnswer::pending;
  ASSERT_TRUE(browser.submit(book(browser, morning))->predicted);
  browser.pump();
  EXPECT_EQ(browser.transport.pushes, 0);
  EXPECT_EQ(browser.client.next_wake(), never);
  ASSERT_EQ(browser.storage.waiting.size(), 1u);
  browser.client.storage_answered(browser.storage.waiting[0], StorageAnswer::done, browser.now());
  EXPECT_EQ(browser.transport.pushes, 1);
}

TEST_F(SyncTest, AFullDiskIsSaidAndWorkGoesOn) {
  browser.sign_in_and_sync();
  browser.storage.answer = StorageAnswer::failed;
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  EXPECT_TRUE(browser.client.status().storage_failed);
  browser.pump();
  EXPECT_TRUE(browser.take_only<CommandConfirmed>().has_value());
}

// The store's indexes keep what was made in one hour together only by such ids.
TEST(SyncClientIds, AreOfVersionSevenAsTheirSeedIs) {
  const Instant made_at = worlds::at("2026-11-23 09:00");
  FakeStorage storage;
  FakeTransport transport;
  SyncClient client(storage, transport, time_ordered({0x1234'5678'9ABC'DEF0, 0x42}, made_at.ms),
                    {});
  std::vector<std::string> ids;
  for (const auto& who : {alpha, beta}) {
    client.sign_in(who.user, made_at);
    ids.push_back(to_string(storage.kept.client));
    client.sign_out();
  }
  for (const std::string& id : ids) {
    EXPECT_EQ(id[14], '7') << id;
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos) << id;
    EXPECT_EQ(id.substr(0, 13), to_string(time_ordered({}, made_at.ms)).substr(0, 13));
  }
  EXPECT_NE(ids[0], ids[1]);
}

TEST_F(SyncTest, AReloadedPageGoesOnWhereItWas) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  const auto push = browser.take_push();
  ASSERT_TRUE(browser.ask_server(*push).has_value());  // the page closes before the answer
  Browser reloaded(server, alpha, browser.storage.kept);
  EXPECT_EQ(reloaded.client.status().pending, 1u);
  EXPECT_TRUE(reloaded.client.status().has_replica);
  reloaded.storage.kept = browser.storage.kept;
  reloaded.sign_in();
  EXPECT_EQ(reloaded.client.state().count<Booking>(), 1u);
  reloaded.pump();
  EXPECT_TRUE(reloaded.take_only<CommandConfirmed>().has_value());
  EXPECT_EQ(server.executed(), 1);
  EXPECT_TRUE(reloaded.equals_server());
  EXPECT_TRUE(reloaded.storage.kept.outbox.empty());
}

}  // namespace
}  // namespace yuanyue::sync
