#include "core/appointments/join_waitlist.h"

#include <algorithm>
#include <utility>

#include "core/appointments/alternatives.h"
#include "core/appointments/booking.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/entries.h"
#include "core/appointments/kinds.h"
#include "core/appointments/open_work.h"
#include "core/appointments/permissions.h"
#include "core/appointments/queues.h"
#include "core/appointments/seats.h"
#include "core/appointments/waitlist_rules.h"
#include "core/appointments/waitlist_tables.h"
#include "core/kernel/refusals.h"
#include "core/kernel/transaction.h"
#include "core/people/acting_enterprise.h"
#include "core/people/enterprise.h"

namespace yuanyue {
namespace {

Rejection refuse_entry(const RefusalKind<AppointmentRefusal>& kind, const WaitlistEntryId& entry) {
  Rejection rejection = refuse(kind, {.entry = entry});
  offer_way(rejection, ways::view_entry, {.entry = entry});
  return rejection;
}

// Another device has changed the entry, or a seat is held for it by now.
Refusal check_entry_seen(const WaitlistEntry& entry, const SeenEntry& seen_by_sender) {
  if (seen(entry) == seen_by_sender) return std::nullopt;
  Rejection rejection = refuse(refusals::stale, {.row = entry.id});
  offer_way(rejection, ways::view_entry, {.entry = entry.id});
  return rejection;
}

// Limits that hold whatever the wishes are.
Refusal check_may_wait(const State& state, const Service& service, const EnterpriseId& enterprise,
                       const Booking* swap, const std::optional<BlockKey>& swap_from, Instant now) {
  if (swap_from.has_value() != (swap != nullptr)) return refuse_invalid("swap_from");
  if (swap != nullptr) {
    if (auto refusal = check_seen(*swap, *swap_from)) return refusal;
    if (swap->block.service != service.id) return refuse_invalid("swap_booking");
    return check_can_reschedule(state, *swap, now);
  }
  int open = 0;
  BookingId held;
  for (const OpenSeat& seat : open_seats(state, enterprise)) {
    if (!is_of_service(state, seat, service.id)) continue;
    ++open;
    const BookingId& booking = booking_of(state, seat).id;
    if (!held || booking < held) held = booking;
  }
  if (open < service.policy.max_open) return std::nullopt;
  Rejection rejection = refuse(refusals::too_many_open, {});
  detail_of(rejection).limit = service.policy.max_open;
  offer_way(rejection, ways::view_booking, {.booking = held});
  return rejection;
}

bool shares_a_block(const std::vector<BlockKey>& a, const std::vector<BlockKey>& b) {
  return std::ranges::any_of(
      a, [&](const BlockKey& key) { return std::ranges::find(b, key) != b.end(); });
}

Refusal check_own_entries(const State& state, const Service& service,
                          const EnterpriseId& enterprise, const std::vector<BlockKey>& blocks,
                          const WaitlistEntryId& except) {
  int open = 0;
  WaitlistEntryId first;
  WaitlistEntryId same;
  for (const WaitlistEntryId& id : open_entries(state, enterprise)) {
    const WaitlistEntry& entry = *state.find(id);
    if (id == except || entry.service != service.id) continue;
    ++open;
    if (!first || id < first) first = id;
    if (shares_a_block(entry.blocks, blocks) && (!same || id < same)) same = id;
  }
  if (same) return refuse_entry(refusals::already_waiting, same);
  if (open >= service.policy.max_waitlist_entries) {
    Rejection rejection = refuse_entry(refusals::too_many_entries, first);
    detail_of(rejection).limit = service.policy.max_waitlist_entries;
    offer_way(rejection, ways::leave_waitlist, {.entry = first});
    return rejection;
  }
  return std::nullopt;
}

// More blocks than a row can hold: the first of them can be waited for by itself.
Rejection reject_too_many(const BlockKey& first, const BookingId& swap,
                          const WaitlistEntryId& entry, const State& state) {
  if (state.find(entry) != nullptr) {
    Rejection rejection = refuse_entry(refusals::too_many_blocks, entry);
    detail_of(rejection).limit = static_cast<int>(max_entry_blocks);
    return rejection;
  }
  Rejection rejection = refuse_about(refusals::too_many_blocks, first);
  detail_of(rejection).limit = static_cast<int>(max_entry_blocks);
  offer_way(rejection, ways::join_waitlist, {.block = first, .booking = swap});
  return rejection;
}

// The blocks of the wishes with room in their queues. Refused when one of them can be had without
// waiting, or none is left.
Result<std::vector<BlockKey>> queues_to_join(const State& state, const Service& service,
                                             const EnterpriseId& enterprise,
                                             const std::vector<Wish>& wishes, const BookingId& swap,
                                             const WaitlistEntryId& entry, Instant now) {
  if (wishes.empty() || wishes.size() > max_wishes)
    return std::unexpected(refuse_invalid("wishes"));
  std::vector<BlockKey> blocks = expand_wishes(state, service, wishes, now);
  const Booking* swap_booking = state.find(swap);
  if (swap_booking != nullptr) std::erase(blocks, swap_booking->block);
  if (blocks.empty()) {
    const BlockKey wanted{service.id, wishes.front().date,
                          wishes.front().start.value_or(TimeOfDay{})};
    Rejection rejection = refuse_about(refusals::block_closed, wanted);
    offer_alternatives(rejection, state, service, wanted, enterprise, swap, now);
    return std::unexpected(std::move(rejection));
  }
  for (const BlockKey& block : blocks) {
    if (check_can_take_seat(state, enterprise, block, swap, now)) continue;
    Rejection rejection = refuse_about(refusals::seat_is_free, block);
    detail_of(rejection).booking = swap;
    // A booking that can no longer be moved cannot be moved there either; its entry may wait on.
    if (swap_booking != nullptr) {
      if (auto in_the_way = check_can_reschedule(state, *swap_booking, now)) {
        rejection.ways = std::move(in_the_way->ways);
        return std::unexpected(std::move(rejection));
      }
    }
    const int free_seats = block_facts(state, service, block, now)->free_seats();
    offer_way(rejection, ways::choose_block,
              {.block = block, .booking = swap, .free_seats = free_seats});
    return std::unexpected(std::move(rejection));
  }
  const BlockKey wanted = blocks.front();
  const WaitlistEntry* row = state.find(entry);
  std::erase_if(blocks, [&](const BlockKey& key) {
    const Block* block = state.find(key);
    if (block == nullptr) return false;
    const bool has_place = row != nullptr && stands_in(*row, key);
    return !has_place && of_all(block->waiting) >= service.policy.max_waiting;
  });
  if (blocks.empty()) {
    Rejection rejection = refuse_about(refusals::waitlist_full, wanted);
    detail_of(rejection).limit = service.policy.max_waiting;
    offer_alternatives(rejection, state, service, wanted, enterprise, swap, now);
    return std::unexpected(std::move(rejection));
  }
  if (blocks.size() > max_entry_blocks) {
    return std::unexpected(reject_too_many(blocks.front(), swap, entry, state));
  }
  return blocks;
}

Refusal join(Transaction& transaction, const JoinWaitlist& command) {
  const State& state = transaction.state();
  const Instant now = transaction.now();
  const EnterpriseId enterprise = enterprise_of(state, transaction.actor());
  const Service* service = state.find(command.service);
  if (service == nullptr || !service->active) {
    Rejection rejection = service == nullptr ? refuse(refusals::not_found, no_detail)
                                             : refuse(refusals::service_inactive, {});
    if (command.swap_booking) {
      offer_way(rejection, ways::view_booking, {.booking = command.swap_booking});
    } else {
      rejection.ways.push_back({{ways::choose_other_service, no_detail}});
    }
    return rejection;
  }
  if (!command.entry) return refuse_invalid("entry");
  if (state.find(command.entry) != nullptr) return refuse(refusals::already_exists, no_detail);
  const Booking* swap = state.find(command.swap_booking);
  if (auto refusal = check_may_wait(state, *service, enterprise, swap, command.swap_from, now))
    return refusal;
  auto blocks = queues_to_join(state, *service, enterprise, command.wishes, command.swap_booking,
                               command.entry, now);
  if (!blocks) return std::move(blocks).error();
  if (auto refusal = check_own_entries(state, *service, enterprise, *blocks, {})) return refusal;

  WaitlistEntry entry;
  entry.id = command.entry;
  entry.enterprise = enterprise;
  entry.joined_by = transaction.actor().user;
  entry.service = command.service;
  entry.wishes = command.wishes;
  entry.blocks = *std::move(blocks);
  entry.swap_booking = command.swap_booking;
  entry.auto_accept = command.auto_accept;
  entry.tier = joining_tier(*state.find(enterprise), swap);
  entry.joined_tier = entry.tier;
  entry.joined_at = now;
  entry.promote_at = next_promotion(calendar_of(state, *service), service->policy, entry.tier, now);
  entry.closes_at = closing_of(*service, entry.blocks, now);
  transaction.record(
      events::waitlist_joined, enterprise,
      {.booking = entry.swap_booking, .entry = entry.id, .block = entry.blocks.front()});
  put_entry(transaction, std::move(entry));
  return std::nullopt;
}

Refusal change(Transaction& transaction, const ChangeWaitlistEntry& command) {
  const State& state = transaction.state();
  const Instant now = transaction.now();
  const WaitlistEntry& found = *state.find(command.entry);  // authorize has found it
  if (is_open(found)) {
    if (auto refusal = check_entry_seen(found, command.seen)) return refusal;
  }
  if (found.status != WaitlistStatus::waiting) {
    return refuse_entry(refusals::not_confirmed, command.entry);
  }
  const Service& service = *state.find(found.service);
  // Nothing new at a service that is switched off; what it waits for already it may still get.
  if (!service.active) return refuse_entry(refusals::service_inactive, command.entry);
  auto blocks = queues_to_join(state, service, found.enterprise, command.wishes, found.swap_booking,
                               found.id, now);
  if (!blocks) return std::move(blocks).error();
  if (auto refusal = check_own_entries(state, service, found.enterprise, *blocks, found.id)) {
    return refusal;
  }
  WaitlistEntry entry = found;
  entry.wishes = command.wishes;
  entry.blocks = *std::move(blocks);
  entry.auto_accept = command.auto_accept;
  entry.closes_at = closing_of(service, entry.blocks, now);
  transaction.record(
      events::waitlist_changed, entry.enterprise,
      {.booking = entry.swap_booking, .entry = entry.id, .block = entry.blocks.front()});
  put_entry(transaction, std::move(entry));
  return std::nullopt;
}

Refusal leave(Transaction& transaction, const LeaveWaitlist& command) {
  const WaitlistEntry& entry = *transaction.state().find(command.entry);
  if (!is_open(entry)) {
    return refuse_entry(refusals::not_confirmed, command.entry);
  }
  if (auto refusal = check_entry_seen(entry, command.seen)) return refusal;
  std::vector<BlockKey> freed;
  end_entry(transaction, entry, WaitlistEndReason::left_by_enterprise, freed);
  fill_from_queue(transaction, std::move(freed));
  return std::nullopt;
}

}  // namespace

constinit const CommandType<JoinWaitlist> JoinWaitlist::type = CommandAnswers<JoinWaitlist>{
    .name = "join_waitlist",
    .fields = wire::join_waitlist_table,
    .origin = Origin::outside,
    .needs =
        [](const State& state, const Actor& actor, const JoinWaitlist& command) {
          return command.swap_booking ? owner_need(use_waitlist, state.find(command.swap_booking))
                                      : own_need(use_waitlist, state, actor);
        },
    .decide = join,
};

constinit const CommandType<ChangeWaitlistEntry> ChangeWaitlistEntry::type =
    CommandAnswers<ChangeWaitlistEntry>{
        .name = "change_waitlist_entry",
        .fields = wire::change_waitlist_entry_table,
        .origin = Origin::outside,
        .needs =
            [](const State& state, const Actor&, const ChangeWaitlistEntry& command) {
              return owner_need(use_waitlist, state.find(command.entry));
            },
        .decide = change,
    };

constinit const CommandType<LeaveWaitlist> LeaveWaitlist::type = CommandAnswers<LeaveWaitlist>{
    .name = "leave_waitlist",
    .fields = wire::leave_waitlist_table,
    .origin = Origin::outside,
    .needs =
        [](const State& state, const Actor&, const LeaveWaitlist& command) {
          return owner_need(use_waitlist, state.find(command.entry));
        },
    .decide = leave,
};

}  // namespace yuanyue
