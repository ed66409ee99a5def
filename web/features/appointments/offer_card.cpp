#include "web/features/appointments/offer_card.h"

#include "core/appointments/offer.h"
#include "web/features/appointments/pages.h"
#include "web/features/catalog/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {

void offer_facts(App& app, const Offer& offer) {
  ui::column({.gap = 4}, [&] {
    ui::title(service_name(app, offer.block.service));
    ui::paragraph(app.format().block(offer.block, offer.end),
                  {.size = ui::TextSize::title, .strong = true});
    ui::paragraph(hall_name(app, offer.block.service), {.secondary = true});
  });
  const Booking* swap = app.state().find(offer.swap_booking);
  if (swap != nullptr && swap->status == BookingStatus::confirmed) {
    ui::paragraph(app.t("offer.gives_up", {{"block", app.format().block(swap->block, swap->end)}}),
                  {.icon = ui::Icon::swap});
  } else {
    ui::paragraph(app.t("offer.gives_up_nothing"), {.icon = ui::Icon::plus});
  }
  ui::countdown(
      {.until_ms = offer.expires_at.ms,
       .label = app.t("format.countdown_label"),
       .absolute = app.t("offer.answer_until", {{"moment", app.format().moment(offer.expires_at)}}),
       .key = "countdown"});
}

void offer_card(App& app, const Offer& offer) {
  const std::string id = to_string(offer.id);
  const std::string block = app.format().block(offer.block, offer.end);
  ui::card({.key = id, .name = app.t("offer.name", {{"block", block}}), .tone = ui::Tone::info},
           [&] {
             offer_facts(app, offer);
             ui::actions([&] {
               ui::button({.label = app.t("offer.look"),
                           .icon = ui::Icon::arrow_right,
                           .key = "look",
                           .name = app.t("offer.look_at", {{"block", block}}),
                           .href = href(offer_page, id)});
             });
           });
}

}  // namespace yuanyue::web::app
