// Sentences about rows.
#include <array>
#include <string>

#include "core/appointments/blocks.h"
#include "core/appointments/booking_code.h"
#include "core/domains/codec.h"
#include "core/messages/inbox.h"
#include "web/app/describe.h"

namespace yuanyue::web::app {
namespace {

template <class Name>
std::string enumerator_text(const App& app, std::string_view prefix, Name value) {
  return app.t(std::string(prefix) + std::string(wire::name_of(value)));
}

// 资质认定 11月25日(周三)9:00–11:00
std::string service_and_block(const App& app, const BlockKey& block) {
  return app.t("describe.service_and_block",
               {{"service", service_name(app, block.service)}, {"block", block_text(app, block)}});
}

std::string optional_block(const App& app, const std::optional<BlockKey>& block) {
  return block ? block_text(app, *block) : app.t("describe.unknown_block");
}

std::string booking_block(const App& app, const BookingId& id) {
  const Booking* booking = app.state().find(id);
  return booking == nullptr ? app.t("describe.unknown_block")
                            : service_and_block(app, booking->block);
}

std::string offer_block(const App& app, const OfferId& id) {
  const Offer* offer = app.state().find(id);
  return offer == nullptr ? app.t("describe.unknown_block") : service_and_block(app, offer->block);
}

std::string entry_service(const App& app, const WaitlistEntryId& id) {
  const WaitlistEntry* entry = app.state().find(id);
  return entry == nullptr ? std::string() : service_name(app, entry->service);
}

struct Holiday {
  std::string_view name;  // as the State Council's notices have it
  std::string_view key;
};
constexpr std::array holidays{
    Holiday{"元旦", "holiday.new_year"},
    Holiday{"春节", "holiday.spring_festival"},
    Holiday{"清明节", "holiday.qingming"},
    Holiday{"劳动节", "holiday.labour_day"},
    Holiday{"“五一”国际劳动节", "holiday.labour_day"},
    Holiday{"“五一”", "holiday.labour_day"},
    Holiday{"端午节", "holiday.dragon_boat"},
    Holiday{"中秋节", "holiday.mid_autumn"},
    Holiday{"国庆节", "holiday.national_day"},
    Holiday{"“十一”", "holiday.national_day"},
    Holiday{"抗日战争暨世界反法西斯战争胜利70周年纪念日", "holiday.victory_day"},
};

// A name that a later notice brings is shown as it is.
std::string one_holiday(const App& app, std::string_view name) {
  for (const Holiday& holiday : holidays) {
    if (holiday.name == name) return app.t(holiday.key);
  }
  return std::string(name);
}

std::string booking_route(const App& app, const BookingId& id) {
  const Booking* booking = app.state().find(id);
  return booking == nullptr ? std::string() : route_to(Page::booking, booking->code);
}

}  // namespace

std::string holiday_name(const App& app, std::string_view name) {
  constexpr std::string_view separator = "、";
  std::string told;
  for (std::string_view rest = name;;) {
    const std::size_t end = rest.find(separator);
    if (!told.empty()) told += app.t("holiday.separator");
    told += one_holiday(app, rest.substr(0, end));
    if (end == std::string_view::npos) return told;
    rest.remove_prefix(end + separator.size());
  }
}

std::string service_name(const App& app, const ServiceId& service) {
  const Service* found = app.state().find(service);
  return std::string(found == nullptr ? service.view() : app.t(found->name));
}

std::string hall_name(const App& app, const ServiceId& service) {
  const Hall* hall = hall_of(app, service);
  return hall == nullptr ? std::string() : std::string(app.t(hall->name));
}

std::string booking_line(const App& app, const Booking& booking) {
  return app.t("describe.booking_line", {{"service", service_name(app, booking.block.service)},
                                         {"block", app.format().block(booking.block, booking.end)},
                                         {"hall", hall_name(app, booking.block.service)}});
}

std::string block_text(const App& app, const BlockKey& key) {
  if (const Block* block = app.state().find(key)) return app.format().block(key, block->end);
  const Service* service = app.state().find(key.service);
  if (service != nullptr && app.state().find(service->hall) != nullptr) {
    const auto facts = block_facts(app.state(), *service, key, app.now());
    if (facts) return app.format().block(key, facts->end);
  }
  return app.format().block_start(key);
}

std::string wish_text(const App& app, const ServiceId& service, const Wish& wish) {
  if (wish.start) return block_text(app, {service, wish.date, *wish.start});
  return app.t("describe.wish", {{"day", app.format().day(wish.date)},
                                 {"part", enumerator_text(app, "part_of_day.", wish.part)}});
}

std::string deadline_sentence(const App& app, const Deadline& deadline) {
  const std::string moment = app.format().moment(deadline.closes_at);
  if (app.now() >= deadline.closes_at) return app.t("deadline.passed", {{"moment", moment}});
  return app.t("deadline.until",
               {{"moment", moment}, {"remaining", app.format().remaining(deadline.closes_at)}});
}

std::string rule_sentence(const App& app, const Deadline& deadline) {
  const std::string moment = app.format().moment(deadline.closes_at);
  const bool passed = app.now() >= deadline.closes_at;
  std::string rule;
  if (deadline.rule.business_days == 0) {
    rule = app.t("deadline.rule_same_day");
  } else {
    const std::string days = number(deadline.rule.business_days);
    rule = deadline.rule.counting == Counting::include_appointment_day
               ? app.t("deadline.rule_include", {{"days", days}})
               : app.t("deadline.rule_exclude", {{"days", days}});
  }
  std::string sentence = app.t(passed ? "deadline.rule_passed" : "deadline.rule_open",
                               {{"rule", rule}, {"moment", moment}});
  if (deadline.provisional) sentence += app.t("deadline.provisional");
  return sentence;
}

std::string tier_name(const App& app, Tier tier) { return enumerator_text(app, "tier.", tier); }

std::string position_sentence(const App& app, const QueuePosition& position) {
  if (position.position <= 1) return app.t("position.first");
  std::string ahead;
  for (std::size_t tier = 0; tier < position.ahead_by_tier.size(); ++tier) {
    const int count = position.ahead_by_tier[tier];
    if (count == 0) continue;
    if (!ahead.empty()) ahead += app.t("position.separator");
    ahead += app.t("position.tier_count",
                   {{"tier", tier_name(app, static_cast<Tier>(tier))}, {"count", number(count)}});
  }
  return app.t("position.later", {{"position", number(position.position)},
                                  {"count", number(position.position - 1)},
                                  {"ahead", ahead}});
}

std::string day_reason_text(const App& app, DayReason reason, std::string_view name) {
  std::string plain = app.t("day_reason." + std::string(reason_code(reason)));
  if (name.empty()) return plain;
  if (reason == DayReason::holiday) return holiday_name(app, name);
  const std::string told =
      reason == DayReason::makeup_workday ? holiday_name(app, name) : std::string(name);
  return app.t("day_reason.named", {{"reason", plain}, {"name", told}});
}

std::string ledger_text(const App& app, const LedgerEntry& entry) {
  const std::string key = "ledger." + std::string(wire::name_of(entry.kind));
  return app.t(key, {{"block", optional_block(app, entry.block)},
                     {"from", optional_block(app, entry.from_block)}});
}

// --- notifications
// ------------------------------------------------------------------------------------

namespace {

// What no longer asks for anything is not told as if it did.
std::string notification_key(const App& app, const Notification& notification) {
  if (is_settled(app.state(), notification)) {
    if (notification.kind == NotificationKind::relocation_needed) {
      return "notification.relocation_settled";
    }
    if (notification.kind == NotificationKind::offer_made) return "notification.offer_settled";
  }
  if (notification.kind == NotificationKind::relocation_needed && notification.block) {
    const Service* service = app.state().find(notification.block->service);
    if (service != nullptr && !service->active) return "notification.relocation_inactive";
  }
  return "notification." + std::string(wire::name_of(notification.kind));
}

}  // namespace

std::string notification_text(const App& app, const Notification& notification) {
  const std::string block = notification.block     ? service_and_block(app, *notification.block)
                            : notification.booking ? booking_block(app, notification.booking)
                                                   : entry_service(app, notification.entry);
  std::string reason;
  if (notification.end_reason != WaitlistEndReason::none) {
    reason = enumerator_text(app, "waitlist_end.", notification.end_reason);
  }
  const WaitlistEntry* entry = app.state().find(notification.entry);
  return app.t(notification_key(app, notification),
               {{"block", block},
                {"until", app.format().moment(notification.until)},
                {"reason", reason},
                {"tier", entry == nullptr ? std::string() : tier_name(app, entry->tier)}});
}

std::string notification_route(const App& app, const Notification& notification) {
  switch (notification.kind) {
    case NotificationKind::offer_made:
      return route_to(Page::offer, to_string(notification.offer));
    case NotificationKind::auto_accepted:
    case NotificationKind::relocation_needed:
    case NotificationKind::relocation_cleared:
      return booking_route(app, notification.booking);
    case NotificationKind::offer_expired:
    case NotificationKind::offer_withdrawn:
    case NotificationKind::waitlist_ended:
    case NotificationKind::tier_promoted:
      break;
  }
  if (!notification.entry) return {};
  return route_to(Page::waitlist_entry, to_string(notification.entry));
}

// --- commands
// -----------------------------------------------------------------------------------------

std::string command_text(const App& app, const Command& command) {
  const auto with_block = [&](const std::string& block, const std::string& from = {}) {
    return app.t("command." + std::string(wire::type_name(command)),
                 {{"block", block}, {"from", from}});
  };
  if (const auto* it = std::get_if<BookAppointment>(&command)) {
    return with_block(service_and_block(app, it->block));
  }
  if (const auto* it = std::get_if<RescheduleBooking>(&command)) {
    return with_block(block_text(app, it->to), service_and_block(app, it->from));
  }
  if (const auto* it = std::get_if<UndoReschedule>(&command)) {
    return with_block(booking_block(app, it->booking));
  }
  if (const auto* it = std::get_if<CancelBooking>(&command)) {
    return with_block(booking_block(app, it->booking));
  }
  if (const auto* it = std::get_if<JoinWaitlist>(&command)) {
    return with_block(service_name(app, it->service));
  }
  if (const auto* it = std::get_if<ChangeWaitlistEntry>(&command)) {
    return with_block(entry_service(app, it->entry));
  }
  if (const auto* it = std::get_if<LeaveWaitlist>(&command)) {
    return with_block(entry_service(app, it->entry));
  }
  if (const auto* it = std::get_if<AcceptOffer>(&command)) {
    return with_block(offer_block(app, it->offer));
  }
  if (const auto* it = std::get_if<DeclineOffer>(&command)) {
    return with_block(offer_block(app, it->offer));
  }
  if (std::holds_alternative<MarkNotificationsRead>(command)) return with_block({});
  return app.t("command.administration");
}

std::string refused_sentence(const App& app, const Command& command) {
  return app.t("notice.refused", {{"command", command_text(app, command)}});
}

std::string corrected_sentence(const App& app, const RowKey& row) {
  if (const auto* id = std::get_if<BookingId>(&row)) {
    const Booking* booking = app.state().find(*id);
    if (booking == nullptr) return {};
    return app.t("notice.corrected_booking",
                 {{"code", display_booking_code(booking->code)},
                  {"block", service_and_block(app, booking->block)},
                  {"status", enumerator_text(app, "booking_status.", booking->status)}});
  }
  if (const auto* id = std::get_if<WaitlistEntryId>(&row)) {
    const WaitlistEntry* entry = app.state().find(*id);
    if (entry == nullptr) return {};
    return app.t("notice.corrected_entry",
                 {{"service", service_name(app, entry->service)},
                  {"status", enumerator_text(app, "waitlist_status.", entry->status)}});
  }
  return {};
}

std::string route_of_row(const App& app, const RowKey& row) {
  if (const auto* id = std::get_if<BookingId>(&row)) return booking_route(app, *id);
  if (const auto* id = std::get_if<WaitlistEntryId>(&row)) {
    return route_to(Page::waitlist_entry, to_string(*id));
  }
  if (const auto* id = std::get_if<OfferId>(&row)) return route_to(Page::offer, to_string(*id));
  return {};
}

}  // namespace yuanyue::web::app
