#include "core/appointments/block_override.h"

#include "core/appointments/block_tables.h"
#include "core/kernel/row_type.h"

namespace yuanyue {

constinit const RowType<BlockOverride> BlockOverride::type = RowAnswers<BlockOverride>{
    .name = "block_override",
    .fields = wire::block_override_table,
    .key_fields = wire::block_override_key_table,
    .audiences = [](const State&, const BlockOverride&) { return Audiences{everyone}; },
    .due = no_due<BlockOverride>,
    // Over with its day.
    .finished = [](const BlockOverride& row) { return to_instant(row.key.date + 1, {}); },
    .indexes = no_indexes<BlockOverride>,
    .owner = nobodys<BlockOverride>,
    .history = no_history<BlockOverride>,
};

}  // namespace yuanyue
