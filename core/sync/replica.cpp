#include "core/sync/replica.h"

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <utility>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/domain.h"
#include "core/kernel/engine.h"
#include "core/kernel/refusals.h"
#include "core/kernel/row.h"
#include "core/messages/notification.h"
#include "core/people/acting_enterprise.h"
#include "core/people/enterprise.h"

namespace yuanyue::sync {
namespace {

// The id of a row that a timeline or a card stands for; none for other rows.
Uuid id_of(const RowRef& row) {
  if (const auto* booking = row.get_if<Booking>()) return booking->id;
  if (const auto* entry = row.get_if<WaitlistEntry>()) return entry->id;
  if (const auto* offer = row.get_if<Offer>()) return offer->id;
  if (const auto* notification = row.get_if<Notification>()) return notification->id;
  return {};
}

}  // namespace

std::size_t Replica::count_unsettled() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      pending_, [](const Pending& pending) { return !pending.result.has_value(); }));
}

std::size_t Replica::count_unsaved() const {
  return static_cast<std::size_t>(std::ranges::count_if(pending_, [](const Pending& pending) {
    return !pending.result.has_value() && pending.saving != 0;
  }));
}

bool Replica::is_known(const CommandId& id) const {
  return std::ranges::any_of(pending_,
                             [&](const Pending& pending) { return pending.entry.id == id; });
}

const std::vector<LedgerEntry>& Replica::timeline(const Uuid& id) const {
  static const std::vector<LedgerEntry> nothing;
  const auto found = timelines_.find(id);
  return found == timelines_.end() ? nothing : found->second.entries;
}

void Replica::clear() {
  state_ = State();
  pending_.clear();
  timelines_.clear();
  predicted_timelines_.clear();
  known_ledger_.clear();
  touched_.clear();
}

void Replica::forget_rows() {
  take_back();
  for (Pending& pending : pending_) {
    pending.prediction.reset();
    pending.covered = false;
  }
  put_confirmed({});
}

void Replica::load(const StoredReplica& stored) {
  clear();
  put_confirmed(stored);
  for (const OutboxEntry& entry : stored.outbox) pending_.push_back({.entry = entry});
}

void Replica::put_confirmed(const StoredReplica& stored) {
  next_forgetting_ = {INT64_MIN};
  state_ = State();
  timelines_.clear();
  known_ledger_.clear();
  for (const AnyRow& row : stored.rows) state_.put(row);
  for (const LedgerEntry& entry : stored.ledger) add_confirmed(entry);
}

std::uint64_t Replica::join(const StoredReplica& stored, StoredRows rows) {
  take_back();
  for (Pending& pending : pending_) {
    pending.prediction.reset();
    pending.covered = false;
  }
  if (rows == StoredRows::take) put_confirmed(stored);
  std::deque<Pending> here = std::exchange(pending_, {});
  std::uint64_t next_seq = stored.next_seq;
  for (const OutboxEntry& entry : stored.outbox) {
    next_seq = std::max(next_seq, entry.seq + 1);
    const auto known = std::ranges::find_if(
        here, [&](const Pending& pending) { return pending.entry.id == entry.id; });
    if (known == here.end()) {
      pending_.push_back({.entry = entry});
      continue;
    }
    known->entry.seq = entry.seq;
    pending_.push_back(std::move(*known));
    here.erase(known);
  }
  for (Pending& pending : here) {
    pending.entry.seq = pending.result ? 0 : next_seq++;
    pending_.push_back(std::move(pending));
  }
  return next_seq;
}

void Replica::copy_confirmed(std::vector<AnyRow>& rows, std::vector<LedgerEntry>& ledger,
                             Instant server_now) {
  take_back();
  for_each_row(state_, state_.domains().rows(), [&](const RowRef& row) { rows.emplace_back(row); });
  std::unordered_set<Uuid, IdHash> taken;
  for (const auto& [id, timeline] : timelines_) {
    for (const LedgerEntry& entry : timeline.entries) {
      if (taken.insert(entry.id).second) ledger.push_back(entry);
    }
  }
  std::ranges::sort(ledger, {},
                    [&](const LedgerEntry& entry) { return known_ledger_.at(entry.id).number; });
  execute_pending(server_now);
}

// --- predictions -------------------------------------------------------------------------------

Result<Outcome> Replica::try_predict(const CommandId& id, const AnyCommand& command,
                                     Instant server_now) {
  return execute(state_, Envelope{id, actor_, server_now, command});
}

