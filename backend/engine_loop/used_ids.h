// Ids are for ever: what the archive holds, and who was erased, is in State no more, and must not
// come a second time.
#pragma once

#include "backend/engine_loop/batch.h"
#include "backend/store/store.h"
#include "core/kernel/outcome.h"

namespace yuanyue {

// Whether a row that this outcome inserts has the id of an archived one or of who was erased, be it
// by the same batch. The error: the store cannot be asked.
StoreResult<bool> takes_used_id(Store& store, const Batch& batch, const Outcome& outcome);

}  // namespace yuanyue
