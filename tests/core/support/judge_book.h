// The rule book's arithmetic once more, in its plainest and slowest form: written from the rules
// (docs/decisions.md "Rules" and what the headers of core promise), asked of a Picture only, and
// sharing no code with core/rules or core/calendar. Where this and core disagree one of them is
// wrong.
#pragma once

#include <optional>
#include <vector>

#include "core/appointments/waitlist_entry.h"
#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "tests/core/support/judge_picture.h"

namespace yuanyue::worlds::book {

// --- days and opening time
struct Day {
  bool is_business_day = false;
  std::vector<TimeSpan> hours;
};
Day day_of(const Picture& park, const Service& service, Date date);
std::optional<Date> business_day_after(const Picture& park, const Service& service, Date date,
                                       int count);
// Some holiday that the law gives every year.
bool lacks_statutory_days(const CalendarYear& year);

// --- blocks
struct Seats {
  TimeOfDay end;
  int capacity = 0;
  int reserve = 0;  // still kept back at this moment
  int taken = 0;    // confirmed bookings and open offers
  bool closed = false;
  Instant starts_at;
  Instant opens_at;
  Instant cutoff_at;
  Instant release_at = never;
  int free() const { return capacity - reserve > taken ? capacity - reserve - taken : 0; }
  bool can_be_booked(Instant now) const { return !closed && opens_at <= now && now < cutoff_at; }
};
// nullopt: the service has no such block on that day.
std::optional<Seats> seats_of(const Picture& park, const BlockKey& key, Instant now);
bool is_closed(const Picture& park, const BlockKey& key, Instant now);

// --- bookings
// Until when its enterprise may move it; nullopt: never.
std::optional<Instant> change_closes_at(const Picture& park, const Booking& booking);
bool has_clash(const Picture& park, const EnterpriseId& enterprise, const BlockKey& key,
               TimeOfDay end, const BookingId& given_up);
int open_bookings(const Picture& park, const EnterpriseId& enterprise, const ServiceId& service);

// --- the waitlist
std::vector<BlockKey> blocks_of(const Picture& park, const Service& service,
                                const std::vector<Wish>& wishes, Instant now);
Tier tier_of(const Enterprise& enterprise, const Booking* swap);
// The instant at which an entry of this tier that waits since then rises.
Instant rises_at(const Picture& park, const Service& service, Tier tier, Instant since);
Tier one_up(Tier tier);
// As it would have risen by now.
std::pair<Tier, Instant> standing(const Picture& park, const Service& service, Tier joined,
                                  Instant since, Instant now);
bool may_be_served(const Picture& park, const WaitlistEntry& entry, const BlockKey& key,
                   Instant now);
// Everybody who waits for the block and has no offer of it, first come first.
std::vector<const WaitlistEntry*> places_in(const Picture& park, const BlockKey& key);
// Of them those who have no offer at all.
std::vector<const WaitlistEntry*> queue_of(const Picture& park, const BlockKey& key);
// Held shorter than anybody must be given, because the block closes.
bool is_cut_short(const Picture& park, const Offer& offer);
Instant offer_ends_at(const Picture& park, const Service& service, const Seats& seats, Instant now);
// When the last of the blocks closes for booking.
Instant closes_at(const Service& service, const std::vector<BlockKey>& blocks, Instant now);

// --- people
EnterpriseId enterprise_of(const Picture& park, const Actor& actor);
// Somebody can sign in for it.
bool has_account(const Picture& park, const EnterpriseId& enterprise);
bool is_administrator(const Picture& park, const Actor& actor);

}  // namespace yuanyue::worlds::book
