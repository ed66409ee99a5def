// A storage that opens while the client is at work, commands of other tabs, and the storage's text.
#include <algorithm>
#include <set>
#include <string>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/sync/storage_text.h"
#include "tests/core/support/kinds.h"
#include "tests/core/sync/sync_test.h"

namespace yuanyue::sync {
namespace {

std::size_t bookings_of(const Browser& browser, const BlockKey& block) {
  return confirmed_bookings(browser.server.state(), block).size();
}

// A page that closed with a command in its outbox that was never sent.
StoredReplica left_behind(FakeServer& server, const BlockKey& block) {
  Browser before(server, alpha);
  before.ids = 1'000;  // not those of the page that comes after it
  before.sign_in_and_sync();
  EXPECT_TRUE(before.submit(book(before, block)).has_value());
  return before.storage.kept;
}

TEST_F(SyncTest, WithoutANetworkTheStorageSaysWhoIsSignedInAndWhatWaits) {
  const StoredReplica stored = left_behind(server, morning);
  browser.client.set_online_hint(false, browser.now());
  browser.client.load(stored, browser.now());
  EXPECT_EQ(browser.client.user(), alpha.user);
  EXPECT_TRUE(browser.client.status().has_replica);
  EXPECT_EQ(browser.client.status().connection, Connection::offline);
  EXPECT_EQ(browser.client.status().pending, 1u);
  EXPECT_EQ(browser.client.state().count<Booking>(), 1u);  // predicted
  EXPECT_TRUE(browser.transport.sent.empty());             // no session has been proven

  ASSERT_TRUE(browser.submit(book(browser, afternoon)).has_value());
  EXPECT_EQ(browser.storage.kept.outbox.size(), 2u);
  browser.client.set_online_hint(true, browser.now());
  browser.sign_in_and_sync();
  EXPECT_EQ(bookings_of(browser, morning), 1u);
  EXPECT_EQ(bookings_of(browser, afternoon), 1u);
  EXPECT_EQ(server.executed(), 2);
  EXPECT_TRUE(browser.storage.kept.outbox.empty());
  EXPECT_EQ(browser.storage.kept.client, stored.client);  // the same client went on
  EXPECT_TRUE(browser.equals_server());
}

TEST_F(SyncTest, AStorageThatOpensAfterTheFirstPullKeepsItsOutboxAndGetsTheNewRows) {
  const StoredReplica stored = left_behind(server, morning);
  fill(server, next_day);  // the stored rows are old
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, afternoon)).has_value());  // sent, not answered
  browser.client.load(stored, browser.now());
  EXPECT_EQ(browser.client.status().pending, 2u);
  browser.pump();
  EXPECT_EQ(bookings_of(browser, morning), 1u);
  EXPECT_EQ(bookings_of(browser, afternoon), 1u);
  EXPECT_TRUE(browser.equals_server());

  // What is kept is the whole of it: the next page starts from there.
  Browser next(server, alpha);
  next.client.load(browser.storage.kept, next.now());
  EXPECT_TRUE(next.equals_server());
  EXPECT_EQ(next.client.status().pending, 0u);
}

TEST_F(SyncTest, ALateStorageDoesNotApplyTwiceWhatWasAlreadyExecuted) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  const StoredReplica stored = browser.storage.kept;  // holds the command
  const SentRequest push = *browser.take_push();
  (void)browser.ask_server(push);  // executed, the answer is lost with the page
  Browser next(server, alpha);
  next.sign_in_and_sync();
  next.client.load(stored, next.now());
  next.pump();
  for (int i = 0; i < 5 && next.client.status().pending > 0; ++i) next.wait_and_pump();
  EXPECT_EQ(bookings_of(next, morning), 1u);
  EXPECT_EQ(server.executed(), 1);
  EXPECT_TRUE(next.take_only<CommandConfirmed>().has_value());
  EXPECT_TRUE(next.storage.kept.outbox.empty());
}

