// What this domain writes into the ledger, tells, refuses and offers instead. The words are in
// assets/i18n under "ledger.", "notification.", "rejection." and "way." and the kind's name.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "core/appointments/block.h"
#include "core/appointments/waitlist_entry.h"
#include "core/calendar/deadline.h"
#include "core/kernel/ledger.h"
#include "core/kernel/outcome.h"
#include "core/kernel/refusals.h"

namespace yuanyue {

// --- events ------------------------------------------------------------------------------------

// What happened to what; which are set depends on the kind.
struct AppointmentEvent {
  BookingId booking{};
  WaitlistEntryId entry{};
  OfferId offer{};
  std::optional<BlockKey> block{};       // where it is now
  std::optional<BlockKey> from_block{};  // where it was
  bool operator==(const AppointmentEvent&) const = default;
};

namespace events {
extern const EventKind<AppointmentEvent> booking_made;
extern const EventKind<AppointmentEvent> booking_rescheduled;
extern const EventKind<AppointmentEvent> booking_reschedule_undone;
extern const EventKind<AppointmentEvent> booking_cancelled;
extern const EventKind<AppointmentEvent> booking_ended;
extern const EventKind<AppointmentEvent> booking_relocation_flagged;
extern const EventKind<AppointmentEvent> booking_relocation_cleared;
extern const EventKind<AppointmentEvent> waitlist_joined;
extern const EventKind<AppointmentEvent> waitlist_changed;
extern const EventKind<AppointmentEvent> waitlist_left;
extern const EventKind<AppointmentEvent> waitlist_ended;
extern const EventKind<AppointmentEvent> waitlist_promoted;
extern const EventKind<AppointmentEvent> offer_made;
extern const EventKind<AppointmentEvent> offer_accepted;
extern const EventKind<AppointmentEvent> offer_declined;
extern const EventKind<AppointmentEvent> offer_expired;
extern const EventKind<AppointmentEvent> offer_withdrawn;
extern const EventKind<AppointmentEvent> seat_auto_accepted;
extern const EventKind<AppointmentEvent> block_overridden;
}  // namespace events

// --- notices -----------------------------------------------------------------------------------

// What it is about; which are set depends on the kind.
struct AppointmentNotice {
  BookingId booking{};
  WaitlistEntryId entry{};
  OfferId offer{};
  std::optional<BlockKey> block{};
  Instant until{};                                         // offer_made: expires_at
  WaitlistEndReason end_reason = WaitlistEndReason::none;  // waitlist_ended
  bool operator==(const AppointmentNotice&) const = default;
};

namespace notices {
extern const NoticeKind<AppointmentNotice> offer_made;
extern const NoticeKind<AppointmentNotice> offer_expired;
extern const NoticeKind<AppointmentNotice> offer_withdrawn;
extern const NoticeKind<AppointmentNotice> auto_accepted;
extern const NoticeKind<AppointmentNotice> waitlist_ended;
extern const NoticeKind<AppointmentNotice> tier_promoted;
extern const NoticeKind<AppointmentNotice> relocation_needed;
// The closure was taken back: the appointment stands as it was.
extern const NoticeKind<AppointmentNotice> relocation_cleared;
}  // namespace notices

// --- refusals ----------------------------------------------------------------------------------

struct AppointmentRefusal {
  std::optional<BlockKey> block{};
  BookingId booking{};
  WaitlistEntryId entry{};
  std::optional<Instant> at{};
  int limit = 0;
  std::optional<DayReason> reason{};  // why the day or block is closed, if the day is
  std::string reason_name{};          // 国庆节, 台风 …
  std::optional<Deadline> deadline{};
  bool operator==(const AppointmentRefusal&) const = default;
};

namespace refusals {
extern const RefusalKind<AppointmentRefusal> not_confirmed;     // the booking is cancelled or over
extern const RefusalKind<AppointmentRefusal> past_deadline;     // `deadline` explains
extern const RefusalKind<AppointmentRefusal> too_many_changes;  // `limit`
extern const RefusalKind<AppointmentRefusal> block_full;        // `block`
// No such block that day (closure, holiday, not in the template): `reason`.
extern const RefusalKind<AppointmentRefusal> block_closed;
// Too early: `at` is when it opens; or past: the block has closed for booking.
extern const RefusalKind<AppointmentRefusal> outside_window;
extern const RefusalKind<AppointmentRefusal> past_cutoff;           // it closed for booking at `at`
extern const RefusalKind<AppointmentRefusal> same_block;            // it is there already
extern const RefusalKind<AppointmentRefusal> overlaps_own_booking;  // `booking`
extern const RefusalKind<AppointmentRefusal> too_many_open;         // `limit` of the service
extern const RefusalKind<AppointmentRefusal> waitlist_full;         // `limit` in the block's queue
extern const RefusalKind<AppointmentRefusal> too_many_entries;      // `limit` of the service
// An entry of yours waits for this already: `entry`.
extern const RefusalKind<AppointmentRefusal> already_waiting;
extern const RefusalKind<AppointmentRefusal> seat_is_free;  // `block` can be booked now
extern const RefusalKind<AppointmentRefusal> offer_closed;  // expired, declined or withdrawn before
extern const RefusalKind<AppointmentRefusal> undo_expired;  // the undo time is over
// No change of the enterprise's own to take back; or the hall made it move.
extern const RefusalKind<AppointmentRefusal> nothing_to_undo;
// The service is switched off: nothing new there.
extern const RefusalKind<AppointmentRefusal> service_inactive;
extern const RefusalKind<AppointmentRefusal> too_many_blocks;  // the wishes name more than `limit`
}  // namespace refusals

// --- ways forward ------------------------------------------------------------------------------

struct AppointmentWay {
  std::optional<BlockKey> block{};
  BookingId booking{};
  WaitlistEntryId entry{};
  int free_seats = 0;
  bool operator==(const AppointmentWay&) const = default;
};

namespace ways {
extern const WayKind<AppointmentWay> choose_block;      // `block` is free for you: `free_seats`
extern const WayKind<AppointmentWay> join_waitlist;     // for `block`, the present seat is kept
extern const WayKind<AppointmentWay> choose_other_day;  // open the calendar
// Ask the hall's emergency team (hall's telephone until the channel exists).
extern const WayKind<AppointmentWay> emergency_channel;
extern const WayKind<AppointmentWay> view_booking;    // `booking`
extern const WayKind<AppointmentWay> view_entry;      // `entry`
extern const WayKind<AppointmentWay> leave_waitlist;  // `entry`, to make room
extern const WayKind<NoDetail> choose_other_service;  // open the list of services
}  // namespace ways

// --- reading -----------------------------------------------------------------------------------

// The detail, or an empty one of what is about no appointment.
const AppointmentEvent& about(const LedgerEntry& entry);
const AppointmentRefusal& about(const Rejection& rejection);
const AppointmentWay& about(const WayForward& way);

// In how a refusal is put together: `rejection` is of this domain.
AppointmentRefusal& detail_of(Rejection& rejection);
Rejection refuse_about(const RefusalKind<AppointmentRefusal>& kind, const BlockKey& block);
void offer_way(Rejection& rejection, const WayKind<AppointmentWay>& kind,
               const AppointmentWay& detail);

}  // namespace yuanyue
