// What people see of bookings, the waitlist and its offers.
#pragma once

#include <array>

#include "web/features/appointments/command_words.h"
#include "web/features/appointments/notice_words.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/refusal_words.h"
#include "web/features/appointments/row_words.h"
#include "web/features/appointments/ways.h"

namespace yuanyue::web::app {

std::size_t open_offer_count(const App& app);

inline constexpr std::array appointments_pages{
    &bookings_page,     &booking_page,  &reschedule_page,     &book_page,
    &book_service_page, &waitlist_page, &waitlist_entry_page, &offer_page};
inline constexpr NavigationEntry book_navigation{.key = "book",
                                                 .label = "nav.book",
                                                 .page = book_page,
                                                 .icon = ui::Icon::plus,
                                                 .waiting = nothing_waits};
inline constexpr NavigationEntry bookings_navigation{.key = "bookings",
                                                     .label = "bookings.all",
                                                     .page = bookings_page,
                                                     .icon = ui::Icon::calendar,
                                                     .waiting = nothing_waits};
inline constexpr NavigationEntry waitlist_navigation{.key = "waitlist",
                                                     .label = "nav.waitlist",
                                                     .page = waitlist_page,
                                                     .icon = ui::Icon::queue,
                                                     .waiting = open_offer_count};

inline constexpr Feature appointments_feature{.pages = appointments_pages,
                                              .commands = appointment_commands,
                                              .rows = appointment_rows,
                                              .notices = appointment_notices,
                                              .refusals = appointment_refusals,
                                              .ways = appointment_ways};

}  // namespace yuanyue::web::app
