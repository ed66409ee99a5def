// Finished work on demand: a page of the archive, or the timeline of one booking or waitlist entry.
// docs/protocol.md "GET /api/v1/history".
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/appointments/ids.h"
#include "core/base/time.h"
#include "core/catalog/ids.h"
#include "core/kernel/ledger.h"
#include "core/kernel/row.h"
#include "core/wire/decode_error.h"

namespace yuanyue::wire {

inline constexpr std::string_view history_path = "/api/v1/history";
inline constexpr int max_history_page = 100;
inline constexpr int usual_history_page = 50;
inline constexpr std::size_t max_cursor_bytes = 64;

// Exactly one of kind, booking and entry. The dates are the park's, both included, and of the
// instants at which rows were finished.
struct HistoryQuery {
  std::string kind;  // booking, notification, offer, waitlist_entry
  ServiceId service;
  std::optional<Date> from;
  std::optional<Date> to;
  BookingId booking;
  WaitlistEntryId entry;
  std::string before;  // `next` of the page before; empty: from the latest on
  int limit = usual_history_page;
};

// "kind=booking&limit=50…", and back from its values as they came (nullopt: not in the query).
std::string history_query(const HistoryQuery& query);
Decoded<HistoryQuery> decode_history_query(
    const std::function<std::optional<std::string>(const char* name)>& value_of);

struct HistoryPage {
  Instant server_now;
  std::vector<AnyRow> rows;         // the latest finished first
  std::optional<std::string> next;  // none: that was all
};
struct TimelinePage {
  Instant server_now;
  AnyRow row;                       // as it is now, or as it was archived
  std::vector<LedgerEntry> ledger;  // the latest first
  std::optional<std::string> next;
};
std::string encode(const HistoryPage& page);
std::string encode(const TimelinePage& page);
Decoded<HistoryPage> decode_history_page(std::string_view json);
Decoded<TimelinePage> decode_timeline_page(std::string_view json);

// The same bytes from stored texts, without decoding them.
std::string history_page_text(Instant server_now, const std::vector<std::string>& rows,
                              const std::optional<std::string>& next);
std::string timeline_page_text(Instant server_now, std::string_view row,
                               const std::vector<std::string>& ledger,
                               const std::optional<std::string>& next);

// What the server keeps in a cursor. Opaque for clients. Read only as it is printed.
struct HistoryCursor {
  std::int64_t finished_ms = 0;  // 0..
  std::int64_t number = 0;       // 1..
  bool operator==(const HistoryCursor&) const = default;
};
std::string to_string(const HistoryCursor& cursor);  // "<finished>.<number>", hex
std::optional<HistoryCursor> parse_history_cursor(std::string_view text);
std::string timeline_cursor(std::int64_t number);  // hex
std::optional<std::int64_t> parse_timeline_cursor(std::string_view text);

}  // namespace yuanyue::wire
