#include "backend/demo/demo_script.h"

#include <algorithm>

#include "backend/demo/demo_data.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/catalog/official_calendar.h"

namespace yuanyue {

namespace {

constexpr Uuid user_base{0x7573657273206f66, 0x2074686520646d6f};
constexpr Uuid row_base{0x726f777320736564, 0x6f6d656420657361};

}  // namespace

UserId demo_user_of(std::size_t enterprise) { return UserId(derive(user_base, enterprise)); }

DemoScript::DemoScript(ParkProcess& process, ServerClock& clock, Instant now, Ids ids)
    : process_(process), clock_(clock), now_(now), next_id_(static_cast<std::uint64_t>(ids)) {
  auto looked = process_.engine().inspect([&](const State& state) {
    official_ = official_calendar(state);
    state.for_each<Hall>([&](const Hall& hall) { schedule_ = hall.schedule; });
  });
  if (looked) looked->get();
}

Date DemoScript::day(int n) const {
  const HallCalendar calendar(official_, schedule_);
  const Date today = date_of(now_);
  if (n > 0) return calendar.add_business_days(today, n).value_or(today);
  const Date last = calendar.is_business_day(today)
                        ? today
                        : calendar.add_business_days(today, -1).value_or(today);
  return n == 0 ? last : calendar.add_business_days(last, n).value_or(last);
}

void DemoScript::at(int day_number, int hour, int minute) {
  const TimeOfDay time{static_cast<std::int16_t>(hour * 60 + minute)};
  const Instant to = std::min(to_instant(day(day_number), time), now_);
  if (to <= clock_.now()) return;
  auto moved = process_.engine().advance_clock(to);
  if (moved) moved->get();
}

BlockKey DemoScript::block(std::string_view service, int day_number, std::string_view start) const {
  return {ServiceId::of(service), day(day_number), parse_time_of_day(start).value()};
}

bool DemoScript::give(std::size_t enterprise, AnyCommand command) {
  ConsoleTask task;
  task.actor = {ActorKind::user, demo_user_of(enterprise)};
  task.commands.push_back(std::move(command));
  auto answer = process_.engine().run(std::move(task));
  if (!answer) {
    failure_ = "The engine takes no commands.";
    return false;
  }
  const ConsoleReply reply = answer->get();
  if (reply.unavailable) failure_ = "The store could not be written.";
  return !reply.unavailable && !reply.rejection;
}

std::optional<BookingId> DemoScript::book(std::size_t enterprise, std::string_view service,
                                          int day_number, std::string_view start) {
  const BookingId id(derive(row_base, next_id_++));
  if (!give(enterprise, BookAppointment{id, block(service, day_number, start)}))
    return std::nullopt;
  return id;
}

bool DemoScript::reschedule(std::size_t enterprise, const BookingId& booking,
                            std::string_view service, int from_day, std::string_view from,
                            int to_day, std::string_view to) {
  return give(enterprise, RescheduleBooking{booking, block(service, from_day, from),
                                            block(service, to_day, to)});
}

std::optional<BlockKey> DemoScript::place(const BookingId& booking) {
  std::optional<BlockKey> found;
  auto looked =
      process_.engine().inspect([&](const State& state) { found = place_of(state, booking); });
  if (looked) looked->get();
  return found;
}

bool DemoScript::cancel(std::size_t enterprise, const BookingId& booking) {
  const auto seen_at = place(booking);
  return seen_at && give(enterprise, CancelBooking{booking, *seen_at, "业务安排有变"});
}

bool DemoScript::wait_for(std::size_t enterprise, std::string_view service, int day_number,
                          std::string_view start, const BookingId& swap_booking) {
  const BlockKey wanted = block(service, day_number, start);
  JoinWaitlist command;
  command.entry = WaitlistEntryId(derive(row_base, next_id_++));
  command.service = wanted.service;
  command.wishes.push_back({wanted.date, PartOfDay::any, wanted.start});
  command.swap_booking = swap_booking;
  command.swap_from = place(swap_booking);
  return give(enterprise, command);
}

std::vector<DemoScript::Seat> DemoScript::fill(std::size_t first, std::string_view service,
                                               int day_number, std::string_view start) {
  std::vector<Seat> seats;
  const std::size_t count = demo_data().enterprises.size();
  for (std::size_t enterprise = first; enterprise < count; ++enterprise) {
    if (const auto id = book(enterprise, service, day_number, start))
      seats.push_back({enterprise, *id});
  }
  return seats;
}

std::size_t DemoScript::pick(std::size_t bound) {
  seed_ = mix(seed_, 0x9e3779b97f4a7c15);
  return static_cast<std::size_t>(seed_ % bound);
}

}  // namespace yuanyue
