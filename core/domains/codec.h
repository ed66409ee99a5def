// Commands, rows and results as JSON texts, both ways.
//
// One field table per struct (core/*/*_tables.h) serves encoding and decoding and carries the
// limits.
//
//   {"booking":"4f…","from":{…},"to":{…},"type":"reschedule_booking"}
//
// "type" names a command, row or row key: the struct's name in snake_case.
//
// Every field is written. Those that can be "none" (optional values, ids that may be none, `never`,
// an instant of 0 that means "not yet") are left out when they are none; null is never written or
// taken.
//
// UUIDs "4fd2…-…", dates "2026-11-25", times "09:00", instants integer milliseconds since 1970
// (UTC). In a Deadline `closes_at` is RFC 3339 in the park's zone, because people read it.
//
// Enumerators by name. Bit sets and counts are integers.
//
// The detail of a kind (of a ledger entry, notice, refusal or way forward) stands among the fields
// of what has it: "kind" or "code" says which there are.
//
// Encoding requires values that decoding would accept. Decoding is strict; see DecodeErrorCode.
// No function keeps or needs state; any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/calendar/deadline.h"
#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "core/wire/decode_error.h"

namespace yuanyue::wire {

inline constexpr std::size_t max_command_bytes = 256 * 1024;  // a whole catalog fits
inline constexpr std::size_t max_row_bytes = 256 * 1024;

std::string encode(const AnyCommand& command);
std::string encode(const RowRef& row);
std::string encode(const AnyKey& key);
std::string encode(const LedgerEntry& entry);
std::string encode(const Rejection& rejection);
std::string encode(const Deadline& deadline);
std::string encode(const Outcome& outcome);

// run_due is refused with not_allowed: it never comes from outside.
Decoded<AnyCommand> decode_command(std::string_view json);
Decoded<AnyRow> decode_row(std::string_view json);
Decoded<AnyKey> decode_row_key(std::string_view json);
Decoded<LedgerEntry> decode_ledger_entry(std::string_view json);
Decoded<Rejection> decode_rejection(std::string_view json);
Decoded<Deadline> decode_deadline(std::string_view json);
Decoded<Outcome> decode_outcome(std::string_view json);

}  // namespace yuanyue::wire
