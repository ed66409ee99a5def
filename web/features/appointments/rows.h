// Finding and ordering what views show.
#pragma once

#include <string_view>
#include <vector>

#include "web/app/app.h"

namespace yuanyue::web::app {

// By code (any spelling that core accepts) or id; null: not there, or not visible.
const Booking* find_booking(const App& app, std::string_view code_or_id);
const WaitlistEntry* find_entry(const App& app, std::string_view id);
const Offer* find_offer(const App& app, std::string_view id);

// The enterprise's bookings: next ones first, then by time; `past` those that are over or
// cancelled, newest first.
std::vector<const Booking*> upcoming_bookings(const App& app);
std::vector<const Booking*> past_bookings(const App& app);
// Open offers, the one that expires first at the front.
std::vector<const Offer*> open_offers(const App& app);
std::vector<const WaitlistEntry*> open_entries(const App& app);

}  // namespace yuanyue::web::app
