#include "backend/engine_loop/used_ids.h"

#include <string>

#include "core/domains/codec.h"
#include "core/kernel/any_codec.h"

namespace yuanyue {

namespace {

// What is named by what it is (a block of a day) may be said again.
bool has_id(const RowTypeBase& type) {
  return type.key_table.fields.data() == wire::uuid_key.fields.data();
}

}  // namespace

StoreResult<bool> takes_used_id(Store& store, const Batch& batch, const Outcome& outcome) {
  for (const RowChange& change : outcome.changes()) {
    if (change.before() || !change.after() || !has_id(*change.type)) continue;
    const AnyKey key = key_of(change.after());
    if (batch.archives(key)) return true;
    const auto archived = store.is_archived(std::string(change.type->name), wire::encode(key));
    if (!archived || *archived) return archived;
  }
  return false;
}

}  // namespace yuanyue
