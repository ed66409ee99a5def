// Several browsers on a bad network, from one seed: requests and answers are lost, doubled and
// late, the server forgets clients and is restored, pages are reloaded. When the faults stop, every
// replica is what its user may see, every command came through once and was answered for once.
#include <memory>

#include <gtest/gtest.h>

#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "tests/core/support/random.h"
#include "tests/core/sync/replica_harness.h"

namespace yuanyue::sync {
namespace {

using worlds::Random;

class BadNetwork {
 public:
  explicit BadNetwork(std::uint64_t seed) : random_(seed) {
    for (std::uint64_t number = 1; number <= 3; ++number) {
      browsers_.push_back(std::make_unique<Browser>(server_, worlds::member(number)));
      browsers_.back()->sign_in();
    }
    server_.gives_results_in_pulls = random_.one_in(2);
  }

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      const auto which = static_cast<std::size_t>(random_.below(browsers_.size()));
      step_of(browsers_[which]);
    }
  }

  void settle() {
    for (int round = 0; round < 40; ++round) {
      for (auto& browser : browsers_) browser->wait_and_pump();
    }
    for (auto& browser : browsers_) take_events(*browser);
  }

  void expect_converged() {
    for (auto& browser : browsers_) {
      EXPECT_EQ(browser->client.status().pending, 0u);
      EXPECT_EQ(browser->client.status().connection, Connection::online);
      EXPECT_TRUE(browser->equals_server());
      EXPECT_TRUE(browser->storage.kept.outbox.empty());
      State stored;
      for (const AnyRow& row : browser->storage.kept.rows) stored.put(row);
      EXPECT_EQ(wire::state_hash(stored), server_.visible_hash(browser->user));
    }
    EXPECT_EQ(static_cast<std::size_t>(server_.executed()), submitted_.size());
    for (const CommandId& id : submitted_) EXPECT_EQ(told_[id], 1) << to_string(id);
    EXPECT_EQ(told_.size(), submitted_.size());
  }
  std::size_t submitted() const { return submitted_.size(); }

 private:
  void step_of(std::unique_ptr<Browser>& browser) {
    switch (random_.below(10)) {
      case 0:
      case 1:
        return submit(*browser);
      case 2:
        server_.now = server_.now + random_.between(1, 5'000);
        return browser->client.tick(browser->now());
      case 3:
        return misfortune(browser);
      default:
        return deliver(*browser);
    }
  }

  void submit(Browser& browser) {
    const AnyCommand command = any_command(browser);
    const CommandId id(browser.next_id());
    const auto submission = browser.client.submit(command, id, browser.now());
    if (submission) submitted_.push_back(id);
  }

  BlockKey any_block() {
    const Date first = worlds::day("2026-11-23");
    return {worlds::licence, first + random_.between(0, 2),
            worlds::clock(random_.one_in(2) ? "09:00" : "14:00")};
  }

  AnyCommand any_command(Browser& browser) {
    std::vector<BookingId> bookings;
    browser.client.state().for_each<Booking>([&](const Booking& each) {
      if (each.status == BookingStatus::confirmed) bookings.push_back(each.id);
    });
    std::vector<WaitlistEntryId> entries;
    browser.client.state().for_each<WaitlistEntry>(
        [&](const WaitlistEntry& each) { entries.push_back(each.id); });
    const std::uint64_t choice = random_.below(5);
    if (choice == 0 && !bookings.empty()) {
      const BookingId id = random_.pick(bookings);
      return RescheduleBooking{id, browser.client.state().find(id)->block, any_block()};
    }
    if (choice == 1 && !bookings.empty())
      return worlds::cancel_seen(browser.client.state(), random_.pick(bookings));
    if (choice == 2 && !entries.empty())
      return worlds::leave_seen(browser.client.state(), random_.pick(entries));
    if (choice == 3) {
      return JoinWaitlist{WaitlistEntryId(browser.next_id()),
                          worlds::licence,
                          {worlds::wish(any_block())},
                          {},
                          random_.one_in(2)};
    }
    return BookAppointment{BookingId(browser.next_id()), any_block()};
  }

  void deliver(Browser& browser) {
    std::erase_if(browser.transport.sent, [](const SentRequest& each) { return each.is_aborted; });
    if (browser.transport.sent.empty()) return browser.client.tick(browser.now());
    const auto at = static_cast<std::ptrdiff_t>(random_.below(browser.transport.sent.size()));
    const SentRequest request = *(browser.transport.sent.begin() + at);
    const auto take = [&] { browser.transport.sent.erase(browser.transport.sent.begin() + at); };
    if (random_.one_in(6)) {  // lost on the way up
      take();
      return browser.lose(request);
    }
    auto reply = browser.ask_server(request);
    if (!reply) return;
    if (random_.one_in(6)) reply = browser.ask_server(request);  // doubled
    if (!reply) return;
    take();
    if (random_.one_in(6)) return browser.lose(request);  // lost on the way down
    browser.answer(request, *reply);
    if (random_.one_in(6)) browser.answer(request, *reply);
    take_events(browser);
  }

  void misfortune(std::unique_ptr<Browser>& browser) {
    switch (random_.below(12)) {
      case 0:
        return server_.forget_clients();
      case 1:
        return server_.forget_last_of(browser->user);
      case 2:
        ++server_.epoch;
        return;
      case 3:
        return reload(browser);
      case 4:
        return browser->client.refresh(browser->now());
      default:
        return;
    }
  }

  void reload(std::unique_ptr<Browser>& browser) {
    take_events(*browser);
    auto next = std::make_unique<Browser>(server_, worlds::member(browser->user.low),
                                          browser->storage.kept);
    next->storage.kept = browser->storage.kept;
    next->ids = browser->ids + 1'000;
    // What the storage no longer holds has its result; the page closed before its rows came, and
    // nobody is left to be told.
    for (const CommandId& id : submitted_of(*browser)) {
      if (!told_.contains(id) && !is_kept(browser->storage.kept, id)) told_[id] = 1;
    }
    browser = std::move(next);
    browser->sign_in();
  }

  std::vector<CommandId> submitted_of(const Browser& browser) const {
    std::vector<CommandId> own;
    for (const CommandId& id : submitted_) {
      if (id.high == 0x1D + browser.user.low) own.push_back(id);
    }
    return own;
  }

  static bool is_kept(const StoredReplica& kept, const CommandId& id) {
    return std::ranges::any_of(kept.outbox,
                               [&](const OutboxEntry& entry) { return entry.id == id; });
  }

  void take_events(Browser& browser) {
    for (const SyncEvent& event : browser.client.take_events()) {
      std::visit(
          [&](const auto& each) {
            if constexpr (requires { each.id; }) ++told_[each.id];
          },
          event);
    }
  }

  Random random_;
  FakeServer server_;
  std::vector<std::unique_ptr<Browser>> browsers_;
  std::vector<CommandId> submitted_;
  std::map<CommandId, int> told_;
};

TEST(RandomFaults, EveryReplicaConvergesAndEveryCommandAppliesOnce) {
  std::size_t submitted = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    BadNetwork network(seed);
    network.run(400);
    network.settle();
    network.expect_converged();
    submitted += network.submitted();
    if (testing::Test::HasFailure()) break;
  }
  EXPECT_GT(submitted, 1'000u);
}

}  // namespace
}  // namespace yuanyue::sync
