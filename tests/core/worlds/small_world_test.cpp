// Two blocks, three enterprises, every order of commands to a depth. A refused command changes
// nothing (which is checked), so an order that has one in it is the shorter order without it, and
// only accepted commands lead deeper: the search is exhaustive all the same.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/appointments/answer_offer.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/kernel/run_due.h"
#include "tests/core/support/judge.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

#ifdef __EMSCRIPTEN__
constexpr int default_depth = 4;
#else
constexpr int default_depth = 6;
#endif

int search_depth() {
  const char* text = std::getenv("YUANYUE_SMALL_WORLD_DEPTH");
  return text == nullptr ? default_depth : static_cast<int>(std::strtol(text, nullptr, 10));
}

struct Setting {
  std::string_view name;
  int capacity = 1;
  int max_open = 1;
  bool both_blocks_are_taken = false;  // at the start, by beta and the high-tech one
};

class SmallWorld {
 public:
  explicit SmallWorld(const Setting& setting) {
    for (AnyRow& row : park_rows()) {
      if (auto* service = row.get_if<Service>()) adjust(*service, setting);
      state_.put(std::move(row));
    }
    judge_.begin(state_);
    if (setting.both_blocks_are_taken) {
      two_entries_ = true;
      take({"book", actor(beta), BookAppointment{BookingId(uuid(90, 1)), block_[0]}});
      take({"book", actor(high_tech), BookAppointment{BookingId(uuid(90, 2)), block_[1]}});
    }
  }

  void explore(int depth) {
    const Snapshot start = take_snapshot(state_);
    visit(depth);
    EXPECT_EQ(take_snapshot(state_) == start, true) << "the search did not end where it began";
  }

  std::uint64_t nodes() const { return nodes_; }

 private:
  struct Step {
    std::string_view name;
    Actor who;
    AnyCommand command;
  };

  // alpha and beta are ordinary, and beta takes seats automatically; the third is high-tech.
  static constexpr std::size_t members = 3;
  const std::array<Member, members> member_{alpha, beta, high_tech};
  const std::array<BlockKey, 2> block_{licence_block("2026-11-25 09:00"),
                                       licence_block("2026-11-25 14:00")};

  void adjust(Service& service, const Setting& setting) {
    service.policy.max_open = setting.max_open;
    for (TemplateBlock& line : service.weekly) line.capacity = setting.capacity;
  }

  const BlockKey& other(const BlockKey& key) const {
    return key == block_[0] ? block_[1] : block_[0];
  }

  Uuid next_id() const { return uuid(100 + static_cast<std::uint64_t>(path_.size()), nodes_); }

  void add_booking_steps(const Member& who, std::vector<Step>& steps) const {
    std::vector<BookingId> bookings;
    for (const OpenSeat& seat : open_seats(state_, who.enterprise))
      bookings.push_back(booking_of(state_, seat).id);
    std::ranges::sort(bookings);
    for (const BookingId& id : bookings) {
      const Booking& booking = *state_.find(id);
      const BlockKey to = other(booking.block);
      steps.push_back({"reschedule", actor(who), RescheduleBooking{id, booking.block, to}});
      steps.push_back({"cancel", actor(who), cancel_seen(state_, id)});
      if (booking.previous_block) steps.push_back({"undo", actor(who), undo_seen(state_, id)});
      steps.push_back({"join to swap", actor(who),
                       JoinWaitlist{.entry = WaitlistEntryId(next_id()),
                                    .service = licence,
                                    .wishes = {wish(to)},
                                    .swap_booking = id,
                                    .auto_accept = who == beta,
                                    .swap_from = booking.block}});
    }
  }

  void add_entry_steps(const Member& who, std::vector<Step>& steps) const {
    std::vector<WaitlistEntryId> entries = open_entries(state_, who.enterprise);
    std::ranges::sort(entries);
    for (const WaitlistEntryId& id : entries) {
      steps.push_back({"leave", actor(who), leave_seen(state_, id)});
      const WaitlistEntry& entry = *state_.find(id);
      if (entry.status != WaitlistStatus::offered) continue;
      steps.push_back({"accept", actor(who), accept_seen(state_, entry.offer)});
      steps.push_back({"decline", actor(who), DeclineOffer{entry.offer}});
    }
  }

