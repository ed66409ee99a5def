#include "core/kernel/run_due.h"

#include "core/kernel/require.h"
#include "core/kernel/transaction.h"

namespace yuanyue {
namespace {

Refusal run_first(Transaction& transaction, const RunDue&) {
  const State& state = transaction.state();
  if (const Due* next = state.next_due(); next != nullptr && next->at <= transaction.now()) {
    const Due due = *next;
    due.type->run.answer(transaction, due.row);
    // One that leaves its own time as it was would run for ever.
    require(state.next_due() == nullptr || !(*state.next_due() == due));
  } else if (state.next_archiving() <= transaction.now()) {
    transaction.archive(AnyKey(state.finished().begin()->row));
  }
  return std::nullopt;
}

}  // namespace

constinit const CommandType<RunDue> RunDue::type = CommandAnswers<RunDue>{
    .name = "run_due",
    .fields = wire::no_fields<RunDue>,
    .origin = Origin::inside_only,
    .needs = [](const State&, const Actor&, const RunDue&) { return Need{&run_timers, AnyKey()}; },
    .decide = run_first,
};

}  // namespace yuanyue
