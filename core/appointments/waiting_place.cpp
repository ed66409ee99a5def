#include "core/appointments/waiting_place.h"

#include <algorithm>

#include "core/appointments/queues.h"
#include "core/appointments/waitlist_tables.h"
#include "core/kernel/row_type.h"
#include "core/people/grants.h"

namespace yuanyue {
namespace {

void put_place(Transaction& transaction, const WaitlistEntry& entry, const BlockKey& block,
               const ByTier& ahead) {
  const WaitingPlace place{
      .key = place_key(entry.id, block), .enterprise = entry.enterprise, .ahead = ahead};
  const WaitingPlace* before = transaction.state().find(place.key);
  if (before == nullptr || *before != place) transaction.put(place);
}

// Whoever joins is the last of its tier; one that comes back may have stood before some of them,
// which only the server can say.
ByTier assumed_ahead(const State& state, const BlockKey& key, Tier tier) {
  ByTier ahead = state.get(key).waiting;
  --of_tier(ahead, tier);
  for (std::size_t behind = static_cast<std::size_t>(tier) + 1; behind < ahead.size(); ++behind) {
    ahead[behind] = 0;
  }
  return ahead;
}

}  // namespace

constinit const FactType<QueueChanged> QueueChanged::type{"queue_changed"};

constinit const RowType<WaitingPlace> WaitingPlace::type = RowAnswers<WaitingPlace>{
    .name = "waiting_place",
    .fields = wire::waiting_place_table,
    .key_fields = wire::waiting_place_key_table,
    .audiences = [](const State&,
                    const WaitingPlace& row) { return audiences_of_enterprise(row.enterprise); },
    .due = no_due<WaitingPlace>,
    .finished = never_finished<WaitingPlace>,  // it is erased when the entry leaves the queue
    .indexes = no_indexes<WaitingPlace>,
    .owner = [](const WaitingPlace& row) { return owner_of(row.enterprise); },
    .history = no_history<WaitingPlace>,
};

void write_places(Transaction& transaction, const QueueChanged& changed) {
  const State& state = transaction.state();
  const WaitlistEntry& entry = state.get(changed.entry);
  const bool stands = stands_in(entry, changed.block);
  if (!stands) transaction.erase(place_key(entry.id, changed.block));
  if (state.find(changed.block) == nullptr) return;  // the block has passed
  if (of_all(unknown_in_queue(state, changed.block)) > 0) {
    if (stands) {
      put_place(transaction, entry, changed.block, assumed_ahead(state, changed.block, entry.tier));
    }
    return;
  }
  ByTier ahead{};
  for (const QueuePlace& place : queue_of(state, changed.block)) {
    put_place(transaction, state.get(place.entry), changed.block, ahead);
    ++of_tier(ahead, place.tier);
  }
}

}  // namespace yuanyue