  // What is not theirs, and ids that are taken: ids are public. None is accepted, so none leads
  // deeper; only near the beginning, where every kind of row has been met.
  void add_hostile_steps(const Member& who, std::vector<Step>& steps) const {
    if (path_.size() > 3) return;
    std::map<BookingId, BlockKey> bookings;
    state_.for_each<Booking>([&](const Booking& row) { bookings.emplace(row.id, row.block); });
    for (const auto& [id, block] : bookings) {
      if (state_.find(id)->enterprise != who.enterprise) {
        steps.push_back({"cancel theirs", actor(who), CancelBooking{id, block, ""}});
        steps.push_back({"undo theirs", actor(who), undo_seen(state_, id)});
        steps.push_back(
            {"reschedule theirs", actor(who), RescheduleBooking{id, block, other(block)}});
        steps.push_back({"swap theirs", actor(who),
                         JoinWaitlist{.entry = WaitlistEntryId(next_id()),
                                      .service = licence,
                                      .wishes = {wish(other(block))},
                                      .swap_booking = id,
                                      .swap_from = block}});
      }
      steps.push_back({"book with a taken id", actor(who), BookAppointment{id, other(block)}});
    }
    std::map<WaitlistEntryId, OfferId> entries;
    state_.for_each<WaitlistEntry>(
        [&](const WaitlistEntry& row) { entries.emplace(row.id, row.offer); });
    for (const auto& [id, offer] : entries) {
      if (state_.find(id)->enterprise != who.enterprise) {
        steps.push_back({"leave theirs", actor(who), leave_seen(state_, id)});
        steps.push_back(
            {"change theirs", actor(who), change_seen(state_, id, {wish(block_[1])}, true)});
        if (offer) steps.push_back({"accept theirs", actor(who), accept_seen(state_, offer)});
        if (offer) steps.push_back({"decline theirs", actor(who), DeclineOffer{offer}});
      }
      steps.push_back(
          {"join with a taken id", actor(who),
           JoinWaitlist{.entry = id, .service = licence, .wishes = {wish("2026-11-25")}}});
    }
  }

  std::vector<Step> possible_steps() const {
    std::vector<Step> steps;
    for (const Member& who : member_) {
      for (const BlockKey& key : block_) {
        steps.push_back({"book", actor(who), BookAppointment{BookingId(next_id()), key}});
      }
      add_booking_steps(who, steps);
      JoinWaitlist join{.entry = WaitlistEntryId(next_id()),
                        .service = licence,
                        .wishes = {wish(block_[0])},
                        .auto_accept = who == beta};
      steps.push_back({"join", actor(who), join});
      if (two_entries_) {
        join.wishes = {wish(block_[1])};
        steps.push_back({"join afternoon", actor(who), join});
      }
      join.wishes = {wish("2026-11-25")};
      steps.push_back({"join both", actor(who), join});
      add_entry_steps(who, steps);
      add_hostile_steps(who, steps);
    }
    if (next_due(state_) != never) steps.push_back({"wait", system_actor, RunDue{}});
    return steps;
  }

  // A minute later the command, then what is due; waiting goes to the next thing due.
  std::vector<Outcome> take(const Step& step) {
    std::vector<Outcome> outcomes;
    now_ = now_ + ms_per_minute;
    if (step.command.is<RunDue>()) {
      now_ = std::max(now_, next_due(state_));
    } else {
      // What is due comes first: the order that waits in between is another one.
      if (next_due(state_) <= now_) return outcomes;
      auto outcome = execute(state_, envelope(step));
      judge(envelope(step), outcome);
      if (!outcome) return outcomes;
      outcomes.push_back(*std::move(outcome));
    }
    run_timers(outcomes);
    return outcomes;
  }

  Envelope envelope(const Step& step) const {
    return {CommandId(next_id()), step.who, now_, step.command};
  }

  void run_timers(std::vector<Outcome>& outcomes) {
    constexpr std::size_t timers_in_a_row_max = 1'000;
    while (next_due(state_) <= now_) {
      if (outcomes.size() > timers_in_a_row_max) return expect(false, "timers without end");
      const CommandId id(derive(next_id(), outcomes.size()));
      Result<Outcome> outcome = run_due(state_, now_, id).value();
      judge({id, system_actor, now_, RunDue{}}, outcome);
      outcomes.push_back(*std::move(outcome));
    }
  }

  void judge(const Envelope& decided, const Result<Outcome>& result) {
    for (const std::string& sentence : judge_.see(decided, result)) expect(false, sentence);
  }

