#include "web/features/appointments/time_words.h"

#include "core/appointments/kinds.h"
#include "core/appointments/offer.h"
#include "web/app/words.h"
#include "web/features/catalog/words.h"

namespace yuanyue::web::app {
namespace {

std::string refused_detail(const App& app, const BlockChoice& choice) {
  const Rejection& refusal = *choice.refusal;
  if (refusal.code == refusals::block_full) {
    return choice.facts.waiting > 0
               ? app.t("book.block_full_waiting", {{"count", number(choice.facts.waiting)}})
               : app.t("book.block_full");
  }
  if (refusal.code == refusals::past_cutoff) return app.t("book.block_past");
  if (refusal.code == refusals::block_closed) {
    return choice.facts.closed_reason.empty()
               ? app.t("book.block_closed")
               : app.t("book.block_closed_reason", {{"reason", choice.facts.closed_reason}});
  }
  if (refusal.code == refusals::overlaps_own_booking) {
    const Booking* other = app.state().find(about(refusal).booking);
    const std::string name = other == nullptr ? "" : service_name(app, other->block.service);
    return app.t("book.block_overlaps", {{"service", name}});
  }
  return refusal_title(app, refusal);
}

}  // namespace

std::string closed_day_label(const App& app, const DayStatus& status, bool no_blocks,
                             bool overridden) {
  if (!status.is_business_day && no_blocks) {
    return day_reason_text(app, status.reason,
                           status.reason == DayReason::holiday ? status.name : std::string_view{});
  }
  if (overridden) return app.t("book.day_hall_closed");
  return no_blocks ? app.t("book.day_no_blocks") : app.t("book.day_past");
}

std::string block_detail(const App& app, const BlockChoice& choice, const Offer* offer) {
  if (choice.present) return app.t("book.block_present");
  if (offer != nullptr) {
    return app.t("book.block_held", {{"until", app.format().moment(offer->expires_at)}});
  }
  if (choice.refusal) return refused_detail(app, choice);
  return app.t("book.block_free", {{"count", number(choice.facts.free_seats())}});
}

}  // namespace yuanyue::web::app
