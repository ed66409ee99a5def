// Moving a booking to another block: month and blocks, what will follow, one button, the result.
#include <algorithm>

#include "core/appointments/block.h"
#include "core/appointments/booking_code.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/ids.h"
#include "core/appointments/kinds.h"
#include "core/appointments/reschedule_booking.h"
#include "core/kernel/command.h"
#include "web/app/app.h"
#include "web/app/sync_words.h"
#include "web/app/words.h"
#include "web/bridge/platform.h"
#include "web/features/appointments/booking_parts.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/parts.h"
#include "web/features/appointments/seat_panel.h"
#include "web/features/appointments/time_picker.h"
#include "web/features/appointments/wait_form.h"
#include "web/features/appointments/ways.h"
#include "web/features/appointments/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

struct Rescheduling {
  TimePicker picker;
  WaitForm wait;
  std::optional<RefusedCommand> refusal;
  // Where the booking was when the choice began, and where this page has moved it: once it is
  // there, the result is shown. If the server takes the prediction back, so is the choice.
  std::optional<BlockKey> from;
  std::optional<BlockKey> to;
  bool moved_by_others = false;

  bool done(const Booking& booking) const { return to && booking.block == *to && *to != *from; }
  void begin_at(const BlockKey& block) {
    from = block;
    to.reset();
  }
};

// The choice begins anew where somebody else, or the server, has put the booking meanwhile.
void follow(Rescheduling& mine, const Booking& booking) {
  if (!mine.from) mine.from = booking.block;
  if (booking.block == *mine.from || booking.block == mine.to) return;
  mine.begin_at(booking.block);
  mine.moved_by_others = true;
}

struct Case {
  App& app;
  const Booking& booking;
  const Service& service;
  const Hall& hall;
  Rescheduling& mine;

  TimeSubject subject() const { return {&service, &booking}; }
};

std::string own_route(const Case& it) { return href(reschedule_page, it.booking.code); }

// --- why not ------------------------------------------------------------------------------------

void cannot(const Case& it, const Rejection& rejection) {
  App& app = it.app;
  ui::card({.title = refusal_title(app, rejection), .key = "cannot", .tone = ui::Tone::warning},
           [&] {
             ui::paragraph(refusal_reason(app, rejection));
             if (about(rejection).deadline) {
               const HallCalendar calendar = calendar_of(app.state(), it.service);
               deadline_strip(app, *about(rejection).deadline, &calendar);
             }
             if (rejection.code == refusals::not_confirmed && it.service.active) {
               ui::actions([&] {
                 ui::button({.label = app.t("booking.book_again"),
                             .kind = ui::ButtonKind::primary,
                             .href = href(book_service_page, it.service.id.view())});
               });
             }
           });
  if (rejection.code != refusals::not_confirmed) {
    emergency_channel(app, it.hall, &it.booking);
  }
}

// --- what will happen ---------------------------------------------------------------------------

void fact(std::string_view text, ui::Icon icon) {
  ui::paragraph(text, {.size = ui::TextSize::small, .secondary = true, .icon = icon});
}

// Whether this reschedule, given now, could be taken back: asked of the rules that will decide.
bool could_undo(const App& app, const RescheduleBooking& command) {
  bool could = false;
  app.suppose(command, [&](const State& after) {
    could = undo_open_until(after, *after.find(command.booking), app.now()).has_value();
  });
  return could;
}

