// What this domain writes into the ledger.
#pragma once

#include "core/kernel/kind.h"

namespace yuanyue::events {

extern const EventKind<NoDetail> calendar_imported;
extern const EventKind<NoDetail> catalog_changed;

}  // namespace yuanyue::events