TEST_F(SyncTest, AStorageThatComesBackAfterAFailureHoldsEverythingAgain) {
  browser.sign_in_and_sync();
  const StoredReplica old = browser.storage.kept;
  browser.storage.answer = StorageAnswer::failed;
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  EXPECT_TRUE(browser.client.status().storage_failed);
  browser.pump();
  ASSERT_TRUE(browser.submit(book(browser, afternoon)).has_value());  // not answered yet
  browser.storage.answer = StorageAnswer::done;
  browser.client.load(old, browser.now());
  EXPECT_FALSE(browser.client.status().storage_failed);
  EXPECT_EQ(browser.storage.kept.outbox.size(), 1u);
  browser.pump();
  EXPECT_EQ(server.executed(), 2);
  Browser next(server, alpha);
  next.client.load(browser.storage.kept, next.now());
  EXPECT_TRUE(next.equals_server());
}

TEST_F(SyncTest, AnEmptyStorageIsFilledWhenItOpens) {
  browser.sign_in_and_sync();
  browser.storage.kept = {};
  browser.client.load({}, browser.now());
  EXPECT_EQ(browser.storage.kept.user, alpha.user);
  EXPECT_FALSE(browser.storage.kept.rows.empty());
  EXPECT_FALSE(browser.storage.kept.cookie.empty());
}

TEST_F(SyncTest, AnEmptyStorageOfNobodyStaysEmpty) {
  browser.client.load({}, browser.now());
  EXPECT_FALSE(browser.storage.kept.client);
  EXPECT_EQ(browser.client.status().connection, Connection::signed_out);
}

TEST_F(SyncTest, TheReplicaOfSomebodyElseIsWipedWhenItOpensLate) {
  const StoredReplica stored = left_behind(server, morning);
  Browser other(server, beta);
  other.storage.kept = stored;
  other.sign_in_and_sync();
  other.client.load(stored, other.now());
  other.pump();
  EXPECT_EQ(other.storage.kept.user, beta.user);
  EXPECT_TRUE(other.storage.kept.outbox.empty());
  EXPECT_EQ(bookings_of(other, morning), 0u);
  EXPECT_TRUE(other.equals_server());
}

TEST_F(SyncTest, ACommandWaitsUntilTheStorageHasWrittenItAndSaysSo) {
  browser.sign_in_and_sync();
  browser.storage.answer = StorageAnswer::pending;
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  EXPECT_EQ(browser.client.status().unsaved, 1u);
  EXPECT_FALSE(browser.take_push().has_value());
  browser.client.storage_answered(browser.storage.waiting.back(), StorageAnswer::done,
                                  browser.now());
  EXPECT_EQ(browser.client.status().unsaved, 0u);
  EXPECT_TRUE(browser.take_push().has_value());
}

TEST_F(SyncTest, AnAdoptedCommandIsSentWhateverThePredictionSays) {
  browser.sign_in_and_sync();
  fill(server, morning);
  browser.pump();
  const CommandId id(browser.next_id());
  browser.client.adopt(id, book(browser, morning), browser.now(), browser.now());
  browser.client.adopt(id, book(browser, afternoon), browser.now(), browser.now());  // known
  EXPECT_EQ(browser.client.status().pending, 1u);
  browser.pump();
  EXPECT_EQ(browser.take_only<CommandRefused>()->rejection.code, refusals::block_full);
}

TEST_F(SyncTest, TheClockThatWasLearnedIsKeptForAStartWithoutANetwork) {
  browser.clock_error_ms = -3 * ms_per_day;
  browser.sign_in_and_sync();
  Browser next(server, alpha);
  next.clock_error_ms = browser.clock_error_ms;
  next.client.load(browser.storage.kept, next.now());
  EXPECT_NEAR(static_cast<double>(next.client.server_time(next.now()) - server.now), 0, 5'000);
}

TEST_F(SyncTest, ConfirmedRowsLeaveThePredictionsOut) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  const wire::PullResponse confirmed = browser.client.confirmed(browser.now());
  EXPECT_TRUE(confirmed.reset);
  EXPECT_EQ(confirmed.cookie, browser.client.cookie());
  EXPECT_TRUE(
      std::ranges::none_of(confirmed.rows, [](const AnyRow& row) { return row.is<Booking>(); }));
  EXPECT_EQ(browser.client.state().count<Booking>(), 1u);  // and they stand again
}