void Replica::suppose(const AnyCommand& command, Instant server_now,
                      const std::function<void(const State&)>& look) {
  // Refused there is nothing to look at.
  [[maybe_unused]] const auto outcome =
      yuanyue::suppose(state_, Envelope{CommandId(), actor_, server_now, command}, look);
}

void Replica::add(Pending pending) {
  pending_.push_back(std::move(pending));
  show(pending_.back());
}

void Replica::predict_again(Instant server_now) {
  take_back();
  execute_pending(server_now);
}

void Replica::take_back() {
  for (auto pending = pending_.rbegin(); pending != pending_.rend(); ++pending) {
    if (pending->prediction) revert(state_, *pending->prediction);
  }
  for (const Uuid& id : predicted_timelines_) {
    Timeline& timeline = timelines_[id];
    timeline.entries.resize(timeline.confirmed);
  }
  predicted_timelines_.clear();
  touched_.clear();
}

void Replica::execute_pending(Instant server_now) {
  if (server_now >= next_forgetting_) {
    forget_old_entries(server_now);
    next_forgetting_ = server_now + ms_per_hour;
  }
  for (Pending& pending : pending_) {
    pending.prediction.reset();
    const bool is_refused = pending.result && !pending.result->accepted;
    if (pending.covered || is_refused) continue;
    // What the server has accepted is not put in doubt by the time that passes until its rows come.
    const Instant now = pending.result ? pending.entry.decided_at : server_now;
    auto outcome = try_predict(pending.entry.id, pending.entry.command, now);
    if (!outcome) continue;  // the server will say why
    pending.prediction = *std::move(outcome);
    show(pending);
  }
}

void Replica::show(const Pending& pending) {
  if (!pending.prediction) return;
  for (const LedgerEntry& entry : pending.prediction->ledger) {
    add_to_timelines(entry, Standing::predicted);
  }
  if (pending.result) return;
  for (const RowChange& change : pending.prediction->changes()) {
    if (const Uuid id = id_of(change.row())) touched_.insert(id);
  }
}

void Replica::add_to_timelines(const LedgerEntry& entry, Standing standing) {
  const EventKindBase& kind = entry.kind.kind();
  for (const Subject& subject : kind.subjects(kind, entry.kind.get())) {
    const Uuid& id = subject.id;
    Timeline& timeline = timelines_[id];
    timeline.entries.push_back(entry);
    if (standing == Standing::confirmed) {
      timeline.confirmed = timeline.entries.size();
    } else {
      predicted_timelines_.push_back(id);
    }
  }
}

void Replica::add_confirmed(const LedgerEntry& entry) {
  const bool is_new = known_ledger_.try_emplace(entry.id, KnownEntry{next_entry_, entry.at}).second;
  if (!is_new) return;
  ++next_entry_;
  add_to_timelines(entry, Standing::confirmed);
}

bool Replica::forget_old_entries(Instant server_now) {
  constexpr std::size_t good_part = 4;
  const Instant oldest = server_now - state_.domains().retention()(state_);
  const std::size_t known = known_ledger_.size();
  std::erase_if(known_ledger_, [&](const auto& entry) { return entry.second.at < oldest; });
  if (known_ledger_.size() == known) return false;
  for (auto place = timelines_.begin(); place != timelines_.end();) {
    Timeline& timeline = place->second;
    std::erase_if(timeline.entries, [&](const LedgerEntry& entry) { return entry.at < oldest; });
    timeline.confirmed = timeline.entries.size();
    place = timeline.entries.empty() ? timelines_.erase(place) : std::next(place);
  }
  return (known - known_ledger_.size()) * good_part >= known;
}

// --- what the server says ----------------------------------------------------------------------

bool Replica::take_result(const wire::CommandResult& result) {
  const auto pending = std::ranges::find_if(
      pending_, [&](const Pending& candidate) { return candidate.entry.id == result.id; });
  if (pending == pending_.end() || pending->result) return false;
  pending->result = result;
  return true;
}

void Replica::pull_started() {
  for (Pending& pending : pending_) pending.asked_for |= pending.result.has_value();
}

