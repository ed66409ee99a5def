#include "web/features/appointments/notice_words.h"

#include "core/messages/inbox.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/words.h"

namespace yuanyue::web::app {

std::string say_notice(const App& app, std::string_view key, const Notification& notification) {
  const std::string block = notification.block     ? service_and_block(app, *notification.block)
                            : notification.booking ? booking_block(app, notification.booking)
                                                   : entry_service(app, notification.entry);
  std::string reason;
  if (notification.end_reason != WaitlistEndReason::none) {
    reason = enumerator_text(app, "waitlist_end.", notification.end_reason);
  }
  const WaitlistEntry* entry = known_row(app, notification.entry);
  if (notification.kind == NotificationKind::tier_promoted && entry == nullptr) {
    key = "notification.tier_promoted_once";
  }
  return app.t(key, {{"block", block},
                     {"until", app.format().moment(notification.until)},
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
  } else if (notification.block) {
    const Service* service = app.state().find(notification.block->service);
    if (service != nullptr && !service->active) key = "notification.relocation_inactive";
  }
  return say_notice(app, key, notification);
}

std::string route_of_booking(const App& app, const Notification& notification) {
  return booking_route(app, notification.booking);
}

std::string route_of_entry(const App& /*app*/, const Notification& notification) {
  if (!notification.entry) return {};
  return route_to(waitlist_entry_page, to_string(notification.entry));
}

std::string route_of_offer(const App& app, const Notification& notification) {
  // An archived one has no page of its own any more; what came of it stands with its entry.
  if (app.state().find(notification.offer) == nullptr && notification.entry) {
    return route_of_entry(app, notification);
  }
  return route_to(offer_page, to_string(notification.offer));
}

}  // namespace yuanyue::web::app
