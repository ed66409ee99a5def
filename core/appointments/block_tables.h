// Fields and limits of blocks, and of the commands about them.
#pragma once

#include "core/appointments/block.h"
#include "core/appointments/block_override.h"
#include "core/appointments/override_block.h"
#include "core/appointments/waitlist_limits.h"
#include "core/catalog/catalog_limits.h"
#include "core/wire/field_table.h"
#include "core/wire/text_limits.h"

namespace yuanyue::wire {

inline constexpr std::string_view tier_list[] = {"emergency", "relocation", "key_project",
                                                 "high_tech", "ordinary"};
inline constexpr Names tier_names{tier_list};
static_assert(ends_with(tier_names, Tier::ordinary));

inline constexpr auto block_key_fields = fields_of(
    YUANYUE_FIELD(BlockKey, date, date()), YUANYUE_FIELD(BlockKey, service, slug<ServiceId>()),
    YUANYUE_FIELD(BlockKey, start, time_of_day_codec()));
inline constexpr TableOf block_key_table{block_key_fields};
inline constexpr auto block_key_codec = object<BlockKey>(block_key_table);

// A BlockOverrideKey is its BlockKey: its fields stand in the object itself.
static_assert(sizeof(BlockOverrideKey) == sizeof(BlockKey));
inline constexpr FieldsOf<BlockOverrideKey, block_key_fields.list.size()> block_override_key_fields{
    block_key_fields.list};
inline constexpr TableOf block_override_key_table{block_override_key_fields};

inline constexpr auto seats_codec = integer<int>(0, max_block_capacity);

inline constexpr auto block_override_fields =
    fields_of(YUANYUE_FIELD(BlockOverride, capacity, optional(seats_codec)),
              YUANYUE_FIELD(BlockOverride, closed, boolean()),
              YUANYUE_FIELD(BlockOverride, key, block_key_codec),
              YUANYUE_FIELD(BlockOverride, reason, text(0, max_note_bytes)));
inline constexpr TableOf block_override_table{block_override_fields};
inline constexpr auto block_override_codec = object<BlockOverride>(block_override_table);

inline constexpr auto places_codec = integer<int>(0, max_queue_places);
inline constexpr auto by_tier_codec = fixed_list<std::tuple_size_v<ByTier>>(places_codec);

inline constexpr auto block_fields = fields_of(
    YUANYUE_FIELD(Block, booked, seats_codec), YUANYUE_FIELD(Block, end, time_of_day_codec()),
    YUANYUE_FIELD(Block, held, seats_codec), YUANYUE_FIELD(Block, key, block_key_codec),
    YUANYUE_FIELD(Block, reserve_release_at, instant_or_never()),
    YUANYUE_FIELD(Block, waiting, by_tier_codec));
inline constexpr TableOf block_table{block_fields};

inline constexpr auto override_block_fields =
    fields_of(YUANYUE_FIELD(OverrideBlock, block, block_override_codec),
              YUANYUE_FIELD(OverrideBlock, seen, optional(block_override_codec)));
inline constexpr TableOf override_block_table{override_block_fields};

inline constexpr auto remove_block_override_fields =
    fields_of(YUANYUE_FIELD(RemoveBlockOverride, block, block_key_codec),
              YUANYUE_FIELD(RemoveBlockOverride, seen, optional(block_override_codec)));
inline constexpr TableOf remove_block_override_table{remove_block_override_fields};

}  // namespace yuanyue::wire
