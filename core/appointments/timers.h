// What happens to appointments by itself when its time has come. On the same instant seats are
// freed before they are given on: by rank.
#pragma once

#include "core/kernel/row.h"

namespace yuanyue {

void end_offer(Transaction& transaction, const AnyKey& offer);
void close_entry(Transaction& transaction, const AnyKey& entry);
void promote_entry(Transaction& transaction, const AnyKey& entry);
void release_reserve(Transaction& transaction, const AnyKey& block);
void end_block(Transaction& transaction, const AnyKey& block);

inline constexpr DueType offer_ends{.name = "offer_ends", .rank = 10, .run = end_offer};
inline constexpr DueType entry_closes{.name = "entry_closes", .rank = 20, .run = close_entry};
inline constexpr DueType entry_is_promoted{
    .name = "entry_is_promoted", .rank = 30, .run = promote_entry};
inline constexpr DueType reserve_is_released{
    .name = "reserve_is_released", .rank = 40, .run = release_reserve};
inline constexpr DueType block_ends{.name = "block_ends", .rank = 50, .run = end_block};

}  // namespace yuanyue
