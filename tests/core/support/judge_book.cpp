#include "tests/core/support/judge_book.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "core/appointments/block.h"
#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/ids.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/calendar_year.h"
#include "core/catalog/catalog.h"
#include "core/catalog/ids.h"
#include "core/people/enterprise.h"
#include "core/people/ids.h"
#include "core/people/user.h"

namespace yuanyue::worlds::book {
namespace {

constexpr int days_searched = 800;

enum class Kind : std::uint8_t { weekday, weekend, holiday, made_workday };

Kind official_kind(const Picture& park, Date date) {
  const bool weekend = is_weekend(weekday_of(date));
  const YearMonthDay ymd = to_year_month_day(date);
  const auto* year = park.find<OfficialYear>(OfficialYearKey{ymd.year});
  if (year == nullptr) {
    const bool new_year = ymd.month == 1 && ymd.day == 1;
    const bool labour = ymd.month == 5 && (ymd.day == 1 || (ymd.day == 2 && ymd.year >= 2025));
    const bool national = ymd.month == 10 && ymd.day <= 3;
    if (new_year || labour || national) return Kind::holiday;
    return weekend ? Kind::weekend : Kind::weekday;
  }
  for (const OfficialDay& day : year->off) {
    if (day.date == date) return Kind::holiday;
  }
  for (const OfficialDay& day : year->work) {
    if (day.date == date && weekend) return Kind::made_workday;
  }
  return weekend ? Kind::weekend : Kind::weekday;
}

std::vector<TimeSpan> makeup_hours(const HallSchedule& schedule, Date date) {
  const auto& own = schedule.weekly_hours[static_cast<std::size_t>(weekday_of(date))];
  if (!own.empty()) return own;
  for (const auto& hours : schedule.weekly_hours) {
    if (!hours.empty()) return hours;
  }
  return {};
}

Day day_in(const Picture& park, const HallSchedule& schedule, Date date) {
  for (const HallClosure& closure : schedule.closures) {
    if (closure.date == date) return {};
  }
  for (const HallExtraDay& extra : schedule.extra_days) {
    if (extra.date != date) continue;
    const auto hours = extra.hours.empty() ? makeup_hours(schedule, date) : extra.hours;
    if (!hours.empty()) return {true, hours};
  }
  const auto& own = schedule.weekly_hours[static_cast<std::size_t>(weekday_of(date))];
  switch (official_kind(park, date)) {
    case Kind::holiday:
      return {};
    case Kind::weekend:
      return {false, own};
    case Kind::weekday:
      return {!own.empty(), own};
    case Kind::made_workday:
      break;
  }
  const auto hours = makeup_hours(schedule, date);
  return {!hours.empty(), hours};
}

const TemplateBlock* line_of(const Service& service, const BlockKey& key) {
  const Weekday weekday = weekday_of(key.date);
  const int bit = is_weekend(weekday) ? 0 : static_cast<int>(weekday);
  for (const TemplateBlock& line : service.weekly) {
    if (line.span.start == key.start && (line.weekdays >> bit & 1) != 0) return &line;
  }
  return nullptr;
}

bool clash(const BlockKey& a, TimeOfDay a_end, const BlockKey& b, TimeOfDay b_end) {
  return a.date == b.date && a.start < b_end && b.start < a_end;
}

}  // namespace

Day day_of(const Picture& park, const Service& service, Date date) {
  return day_in(park, park.find<Hall>(service.hall)->schedule, date);
}

std::optional<Date> business_day_after(const Picture& park, const Service& service, Date date,
                                       int count) {
  for (int searched = 0; searched < days_searched && count > 0; ++searched) {
    date = date + 1;
    if (day_of(park, service, date).is_business_day) --count;
  }
  if (count > 0) return std::nullopt;
  return date;
}

bool lacks_statutory_days(const CalendarYear& year) {
  const auto off_between = [&](std::string_view first, std::string_view last) {
    int count = 0;
    for (const OfficialDay& day : year.off) {
      const std::string month_day = to_string(day.date).substr(5);
      count += first <= month_day && month_day <= last;
    }
    return count;
  };
  const bool labour =
      off_between("05-01", year.year >= 2025 ? "05-02" : "05-01") == (year.year >= 2025 ? 2 : 1);
  const bool fixed =
      off_between("01-01", "01-01") == 1 && labour && off_between("10-01", "10-03") == 3;
  if (!fixed || off_between("01-20", "02-28") < 3) return true;
  if (year.year < 2008) return false;
  const bool autumn = std::ranges::any_of(
      year.off, [](const OfficialDay& day) { return day.name.find("中秋") != std::string::npos; });
  return !autumn || off_between("04-03", "04-06") == 0 || off_between("05-25", "06-26") == 0;
}

std::optional<Seats> seats_of(const Picture& park, const BlockKey& key, Instant now) {
  const auto* service = park.find<Service>(key.service);
  const TemplateBlock* line = service == nullptr ? nullptr : line_of(*service, key);
  if (line == nullptr) return std::nullopt;
  const Day day = day_of(park, *service, key.date);
  const bool is_open = std::ranges::any_of(day.hours, [&](const TimeSpan& open) {
    return open.start <= line->span.start && line->span.end <= open.end;
  });
  if (!day.is_business_day || !is_open) return std::nullopt;

  Seats seats;
  const ServicePolicy& policy = service->policy;
  seats.end = line->span.end;
  seats.capacity = line->capacity;
  seats.starts_at = to_instant(key.date, key.start);
  seats.opens_at = to_instant(key.date - policy.window_days, TimeOfDay{0});
  seats.cutoff_at = seats.starts_at - policy.cutoff_ms;
  if (const auto* row = park.find<BlockOverride>(BlockOverrideKey{key})) {
    seats.closed = row->closed;
    if (row->capacity) seats.capacity = *row->capacity;
  }
  if (line->emergency_reserve > 0) seats.release_at = seats.starts_at - policy.reserve_release_ms;
  if (line->emergency_reserve > 0 && now < seats.release_at) {
    seats.reserve = std::min(line->emergency_reserve, seats.capacity);
  }
  if (const auto* row = park.find<Block>(key)) seats.end = row->end;
  for (const BookingId& id : park.confirmed()) {
    if (park.find<Booking>(id)->block == key) ++seats.taken;
  }
  for (const OfferId& id : park.open_offers()) {
    if (park.find<Offer>(id)->block == key) ++seats.taken;
  }
  return seats;
}

bool is_closed(const Picture& park, const BlockKey& key, Instant now) {
  const auto seats = seats_of(park, key, now);
  return !seats || seats->closed;
}

std::optional<Instant> change_closes_at(const Picture& park, const Booking& booking) {
  const Service& service = *park.find<Service>(booking.block.service);
  const NoticeRule& rule = service.policy.notice;
  int missing = rule.business_days;
  for (int back = 0; back <= days_searched; ++back) {
    const Date date = booking.block.date - back;
    const Day day = day_of(park, service, date);
    if (!day.is_business_day) continue;
    const bool is_left_out =
        back == 0 && rule.business_days > 0 && rule.counting == Counting::exclude_appointment_day;
    if (is_left_out) continue;
    if (--missing > 0) continue;
    return to_instant(date, rule.closes_at ? *rule.closes_at : day.hours.back().end);
  }
  return std::nullopt;
}

bool has_clash(const Picture& park, const EnterpriseId& enterprise, const BlockKey& key,
               TimeOfDay end, const BookingId& given_up) {
  return std::ranges::any_of(park.confirmed(), [&](const BookingId& id) {
    const Booking& own = *park.find<Booking>(id);
    return own.enterprise == enterprise && id != given_up && clash(own.block, own.end, key, end);
  });
}

int open_bookings(const Picture& park, const EnterpriseId& enterprise, const ServiceId& service) {
  return static_cast<int>(std::ranges::count_if(park.confirmed(), [&](const BookingId& id) {
    const Booking& own = *park.find<Booking>(id);
    return own.enterprise == enterprise && own.block.service == service;
  }));
}

std::vector<BlockKey> blocks_of(const Picture& park, const Service& service,
                                const std::vector<Wish>& wishes, Instant now) {
  std::set<BlockKey> keys;
  for (const Wish& wish : wishes) {
    for (const TemplateBlock& line : service.weekly) {
      const BlockKey key{service.id, wish.date, line.span.start};
      const bool is_morning = line.span.start < TimeOfDay{12 * 60};
      const bool is_wished = wish.start ? line.span.start == *wish.start
                                        : wish.part == PartOfDay::any ||
                                              (wish.part == PartOfDay::morning) == is_morning;
      const auto seats = seats_of(park, key, now);
      if (is_wished && seats && seats->can_be_booked(now)) keys.insert(key);
    }
  }
  return {keys.begin(), keys.end()};
}

Tier tier_of(const Enterprise& enterprise, const Booking* swap) {
  if (swap != nullptr && swap->needs_relocation) return Tier::relocation;
  if (enterprise.key_project) return Tier::key_project;
  return enterprise.high_tech ? Tier::high_tech : Tier::ordinary;
}

Tier one_up(Tier tier) {
  if (tier == Tier::ordinary) return Tier::high_tech;
  if (tier == Tier::high_tech) return Tier::key_project;
  return tier == Tier::key_project ? Tier::relocation : tier;
}

Instant rises_at(const Picture& park, const Service& service, Tier tier, Instant since) {
  const int days = service.policy.promote_after_business_days;
  if (days <= 0 || one_up(tier) == tier) return never;
  const auto day = business_day_after(park, service, date_of(since), days);
  if (!day) return never;
  return since + (*day - date_of(since)) * ms_per_day;
}

std::pair<Tier, Instant> standing(const Picture& park, const Service& service, Tier joined,
                                  Instant since, Instant now) {
  Instant next = rises_at(park, service, joined, since);
  while (next <= now) {
    joined = one_up(joined);
    next = rises_at(park, service, joined, next);
  }
  return {joined, next};
}

bool may_be_served(const Picture& park, const WaitlistEntry& entry, const BlockKey& key,
                   Instant now) {
  const Service& service = *park.find<Service>(entry.service);
  const auto seats = seats_of(park, key, now);
  if (!seats || seats->closed || now >= seats->cutoff_at) return false;
  if (std::ranges::find(entry.blocks, key) == entry.blocks.end()) return false;
  if (!has_account(park, entry.enterprise)) return false;
  if (entry.swap_booking) {
    const auto* swap = park.find<Booking>(entry.swap_booking);
    if (swap == nullptr || swap->status != BookingStatus::confirmed) return false;
    if (swap->enterprise != entry.enterprise || swap->block == key) return false;
    const Instant cutoff_at =
        to_instant(swap->block.date, swap->block.start) - service.policy.cutoff_ms;
    const bool is_spent = now >= cutoff_at || swap->changes_used >= service.policy.max_changes;
    if (is_spent && !swap->needs_relocation) return false;
  }
  if (has_clash(park, entry.enterprise, key, seats->end, entry.swap_booking)) return false;
  int open = open_bookings(park, entry.enterprise, entry.service);
  for (const OfferId& id : park.open_offers()) {
    const Offer& other = *park.find<Offer>(id);
    if (other.enterprise != entry.enterprise) continue;
    if (clash(other.block, other.end, key, seats->end)) return false;
    if (other.swap_booking && other.swap_booking == entry.swap_booking) return false;
    if (!other.swap_booking && other.block.service == entry.service) ++open;
  }
  return entry.swap_booking || open < service.policy.max_open;
}

std::vector<const WaitlistEntry*> places_in(const Picture& park, const BlockKey& key) {
  std::vector<const WaitlistEntry*> places;
  for (const WaitlistEntryId& id : park.open_entries()) {
    const auto* entry = park.find<WaitlistEntry>(id);
    const auto* offer = park.find<Offer>(entry->offer);
    const bool has_offer_for_it =
        entry->status == WaitlistStatus::offered && offer != nullptr && offer->block == key;
    const bool wants_it = std::ranges::find(entry->blocks, key) != entry->blocks.end();
    if (wants_it && !has_offer_for_it) places.push_back(entry);
  }
  std::ranges::sort(places, {}, [](const WaitlistEntry* entry) {
    return std::tuple(entry->tier, entry->joined_at, entry->id);
  });
  return places;
}

std::vector<const WaitlistEntry*> queue_of(const Picture& park, const BlockKey& key) {
  std::vector<const WaitlistEntry*> queue = places_in(park, key);
  std::erase_if(
      queue, [](const WaitlistEntry* entry) { return entry->status != WaitlistStatus::waiting; });
  return queue;
}

bool is_cut_short(const Picture& park, const Offer& offer) {
  const Service& service = *park.find<Service>(offer.block.service);
  return offer.expires_at < offer.made_at + service.policy.hold_min_ms;
}

Instant offer_ends_at(const Picture& park, const Service& service, const Seats& seats,
                      Instant now) {
  std::int64_t missing_ms = service.policy.hold_ms;
  Instant ends_at = missing_ms == 0 ? now : never;
  for (int days = 0; days <= days_searched && ends_at == never; ++days) {
    const Date date = date_of(now) + days;
    for (const TimeSpan& span : day_of(park, service, date).hours) {
      const Instant from = std::max(now, to_instant(date, span.start));
      const std::int64_t open_ms = to_instant(date, span.end) - from;
      if (open_ms <= 0 || ends_at != never) continue;
      if (missing_ms <= open_ms) ends_at = from + missing_ms;
      missing_ms -= open_ms;
    }
  }
  ends_at = std::max(ends_at, now + service.policy.hold_min_ms);
  return std::min(ends_at, seats.cutoff_at);
}

Instant closes_at(const Service& service, const std::vector<BlockKey>& blocks, Instant now) {
  Instant last = now;
  for (const BlockKey& key : blocks) {
    last = std::max(last, to_instant(key.date, key.start) - service.policy.cutoff_ms);
  }
  return last;
}

EnterpriseId enterprise_of(const Picture& park, const Actor& actor) {
  const auto* user = park.find<User>(actor.user);
  const bool acts = actor.kind == ActorKind::user && user != nullptr && !user->disabled &&
                    user->role == Role::member;
  return acts ? user->enterprise : EnterpriseId{};
}

bool has_account(const Picture& park, const EnterpriseId& enterprise) {
  return std::ranges::any_of(park.all<User>(), [&](const auto& each) {
    return each.second.enterprise == enterprise && !each.second.disabled;
  });
}

bool is_administrator(const Picture& park, const Actor& actor) {
  const auto* user = park.find<User>(actor.user);
  return actor.kind == ActorKind::console || (actor.kind == ActorKind::user && user != nullptr &&
                                              !user->disabled && user->role == Role::administrator);
}

}  // namespace yuanyue::worlds::book
