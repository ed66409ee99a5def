#include "web/features/appointments/words.h"

#include "core/appointments/blocks.h"
#include "core/appointments/booking_code.h"
#include "core/appointments/kinds.h"
#include "web/features/appointments/pages.h"
#include "web/features/catalog/words.h"

namespace yuanyue::web::app {
namespace {

std::string optional_block(const App& app, const std::optional<BlockKey>& block) {
  return block ? block_text(app, *block) : app.t("describe.unknown_block");
}

}  // namespace

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

std::string service_and_block(const App& app, const BlockKey& block) {
  return app.t("describe.service_and_block",
               {{"service", service_name(app, block.service)}, {"block", block_text(app, block)}});
}

std::string booking_block(const App& app, const BookingId& id) {
  const Booking* booking = known_row(app, id);
  return booking == nullptr ? app.t("describe.unknown_block")
                            : service_and_block(app, booking->block);
}

std::string offer_block(const App& app, const OfferId& id) {
  const Offer* offer = app.state().find(id);
  return offer == nullptr ? app.t("describe.unknown_block") : service_and_block(app, offer->block);
}

std::string entry_service(const App& app, const WaitlistEntryId& id) {
  const WaitlistEntry* entry = known_row(app, id);
  return entry == nullptr ? std::string() : service_name(app, entry->service);
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

std::string ledger_text(const App& app, const LedgerEntry& entry) {
  const std::string key = "ledger." + std::string(entry.kind.name());
  return app.t(key, {{"block", optional_block(app, about(entry).block)},
                     {"from", optional_block(app, about(entry).from_block)}});
}

std::string code_of(const App& app, const BookingId& id) {
  const Booking* booking = app.state().find(id);
  return booking == nullptr ? std::string() : display_booking_code(booking->code);
}

std::string booking_route(const App& app, const BookingId& id) {
  if (!id) return {};
  const Booking* booking = app.state().find(id);
  return route_to(booking_page, booking == nullptr ? to_string(id) : booking->code);
}

}  // namespace yuanyue::web::app
