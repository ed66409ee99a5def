// A place on the waitlist and what it waits for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/appointments/block.h"
#include "core/appointments/waitlist_limits.h"
#include "core/kernel/row.h"
#include "core/people/ids.h"

namespace yuanyue {

enum class PartOfDay : std::uint8_t { any, morning, afternoon };  // morning: starts before 12:00

// One acceptable choice: a single block (start set) or a part of a date.
struct Wish {
  Date date;
  PartOfDay part = PartOfDay::any;
  std::optional<TimeOfDay> start;
  bool operator==(const Wish&) const = default;
};

enum class WaitlistStatus : std::uint8_t { waiting, offered, fulfilled, left, ended };
enum class WaitlistEndReason : std::uint8_t {
  none,
  left_by_enterprise,
  blocks_passed,
  booking_gone,
  offer_declined,
  offer_expired
};

struct WaitlistEntry {
  static constexpr PartNumber number{appointments::domain_number, 3};
  static const RowType<WaitlistEntry> type;
  WaitlistEntryId id;
  EnterpriseId enterprise;
  UserId joined_by;
  ServiceId service;
  std::vector<Wish> wishes;  // 1..max_wishes
  // The wishes, expanded when it joined, ascending: what it waits for, at most max_entry_blocks.
  std::vector<BlockKey> blocks;
  BookingId swap_booking;  // none: a new seat
  bool auto_accept = false;
  Tier tier = Tier::ordinary;  // as of now, promotions included
  Tier joined_tier = Tier::ordinary;
  Instant joined_at;
  Instant promote_at = never;  // next lift by one tier
  Instant closes_at = never;   // the last of its blocks closes for booking: the entry ends
  WaitlistStatus status = WaitlistStatus::waiting;
  WaitlistEndReason end_reason = WaitlistEndReason::none;
  OfferId offer;  // the open one, when offered,
  // and its block, in whose queue the entry does not stand meanwhile; in its others it does.
  std::optional<BlockKey> offered_block;
  bool operator==(const WaitlistEntry&) const = default;
};
inline const WaitlistEntryId& key_of(const WaitlistEntry& row) { return row.id; }
inline bool is_open(const WaitlistEntry& entry) {
  return entry.status == WaitlistStatus::waiting || entry.status == WaitlistStatus::offered;
}

}  // namespace yuanyue
