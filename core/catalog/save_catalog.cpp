#include "core/catalog/save_catalog.h"

#include <algorithm>

#include "core/appointments/closures.h"
#include "core/catalog/catalog_rules.h"
#include "core/kernel/transaction.h"

namespace yuanyue {

Refusal decide(Transaction& transaction, const SaveCatalog& command) {
  if (auto refusal = check_catalog(transaction.state(), command)) return refusal;
  for (const Park& row : command.parks) transaction.put(row);
  for (const Hall& row : command.halls) transaction.put(row);
  for (const Department& row : command.departments) transaction.put(row);
  for (const Service& row : command.services) transaction.put(row);
  transaction.record(LedgerKind::catalog_changed, {});
  for (const Service& row : command.services) review_closings(transaction, row);
  const State& state = transaction.state();
  review_blocks(transaction, [&](const BlockKey& key) {
    const Service* service = state.find(key.service);
    const auto is_service = [&](const Service& row) { return row.id == key.service; };
    const auto is_its_hall = [&](const Hall& row) { return row.id == service->hall; };
    return std::ranges::any_of(command.services, is_service) ||
           std::ranges::any_of(command.halls, is_its_hall);
  });
  return std::nullopt;
}

}  // namespace yuanyue
