#include "web/features/appointments/ways.h"

#include <utility>

#include "core/appointments/book_appointment.h"
#include "core/appointments/booking_code.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/reschedule_booking.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/words.h"
#include "web/features/catalog/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

const Hall* hall_for(const App& app, const RefusedCommand& refusal, const WayForward& way) {
  const Booking* booking = app.state().find(moved_booking(refusal, way));
  if (booking != nullptr) return hall_of(app, booking->block.service);
  return about(refusal.rejection).block ? hall_of(app, about(refusal.rejection).block->service)
                                        : nullptr;
}

void submit_for(App& app, AnyCommand command, std::string_view done, const BlockKey& block) {
  const Submitted submitted = app.submit(command);
  if (!submitted) return app.show_refusal({std::move(command), *submitted.rejection});
  app.say_done("way-done", [&app, done = std::string(done), block] {
    return app.t(done, {{"block", block_text(app, block)}});
  });
}

}  // namespace

BookingId moved_booking(const RefusedCommand& refusal, const WayForward& way) {
  if (about(way).booking) return about(way).booking;
  if (const auto* it = refusal.command.get_if<RescheduleBooking>()) return it->booking;
  if (const auto* it = refusal.command.get_if<UndoReschedule>()) return it->booking;
  if (const auto* it = refusal.command.get_if<JoinWaitlist>()) return it->swap_booking;
  return {};
}

// --- what they are called ---

std::string choose_block_label(const App& app, const RefusedCommand& /*refusal*/,
                               const WayForward& way) {
  return app.t("way.choose_block",
               {{"block", about(way).block ? block_text(app, *about(way).block) : std::string()},
                {"count", number(about(way).free_seats)}});
}

std::string join_waitlist_label(const App& app, const RefusedCommand& refusal,
                                const WayForward& way) {
  return app.t(moved_booking(refusal, way) ? "way.join_waitlist_keeping" : "way.join_waitlist");
}

std::string choose_other_day_label(const App& app, const RefusedCommand& /*refusal*/,
                                   const WayForward& /*way*/) {
  return app.t("way.choose_other_day");
}

std::string emergency_label(const App& app, const RefusedCommand& /*refusal*/,
                            const WayForward& /*way*/) {
  return app.t("way.emergency_channel");
}

std::string view_booking_label(const App& app, const RefusedCommand& /*refusal*/,
                               const WayForward& way) {
  return app.t("way.view_booking", {{"code", code_of(app, about(way).booking)}});
}

std::string view_entry_label(const App& app, const RefusedCommand& /*refusal*/,
                             const WayForward& /*way*/) {
  return app.t("way.view_entry");
}

std::string leave_waitlist_label(const App& app, const RefusedCommand& /*refusal*/,
                                 const WayForward& /*way*/) {
  return app.t("way.leave_waitlist");
}

std::string choose_other_service_label(const App& app, const RefusedCommand& /*refusal*/,
                                       const WayForward& /*way*/) {
  return app.t("way.choose_other_service");
}

// --- taking them ---

void take_block(App& app, const RefusedCommand& refusal, const WayForward& way) {
  if (!about(way).block) return;
  const BlockKey block = *about(way).block;
  if (const Booking* booking = app.state().find(moved_booking(refusal, way))) {
    const std::string code = booking->code;
    submit_for(app, RescheduleBooking{booking->id, booking->block, block}, "way.moved", block);
    return app.go(booking_page, code);
  }
  const auto id = app.new_id<BookingId>();
  submit_for(app, BookAppointment{id, block}, "way.booked", block);
  if (app.state().find(id) != nullptr) app.go(booking_page, to_string(id));
}

void wait_for_block(App& app, const RefusedCommand& refusal, const WayForward& way) {
  if (!about(way).block) return;
  const BlockKey block = *about(way).block;
  const BookingId kept = moved_booking(refusal, way);
  const auto id = app.new_id<WaitlistEntryId>();
  JoinWaitlist join{.entry = id, .service = block.service, .swap_booking = kept};
  join.swap_from = place_of(app.state(), kept);
  join.wishes.push_back({.date = block.date, .start = block.start});
  submit_for(app, std::move(join), "way.waiting", block);
  if (app.state().find(id) != nullptr) app.go(waitlist_entry_page, to_string(id));
}

void choose_other_day(App& app, const RefusedCommand& refusal, const WayForward& way) {
  const Booking* booking = app.state().find(moved_booking(refusal, way));
  if (booking != nullptr) return app.go(reschedule_page, booking->code);
  if (about(refusal.rejection).block) {
    return app.go(book_service_page, about(refusal.rejection).block->service.view());
  }
  app.go(book_page);
}

void draw_emergency_channel(App& app, const RefusedCommand& refusal, const WayForward& way) {
  if (const Hall* hall = hall_for(app, refusal, way)) {
    emergency_channel(app, *hall, app.state().find(moved_booking(refusal, way)));
  }
}

void view_booking(App& app, const RefusedCommand& /*refusal*/, const WayForward& way) {
  app.go(booking_page, to_string(about(way).booking));
}

void view_entry(App& app, const RefusedCommand& /*refusal*/, const WayForward& way) {
  app.go(waitlist_entry_page, to_string(about(way).entry));
}

void choose_other_service(App& app, const RefusedCommand& /*refusal*/, const WayForward& /*way*/) {
  app.go(book_page);
}

void emergency_channel(App& app, const Hall& hall, const Booking* booking) {
  ui::card({.title = app.t("emergency.title"), .key = "emergency", .flat = true}, [&] {
    ui::paragraph(app.t("emergency.call", {{"hall", app.t(hall.name)}}));
    ui::paragraph(hall.phone,
                  {.size = ui::TextSize::title, .strong = true, .icon = ui::Icon::phone});
    ui::paragraph(app.t("emergency.say"));
    ui::list({.name = app.t("emergency.say"), .key = "say", .gap = 4}, [&] {
      const auto line = [&](std::string_view key, const std::string& text) {
        ui::item(key, [&] { ui::paragraph(text, {.icon = ui::Icon::check}); });
      };
      if (booking != nullptr) {
        line("code", app.t("emergency.say_code", {{"code", display_booking_code(booking->code)}}));
        line("block", app.t("emergency.say_block", {{"block", booking_line(app, *booking)}}));
      }
      line("reason", app.t("emergency.say_reason"));
      line("wish", app.t("emergency.say_wish"));
    });
  });
}

}  // namespace yuanyue::web::app
