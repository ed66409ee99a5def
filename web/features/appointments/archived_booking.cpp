#include "web/features/appointments/archived_booking.h"

#include <array>

#include "core/appointments/booking_code.h"
#include "web/app/earlier.h"
#include "web/features/appointments/booking_parts.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/parts.h"
#include "web/features/appointments/timeline.h"
#include "web/features/appointments/words.h"
#include "web/features/catalog/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

void summary(App& app, const Booking& booking) {
  const Service* service = app.state().find(booking.block.service);
  const Hall* hall = hall_of(app, booking.block.service);
  ui::card({.key = "summary", .name = app.t("booking.summary")}, [&] {
    booking_state(app, booking);
    ui::paragraph(app.format().block(booking.block, booking.end),
                  {.size = ui::TextSize::display, .strong = true});
    if (service != nullptr) over_actions(app, *service);
    ui::divider();
    if (service != nullptr && hall != nullptr) {
      return booking_facts(app, booking, *service, *hall);
    }
    const std::string label = app.t("booking.code"), code = display_booking_code(booking.code);
    const std::array rows{ui::KeyValue{label, code, ui::Icon::ticket}};
    ui::key_values({.name = app.t("booking.facts")}, rows);
  });
}

void whole_booking(App& app, const Booking& booking) {
  const bool cancelled = booking.status == BookingStatus::cancelled;
  ui::banner({.title = app.t(cancelled ? "archived.booking_cancelled" : "archived.booking_ended"),
              .text = app.t("archived.booking_text"),
              .tone = ui::Tone::neutral,
              .key = "archived"});
  summary(app, booking);
  timeline_section(app, booking.id, booking.created_at);
}

// The history is asked for by ids. A code, of an old bookmark or a printed page, is looked for in
// it from the latest on.
void look_for_code(App& app) {
  const sync::HistoryFilter filter{.kind = &Booking::type};
  const sync::HistoryProgress known = app.history().list(filter);
  if (known.complete) return missing_booking(app);
  if (row_on_its_way(app, known)) app.history().try_again(filter);
  app.history().want_older(filter, device_now());
}

// What the route names; none: not known.
BookingId routed_id(const App& app) {
  if (app.loading()) return {};
  const std::string_view argument = app.route().argument;
  if (const auto code = normalize_booking_code(argument)) return app.history().find_booking(*code);
  const auto id = parse_uuid(argument);
  return id ? BookingId(*id) : BookingId();
}

}  // namespace

void archived_booking_view(App& app) {
  const BookingId id = routed_id(app);
  const Booking* known = app.history().find(id);
  const std::string title =
      known == nullptr ? app.t("title.booking") : service_name(app, known->block.service);
  ui::page({.title = title,
            .back_label = app.t("booking.back_to_all"),
            .back_href = href(bookings_page)},
           [&] {
             const bool has_code = normalize_booking_code(app.route().argument).has_value();
             if (!id && has_code && !app.loading()) return look_for_code(app);
             if (!id) return missing_booking(app);
             const AnyRow* row = archived_row(app, id, [&] { missing_booking(app); });
             if (row != nullptr) whole_booking(app, Booking(row->as<Booking>()));
           });
}

}  // namespace yuanyue::web::app
