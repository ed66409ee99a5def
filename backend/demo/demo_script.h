// The hands that play the demonstration: enterprises by number, days counted in business days from
// today.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/admin/park_process.h"
#include "core/appointments/block.h"
#include "core/appointments/booking.h"
#include "core/calendar/hall_calendar.h"
#include "core/protocol/protocol.h"

namespace yuanyue {

class DemoScript {
 public:
  // Parts that are played one after the other make ids of their own.
  enum class Ids : std::uint64_t { story = 1, past = 1'000'000 };
  DemoScript(ParkProcess& process, ServerClock& clock, Instant now, Ids ids);

  // The business day `n` days from today; 0 is today, or the last one before it.
  Date day(int n) const;
  // Moves the clock to that hour of the day; never beyond the present. Due work runs.
  void at(int day_number, int hour, int minute = 0);

  // nullopt: refused, which the demonstration takes as an enterprise would.
  std::optional<BookingId> book(std::size_t enterprise, std::string_view service, int day_number,
                                std::string_view start);
  bool reschedule(std::size_t enterprise, const BookingId& booking, std::string_view service,
                  int from_day, std::string_view from, int to_day, std::string_view to);
  std::optional<BlockKey> place(const BookingId& booking);
  bool cancel(std::size_t enterprise, const BookingId& booking);
  bool wait_for(std::size_t enterprise, std::string_view service, int day_number,
                std::string_view start, const BookingId& swap_booking = {});
  // Books enterprises from `first` on until the block has no free seat; gives the bookings.
  struct Seat {
    std::size_t enterprise = 0;
    BookingId booking;
  };
  std::vector<Seat> fill(std::size_t first, std::string_view service, int day_number,
                         std::string_view start);

  // Pseudo-random, the same in every run: 0..bound-1.
  std::size_t pick(std::size_t bound);
  std::string failure() const { return failure_; }  // empty: the engine has taken everything

 private:
  bool give(std::size_t enterprise, AnyCommand command);
  BlockKey block(std::string_view service, int day_number, std::string_view start) const;

  ParkProcess& process_;
  ServerClock& clock_;
  Instant now_;
  HolidayCalendar official_;
  HallSchedule schedule_;
  std::uint64_t next_id_;
  std::uint64_t seed_ = 20'260'401;
  std::string failure_;
};

// The account that acts for an enterprise.
UserId demo_user_of(std::size_t enterprise);

}  // namespace yuanyue
