// Bookings, the waitlist and its offers.
#pragma once

#include "web/app/feature.h"

namespace yuanyue::web::app {

void bookings_view(App& app);      // ?service=…&period=2026 shows those only
void booking_view(App& app);       // route().argument: code or id
void reschedule_view(App& app);    // the same; ?date=2026-11-25 opens that day
void book_view(App& app);          // choose a service
void book_service_view(App& app);  // route().argument: service; ?date=2026-11-25 opens that day
void waitlist_view(App& app);
void waitlist_entry_view(App& app);  // route().argument: id
void offer_view(App& app);           // route().argument: id

inline constexpr Page bookings_page{.path = "/bookings",
                                    .title = "title.bookings",
                                    .navigation = "home",
                                    .access = Access::signed_in,
                                    .view = bookings_view};
inline constexpr Page booking_page{.path = "/bookings/{}",
                                   .title = "title.booking",
                                   .navigation = "home",
                                   .access = Access::signed_in,
                                   .view = booking_view};
inline constexpr Page reschedule_page{.path = "/bookings/{}/reschedule",
                                      .title = "title.reschedule",
                                      .navigation = "home",
                                      .access = Access::signed_in,
                                      .view = reschedule_view};
inline constexpr Page book_page{.path = "/book",
                                .title = "title.book",
                                .navigation = "book",
                                .access = Access::signed_in,
                                .view = book_view};
inline constexpr Page book_service_page{.path = "/book/{}",
                                        .title = "title.book_service",
                                        .navigation = "book",
                                        .access = Access::signed_in,
                                        .view = book_service_view};
inline constexpr Page waitlist_page{.path = "/waitlist",
                                    .title = "title.waitlist",
                                    .navigation = "waitlist",
                                    .access = Access::signed_in,
                                    .view = waitlist_view};
inline constexpr Page waitlist_entry_page{.path = "/waitlist/{}",
                                          .title = "title.waitlist_entry",
                                          .navigation = "waitlist",
                                          .access = Access::signed_in,
                                          .view = waitlist_entry_view};
inline constexpr Page offer_page{.path = "/offers/{}",
                                 .title = "title.offer",
                                 .navigation = "waitlist",
                                 .access = Access::signed_in,
                                 .view = offer_view};

}  // namespace yuanyue::web::app
