// The most and least that the catalog may say. The codec refuses more when it reads and the rules
// when they decide, by the same number, so that nothing is accepted that could not be read again.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/time.h"

namespace yuanyue {

// The catalog.
inline constexpr std::size_t max_spans_a_day = 8;
inline constexpr std::size_t max_hall_days = 1000;  // closures; extra days
inline constexpr std::size_t max_materials = 50;
inline constexpr std::size_t max_steps = 50;
inline constexpr std::size_t max_template_lines = 100;
inline constexpr int max_block_capacity = 1000;

// A park's policy. Clients keep what was accepted for 30 days and look for it in the ledger that
// they are given, so that it must go back further (core/sync/journal.h).
inline constexpr int min_retention_days = 31, max_retention_days = 3650;
inline constexpr int usual_retention_days = 90;

// A service's policy; the smallest is 0 where nothing else is said.
inline constexpr int max_statutory_business_days = 1000;
inline constexpr int max_notice_business_days = 60;
inline constexpr int min_window_days = 1, max_window_days = 365;
inline constexpr std::int64_t max_cutoff_ms = 7 * ms_per_day;
inline constexpr std::int64_t max_reserve_release_ms = 30 * ms_per_day;
inline constexpr int max_max_changes = 100;
inline constexpr int min_max_open = 1, max_max_open = 100;
inline constexpr int max_max_waitlist_entries = 100;
inline constexpr int max_max_waiting = 500;
inline constexpr int max_promote_after_business_days = 365;
inline constexpr std::int64_t max_hold_ms = 7 * ms_per_day;
inline constexpr std::int64_t min_hold_min_ms = ms_per_minute, max_hold_min_ms = ms_per_day;
inline constexpr std::int64_t max_undo_ms = ms_per_day;

}  // namespace yuanyue
