#include "web/features/appointments/command_words.h"

#include <utility>

#include "core/appointments/blocks.h"
#include "web/features/appointments/ways.h"
#include "web/features/appointments/words.h"
#include "web/features/catalog/words.h"

namespace yuanyue::web::app {
namespace {

constexpr std::size_t nearest_shown = 3;

std::string with_block(const App& app, std::string_view key, const std::string& block) {
  return app.t(key, {{"block", block}});
}

// The seat that was to be taken, for which another one may do.
std::optional<BlockKey> wanted_block(const AnyCommand& command) {
  if (const auto* it = command.get_if<RescheduleBooking>()) return it->to;
  if (const auto* it = command.get_if<BookAppointment>()) return it->block;
  return std::nullopt;
}

}  // namespace

std::string book_text(const App& app, const BookAppointment& command) {
  return with_block(app, "command.book_appointment", service_and_block(app, command.block));
}

std::string reschedule_text(const App& app, const RescheduleBooking& command) {
  return app.t("command.reschedule_booking", {{"block", block_text(app, command.to)},
                                              {"from", service_and_block(app, command.from)}});
}

std::string undo_text(const App& app, const UndoReschedule& command) {
  return with_block(app, "command.undo_reschedule", booking_block(app, command.booking));
}

std::string cancel_text(const App& app, const CancelBooking& command) {
  return with_block(app, "command.cancel_booking", booking_block(app, command.booking));
}

std::string join_text(const App& app, const JoinWaitlist& command) {
  return with_block(app, "command.join_waitlist", service_name(app, command.service));
}

std::string change_entry_text(const App& app, const ChangeWaitlistEntry& command) {
  return with_block(app, "command.change_waitlist_entry", entry_service(app, command.entry));
}

std::string leave_text(const App& app, const LeaveWaitlist& command) {
  return with_block(app, "command.leave_waitlist", entry_service(app, command.entry));
}

std::string accept_text(const App& app, const AcceptOffer& command) {
  return with_block(app, "command.accept_offer", offer_block(app, command.offer));
}

std::string decline_text(const App& app, const DeclineOffer& command) {
  return with_block(app, "command.decline_offer", offer_block(app, command.offer));
}

Rejection with_nearest_blocks(const App& app, const RefusedCommand& refusal) {
  Rejection present = refusal.rejection;
  const std::optional<BlockKey> wanted = wanted_block(refusal.command);
  const Service* service = wanted ? app.state().find(wanted->service) : nullptr;
  if (service == nullptr || app.state().find(service->hall) == nullptr) return present;
  std::erase_if(present.ways, [](const WayForward& way) { return way.kind == ways::choose_block; });
  const auto nearest = nearest_free_blocks(app.state(), *service, *wanted, app.enterprise(),
                                           moved_booking(refusal, {}), app.now(), nearest_shown);
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    present.ways.insert(
        present.ways.begin() + static_cast<std::ptrdiff_t>(i),
        WayForward{{ways::choose_block,
                    {.block = nearest[i].key, .free_seats = nearest[i].free_seats()}}});
  }
  return present;
}

std::optional<AnyCommand> without_reason(const AnyCommand& cancel_booking) {
  CancelBooking kept = cancel_booking.as<CancelBooking>();
  kept.reason.clear();
  return kept;
}

}  // namespace yuanyue::web::app