void what_follows(const Case& it, const BlockFacts& to) {
  App& app = it.app;
  const Booking& booking = it.booking;
  const auto from = block_facts(app.state(), it.service, booking.block, app.now());
  const int waiting = from ? from->waiting : 0;
  if (booking.needs_relocation) {
    fact(app.t("reschedule.relocation_free"), ui::Icon::check);
  } else {
    fact(waiting > 0 ? app.t("reschedule.old_place_waiting", {{"count", number(waiting)}})
                     : app.t("reschedule.old_place_free"),
         ui::Icon::swap);
    fact(app.t("reschedule.changes_after",
               {{"changes", changes_left_text(app, it.service, booking.changes_used + 1)}}),
         ui::Icon::list);
  }
  Booking moved = booking;
  moved.block = to.key;
  moved.end = to.end;
  moved.needs_relocation = false;
  if (const auto closes_at = change_closes_at(app.state(), moved)) {
    const std::string at = app.format().moment(*closes_at);
    if (*closes_at > app.now()) {
      fact(app.t("reschedule.new_deadline", {{"at", at}}), ui::Icon::clock);
    } else {
      ui::paragraph(
          app.t("reschedule.no_more_changes", {{"at", at}}),
          {.size = ui::TextSize::small, .tone = ui::Tone::warning, .icon = ui::Icon::warning});
    }
  }
  if (could_undo(app, {booking.id, booking.block, to.key})) {
    fact(app.t("reschedule.can_undo",
               {{"duration", app.format().duration(it.service.policy.undo_ms)}}),
         ui::Icon::undo);
  } else if (waiting > 0 && !booking.needs_relocation) {
    fact(app.t("reschedule.no_undo_waiting"), ui::Icon::undo);
  }
}

void move(const Case& it, const BlockKey& to) {
  const RescheduleBooking command{it.booking.id, it.booking.block, to};
  const Submitted submitted = it.app.submit(command);
  it.mine.refusal.reset();
  if (submitted.rejection) {
    it.mine.refusal = RefusedCommand{command, *submitted.rejection};
    return;
  }
  it.mine.to = to;
  it.mine.moved_by_others = false;
  platform::scroll_to(0);
}

void confirm(const Case& it, const BlockChoice& choice) {
  App& app = it.app;
  const BlockKey to = choice.facts.key;
  ui::card({.title = app.t("reschedule.what_follows"), .key = "confirm"}, [&] {
    ui::column({.gap = 4}, [&] {
      ui::paragraph(app.t("reschedule.from", {{"block", block_text(app, it.booking.block)}}),
                    {.secondary = true});
      ui::paragraph(app.t("reschedule.to", {{"block", app.format().block(to, choice.facts.end)}}),
                    {.size = ui::TextSize::large, .strong = true});
    });
    ui::column({.gap = 6}, [&] { what_follows(it, choice.facts); });
    ui::actions([&] {
      if (ui::button({.label = app.t("reschedule.confirm"),
                      .kind = ui::ButtonKind::primary,
                      .full_width = true,
                      .autofocus = it.mine.picker.jumped(),
                      .key = "confirm"})) {
        move(it, to);
      }
    });
  });
}

void decide_panel(const Case& it) {
  const auto command_for = [&](const BlockKey& block) {
    return AnyCommand(RescheduleBooking{it.booking.id, it.booking.block, block});
  };
  seat_panel(it.app, {it.subject(), it.mine.picker, it.mine.wait, it.mine.refusal}, command_for,
             [&](const BlockChoice& choice) { confirm(it, choice); });
}

// --- choosing -----------------------------------------------------------------------------------

void choose(const Case& it) {
  App& app = it.app;
  TimePicker& picker = it.mine.picker;
  picker.follow_route(app, it.subject());
  picker.update(app, it.subject());
  if (it.mine.moved_by_others) {
    ui::banner({.title = app.t("reschedule.moved_by_others"),
                .text = app.t("reschedule.moved_by_others_text"),
                .tone = ui::Tone::info,
                .key = "moved"});
  }
  if (it.booking.needs_relocation) {
    ui::banner({.title = app.t("booking.relocation_title"),
                .text = app.t("booking.relocation_text"),
                .tone = ui::Tone::warning,
                .key = "relocation"});
  }
  ui::split(
      {.first_weight = 3, .second_weight = 2, .first_width_min = 400, .second_width_min = 320},
      [&] { ui::card({.key = "month_card"}, [&] { picker.draw_month(app); }); },
      [&] {
        const std::string title =
            picker.day() ? app.format().day(*picker.day()) : app.t("reschedule.soonest");
        ui::card({.title = title, .key = "day_card"}, [&] { picker.draw_day(app); });
        decide_panel(it);
      });
  ui::link({.label = app.t("wait_form.several"),
            .href = own_route(it) + "?wait=1",
            .icon = ui::Icon::queue});
}

