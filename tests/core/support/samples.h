// One value or more of every type that goes over the wire, with every field set to something.
#pragma once

#include <vector>

#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "core/protocol/history.h"
#include "core/protocol/protocol.h"

namespace yuanyue::wire::samples {

std::vector<AnyCommand> commands();  // every alternative but RunDue
std::vector<AnyRow> rows();      // every alternative, full and with all that may be none left out
std::vector<AnyKey> row_keys();  // of rows()
std::vector<LedgerEntry> ledger();    // every kind
std::vector<Rejection> rejections();  // every code, and one with everything in it
Deadline deadline();
Outcome outcome();
PushRequest push_request();
PushResponse push_response();
PullResponse pull_response();
SessionResponse session_response();
HistoryPage history_page();  // with one that follows
TimelinePage timeline_page();

}  // namespace yuanyue::wire::samples
