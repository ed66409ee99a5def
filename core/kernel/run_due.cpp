#include "core/kernel/run_due.h"

#include "core/kernel/transaction.h"

namespace yuanyue {
namespace {

Refusal run_first(Transaction& transaction, const RunDue&) {
  const Due* next = transaction.state().next_due();
  if (next == nullptr || next->at > transaction.now()) return std::nullopt;
  const Due due = *next;
  due.type->run(transaction, due.row);
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