  void take_back(const std::vector<Outcome>& outcomes) {
    for (auto outcome = outcomes.rbegin(); outcome != outcomes.rend(); ++outcome) {
      revert(state_, *outcome);
    }
  }

  // Requires: the state before the step. Ends there.
  void check_promises(const Step& step, const std::vector<Outcome>& outcomes,
                      const Snapshot& after) {
    if (!step.command.is<RunDue>()) {
      const auto decided = decide(state_, envelope(step));
      expect(decided && equal(*decided, outcomes.front()), "decide and execute disagree");
    }
    for (const Outcome& outcome : outcomes) apply(state_, outcome);
    expect(take_moving_rows(state_) == after, "apply does not do what execute does");
    take_back(outcomes);
  }

  void check_state(const Snapshot& rows) {
    for (const std::string& sentence : broken_invariants(state_, now_)) expect(false, sentence);
    expect(excess_of(state_, now_).empty(), "a block is over capacity");
    if (path_.size() > 3) return;  // a rebuild costs more than all the rest
    Snapshot all = take_snapshot(state_);
    expect(all.size() >= rows.size(), "rows are missing");
    expect(index_difference(state_, rebuild(all)).empty(), "an index is not what the rows say");
  }

  void visit(int depth) {
    ++nodes_;
    const Snapshot rows = take_moving_rows(state_);
    check_state(rows);
    if (depth == 0) return;
    const Instant now = now_;
    for (const Step& step : possible_steps()) {
      path_.push_back(&step);
      const std::uint64_t nodes_before = nodes_;
      const std::vector<Outcome> outcomes = take(step);
      const Instant then = now_;
      if (!outcomes.empty()) {
        const Snapshot after = take_moving_rows(state_);
        const std::uint64_t nodes_after_step = nodes_;
        visit(depth - 1);
        now_ = then;
        take_back(outcomes);
        for (auto last = outcomes.rbegin(); last != outcomes.rend(); ++last) {
          judge_.take_back(*last);
        }
        const std::uint64_t nodes_now = std::exchange(nodes_, nodes_after_step);
        check_promises(step, outcomes, after);
        nodes_ = nodes_now;
      }
      now_ = now;
      if (nodes_ != nodes_before && depth <= 2) {
        expect(take_moving_rows(state_) == rows, "revert does not take everything back");
      }
      path_.pop_back();
    }
    expect(take_moving_rows(state_) == rows, "a refusal or revert left changes behind");
  }

  void expect(bool holds, std::string_view what) {
    if (holds || ++faults_ > 5) return;
    std::string path;
    for (const Step* step : path_) {
      path += " > " + describe(*step);
    }
    ADD_FAILURE() << what << " after" << path;
  }

  std::string describe(const Step& step) const {
    for (std::size_t i = 0; i < members; ++i) {
      if (member_[i].user == step.who.user) {
        return std::string(1, static_cast<char>('A' + i)) + " " + std::string(step.name) +
               block_name(step.command);
      }
    }
    return std::string(step.name);
  }

  std::string block_name(const AnyCommand& command) const {
    if (const auto* book = command.get_if<BookAppointment>()) {
      return " " + to_string(book->block.start);
    }
    if (const auto* move = command.get_if<RescheduleBooking>()) {
      return " to " + to_string(move->to.start);
    }
    return {};
  }

  State state_;
  Judge judge_;
  bool two_entries_ = false;  // an enterprise may wait for each block by itself
  Instant now_ = at("2026-11-02 09:00");
  std::vector<const Step*> path_;
  std::uint64_t nodes_ = 0;
  int faults_ = 0;
};

class SmallWorlds : public ::testing::TestWithParam<Setting> {};

TEST_P(SmallWorlds, KeepEveryInvariantInEveryOrder) {
  SmallWorld world(GetParam());
  world.explore(search_depth());
  RecordProperty("nodes", std::to_string(world.nodes()));
  std::cout << world.nodes() << " nodes\n";
}

INSTANTIATE_TEST_SUITE_P(Exhaustive, SmallWorlds,
                         ::testing::Values(Setting{"one_seat_one_booking", 1, 1},
                                           Setting{"one_seat_two_bookings", 1, 2},
                                           Setting{"two_seats", 2, 1},
                                           Setting{"both_blocks_taken", 1, 1, true}),
                         [](const auto& setting) { return std::string(setting.param.name); });

}  // namespace
}  // namespace yuanyue::worlds
