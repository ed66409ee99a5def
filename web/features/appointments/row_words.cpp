#include "web/features/appointments/row_words.h"

#include "core/appointments/booking_code.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/words.h"
#include "web/features/catalog/words.h"

namespace yuanyue::web::app {

std::string corrected_booking(const App& app, const AnyKey& row) {
  const Booking* booking = app.state().find(*row.get_if<BookingId>());
  if (booking == nullptr) return {};
  return app.t("notice.corrected_booking",
               {{"code", display_booking_code(booking->code)},
                {"block", service_and_block(app, booking->block)},
                {"status", enumerator_text(app, "booking_status.", booking->status)}});
}

std::string corrected_entry(const App& app, const AnyKey& row) {
  const WaitlistEntry* entry = app.state().find(*row.get_if<WaitlistEntryId>());
  if (entry == nullptr) return {};
  return app.t("notice.corrected_entry",
               {{"service", service_name(app, entry->service)},
                {"status", enumerator_text(app, "waitlist_status.", entry->status)}});
}

std::string route_of_booking_row(const App& app, const AnyKey& row) {
  return booking_route(app, *row.get_if<BookingId>());
}

std::string route_of_entry_row(const App& /*app*/, const AnyKey& row) {
  return route_to(waitlist_entry_page, to_string(*row.get_if<WaitlistEntryId>()));
}

std::string route_of_offer_row(const App& /*app*/, const AnyKey& row) {
  return route_to(offer_page, to_string(*row.get_if<OfferId>()));
}

}  // namespace yuanyue::web::app
