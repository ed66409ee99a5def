// Values of everything that goes over the wire. Rows, keys, commands and ledger entries are made
// from the tables of their fields (maker.h), the same in every run; the rest says what it says.
#pragma once

#include <string_view>
#include <vector>

#include "core/calendar/deadline.h"
#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "core/protocol/history.h"
#include "core/protocol/protocol.h"

namespace yuanyue::wire::samples {

// Of every type that the program knows: one with everything in it, one with as little as may be.
// Commands without those of the inside only.
std::vector<AnyCommand> commands();
std::vector<AnyRow> rows();
std::vector<AnyKey> row_keys();
// The one with everything in it. Requires that there is such a type.
AnyCommand command(std::string_view type);
AnyRow row(std::string_view type);

std::vector<LedgerEntry> ledger();    // every kind, full and with as little as may be
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
