// Everything that can be asked of Yuanyue. A command is an imperative with all it needs: ids are
// made by who sends it, the instant and the actor come in its envelope. Each is decided in the .cpp
// beside it.
//
// A command on something that its sender saw carries what was seen of it, as far as that may have
// changed meanwhile and matters for the decision; seen otherwise it is answered with `stale`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/model/rows.h"

namespace yuanyue {

// --- an enterprise's own appointments
// --------------------------------------------------------------

struct BookAppointment {
  BookingId booking;  // new
  BlockKey block;
  bool operator==(const BookAppointment&) const = default;
};

// Moves a booking in place: code and history stay.
struct RescheduleBooking {
  BookingId booking;
  BlockKey from;  // where the sender saw it; another place is answered with `stale`
  BlockKey to;    // same service
  bool operator==(const RescheduleBooking&) const = default;
};

// Takes the last reschedule back while the policy's undo time runs and the old block has a free
// seat. Does not count as a change.
struct UndoReschedule {
  BookingId booking;
  BlockKey from;  // where the sender saw it
  BlockKey to;    // the seat before, to which it would go back, as the sender saw it
  bool operator==(const UndoReschedule&) const = default;
};

struct CancelBooking {
  BookingId booking;
  BlockKey block;      // where the sender saw it
  std::string reason;  // optional, <= max_note_bytes
  bool operator==(const CancelBooking&) const = default;
};

// --- the waitlist
// ----------------------------------------------------------------------------------

struct JoinWaitlist {
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
  WaitlistEntryId entry;
  SeenEntry seen;
  std::vector<Wish> wishes;
  bool auto_accept = false;
  bool operator==(const ChangeWaitlistEntry&) const = default;
};

struct LeaveWaitlist {
  WaitlistEntryId entry;
  SeenEntry seen;
  bool operator==(const LeaveWaitlist&) const = default;
};

struct AcceptOffer {
  OfferId offer;
  std::optional<BlockKey> swap_from{};  // a swap: where the sender saw the booking to be given up
  bool operator==(const AcceptOffer&) const = default;
};

// The entry goes on waiting for its other blocks, or leaves when it has none. What an open offer
// offers never changes, so nothing else is carried.
struct DeclineOffer {
  OfferId offer;
  bool operator==(const DeclineOffer&) const = default;
};

struct MarkNotificationsRead {
  std::vector<NotificationId> notifications;  // 1..100
  bool operator==(const MarkNotificationsRead&) const = default;
};

// --- administration
// --------------------------------------------------------------------------------
//
// `seen`: the row that is replaced, as the sender saw it; another is answered with `stale`. None:
// it comes from a file or from the console, where nothing was looked at.

// Recomputes what stood on provisional days: bookings on days now closed are flagged and told.
struct ImportCalendarYear {
  CalendarYear year;
  bool force = false;  // also a year that lacks statutory holidays (calendar/statutory_days.h)
  bool operator==(const ImportCalendarYear&) const = default;
};

// Adds or replaces; all or nothing. References must resolve within the command or the state.
struct SaveCatalog {
  std::vector<Park> parks;
  std::vector<Hall> halls;
  std::vector<Department> departments;
  std::vector<Service> services;
  bool operator==(const SaveCatalog&) const = default;
};

struct OverrideBlock {
  BlockOverride block;
  std::optional<BlockOverride> seen{};
  bool operator==(const OverrideBlock&) const = default;
};

struct RemoveBlockOverride {
  BlockKey block;
  std::optional<BlockOverride> seen{};
  bool operator==(const RemoveBlockOverride&) const = default;
};

// With another credit code, the account that has the old one for its name gets the new one.
struct SaveEnterprise {
  Enterprise enterprise;
  std::optional<Enterprise> seen{};
  bool operator==(const SaveEnterprise&) const = default;
};

// An enabled administrator stays; a name with the form of a credit code is its own enterprise's.
struct SaveUser {
  User user;
  std::optional<User> seen{};
  bool operator==(const SaveUser&) const = default;
};

// --- the system
// ------------------------------------------------------------------------------------

// Does the one thing that is due first (State::next_due). Run by the engine, never accepted from
// outside.
struct RunDue {
  bool operator==(const RunDue&) const = default;
};

using Command = std::variant<BookAppointment, RescheduleBooking, UndoReschedule, CancelBooking,
                             JoinWaitlist, ChangeWaitlistEntry, LeaveWaitlist, AcceptOffer,
                             DeclineOffer, MarkNotificationsRead, ImportCalendarYear, SaveCatalog,
                             OverrideBlock, RemoveBlockOverride, SaveEnterprise, SaveUser, RunDue>;

// Who asks. The console is an administrator at the server's own command line.
enum class ActorKind : std::uint8_t { user, console, system };
struct Actor {
  ActorKind kind = ActorKind::user;
  UserId user;
  bool operator==(const Actor&) const = default;
};

struct Envelope {
  CommandId id;
  Actor actor;
  Instant now;  // the server's clock; in the browser the predicted server clock
  Command command;
};

}  // namespace yuanyue
