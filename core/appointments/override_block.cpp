#include "core/appointments/override_block.h"

#include <string_view>

#include "core/appointments/block_tables.h"
#include "core/appointments/blocks.h"
#include "core/appointments/closures.h"
#include "core/appointments/kinds.h"
#include "core/appointments/permissions.h"
#include "core/kernel/refusals.h"
#include "core/kernel/seen.h"
#include "core/kernel/transaction.h"
#include "core/wire/text_limits.h"

namespace yuanyue {

namespace {

void record_override(Transaction& transaction, const BlockKey& key, std::string_view reason) {
  transaction.record(events::block_overridden, {}, {.block = key}).note = reason;
}

Refusal override_block(Transaction& transaction, const OverrideBlock& command) {
  const State& state = transaction.state();
  const BlockKey key = command.block.key;
  const Service* service = state.find(key.service);
  if (service == nullptr) return refuse(refusals::not_found, no_detail);
  if (!block_facts(state, *service, key, transaction.now())) {
    return refuse_about(refusals::block_closed, key);
  }
  if (!is_seen(command.seen, state.find(BlockOverrideKey{key}))) {
    return refuse(refusals::stale, {.row = BlockOverrideKey{key}});
  }
  const int capacity = command.block.capacity.value_or(0);
  if (capacity < 0 || capacity > max_block_capacity) return refuse_invalid("block.capacity");
  if (command.block.reason.size() > max_note_bytes) return refuse_invalid("block.reason");
  transaction.put(command.block);
  record_override(transaction, key, command.block.reason);
  review_blocks(transaction, [&](const BlockKey& other) { return other == key; });
  return std::nullopt;
}

Refusal remove_override(Transaction& transaction, const RemoveBlockOverride& command) {
  const BlockOverride* found = transaction.state().find(BlockOverrideKey{command.block});
  if (found == nullptr) return refuse(refusals::not_found, no_detail);
  if (!is_seen(command.seen, found))
    return refuse(refusals::stale, {.row = BlockOverrideKey{command.block}});
  transaction.erase(BlockOverrideKey{command.block});
  record_override(transaction, command.block, "");
  review_blocks(transaction, [&](const BlockKey& other) { return other == command.block; });
  return std::nullopt;
}

}  // namespace

constinit const CommandType<OverrideBlock> OverrideBlock::type = CommandAnswers<OverrideBlock>{
    .name = "override_block",
    .fields = wire::override_block_table,
    .origin = Origin::outside,
    .needs = [](const State&, const Actor&,
                const OverrideBlock&) { return Need{&override_blocks, AnyKey()}; },
    .decide = override_block,
};

constinit const CommandType<RemoveBlockOverride> RemoveBlockOverride::type =
    CommandAnswers<RemoveBlockOverride>{
        .name = "remove_block_override",
        .fields = wire::remove_block_override_table,
        .origin = Origin::outside,
        .needs = [](const State&, const Actor&,
                    const RemoveBlockOverride&) { return Need{&override_blocks, AnyKey()}; },
        .decide = remove_override,
    };

}  // namespace yuanyue