void Replica::take_pull(const wire::PullResponse& response, Instant server_now) {
  take_back();
  if (response.reset) {
    ++losses_.resets;
    state_ = State();
    timelines_.clear();
    known_ledger_.clear();
  }
  for (const AnyKey& key : response.deletes) {
    const AnyRow row = state_.erase(key);
    const auto* entry = row.get_if<WaitlistEntry>();
    const bool is_others = entry != nullptr && entry->enterprise != enterprise_of(state_, actor_);
    if (row.ref() && id_of(row) && !is_others) ++losses_.rows;
  }
  for (const AnyRow& row : response.rows) state_.put(row);
  for (const LedgerEntry& entry : response.ledger) add_confirmed(entry);
  for (const wire::CommandResult& result : response.results) {
    for (Pending& pending : pending_) {
      if (pending.entry.id == result.id && !pending.result) pending.result = result;
    }
  }
  for (Pending& pending : pending_) {
    pending.covered |= pending.asked_for || pending.entry.seq <= response.last_seq;
  }
  find_corrections();
  execute_pending(server_now);
}

// Only the last of several commands about one row can tell how the row should have come out.
void Replica::find_corrections() {
  std::unordered_set<Uuid, IdHash> judged;
  for (auto pending = pending_.rbegin(); pending != pending_.rend(); ++pending) {
    if (!pending->prediction) continue;
    const auto& changes = pending->prediction->changes();
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
      const RowRef row = change->row();
      const Uuid id = id_of(row);
      if (!id || !judged.insert(id).second || !pending->covered) continue;
      if (change->after() && differs(row)) pending->corrected.push_back(key_of(row));
    }
  }
}

// By what a person would call different: instants may differ by the clocks.
bool Replica::differs(const RowRef& predicted) const {
  if (const auto* booking = predicted.get_if<Booking>()) {
    const Booking* confirmed = state_.find(booking->id);
    if (confirmed == nullptr) return booking->status == BookingStatus::confirmed;
    return confirmed->status != booking->status || confirmed->block != booking->block;
  }
  if (const auto* entry = predicted.get_if<WaitlistEntry>()) {
    const WaitlistEntry* confirmed = state_.find(entry->id);
    if (confirmed == nullptr) return entry->status == WaitlistStatus::waiting;
    return confirmed->status != entry->status || confirmed->blocks != entry->blocks;
  }
  if (const auto* offer = predicted.get_if<Offer>()) {
    const Offer* confirmed = state_.find(offer->id);
    return confirmed != nullptr && confirmed->status != offer->status;
  }
  return false;
}

bool Replica::is_ahead_of_pulls(const CommandId& id) const {
  return std::ranges::any_of(pending_, [&](const Pending& pending) {
    return pending.entry.id == id && pending.result && !pending.asked_for;
  });
}

void Replica::take_forgotten(std::vector<OutboxEntry> forgotten, Instant server_now) {
  take_back();
  std::deque<Pending> older;
  for (OutboxEntry& entry : forgotten) {
    const auto known = std::ranges::find_if(
        pending_, [&](const Pending& pending) { return pending.entry.id == entry.id; });
    if (known == pending_.end()) {
      older.push_back({.entry = std::move(entry), .again = true});
      continue;
    }
    known->result.reset();
    known->asked_for = known->covered = false;
    known->corrected.clear();
  }
  for (auto pending = older.rbegin(); pending != older.rend(); ++pending) {
    pending_.push_front(std::move(*pending));
  }
  execute_pending(server_now);
}

void Replica::drop(const CommandId& id, Instant server_now) {
  take_back();
  std::erase_if(pending_, [&](const Pending& pending) { return pending.entry.id == id; });
  execute_pending(server_now);
}

std::vector<CommandEvent> Replica::take_settled() {
  std::vector<CommandEvent> events;
  std::erase_if(pending_, [&](Pending& pending) {
    if (!pending.result) return false;
    OutboxEntry& entry = pending.entry;
    if (!pending.result->accepted) {
      events.push_back(CommandRefused{entry.id, std::move(entry.command),
                                      pending.result->rejection.value_or(refuse_invalid({}))});
      return true;
    }
    if (!pending.covered) return false;
    if (pending.again) return true;  // as the user was told before
    if (pending.corrected.empty()) {
      events.push_back(CommandConfirmed{entry.id, std::move(entry.command)});
    } else {
      events.push_back(
          CommandCorrected{entry.id, std::move(entry.command), std::move(pending.corrected)});
    }
    return true;
  });
  return events;
}

std::uint64_t Replica::renumber() {
  std::uint64_t seq = 0;
  for (Pending& pending : pending_) {
    // Accepted ones need no number any more; the next pull brings their rows. Of the others nobody
    // knows now whether the rows contain them.
    pending.entry.seq = pending.result ? 0 : ++seq;
    pending.covered = false;
  }
  return seq + 1;
}

}  // namespace yuanyue::sync
