#include "tests/core/support/random_park.h"

#include <algorithm>
#include <utility>

#include "core/appointments/answer_offer.h"
#include "core/appointments/block_override.h"
#include "core/appointments/blocks.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/override_block.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/ids.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/official_calendar.h"
#include "core/catalog/save_catalog.h"
#include "core/kernel/row.h"
#include "core/messages/ids.h"
#include "core/messages/mark_notifications_read.h"
#include "core/messages/notification.h"
#include "core/people/enterprise.h"
#include "core/people/erase.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "core/people/user.h"
#include "tests/core/support/seen.h"

namespace yuanyue::worlds {
namespace {

const ServiceId permit = ServiceId::of("permit");

// Three seats in the morning, one of them for emergencies, and lines that differ by weekday.
Service permit_row() {
  Service row = licence_row();
  row.id = permit;
  row.name = {"施工许可", "Permit"};
  row.weekly = {
      {.weekdays = 0b10101, .span = span("09:30", "10:30"), .capacity = 3, .emergency_reserve = 1},
      {.weekdays = 0b01010, .span = span("10:30", "11:30"), .capacity = 2, .emergency_reserve = 1},
      {.span = span("13:30", "14:30"), .capacity = 1}};
  row.policy.max_open = 1;
  row.policy.max_waiting = 3;
  row.policy.max_waitlist_entries = 1;
  row.policy.notice.business_days = 0;
  row.policy.promote_after_business_days = 2;
  return row;
}

template <class Key>
void keep_recent(std::vector<Key>& keys, const Key& key) {
  constexpr std::size_t kept = 64;
  if (std::ranges::find(keys, key) != keys.end()) return;
  if (keys.size() == kept) keys.erase(keys.begin());
  keys.push_back(key);
}

}  // namespace

RandomPark::RandomPark(std::uint64_t seed, std::int64_t longest_pause_ms)
    : random_(seed), longest_pause_ms_(static_cast<std::uint64_t>(longest_pause_ms)) {}

std::vector<AnyRow> RandomPark::rows() {
  std::vector<AnyRow> rows = park_rows();
  for (AnyRow& row : rows) {
    if (auto* service = row.get_if<Service>()) {
      service->policy.window_days = 14;
      service->policy.notice.business_days = service->id == licence ? 2 : 1;
    }
  }
  rows.emplace_back(permit_row());
  for (std::uint64_t number = named_members + 1; number <= members; ++number) {
    rows.emplace_back(enterprise_row(member(number), number));
    rows.emplace_back(user_row(member(number), number));
  }
  for (AnyRow& year : official_years()) rows.push_back(std::move(year));
  return rows;
}

void RandomPark::remember(const Outcome& outcome) {
  for (const RowChange& change : outcome.changes()) {
    const AnyKey key = key_of(change.row());
    for (std::uint64_t number = 1; number <= members && !change.after(); ++number) {
      const Member who = tenant(number);
      const auto place = static_cast<std::size_t>(number);
      if (key == AnyKey(who.enterprise)) ++enterprises_erased_[place];
      if (key == AnyKey(who.user)) ++users_erased_[place];
    }
    if (!change.after()) continue;
    if (const auto* id = key.get_if<BookingId>()) keep_recent(bookings_, *id);
    if (const auto* id = key.get_if<WaitlistEntryId>()) keep_recent(entries_, *id);
    if (const auto* id = key.get_if<OfferId>()) keep_recent(offers_, *id);
    if (const auto* id = key.get_if<NotificationId>()) keep_recent(notifications_, *id);
    if (const auto* id = key.get_if<BlockOverrideKey>()) keep_recent(overridden_, id->block);
  }
}

Uuid RandomPark::fresh_id() {
  const std::uint64_t high = random_.next() | 1;
  return uuid(high, random_.next());
}

Member RandomPark::tenant(std::uint64_t number) const {
  const auto nth = [&](std::uint64_t times) { return member(number + 100 * times); };
  const auto place = static_cast<std::size_t>(number);
  return {nth(enterprises_erased_[place]).enterprise, nth(users_erased_[place]).user};
}

Member RandomPark::someone() { return tenant(1 + random_.below(members)); }

std::optional<AnyCommand> RandomPark::missing_tenant(const State& state) const {
  for (std::uint64_t number = 1; number <= members; ++number) {
    const Member who = tenant(number);
    if (state.find(who.enterprise) == nullptr) return SaveEnterprise{enterprise_row(who, number)};
    if (state.find(who.user) == nullptr) return SaveUser{user_row(who, number)};
  }
  return std::nullopt;
}

AnyCommand RandomPark::erase() {
  const Member who = someone();
  if (random_.one_in(3)) return EraseUser{random_.one_in(8) ? administrator : who.user};
  return EraseEnterprise{random_.one_in(8) ? EnterpriseId(fresh_id()) : who.enterprise};
}

ServiceId RandomPark::some_service() {
  return random_.pick(std::vector<ServiceId>{licence, tax, permit});
}

// Mostly within a few days, so that there is a crowd; sometimes past, far away or no block at all.
BlockKey RandomPark::some_block(const State& state, const ServiceId& id, Instant now) {
  const Service& service = *state.find(id);
  BlockKey key{id, date_of(now), clock("08:00")};
  for (int attempt = 0; attempt < 4; ++attempt) {
    const int days = random_.one_in(40) ? random_.between(-2, 40) : random_.between(1, 6);
    key.date = date_of(now) + days;
    if (!service.weekly.empty()) key.start = random_.pick(service.weekly).span.start;
    if (block_facts(state, service, key, now)) break;
  }
  return key;
}

// For a row to be made: now and then an id that is taken, by whomever; ids are public.
template <class IdType>
IdType RandomPark::new_id(const std::vector<IdType>& taken) {
  const IdType fresh{fresh_id()};
  return !taken.empty() && random_.one_in(25) ? random_.pick(taken) : fresh;
}

BookingId RandomPark::some_booking(const State& state, const Member& who) {
  std::vector<BookingId> own;
  for (const OpenSeat& seat : open_seats(state, who.enterprise))
    own.push_back(booking_of(state, seat).id);
  std::ranges::sort(own);
  if (!own.empty() && !random_.one_in(15)) return random_.pick(own);
  return bookings_.empty() ? BookingId(fresh_id()) : random_.pick(bookings_);
}

WaitlistEntryId RandomPark::some_entry(const State& state, const Member& who) {
  std::vector<WaitlistEntryId> own = open_entries(state, who.enterprise);
  std::ranges::sort(own);
  if (!own.empty() && !random_.one_in(15)) return random_.pick(own);
  return entries_.empty() ? WaitlistEntryId(fresh_id()) : random_.pick(entries_);
}

OfferId RandomPark::some_offer(const State& state, const Member& who) {
  std::vector<OfferId> own;
  for (const WaitlistEntryId& id : open_entries(state, who.enterprise)) {
    if (const OfferId& offer = state.find(id)->offer) own.push_back(offer);
  }
  std::ranges::sort(own);
  if (!own.empty() && !random_.one_in(15)) return random_.pick(own);
  return offers_.empty() ? OfferId(fresh_id()) : random_.pick(offers_);
}

// A block that has to be waited for, if there is one among a few tries.
BlockKey RandomPark::some_full_block(const State& state, const ServiceId& service, Instant now) {
  BlockKey key;
  for (int attempt = 0; attempt < 12; ++attempt) {
    key = some_block(state, service, now);
    const auto facts = block_facts(state, *state.find(service), key, now);
    if (facts && facts->free_seats() == 0 && facts->open_for_booking(now)) break;
  }
  return key;
}

// A block with a free seat, if there is one among a few tries.
BlockKey RandomPark::some_free_block(const State& state, const ServiceId& service, Instant now) {
  BlockKey key;
  for (int attempt = 0; attempt < 6; ++attempt) {
    key = some_block(state, service, now);
    const auto facts = block_facts(state, *state.find(service), key, now);
    if (facts && facts->free_seats() > 0 && facts->open_for_booking(now)) break;
  }
  return key;
}

BlockKey RandomPark::some_target(const State& state, const ServiceId& service, Instant now) {
  return random_.one_in(4) ? some_block(state, service, now) : some_free_block(state, service, now);
}

std::vector<Wish> RandomPark::some_wishes(const State& state, const ServiceId& service,
                                          Instant now) {
  std::vector<Wish> wishes;
  const int count = random_.between(1, 3);
  for (int i = 0; i < count; ++i) {
    Wish made = wish(some_full_block(state, service, now));
    if (random_.one_in(8)) {
      made.start.reset();
      made.part = static_cast<PartOfDay>(random_.below(3));
    }
    wishes.push_back(made);
  }
  return wishes;
}

RandomStep RandomPark::next(const State& state, Instant now) {
  RandomStep step;
  // Mostly short, sometimes the longest: bursts with nights between them.
  const std::uint64_t longest = random_.one_in(10) ? longest_pause_ms_ : longest_pause_ms_ / 40 + 1;
  step.pause_ms = static_cast<std::int64_t>(random_.below(longest));
  now = now + step.pause_ms;
  if (auto moving_in = missing_tenant(state)) {
    step.who = console;
    step.command = *std::move(moving_in);
    return step;
  }
  if (random_.one_in(150)) {
    step.who = random_.one_in(8) ? admin_actor : console;
    step.command = erase();
    return step;
  }
  if (random_.one_in(25)) {
    step.who = random_.one_in(4) ? console : admin_actor;
    step.command = administrator_command(state, now);
    return step;
  }
  const Member who = someone();
  step.who = random_.one_in(60) ? actor(someone()) : actor(who);
  step.command = enterprise_command(state, who, now);
  return step;
}

AnyCommand RandomPark::reschedule(const State& state, const Member& who, Instant now) {
  const BookingId id = some_booking(state, who);
  const Booking* booking = state.find(id);
  const bool to_other_service = booking == nullptr || random_.one_in(40);
  const ServiceId service = to_other_service ? some_service() : booking->block.service;
  const bool stale = booking == nullptr || random_.one_in(40);
  return RescheduleBooking{id, stale ? some_block(state, service, now) : booking->block,
                           some_target(state, service, now)};
}

AnyCommand RandomPark::cancel(const State& state, const Member& who, Instant now) {
  // One after the other: compilers evaluate arguments in different orders.
  const BookingId booking = some_booking(state, who);
  CancelBooking command = cancel_seen(state, booking, random_.one_in(2) ? "出差" : "");
  if (random_.one_in(40)) command.block = some_block(state, command.block.service, now);
  return command;
}

AnyCommand RandomPark::enterprise_command(const State& state, const Member& who, Instant now) {
  const bool has_booking = !open_seats(state, who.enterprise).empty();
  const bool waits = !open_entries(state, who.enterprise).empty();
  const std::uint64_t dice = random_.below(100);
  if (waits && dice < 30) return entry_command(state, who, now);
  if (has_booking && dice < 50) return reschedule(state, who, now);
  if (has_booking && dice < 55) return undo_seen(state, some_booking(state, who));
  if (has_booking && dice < 60) {
    return cancel(state, who, now);
  }
  if (dice < 85) return join(state, who, now);
  if (dice < 98) return BookAppointment{new_id(bookings_), some_target(state, some_service(), now)};
  return mark_read(state, who);
}

AnyCommand RandomPark::join(const State& state, const Member& who, Instant now) {
  JoinWaitlist command{
      .entry = new_id(entries_), .service = some_service(), .auto_accept = random_.one_in(3)};
  const bool has_booking = !open_seats(state, who.enterprise).empty();
  if (has_booking ? !random_.one_in(3) : random_.one_in(20)) {
    command.swap_booking = some_booking(state, who);
    command.swap_from = place_of(state, command.swap_booking);
    const Booking* booking = state.find(command.swap_booking);
    if (booking != nullptr && !random_.one_in(10)) command.service = booking->block.service;
  }
  command.wishes = some_wishes(state, command.service, now);
  return command;
}

AnyCommand RandomPark::entry_command(const State& state, const Member& who, Instant now) {
  const std::uint64_t dice = random_.below(100);
  if (dice < 10) {
    const WaitlistEntryId id = some_entry(state, who);
    const WaitlistEntry* entry = state.find(id);
    const ServiceId service = entry == nullptr ? licence : entry->service;
    std::vector<Wish> wishes = some_wishes(state, service, now);
    return change_seen(state, id, std::move(wishes), random_.one_in(2));
  }
  const bool has_offer = std::ranges::any_of(
      open_entries(state, who.enterprise),
      [&](const WaitlistEntryId& id) { return static_cast<bool>(state.find(id)->offer); });
  if (dice < 25 || (!has_offer && dice < 90)) {
    return leave_seen(state, some_entry(state, who));
  }
  if (dice < 75) return accept_seen(state, some_offer(state, who));
  return DeclineOffer{some_offer(state, who)};
}

MarkNotificationsRead RandomPark::mark_read(const State& state, const Member& who) {
  MarkNotificationsRead command;
  for (const NotificationId& id : notifications_) {
    const Notification* row = state.find(id);
    if (row != nullptr && row->enterprise == who.enterprise) command.notifications.push_back(id);
  }
  return command;
}

AnyCommand RandomPark::administrator_command(const State& state, Instant now) {
  const std::uint64_t dice = random_.below(100);
  if (dice < 40) return override_block(state, now);
  if (dice < 60 && !overridden_.empty()) return RemoveBlockOverride{random_.pick(overridden_)};
  if (dice < 70) return change_hall(state, now);
  if (dice < 84) return change_service(state);
  if (dice < 90) return change_calendar(state, now);
  return save_people(state);
}

OverrideBlock RandomPark::override_block(const State& state, Instant now) {
  OverrideBlock command;
  const Booking* booking = bookings_.empty() ? nullptr : state.find(random_.pick(bookings_));
  command.block.key = booking != nullptr && random_.one_in(2)
                          ? booking->block
                          : some_block(state, some_service(), now);
  command.block.closed = random_.one_in(3);
  if (random_.one_in(2)) command.block.capacity = random_.between(0, 4);
  command.block.reason = command.block.closed ? "停电" : "加开";
  return command;
}

// Closes a day of the hall, or opens it again: oftener, or every day would end up closed.
SaveCatalog RandomPark::change_hall(const State& state, Instant now) {
  Hall row = *state.find(hall);
  auto& closures = row.schedule.closures;
  Date date = date_of(now) + random_.between(0, 6);
  if (!closures.empty() && !random_.one_in(3)) date = random_.pick(closures).date;
  const auto place = std::ranges::lower_bound(closures, date, {}, &HallClosure::date);
  if (place != closures.end() && place->date == date) {
    closures.erase(place);
  } else {
    closures.insert(place, {date, "台风"});
  }
  return {.halls = {std::move(row)}};
}

SaveCatalog RandomPark::change_service(const State& state) {
  Service row = *state.find(some_service());
  ServicePolicy& policy = row.policy;
  switch (random_.below(8)) {
    case 0:
      policy.max_open = random_.between(1, 3);
      break;
    case 1:
      policy.max_changes = random_.between(1, 5);
      break;
    case 2:
      policy.cutoff_ms = random_.between(0, 6) * ms_per_hour;
      break;
    case 3:
      policy.window_days = random_.between(3, 20);
      break;
    case 4:
      policy.promote_after_business_days = random_.between(0, 3);
      break;
    case 5:
      policy.notice.business_days = random_.between(0, 3);
      break;
    case 6: {
      TemplateBlock& line = row.weekly[static_cast<std::size_t>(random_.below(row.weekly.size()))];
      line.capacity = random_.between(0, 4);
      line.emergency_reserve = random_.between(0, line.capacity);
      break;
    }
    default: {
      TemplateBlock& line = row.weekly[static_cast<std::size_t>(random_.below(row.weekly.size()))];
      line.span.end = random_.one_in(2) ? TimeOfDay{static_cast<std::int16_t>(
                                              line.span.start.minutes + random_.between(20, 90))}
                                        : line.span.end;
      line.weekdays = static_cast<std::uint8_t>(random_.one_in(4) ? random_.between(1, 31) : 31);
    }
  }
  row.active = !random_.one_in(20);
  return {.services = {std::move(row)}};
}

// A day becomes a holiday, or no longer is one; or a year's notice is not known any more.
AnyCommand RandomPark::change_calendar(const State& state, Instant now) {
  const Date date = date_of(now) + random_.between(0, 8);
  const int number = to_year_month_day(date).year;
  const CalendarYear* found = official_calendar(state).find(number);
  CalendarYear year = found == nullptr ? CalendarYear{.year = number} : *found;
  const auto place = std::ranges::lower_bound(year.off, date, {}, &OfficialDay::date);
  const bool worked = std::ranges::find(year.work, date, &OfficialDay::date) != year.work.end();
  const auto invented = std::ranges::find(year.off, "临时放假", &OfficialDay::name);
  if (invented != year.off.end() && !random_.one_in(3)) {
    year.off.erase(invented);
  } else if (place != year.off.end() && place->date == date) {
    year.off.erase(place);
  } else if (!worked) {
    year.off.insert(place, {date, "临时放假"});
  }
  return ImportCalendarYear{std::move(year), !random_.one_in(4)};
}

AnyCommand RandomPark::save_people(const State& state) {
  Member who = someone();
  while (state.find(who.enterprise) == nullptr) who = someone();  // some are erased, never all
  if (random_.one_in(2) || state.find(who.user) == nullptr) {
    Enterprise row = state.get(who.enterprise);
    row.key_project = random_.one_in(4);
    row.high_tech = random_.one_in(3);
    return SaveEnterprise{std::move(row)};
  }
  User row = state.get(who.user);
  row.disabled = !row.disabled && random_.one_in(8);
  return SaveUser{std::move(row)};
}

}  // namespace yuanyue::worlds
