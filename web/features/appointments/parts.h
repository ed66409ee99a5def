// Small parts that several views share: badges and the deadline with its days.
#pragma once

#include "core/appointments/booking.h"
#include "web/app/app.h"

namespace yuanyue::web::app {

// Its status; what is not confirmed yet does not call itself booked.
void booking_badges(App& app, const Booking& booking);
// In a row that is there before and after the server's answer, so that nothing below it moves.
void booking_state(App& app, const Booking& booking);
// The days that were stepped over with their reasons, and the rule in a sentence. `calendar`: of
// the hall, for the days before the last one.
void deadline_strip(App& app, const Deadline& deadline, const HallCalendar* calendar);
// The sentence of the deadline with 为什么? beside it that unfolds the strip in place.
void deadline_disclosure(App& app, const Booking& booking, bool& open);

}  // namespace yuanyue::web::app
