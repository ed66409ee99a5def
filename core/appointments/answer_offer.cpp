#include "core/appointments/answer_offer.h"

#include <utility>

#include "core/appointments/alternatives.h"
#include "core/appointments/booking.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/entries.h"
#include "core/appointments/kinds.h"
#include "core/appointments/offer.h"
#include "core/appointments/permissions.h"
#include "core/appointments/seats.h"
#include "core/appointments/waitlist_entry.h"
#include "core/appointments/waitlist_tables.h"
#include "core/kernel/refusals.h"
#include "core/kernel/transaction.h"

namespace yuanyue {
namespace {

Refusal check_open(const State& state, const Offer& offer, Instant now) {
  if (offer.status == OfferStatus::open && now < offer.expires_at) return std::nullopt;
  Rejection rejection = refuse_about(refusals::offer_closed, offer.block);
  detail_of(rejection).entry = offer.entry;
  detail_of(rejection).at = offer.expires_at;
  const Service& service = *state.find(offer.block.service);
  if (service.active) {
    offer_alternatives(rejection, state, service, offer.block, offer.enterprise, offer.swap_booking,
                       now);
  }
  offer_way(rejection, ways::view_entry, {.entry = offer.entry});
  return rejection;
}

// What the enterprise did with its booking by itself after the offer was made.
Refusal check_swap(const State& state, const Offer& offer, const Service& service,
                   const std::optional<BlockKey>& seen_at, Instant now) {
  const Booking* booking = state.find(offer.swap_booking);
  if (booking != nullptr) {
    if (!seen_at) return refuse_invalid("swap_from");
    if (auto refusal = check_seen(*booking, *seen_at)) return refusal;
  }
  if (booking == nullptr || booking->needs_relocation) return std::nullopt;
  if (auto refusal = check_can_cancel(state, *booking, now)) return refusal;  // it has begun
  if (booking->changes_used < service.policy.max_changes) return std::nullopt;
  Rejection rejection = refuse_about(refusals::too_many_changes, booking->block);
  detail_of(rejection).booking = booking->id;
  detail_of(rejection).limit = service.policy.max_changes;
  offer_way(rejection, ways::emergency_channel, {.booking = booking->id});
  offer_way(rejection, ways::view_booking, {.booking = booking->id});
  return rejection;
}

void seat_held_becomes_booked(Transaction& transaction, const BlockKey& key) {
  Block block = *transaction.state().find(key);
  --block.held;
  ++block.booked;
  transaction.put(std::move(block));
}

Refusal accept(Transaction& transaction, const AcceptOffer& command) {
  const State& state = transaction.state();
  const Offer offer = *state.find(command.offer);  // authorize has found it
  if (auto refusal = check_open(state, offer, transaction.now())) return refusal;
  const Service& service = *state.find(offer.block.service);
  if (auto refusal = check_swap(state, offer, service, command.swap_from, transaction.now()))
    return refusal;
  if (auto refusal = check_own_limits(state, service, offer.enterprise, offer.block, offer.end,
                                      offer.swap_booking)) {
    return refusal;
  }
  const auto facts = block_facts(state, service, offer.block, transaction.now());
  if (!facts || facts->closed_by_override || state.find(offer.block) == nullptr) {
    Rejection rejection = refuse_about(refusals::block_closed, offer.block);
    offer_way(rejection, ways::view_entry, {.entry = offer.entry});
    return rejection;
  }
  std::vector<BlockKey> freed;
  close_offer(transaction, offer, OfferStatus::accepted, events::offer_accepted, freed);
  seat_held_becomes_booked(transaction, offer.block);
  give_seat(transaction, *state.find(offer.entry), *facts, freed);
  const std::vector<BlockKey> awaited = awaited_blocks(state, offer.enterprise);
  freed.insert(freed.end(), awaited.begin(), awaited.end());
  fill_from_queue(transaction, std::move(freed));
  return std::nullopt;
}

Refusal decline(Transaction& transaction, const DeclineOffer& command) {
  const State& state = transaction.state();
  const Offer offer = *state.find(command.offer);
  if (auto refusal = check_open(state, offer, transaction.now())) return refusal;
  std::vector<BlockKey> freed;
  close_offer(transaction, offer, OfferStatus::declined, events::offer_declined, freed);
  drop_block(transaction, *state.find(offer.entry), offer.block, WaitlistEndReason::offer_declined,
             freed);
  fill_from_queue(transaction, std::move(freed));
  return std::nullopt;
}

}  // namespace

constinit const CommandType<AcceptOffer> AcceptOffer::type = CommandAnswers<AcceptOffer>{
    .name = "accept_offer",
    .fields = wire::accept_offer_table,
    .origin = Origin::outside,
    .needs =
        [](const State& state, const Actor&, const AcceptOffer& command) {
          return owner_need(use_waitlist, state.find(command.offer));
        },
    .decide = accept,
};

constinit const CommandType<DeclineOffer> DeclineOffer::type = CommandAnswers<DeclineOffer>{
    .name = "decline_offer",
    .fields = wire::decline_offer_table,
    .origin = Origin::outside,
    .needs =
        [](const State& state, const Actor&, const DeclineOffer& command) {
          return owner_need(use_waitlist, state.find(command.offer));
        },
    .decide = decline,
};

}  // namespace yuanyue
