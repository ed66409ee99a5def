// Every view of the application. Each declares one ui::page() for app.route().
#pragma once

#include "web/app/app.h"

namespace yuanyue::web::app {

void sign_in_view(App& app);
void password_view(App& app);
void home_view(App& app);
void booking_view(App& app);       // route().argument: code or id
void reschedule_view(App& app);    // route().argument: code or id
void book_view(App& app);          // choose a service
void book_service_view(App& app);  // route().argument: service
void waitlist_view(App& app);
void waitlist_entry_view(App& app);  // route().argument: id
void offer_view(App& app);           // route().argument: id
void inbox_view(App& app);
void account_view(App& app);
void outbox_view(App& app);  // what waits, what was refused, and why
void not_found_view(App& app);

}  // namespace yuanyue::web::app