// --- the result ---------------------------------------------------------------------------------

void result(const Case& it) {
  App& app = it.app;
  const Booking& booking = it.booking;
  ui::card(
      {.key = "result",
       .name = app.t("reschedule.done_name"),
       .tone = answer_tone(app, booking.id)},
      [&] {
        booking_state(app, booking);
        ui::column({.gap = 4}, [&] {
          ui::paragraph(block_text(app, booking.block), {.size = ui::TextSize::title,
                                                         .strong = true,
                                                         .key = "done_to",
                                                         .live = semantics::Live::polite});
          ui::paragraph(app.t("reschedule.done_from", {{"block", block_text(app, *it.mine.from)}}),
                        {.secondary = true});
        });
        ui::paragraph(
            app.t("reschedule.same_code",
                  {{"code", display_booking_code(booking.code)},
                   {"changes", changes_left_text(app, it.service, booking.changes_used)}}));
        if (const auto deadline = change_deadline(app.state(), booking)) {
          ui::paragraph(deadline_sentence(app, *deadline), {.icon = ui::Icon::clock});
        }
        offline_note(app, booking.id);
        if (const auto until = undo_until(app, booking)) {
          ui::caption(app.t("reschedule.undo_until", {{"at", app.format().moment(*until)},
                                                      {"left", app.format().remaining(*until)}}));
        }
        ui::actions([&] {
          ui::button({.label = app.t("reschedule.view_booking"),
                      .kind = ui::ButtonKind::primary,
                      .autofocus = true,
                      .href = href(booking_page, booking.code)});
          undo_button(app, booking);
          if (ui::button({.label = app.t("reschedule.again"), .kind = ui::ButtonKind::quiet})) {
            it.mine.begin_at(booking.block);
            it.mine.picker.clear();
          }
        });
      });
}

void several(const Case& it) { wishes_form(it.app, it.subject(), it.mine.wait, own_route(it)); }

void draw(const Case& it) {
  App& app = it.app;
  if (it.mine.done(it.booking)) return result(it);
  if (const auto rejection = check_can_reschedule(app.state(), it.booking, app.now())) {
    return cannot(it, *rejection);
  }
  if (const auto closes_at = change_closes_at(app.state(), it.booking)) app.redraw_at(*closes_at);
  if (!app.route().parameter("wait").empty()) return several(it);
  choose(it);
}

}  // namespace

void reschedule_view(App& app) {
  const auto booking = routed_booking(app);
  if (!booking) {
    ui::page({.title = app.t("reschedule.title")}, [&] { missing_booking(app); });
    return;
  }
  const Service& service = *app.state().find(booking->block.service);
  Rescheduling& mine = app.view_state<Rescheduling>();
  const bool waits = !app.route().parameter("wait").empty();
  follow(mine, *booking);
  const bool done = mine.done(*booking);
  const std::string own = href(reschedule_page, booking->code);
  const std::string title = done    ? result_title(app, booking->id, "reschedule.done")
                            : waits ? app.t("wait_form.title")
                                    : app.t("reschedule.title");
  if (done) app.set_title(title);
  const std::string lead =
      done ? "" : app.t("reschedule.present", {{"booking", booking_line(app, *booking)}});
  ui::page({.title = title,
            .lead = lead,
            .back_label = waits ? app.t("reschedule.title") : app.t("reschedule.back"),
            .back_href = waits ? own : href(booking_page, booking->code)},
           [&] { draw({app, *booking, service, *app.state().find(service.hall), mine}); });
}

}  // namespace yuanyue::web::app
