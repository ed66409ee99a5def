#include "tests/core/support/world.h"

#include <algorithm>
#include <utility>

#include "core/appointments/block.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/ids.h"
#include "core/appointments/offer.h"
#include "core/appointments/override_block.h"
#include "core/appointments/queues.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "core/kernel/command.h"
#include "core/kernel/notice.h"
#include "core/kernel/run_due.h"
#include "core/messages/notification.h"
#include "core/people/user.h"
#include "tests/core/support/kinds.h"

namespace yuanyue::worlds {
namespace {

std::vector<AnyRow> official_park() {
  std::vector<AnyRow> rows = park_rows();
  for (AnyRow& year : official_years()) rows.push_back(std::move(year));
  return rows;
}

// A timer that does not do away with what is due must fail a test, not hang it.
constexpr int timers_in_a_row_max = 20'000;
constexpr const char* timers_without_end = "timers without end";

template <class RunOne>
bool run_all_due(const State& state, Instant until, RunOne run_one) {
  for (int ran = 0; next_due(state) <= until; ++ran) {
    if (ran == timers_in_a_row_max) return false;
    run_one();
  }
  return true;
}

// Administrators may take seats away; no other step may.
bool may_lower_capacity(const AnyCommand& command) {
  return command.is<SaveCatalog>() || command.is<OverrideBlock>() ||
         command.is<RemoveBlockOverride>() || command.is<ImportCalendarYear>();
}

}  // namespace

World::World() : World(official_park(), at("2026-11-02 09:00")) {}

World::World(const std::vector<AnyRow>& rows, Instant now, Checks checks)
    : now_(now), checks_(checks) {
  for (const AnyRow& row : rows) put(row);
}

void World::see(const Outcome& outcome) {
  for (const RowChange& change : outcome.changes()) seen_.add(change);
  seen_.ledger.insert(seen_.ledger.end(), outcome.ledger.begin(), outcome.ledger.end());
}

void World::judge(const Envelope& envelope, const Result<Outcome>& result) {
  if (checks_ == Checks::none) return;
  for (std::string& sentence : judge_.see(envelope, result)) {
    faults_.push_back(std::move(sentence));
  }
}

void World::run_one(Instant now) {
  const Excess before = excess_of(state_, now);
  const CommandId id(next_id());
  if (auto outcome = run_due(state_, now, id)) {
    see(*outcome);
    judge({id, system_actor, now, RunDue{}}, *std::move(outcome));
  }
  now_ = now;
  if (next_due(state_) > now) check_invariants(RunDue{}, before);
}

void World::go_to(Instant instant) {
  const bool is_done =
      run_all_due(state_, instant, [&] { run_one(std::max(now_, next_due(state_))); });
  if (!is_done) faults_.emplace_back(timers_without_end);
  now_ = std::max(now_, instant);
}

void World::wake_at(Instant instant) {
  now_ = std::max(now_, instant);
  const bool is_done = run_all_due(state_, now_, [&] { run_one(now_); });
  if (!is_done) faults_.emplace_back(timers_without_end);
}

Attempt World::execute(const Actor& who, const AnyCommand& command) {
  wake_at(now_);
  const Envelope envelope{CommandId(next_id()), who, now_, command};
  const Excess excess = excess_of(state_, now_);
  const bool thorough = checks_ == Checks::all;
  const Snapshot before = thorough ? take_snapshot(state_) : Snapshot{};
  auto result = yuanyue::execute(state_, envelope);
  judge(envelope, result);
  if (thorough) check_promises(envelope, before, result);
  Attempt attempt;
  if (result) {
    see(*result);
    attempt.outcome = *std::move(result);
  } else {
    attempt.refusal = std::move(result).error();
  }
  const bool is_done = run_all_due(state_, now_, [&] { run_one(now_); });
  if (!is_done) faults_.emplace_back(timers_without_end);
  check_invariants(command, excess);
  return attempt;
}

void World::check_promises(const Envelope& envelope, const Snapshot& before,
                           const Result<Outcome>& result) {
  const auto expect = [&](bool kept, const char* promise) {
    if (!kept) faults_.emplace_back(promise);
  };
  const Snapshot after = take_snapshot(state_);
  if (!result) {
    expect(after == before, "a refusal left changes behind");
    expect(index_difference(state_, rebuild(after)).empty(), "a refusal left an index changed");
    return;
  }
  revert(state_, *result);
  expect(take_snapshot(state_) == before, "revert does not take everything back");
  expect(index_difference(state_, rebuild(before)).empty(), "revert leaves an index changed");
  const auto decided = decide(state_, envelope);
  expect(decided && equal(*decided, *result), "decide and execute disagree");
  expect(take_snapshot(state_) == before, "decide changed the state");
  apply(state_, *result);
  expect(take_snapshot(state_) == after, "apply does not do what execute does");
}

void World::check_invariants(const AnyCommand& command, const Excess& before) {
  if (checks_ == Checks::none) return;
  for (std::string& sentence : broken_invariants(state_, now_)) {
    faults_.push_back(std::move(sentence));
  }
  const std::string index = index_difference(state_, rebuild(take_snapshot(state_)));
  if (!index.empty()) faults_.push_back("the index is not what the rows say: " + index);
  if (may_lower_capacity(command)) return;
  for (const auto& [key, over] : excess_of(state_, now_)) {
    const auto it = before.find(key);
    if (over > (it == before.end() ? 0 : it->second)) {
      faults_.push_back("over capacity on " + to_string(key.date) + " " + to_string(key.start));
    }
  }
}

Attempt World::book(const Member& who, const BlockKey& block) {
  const BookingId id(next_id());
  Attempt attempt = execute(actor(who), BookAppointment{id, block});
  attempt.booking = id;
  return attempt;
}

Attempt World::reschedule(const Member& who, const BookingId& booking, const BlockKey& to) {
  const Booking* found = state_.find(booking);
  const BlockKey from = found == nullptr ? BlockKey{} : found->block;
  return execute(actor(who), RescheduleBooking{booking, from, to});
}

Attempt World::undo(const Member& who, const BookingId& booking) {
  return execute(actor(who), undo_seen(state_, booking));
}

Attempt World::cancel(const Member& who, const BookingId& booking) {
  return execute(actor(who), cancel_seen(state_, booking));
}

Attempt World::join(const Member& who, JoinWaitlist command) {
  const WaitlistEntryId id(next_id());
  command.entry = id;
  Attempt attempt = execute(actor(who), command);
  attempt.entry = id;
  return attempt;
}

Attempt World::join(const Member& who, const BlockKey& block) {
  return join(who, {.service = block.service, .wishes = {wish(block)}});
}

Attempt World::join_automatically(const Member& who, const BlockKey& block) {
  return join(who, {.service = block.service, .wishes = {wish(block)}, .auto_accept = true});
}

Attempt World::join_to_swap(const Member& who, const BookingId& booking, const BlockKey& block) {
  return join(who, {.service = block.service,
                    .wishes = {wish(block)},
                    .swap_booking = booking,
                    .swap_from = place_of(state_, booking)});
}

Attempt World::leave(const Member& who, const WaitlistEntryId& entry) {
  return execute(actor(who), leave_seen(state_, entry));
}

Attempt World::accept(const Member& who, const WaitlistEntryId& entry) {
  return execute(actor(who), accept_seen(state_, state_.find(entry)->offer));
}

Attempt World::decline(const Member& who, const WaitlistEntryId& entry) {
  return execute(actor(who), DeclineOffer{state_.find(entry)->offer});
}

void World::fill(const BlockKey& block, std::uint64_t first_stranger, int seats) {
  for (int seat = 0; seat < seats; ++seat) {
    const std::uint64_t number = first_stranger + static_cast<std::uint64_t>(seat);
    const Member stranger = member(number);
    put(enterprise_row(stranger, number));
    put(user_row(stranger, number));
    if (!book(stranger, block)) faults_.emplace_back("the block could not be filled");
  }
}

const Offer* World::offer_of(const WaitlistEntryId& id) const {
  const Offer* offer = state_.find(entry(id).offer);
  return offer != nullptr && offer->status == OfferStatus::open ? offer : nullptr;
}

int World::booked(const BlockKey& block) const {
  const Block* row = state_.find(block);
  return row == nullptr ? 0 : row->booked;
}

int World::held(const BlockKey& block) const {
  const Block* row = state_.find(block);
  return row == nullptr ? 0 : row->held;
}

std::vector<WaitlistEntryId> World::queue(const BlockKey& block) const {
  std::vector<WaitlistEntryId> entries;
  for (const QueuePlace& place : queue_of(state_, block)) entries.push_back(place.entry);
  return entries;
}

std::vector<Notification> World::notifications(const Member& who, NoticeName kind) const {
  std::vector<Notification> found;
  state_.for_each<Notification>([&](const Notification& row) {
    if (row.enterprise == who.enterprise && row.kind == kind) found.push_back(row);
  });
  std::ranges::sort(found, [](const Notification& a, const Notification& b) {
    return std::tie(a.at, a.id) < std::tie(b.at, b.id);
  });
  return found;
}

}  // namespace yuanyue::worlds
