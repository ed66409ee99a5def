// The sender alone: the outbox, its numbers and what answers do to it.
#include "core/sync/sender.h"

#include <gtest/gtest.h>

#include "tests/core/support/kinds.h"
#include "tests/core/sync/replica_harness.h"

namespace yuanyue::sync {
namespace {

using worlds::uuid;

const Instant start = worlds::at("2026-11-23 09:00");
constexpr StorageTicket written = 0;

CommandId id(std::uint64_t number) { return CommandId(uuid(0x0B, number)); }

OutboxEntry cancelled(std::uint64_t number, std::uint64_t seq = 0) {
  return {seq, id(number), start,
          CancelBooking{.booking = BookingId(uuid(1, number)),
                        .block = worlds::licence_block("2026-11-25 09:00")}};
}

struct SenderTest : testing::Test {
  SenderTest() {
    Save first;
    sender.introduce(first);
  }

  void add(std::uint64_t number, StorageTicket saving = written) {
    Save added{.ticket = saving, .change = {}};
    Replica::Pending pending;
    pending.entry = cancelled(number);
    sender.add(std::move(pending), added);
  }
  // What the storage has written under this ticket.
  void stored(StorageTicket saved) {
    for (Replica::Pending& pending : replica.pending()) {
      if (pending.saving == saved) pending.saving = written;
    }
  }

  // The push that goes out now, if one does.
  std::optional<wire::PushRequest> push(Instant now = start) {
    const std::size_t before = transport.sent.size();
    sender.start(now);
    if (transport.sent.size() == before) return std::nullopt;
    ticket = transport.sent.back().ticket;
    auto request = wire::decode_push_request(transport.sent.back().body);
    EXPECT_TRUE(request.has_value());
    return request ? std::optional(*request) : std::nullopt;
  }
  std::vector<std::uint64_t> pushed(Instant now = start) {
    std::vector<std::uint64_t> numbers;
    if (const auto request = push(now)) {
      for (const wire::PushedCommand& each : request->commands) numbers.push_back(each.id.low);
    }
    return numbers;
  }

  static wire::CommandResult accepted(std::uint64_t seq, std::uint64_t number) {
    return {seq, id(number), true, 100, std::nullopt};
  }
  static wire::CommandResult refused(std::uint64_t seq, std::uint64_t number) {
    return {seq, id(number), false, 100, refuse(refusals::not_found, no_detail)};
  }
  PushAnswer answer(std::vector<wire::CommandResult> results, Instant now = start) {
    wire::PushResponse response;
    response.server_now = now;
    response.last_seq = results.empty() ? 0 : results.back().seq;
    response.results = std::move(results);
    return answer(TransportAnswer{200, wire::encode(response), 0}, now);
  }
  PushAnswer answer(const TransportAnswer& with, Instant now = start) {
    EXPECT_TRUE(sender.awaits(ticket));
    save = {.ticket = ++saves, .change = {}};
    return sender.take_answer(with, now, save);
  }
  PushAnswer answer(wire::ErrorCode code, std::string field = {}, std::int64_t retry_after_ms = 0) {
    return answer(TransportAnswer{wire::http_status(code),
                                  wire::encode(wire::ErrorBody{code, "", std::move(field)}),
                                  retry_after_ms});
  }

