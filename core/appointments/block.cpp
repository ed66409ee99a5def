#include "core/appointments/block.h"

#include "core/appointments/block_tables.h"
#include "core/appointments/timers.h"
#include "core/kernel/row_type.h"

namespace yuanyue {
namespace {

Instant end_of(const Block& block) { return to_instant(block.key.date, block.end); }

Dues due(const Block& block) {
  Dues dues{{end_of(block), &block_ends}};
  if (block.reserve_release_at != never && of_all(block.waiting) > 0) {
    dues.push_back({block.reserve_release_at, &reserve_is_released});
  }
  return dues;
}

}  // namespace

constinit const RowType<Block> Block::type = RowAnswers<Block>{
    .name = "block",
    .fields = wire::block_table,
    .key_fields = wire::block_key_table,
    .audiences = [](const State&, const Block&) { return Audiences{everyone}; },
    .due = due,
    .finished = never_finished<Block>,  // erased when it has passed
    .indexes = no_indexes<Block>,
    .owner = nobodys<Block>,
    .history = no_history<Block>,
};

}  // namespace yuanyue
