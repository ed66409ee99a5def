// Waiting for a seat: to begin, to change one's wishes, to leave.
#pragma once

#include <optional>
#include <vector>

#include "core/appointments/waitlist_entry.h"
#include "core/kernel/command.h"

namespace yuanyue {

struct JoinWaitlist {
  static const CommandType<JoinWaitlist> type;
  WaitlistEntryId entry;  // new
  ServiceId service;
  std::vector<Wish> wishes;  // 1..max_wishes
  BookingId swap_booking;    // none: a new seat; else the booking kept until a seat is accepted
  bool auto_accept = false;
  std::optional<BlockKey> swap_from{};  // where the sender saw the booking to be given up
  bool operator==(const JoinWaitlist&) const = default;
};

// What the sender saw of an entry.
struct SeenEntry {
  std::vector<Wish> wishes;
  bool auto_accept = false;
  OfferId offer;  // the open one: leaving would give its seat away
  bool operator==(const SeenEntry&) const = default;
};
inline SeenEntry seen(const WaitlistEntry& entry) {
  return {entry.wishes, entry.auto_accept, entry.offer};
}

// Other wishes keep the place in time; blocks no longer wished lose theirs.
struct ChangeWaitlistEntry {
  static const CommandType<ChangeWaitlistEntry> type;
  WaitlistEntryId entry;
  SeenEntry seen;
  std::vector<Wish> wishes;
  bool auto_accept = false;
  bool operator==(const ChangeWaitlistEntry&) const = default;
};

struct LeaveWaitlist {
  static const CommandType<LeaveWaitlist> type;
  WaitlistEntryId entry;
  SeenEntry seen;
  bool operator==(const LeaveWaitlist&) const = default;
};

}  // namespace yuanyue
