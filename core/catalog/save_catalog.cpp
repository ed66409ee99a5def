#include "core/catalog/save_catalog.h"

#include <utility>

#include "core/catalog/catalog_rules.h"
#include "core/catalog/catalog_tables.h"
#include "core/catalog/kinds.h"
#include "core/catalog/permissions.h"
#include "core/kernel/transaction.h"

namespace yuanyue {
namespace {

Refusal save(Transaction& transaction, const SaveCatalog& command) {
  if (auto refusal = check_catalog(transaction.state(), command)) return refusal;
  for (const Park& row : command.parks) transaction.put(row);
  for (const Hall& row : command.halls) transaction.put(row);
  for (const Department& row : command.departments) transaction.put(row);
  for (const Service& row : command.services) transaction.put(row);
  transaction.record(events::catalog_changed, {}, no_detail);
  CatalogSaved saved;
  for (const Hall& row : command.halls) saved.halls.push_back(row.id);
  for (const Service& row : command.services) saved.services.push_back(row.id);
  transaction.publish(std::move(saved));
  return std::nullopt;
}

}  // namespace

constinit const FactType<CatalogSaved> CatalogSaved::type{"catalog_saved"};

constinit const CommandType<SaveCatalog> SaveCatalog::type = CommandAnswers<SaveCatalog>{
    .name = "save_catalog",
    .fields = wire::save_catalog_table,
    .origin = Origin::outside,
    .needs = [](const State&, const Actor&,
                const SaveCatalog&) { return Need{&manage_catalog, AnyKey()}; },
    .decide = save,
};

}  // namespace yuanyue
