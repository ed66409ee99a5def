#include "backend/engine_loop/used_ids.h"

#include <string>

#include "core/domains/codec.h"

namespace yuanyue {

StoreResult<bool> takes_used_id(Store& store, const Batch& batch, const Outcome& outcome) {
  for (const RowChange& change : outcome.changes()) {
    if (change.before() || !change.after() || !change.type->has_own_id) continue;
    const AnyKey key = key_of(change.after());
    if (batch.archives(key)) return true;
    const auto archived = store.is_archived(std::string(change.type->name), wire::encode(key));
    if (!archived || *archived) return archived;
  }
  return false;
}

}  // namespace yuanyue