// --- the text ------------------------------------------------------------------------------------

StorageWrite everything_of(const StoredReplica& stored) {
  StorageWrite change;
  change.clear_outbox = true;
  change.clear_rows = true;
  change.user = stored.user;
  change.client = stored.client;
  change.next_seq = stored.next_seq;
  change.cookie = stored.cookie;
  change.clock_offset_ms = stored.clock_offset_ms;
  change.put_rows = stored.rows;
  change.add_ledger = stored.ledger;
  change.put_outbox = stored.outbox;
  return change;
}

TEST_F(SyncTest, TheStoragesTextHoldsAReplicaWhole) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  browser.pump();
  ASSERT_TRUE(browser.submit(book(browser, afternoon)).has_value());
  StoredReplica stored = browser.storage.kept;
  stored.clock_offset_ms = -77;
  const std::string text = storage_text(everything_of(stored));
  StoredReplicaReader reader;
  // In pieces of one line each.
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start) + 1;
    reader.take(std::string_view(text).substr(start, end - start));
    start = end;
  }
  const StoredReplica read = reader.finish();
  EXPECT_EQ(read.user, stored.user);
  EXPECT_EQ(read.client, stored.client);
  EXPECT_EQ(read.next_seq, stored.next_seq);
  EXPECT_EQ(read.cookie, stored.cookie);
  EXPECT_EQ(read.clock_offset_ms, -77);
  EXPECT_EQ(read.rows, stored.rows);
  EXPECT_FALSE(read.ledger.empty());
  EXPECT_EQ(read.ledger, stored.ledger);
  EXPECT_EQ(read.outbox, stored.outbox);
  EXPECT_TRUE(reader.unreadable_commands().empty());
}

TEST_F(SyncTest, UnreadableRowsAreFetchedAgainAndTheOutboxStays) {
  browser.sign_in_and_sync();
  ASSERT_TRUE(browser.submit(book(browser, morning)).has_value());
  StoredReplicaReader reader;
  reader.take(storage_text(everything_of(browser.storage.kept)));
  reader.take("r{\"id\":\"x\"}\t{\"type\":\"of another time\"}\n");
  const StoredReplica stored = reader.finish();
  EXPECT_TRUE(stored.rows.empty());
  EXPECT_TRUE(stored.cookie.empty());
  EXPECT_EQ(stored.outbox.size(), 1u);
}

TEST_F(SyncTest, CommandsThatCannotBeReadAreNamedAndTheOthersGoOn) {
  const StoredReplica left = left_behind(server, morning);
  StoredReplicaReader reader;
  reader.take(storage_text(everything_of(left)));
  reader.take("o7\t" + to_string(worlds::uuid(1, 7)) + "\t0\t{\"type\":\"of another time\"}\n");
  reader.take("o8\n");
  const StoredReplica stored = reader.finish();
  EXPECT_EQ(stored.outbox.size(), 1u);
  EXPECT_EQ(reader.unreadable_commands(), (std::vector<std::uint64_t>{7, 8}));
  EXPECT_EQ(set_aside_text(reader.unreadable_commands()), "q7\nq8\n");
  browser.client.load(stored, browser.now());
  browser.sign_in_and_sync();
  EXPECT_EQ(bookings_of(browser, morning), 1u);
}

TEST(StorageText, GarbageIsNoReplica) {
  for (const char* text : {"", "\n\n", "zzz", "n-1\nk\nu1\nc\n", "o\t\t\t\n", "\t\t\n", "t9e9\n"}) {
    StoredReplicaReader reader;
    reader.take(text);
    const StoredReplica stored = reader.finish();
    EXPECT_FALSE(stored.client);
    EXPECT_FALSE(stored.user);
    EXPECT_EQ(stored.next_seq, 1u);
    EXPECT_TRUE(stored.outbox.empty());
  }
}

TEST(StorageText, ARepairedStorageStartsOver) {
  StoredReplicaReader reader;
  reader.take("kold\no3\n");
  reader.take("!\nknew\n");
  EXPECT_EQ(reader.finish().cookie, "new");
  EXPECT_TRUE(reader.unreadable_commands().empty());
}

}  // namespace
}  // namespace yuanyue::sync
