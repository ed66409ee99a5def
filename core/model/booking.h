// Blocks, bookings, the waitlist and offers: the rows that commands change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/model/limits.h"

namespace yuanyue {

// A time block is named by its service, date and start.
struct BlockKey {
  ServiceId service;
  Date date;
  TimeOfDay start;
  auto operator<=>(const BlockKey&) const = default;
};
struct BlockKeyHash {
  std::size_t operator()(const BlockKey& key) const {
    return static_cast<std::size_t>(
        mix(IdHash{}(key.service), (static_cast<std::uint64_t>(key.date.days) << 16) |
                                       static_cast<std::uint16_t>(key.start.minutes)));
  }
};

// Order of the waitlist, domain.md "Waitlist": smaller goes first.
enum class Tier : std::uint8_t { emergency, relocation, key_project, high_tech, ordinary };

// A place in a block's queue. Places are kept sorted by (tier, since, entry): a total order that
// every replica can read without knowing whose entries they are.
struct QueuePlace {
  Tier tier = Tier::ordinary;
  Instant since;
  WaitlistEntryId entry;
  auto operator<=>(const QueuePlace&) const = default;
};

// A day's exception from the weekly template.
struct BlockOverride {
  BlockKey key;
  bool closed = false;
  std::optional<int> capacity;  // replaces the template's
  std::string reason;
  bool operator==(const BlockOverride&) const = default;
};

// Counters of one block. Exists from the first booking or wait until the block has passed; capacity
// is derived from the template and overrides. Invariant: booked + held <= capacity, unless an
// administrator lowered the capacity under seats already given.
struct Block {
  BlockKey key;
  TimeOfDay end;
  int booked = 0;
  int held = 0;                   // seats held for open offers
  std::vector<QueuePlace> queue;  // waiting, in order; at most max_queue_places
  // When the emergency reserve goes to the public, queue first; never once done or without a
  // reserve.
  Instant reserve_release_at = never;
  bool operator==(const Block&) const = default;
};

enum class BookingStatus : std::uint8_t {
  confirmed,
  cancelled,
  ended,  // its block has passed
};

struct Booking {
  BookingId id;
  std::string code;  // for people: 8 characters with a check character, core/model/booking_code.h
  EnterpriseId enterprise;
  UserId booked_by;
  BlockKey block;
  TimeOfDay end;
  BookingStatus status = BookingStatus::confirmed;
  int changes_used = 0;
  bool needs_relocation = false;  // its day or block was closed; the notice rule is waived
  Instant created_at;
  // The seat before the last self-service reschedule, while that may be taken back.
  std::optional<BlockKey> previous_block;
  Instant rescheduled_at;
  bool operator==(const Booking&) const = default;
};

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
  WaitlistEntryId id;
  EnterpriseId enterprise;
  UserId joined_by;
  ServiceId service;
  std::vector<Wish> wishes;  // 1..max_wishes
  // The wishes, expanded when it joined: the queues it stands in, at most max_entry_blocks.
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
  OfferId offer;  // the open one, when offered
  bool operator==(const WaitlistEntry&) const = default;
};
inline bool is_open(const WaitlistEntry& entry) {
  return entry.status == WaitlistStatus::waiting || entry.status == WaitlistStatus::offered;
}

enum class OfferStatus : std::uint8_t { open, accepted, declined, expired, withdrawn };

struct Offer {
  OfferId id;
  WaitlistEntryId entry;
  EnterpriseId enterprise;
  BlockKey block;
  TimeOfDay end;
  BookingId swap_booking;
  Instant made_at;
  Instant expires_at;
  OfferStatus status = OfferStatus::open;
  bool operator==(const Offer&) const = default;
};

// A message in the app's inbox; the words are in assets/i18n under "notification.<kind>".
enum class NotificationKind : std::uint8_t {
  offer_made,
  offer_expired,
  offer_withdrawn,
  auto_accepted,
  waitlist_ended,
  tier_promoted,
  relocation_needed,
  relocation_cleared,  // the closure was taken back: the appointment stands as it was
};

struct Notification {
  NotificationId id;
  EnterpriseId enterprise;
  NotificationKind kind = NotificationKind::offer_made;
  Instant at;
  Instant read_at;  // ms == 0: unread
  // What it is about; which are set depends on the kind.
  BookingId booking;
  WaitlistEntryId entry;
  OfferId offer;
  std::optional<BlockKey> block;
  Instant until;                                           // offer_made: expires_at
  WaitlistEndReason end_reason = WaitlistEndReason::none;  // waitlist_ended
  bool operator==(const Notification&) const = default;
};

// A fact for the ledger (数字化台账). Append-only; the store chains the hashes.
enum class LedgerKind : std::uint8_t {
  booking_made,
  booking_rescheduled,
  booking_reschedule_undone,
  booking_cancelled,
  booking_ended,
  booking_relocation_flagged,
  booking_relocation_cleared,
  waitlist_joined,
  waitlist_changed,
  waitlist_left,
  waitlist_ended,
  waitlist_promoted,
  offer_made,
  offer_accepted,
  offer_declined,
  offer_expired,
  offer_withdrawn,
  seat_auto_accepted,
  calendar_imported,
  catalog_changed,
  block_overridden,
  enterprise_saved,
  user_saved,
};

struct LedgerEntry {
  LedgerEntryId id;
  Instant at;
  UserId actor;  // none: the system
  CommandId command;
  LedgerKind kind = LedgerKind::booking_made;
  EnterpriseId enterprise;  // whose timeline it belongs to; none: administration only
  BookingId booking;
  WaitlistEntryId entry;
  OfferId offer;
  std::optional<BlockKey> block;       // where it is now
  std::optional<BlockKey> from_block;  // where it was
  std::string note;                    // a reason, a file's name; <= max_note_bytes
  bool operator==(const LedgerEntry&) const = default;
};

}  // namespace yuanyue
