#include "web/features/appointments/notice_words.h"

#include "core/messages/inbox.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/words.h"

namespace yuanyue::web::app {

const AppointmentNotice& about(const Notification& notification) {
  static const AppointmentNotice none;
  const auto* detail = notification.kind.get_if<AppointmentNotice>();
  return detail == nullptr ? none : *detail;
}

std::string say_notice(const App& app, std::string_view key, const Notification& notification) {
  const std::string block =
      about(notification).block     ? service_and_block(app, *about(notification).block)
      : about(notification).booking ? booking_block(app, about(notification).booking)
                                    : entry_service(app, about(notification).entry);
  std::string reason;
  if (about(notification).end_reason != WaitlistEndReason::none) {
    reason = enumerator_text(app, "waitlist_end.", about(notification).end_reason);
  }
  const WaitlistEntry* entry = known_row(app, about(notification).entry);
  if (notification.kind == notices::tier_promoted && entry == nullptr) {
    key = "notification.tier_promoted_once";
  }
  return app.t(key, {{"block", block},
                     {"until", app.format().moment(about(notification).until)},
                     {"reason", reason},
                     {"tier", entry == nullptr ? std::string() : tier_name(app, entry->tier)}});
}

std::string say_offer_made(const App& app, std::string_view key, const Notification& notification) {
  const bool settled = is_settled(app.state(), notification);
  return say_notice(app, settled ? "notification.offer_settled" : key, notification);
}

std::string say_relocation_needed(const App& app, std::string_view key,
                                  const Notification& notification) {
  if (is_settled(app.state(), notification)) {
    key = "notification.relocation_settled";
  } else if (about(notification).block) {
    const Service* service = app.state().find(about(notification).block->service);
    if (service != nullptr && !service->active) key = "notification.relocation_inactive";
  }
  return say_notice(app, key, notification);
}

std::string route_of_booking(const App& app, const Notification& notification) {
  return booking_route(app, about(notification).booking);
}

std::string route_of_entry(const App& /*app*/, const Notification& notification) {
  if (!about(notification).entry) return {};
  return route_to(waitlist_entry_page, to_string(about(notification).entry));
}

std::string route_of_offer(const App& app, const Notification& notification) {
  // An archived one has no page of its own any more; what came of it stands with its entry.
  if (app.state().find(about(notification).offer) == nullptr && about(notification).entry) {
    return route_of_entry(app, notification);
  }
  return route_to(offer_page, to_string(about(notification).offer));
}

}  // namespace yuanyue::web::app
