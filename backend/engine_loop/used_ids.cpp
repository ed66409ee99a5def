#include "backend/engine_loop/used_ids.h"

#include <string>

#include "core/domains/codec.h"
#include "core/kernel/used_ids.h"
#include "core/people/grants.h"

namespace yuanyue {

namespace {

// Of a person's or an enterprise's own row; of another there is none without these.
StoreResult<bool> is_erased(Store& store, const Batch& batch, const RowRef& row) {
  const Owner owner = owner_of(row);
  if (!owner || owner.id != *static_cast<const Uuid*>(key_of(row).get())) return false;
  if (batch.erases(owner)) return true;
  return store.is_erased(to_string(owner));
}

}  // namespace

StoreResult<bool> takes_used_id(Store& store, const Batch& batch, const Outcome& outcome) {
  for (const RowChange& change : outcome.changes()) {
    if (!brings_id(change)) continue;
    const AnyKey key = key_of(change.after());
    if (batch.archives(key)) return true;
    const auto archived = store.is_archived(std::string(change.type->name), wire::encode(key));
    if (!archived || *archived) return archived;
    const auto erased = is_erased(store, batch, change.after());
    if (!erased || *erased) return erased;
  }
  return false;
}

}  // namespace yuanyue