  FakeTransport transport;
  Link link{transport, {}, IdSource(uuid(0x5EED, 1))};
  Replica replica;
  Journal journal;
  ServerClock clock;
  Sender sender{link, replica, journal, clock};
  TransportTicket ticket = 0;
  StorageTicket saves = 1'000;
  Save save;
};

using Numbers = std::vector<std::uint64_t>;

TEST_F(SenderTest, SendsInOrderUnderNumbersFromOne) {
  add(11);
  add(12);
  add(13);
  const auto request = push();
  ASSERT_TRUE(request);
  EXPECT_EQ(request->client, sender.client());
  ASSERT_EQ(request->commands.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(request->commands[i].seq, i + 1);
    EXPECT_EQ(request->commands[i].id, id(11 + i));
  }
}

TEST_F(SenderTest, TellsTheStorageEveryCommandWithItsNumber) {
  Save first{.ticket = 5, .change = {}};
  Replica::Pending pending;
  pending.entry = cancelled(11);
  sender.add(std::move(pending), first);
  EXPECT_EQ(first.change.next_seq, 2U);
  ASSERT_EQ(first.change.put_outbox.size(), 1U);
  EXPECT_EQ(first.change.put_outbox[0].seq, 1U);
  EXPECT_EQ(first.change.put_outbox[0].id, id(11));
  EXPECT_EQ(replica.pending().front().saving, 5U);
}

TEST_F(SenderTest, HasOnePushUnderWay) {
  add(11);
  ASSERT_EQ(pushed(), Numbers{11});
  add(12);
  EXPECT_EQ(pushed(), Numbers{});
  EXPECT_EQ(sender.next_wake(), never) << "the answer wakes";
  answer({accepted(1, 11)});
  EXPECT_EQ(pushed(), Numbers{12});
}

TEST_F(SenderTest, NothingGoesBeforeTheStorageHasIt) {
  add(11);
  add(12, 7);
  add(13);
  EXPECT_EQ(pushed(), Numbers{11}) << "and nothing overtakes it";
  answer({accepted(1, 11)});
  EXPECT_EQ(pushed(), Numbers{});
  EXPECT_EQ(sender.next_wake(), never);
  stored(7);
  EXPECT_NE(sender.next_wake(), never);
  EXPECT_EQ(pushed(), (Numbers{12, 13}));
}

TEST_F(SenderTest, SendsNoMoreAtOnceThanTheServerTakes) {
  link.settings.max_push_commands = 3;
  for (std::uint64_t number = 11; number <= 14; ++number) add(number);
  EXPECT_EQ(pushed(), (Numbers{11, 12, 13}));
  answer({accepted(1, 11), accepted(2, 12), accepted(3, 13)});
  EXPECT_EQ(pushed(), Numbers{14});
}

// Numbers of one push have no gap; a pull may have settled what stood between.
TEST_F(SenderTest, AGapInTheNumbersEndsAPush) {
  for (std::uint64_t number = 11; number <= 13; ++number) add(number);
  Save other;
  sender.settle({accepted(2, 12)}, other, start);
  EXPECT_EQ(pushed(), Numbers{11});
  answer({accepted(1, 11)});
  EXPECT_EQ(pushed(), Numbers{13});
}

TEST_F(SenderTest, WhatHasAResultLeavesTheOutboxAndWhatWasAcceptedIsJournalled) {
  add(11);
  add(12);
  push();
  EXPECT_EQ(answer({accepted(1, 11), refused(2, 12)}).kind, PushAnswer::Kind::settled);
  EXPECT_EQ(save.change.erase_outbox, (std::vector<std::uint64_t>{1, 2}));
  ASSERT_EQ(save.change.put_accepted.size(), 1U);
  EXPECT_EQ(save.change.put_accepted[0].id, id(11));
  EXPECT_EQ(journal.entries().size(), 1U);
}

TEST_F(SenderTest, AnAnswerMayComeAgainOrForSomethingElse) {
  add(11);
  push();
  const TransportTicket first = ticket;
  answer({accepted(1, 11)});
  EXPECT_FALSE(sender.awaits(first)) << "twice";
  EXPECT_FALSE(sender.awaits(0)) << "nothing is under way";
  // A result that is known already, or nobody's, changes nothing.
  Save again;
  sender.settle({refused(1, 11), accepted(9, 99)}, again, start);
  EXPECT_TRUE(again.change.erase_outbox.empty());
  EXPECT_TRUE(replica.pending().front().result->accepted);
}

TEST_F(SenderTest, AnAnswerThatSettlesNothingIsNotAskedForAtOnce) {
  add(11);
  push();
  EXPECT_EQ(answer(std::vector<wire::CommandResult>{accepted(7, 99)}).kind,
            PushAnswer::Kind::waits);
  EXPECT_EQ(sender.failures(), 1);
  EXPECT_EQ(pushed(), Numbers{});
  EXPECT_EQ(pushed(sender.next_wake()), Numbers{11});
}

TEST_F(SenderTest, AnAnswerThatAPullHasOvertakenIsNoFailure) {
  add(11);
  push();
  Save pulled;
  sender.settle({accepted(1, 11)}, pulled, start);
  EXPECT_EQ(answer({accepted(1, 11)}).kind, PushAnswer::Kind::settled);
  EXPECT_EQ(sender.failures(), 0);
}

TEST_F(SenderTest, FailuresAreSentAgainLater) {
  add(11);
  const TransportAnswer failures[] = {
      {}, {503, "", 0}, {200, "<html>", 0}, {200, "", 0}, {302, "", 0}};
  int count = 0;
  Instant now = start;
  for (const TransportAnswer& failure : failures) {
    ASSERT_EQ(pushed(now), Numbers{11});
    EXPECT_EQ(answer(failure, now).kind, PushAnswer::Kind::waits);
    EXPECT_EQ(sender.failures(), ++count);
    EXPECT_GT(sender.next_wake(), now);
    EXPECT_EQ(pushed(sender.next_wake() - 1), Numbers{});
    now = sender.next_wake();
  }
  ASSERT_EQ(pushed(now), Numbers{11});
  answer({accepted(1, 11)}, now);
  EXPECT_EQ(sender.failures(), 0);
}

TEST_F(SenderTest, AskedToGoSlowerItIsNotOffline) {
  add(11);
  push();
  EXPECT_EQ(answer(wire::ErrorCode::too_many_requests, "", 60'000).kind, PushAnswer::Kind::waits);
  EXPECT_EQ(sender.failures(), 0);
  EXPECT_EQ(sender.slowed_until(), start + 60'000);
  EXPECT_EQ(pushed(start + 59'999), Numbers{});
  ASSERT_EQ(pushed(start + 60'000), Numbers{11});
  answer(TransportAnswer{}, start + 60'000);
  EXPECT_EQ(sender.slowed_until(), std::nullopt);
  EXPECT_EQ(sender.failures(), 2) << "now it is";
}

TEST_F(SenderTest, StopsForWhatItCannotMend) {
  struct Line {
    wire::ErrorCode code;
    Demand demand;
  };
  for (const Line& line : {Line{wire::ErrorCode::csrf, Demand::sign_in},
                           Line{wire::ErrorCode::wrong_user, Demand::right_user},
                           Line{wire::ErrorCode::password_change_required, Demand::new_password},
                           Line{wire::ErrorCode::protocol_too_old, Demand::newer_page}}) {
    add(20);
    sender.try_now(start);
    ASSERT_TRUE(push());
    const PushAnswer came = answer(line.code);
    EXPECT_EQ(came.kind, PushAnswer::Kind::stopped);
    EXPECT_EQ(came.demand, line.demand);
    EXPECT_EQ(sender.failures(), 0);
  }
}

// --- numbers -----------------------------------------------------------------------------------

TEST_F(SenderTest, AnUnknownClientNumbersItsOutboxAnew) {
  for (const auto code : {wire::ErrorCode::unknown_client, wire::ErrorCode::sequence_gap}) {
    add(11);
    sender.try_now(start);
    push();
    const ClientId before = sender.client();
    EXPECT_EQ(answer(code).kind, PushAnswer::Kind::numbered);
    EXPECT_NE(sender.client(), before);
    EXPECT_EQ(save.change.client, sender.client());
    EXPECT_TRUE(save.change.clear_outbox);
    EXPECT_EQ(save.change.next_seq, sender.next_seq());
    ASSERT_EQ(save.change.put_outbox.size(), replica.pending().size());
    EXPECT_EQ(save.change.put_outbox[0].seq, 1U);
    // Under the new numbers it goes when the storage has them, and not at once.
    EXPECT_EQ(sender.next_wake(), never);
    stored(save.ticket);
    EXPECT_GT(sender.next_wake(), start);
  }
}

// Another page has used the number, under the same client id.
TEST_F(SenderTest, ANumberThatStandsForAnotherCommandIsGivenUp) {
  add(11);
  push();
  const ClientId before = sender.client();
  EXPECT_EQ(answer({accepted(1, 99)}).kind, PushAnswer::Kind::numbered);
  EXPECT_NE(sender.client(), before);
  stored(save.ticket);
  const auto request = push(sender.next_wake());
  ASSERT_TRUE(request);
  EXPECT_EQ(request->commands[0].id, id(11));
}

TEST_F(SenderTest, GivesUpThePushUnderWayWhenItNumbersAnew) {
  add(11);
  push();
  Save anew{.ticket = 9, .change = {}};
  sender.number_anew(anew);
  EXPECT_TRUE(transport.sent.back().is_aborted);
  EXPECT_FALSE(sender.awaits(ticket)) << "its late answer is of another numbering";
}

TEST_F(SenderTest, FindsTheCommandThatCannotBeRead) {
  for (std::uint64_t number = 11; number <= 13; ++number) add(number);
  push();
  EXPECT_EQ(answer(wire::ErrorCode::malformed, "commands[1].command").kind,
            PushAnswer::Kind::waits);
  ASSERT_EQ(pushed(), Numbers{11}) << "at once, one by one";
  answer({accepted(1, 11)});
  ASSERT_EQ(pushed(), (Numbers{12, 13})) << "what was read is proof that the rest may be";
  answer(wire::ErrorCode::too_large);
  ASSERT_EQ(pushed(), Numbers{12});
  const PushAnswer came = answer(wire::ErrorCode::malformed, "commands[0].command");
  EXPECT_EQ(came.kind, PushAnswer::Kind::numbered);
  ASSERT_TRUE(came.unreadable);
  EXPECT_EQ(came.unreadable->id, id(12));
  EXPECT_EQ(came.unreadable->rejection.code, refusals::invalid);
  EXPECT_EQ(invalid_field(came.unreadable->rejection), "commands[0].command");
  stored(save.ticket);
  const auto rest = push();
  ASSERT_TRUE(rest);
  ASSERT_EQ(rest->commands.size(), 1U);
  EXPECT_EQ(rest->commands[0].id, id(13));
  EXPECT_EQ(rest->commands[0].seq, 1U) << "its number was not used up";
}

// --- storage and restored servers --------------------------------------------------------------

TEST_F(SenderTest, GoesOnUnderTheStoredNumbersOnlyWhereNothingHasBeenDone) {
  StoredReplica stored;
  stored.client = ClientId(uuid(0xC1, 7));
  stored.next_seq = 9;
  stored.outbox = {cancelled(8, 8)};
  sender.join(stored, Replica::StoredRows::leave);
  EXPECT_EQ(sender.client(), stored.client);
  EXPECT_EQ(sender.next_seq(), 9U);
  EXPECT_EQ(pushed(), Numbers{8});
  // The same again, with work under way: two numberings have met.
  sender.abort();
  sender.join(stored, Replica::StoredRows::leave);
  EXPECT_NE(sender.client(), stored.client);
  const auto request = push();
  ASSERT_TRUE(request);
  EXPECT_EQ(request->commands[0].seq, 1U);
}

TEST_F(SenderTest, WhatARestoredServerForgotGoesFirst) {
  add(11);
  push();
  answer({accepted(1, 11)});
  replica.pull_started();
  replica.take_pull({}, start);
  replica.take_settled();
  add(12);
  const ClientId before = sender.client();
  LedgerEntry named;
  named.command = id(11);
  Save reset{.ticket = 50, .change = {}};
  sender.send_forgotten_again({named}, reset, start);
  EXPECT_EQ(sender.client(), before) << "nothing is forgotten";
  sender.send_forgotten_again({}, reset, start);
  EXPECT_NE(sender.client(), before);
  EXPECT_EQ(reset.change.erase_accepted, std::vector{id(11)});
  ASSERT_EQ(reset.change.put_outbox.size(), 2U) << "in the write that takes it out of the journal";
  stored(50);
  EXPECT_EQ(pushed(), (Numbers{11, 12}));
}

TEST_F(SenderTest, WhatWasSettledAfterThePullWasSentIsNotForgotten) {
  add(11);
  push();
  replica.pull_started();
  answer({accepted(1, 11)});
  Save reset{.ticket = 50, .change = {}};
  sender.send_forgotten_again({}, reset, start);
  EXPECT_EQ(journal.entries().size(), 1U) << "the next reset asks again";
  EXPECT_TRUE(reset.change.put_outbox.empty());
}

}  // namespace
}  // namespace yuanyue::sync
