// What is written as lines is read again, and what cannot be read harms nothing else.
#include "core/sync/storage_text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "tests/core/support/park.h"
#include "tests/core/support/samples.h"

namespace yuanyue::sync {
namespace {

using worlds::uuid;

std::vector<OutboxEntry> entries(std::uint64_t first_seq) {
  std::vector<OutboxEntry> all;
  for (const AnyCommand& command : wire::samples::commands()) {
    const std::uint64_t seq = first_seq == 0 ? 0 : first_seq + all.size();
    all.push_back(
        {seq, CommandId(uuid(0x0B, all.size() + 1)), worlds::at("2026-11-23 09:00"), command});
  }
  return all;
}

StoredReplica read(const std::string& lines) {
  StoredReplicaReader reader;
  reader.take(lines);
  return reader.finish();
}

TEST(StorageText, EverythingWrittenIsReadAgain) {
  StorageWrite change;
  change.user = worlds::alpha.user;
  change.client = ClientId(uuid(0xC1, 1));
  change.next_seq = 77;
  change.cookie = "1.2.3.4";
  change.clock_offset_ms = -1'500;
  change.put_rows = wire::samples::rows();
  change.add_ledger = wire::samples::ledger();
  change.put_outbox = entries(5);
  change.put_accepted = entries(0);
  const StoredReplica stored = read(storage_text(change));
  EXPECT_EQ(stored.user, *change.user);
  EXPECT_EQ(stored.client, *change.client);
  EXPECT_EQ(stored.next_seq, 77u);
  EXPECT_EQ(stored.cookie, "1.2.3.4");
  EXPECT_EQ(stored.clock_offset_ms, -1'500);
  EXPECT_EQ(stored.rows, change.put_rows);
  EXPECT_EQ(stored.ledger, change.add_ledger);
  EXPECT_EQ(stored.outbox, change.put_outbox);
  EXPECT_EQ(stored.accepted, change.put_accepted);
}

TEST(StorageText, ErasingHasLinesOfItsOwn) {
  EXPECT_EQ(storage_text(wipe_of_everything()), "X\nA\nR\nu\nc\nn1\nk\n");
  StorageWrite change;
  change.erase_rows = {AnyKey(BookingId(uuid(0xB0, 1)))};
  change.erase_outbox = {3, 4};
  change.erase_accepted = {CommandId(uuid(0x0B, 1))};
  EXPECT_EQ(storage_text(change), "d{\"id\":\"" + to_string(uuid(0xB0, 1)) +
                                      "\",\"type\":\"booking\"}\nx3\nx4\ny" +
                                      to_string(uuid(0x0B, 1)) + "\n");
  EXPECT_EQ(set_aside_text({7, 9}), "q7\nq9\n");
  EXPECT_EQ(storage_text({}), "");
}

TEST(StorageText, ComesInPiecesAndInAnyOrder) {
  StorageWrite change;
  change.put_outbox = entries(1);
  const std::string lines = storage_text(change);
  StoredReplicaReader reader;
  std::vector<std::string> pieces;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin) + 1;
    pieces.push_back(lines.substr(begin, end - begin));
    begin = end;
  }
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) reader.take(*piece);
  EXPECT_EQ(reader.finish().outbox, change.put_outbox);
}

TEST(StorageText, UnreadableRowsAreAskedForAgainAndCommandsAreSetAside) {
  StorageWrite change;
  change.cookie = "1.2.3.4";
  change.put_rows = wire::samples::rows();
  change.put_outbox = entries(1);
  const std::string good = storage_text(change);
  for (const std::string bad : {"r{\"id\":\"x\"}\t{\"colour\":1}\n", "lx\t{}\n", "r\n"}) {
    const StoredReplica stored = read(good + bad);
    EXPECT_TRUE(stored.rows.empty()) << bad;
    EXPECT_TRUE(stored.ledger.empty()) << bad;
    EXPECT_EQ(stored.cookie, "") << bad;
    EXPECT_EQ(stored.outbox, change.put_outbox) << bad;
  }
  StoredReplicaReader reader;
  reader.take(good);
  const std::string id = to_string(uuid(0x0B, 99));
  reader.take("o90\t" + id + "\t5\t{\"type\":\"of_the_future\"}\n");
  reader.take("o91\tno id\t5\t{}\n");
  reader.take("oX\t" + id + "\t5\t{}\n");
  EXPECT_EQ(reader.unreadable_commands(), (std::vector<std::uint64_t>{90, 91, 0}));
  EXPECT_EQ(reader.finish().outbox, change.put_outbox);
}

// Version 1 of the protocol did not say what was seen. It is not made up from what stands there
// now.
TEST(StorageText, AnOlderPagesCommandsWithoutWhatWasSeenAreSetAside) {
  const std::string id = to_string(uuid(0x0B, 99));
  const std::string booking = "\"booking\":\"" + to_string(uuid(0xB0, 1)) + "\"";
  const std::string entry = "\"entry\":\"" + to_string(uuid(0xE0, 1)) + "\"";
  const std::string old_forms[] = {
      "{" + booking + ",\"reason\":\"\",\"type\":\"cancel_booking\"}",
      "{" + booking + ",\"type\":\"undo_reschedule\"}",
      "{" + entry + ",\"type\":\"leave_waitlist\"}",
  };
  StoredReplicaReader reader;
  std::uint64_t seq = 1;
  for (const std::string& form : old_forms) {
    std::string line = "o";
    line.append(std::to_string(seq++)).append("\t").append(id).append("\t5\t").append(form);
    reader.take(line + "\n");
  }
  EXPECT_EQ(reader.unreadable_commands(), (std::vector<std::uint64_t>{1, 2, 3}));
  EXPECT_TRUE(reader.finish().outbox.empty());
}

TEST(StorageText, WhatIsDamagedOrUnknownIsLeftOut) {
  EXPECT_TRUE(read("axyz\t1\t{}\n").accepted.empty());
  EXPECT_TRUE(read("a" + to_string(uuid(0x0B, 1)) + "\t1\t{\"type\":\"of_the_future\"}\n")
                  .accepted.empty());
  EXPECT_EQ(read("n0\n").next_seq, 1u);
  EXPECT_EQ(read("nmany\n").next_seq, 1u);
  EXPECT_EQ(read("n12x\n").next_seq, 1u);
  EXPECT_EQ(read("tsoon\n").clock_offset_ms, 0);
  EXPECT_FALSE(read("unobody\n").user);
  EXPECT_EQ(read("\n\nz of a kind that comes later\nkC\n\n").cookie, "C");
  EXPECT_EQ(read("kC").cookie, "C");  // without its line end
  EXPECT_EQ(read("kA\nn9\n!\nn3\n").cookie, "");
  EXPECT_EQ(read("kA\nn9\n!\nn3\n").next_seq, 3u);
}

}  // namespace
}  // namespace yuanyue::sync
