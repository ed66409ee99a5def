// One booking: when and where, until when it may be changed, what to bring, what happened so far.
#include <algorithm>

#include "core/appointments/booking_code.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/cancel_booking.h"
#include "core/base/visible_text.h"
#include "web/app/app.h"
#include "web/app/explain.h"
#include "web/app/sync_words.h"
#include "web/features/appointments/archived_booking.h"
#include "web/features/appointments/booking_parts.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/parts.h"
#include "web/features/appointments/rows.h"
#include "web/features/appointments/timeline.h"
#include "web/features/appointments/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

// In UTF-16 units; the core allows 500 bytes, three of them for a Chinese character.
constexpr std::uint32_t reason_length_max = 160;

struct BookingDetail {
  bool why_open = false;
  bool cancel_open = false;
  BlockKey cancel_at;  // where it was when the question was asked
  std::string cancel_reason;
  std::optional<RefusedCommand> refusal;
};

struct Case {
  App& app;
  const Booking& booking;
  const Service& service;
  const Hall& hall;
  BookingDetail& mine;

  bool confirmed() const { return booking.status == BookingStatus::confirmed; }
};

// --- what is known about it ---------------------------------------------------------------------

void state_banner(const Case& it) {
  App& app = it.app;
  if (it.booking.status == BookingStatus::cancelled) {
    ui::banner({.title = app.t("booking.cancelled_title"),
                .text = app.t("booking.cancelled_text"),
                .tone = ui::Tone::neutral,
                .key = "state"});
  } else if (it.booking.status == BookingStatus::ended) {
    ui::banner({.title = app.t("booking.ended_title"),
                .text = app.t("booking.ended_text"),
                .tone = ui::Tone::neutral,
                .key = "state"});
  } else if (it.booking.needs_relocation) {
    const bool active = it.service.active;
    ui::banner({.title = app.t(active ? "booking.relocation_title" : "booking.relocation_inactive"),
                .text = app.t(active ? "booking.relocation_text" : "booking.relocation_call"),
                .tone = ui::Tone::warning,
                .key = "state"});
  }
}

// Offers and waiting entries that would move this booking.
void swaps(const Case& it) {
  App& app = it.app;
  for (const Offer* offer : open_offers(app)) {
    if (offer->swap_booking != it.booking.id) continue;
    ui::banner({.title = app.t("booking.offer_title"),
                .text = app.t("booking.offer_text",
                              {{"block", app.format().block(offer->block, offer->end)},
                               {"until", app.format().moment(offer->expires_at)}}),
                .tone = ui::Tone::info,
                .key = to_string(offer->id)},
               [&] {
                 ui::button({.label = app.t("booking.view_offer"),
                             .kind = ui::ButtonKind::secondary,
                             .href = href(offer_page, to_string(offer->id))});
               });
  }
  for (const WaitlistEntry* entry : open_entries(app)) {
    if (entry->swap_booking != it.booking.id || entry->status != WaitlistStatus::waiting) continue;
    std::string wishes;
    for (const Wish& wish : entry->wishes) {
      if (!wishes.empty()) wishes += app.t("booking.wish_separator");
      wishes += wish_text(app, entry->service, wish);
    }
    const std::string id = to_string(entry->id);
    ui::row({.gap = 8, .key = id}, [&] {
      ui::paragraph(app.t("booking.waiting_for", {{"wishes", wishes}}), {.icon = ui::Icon::queue});
      ui::link({.label = app.t("booking.view_entry"), .href = href(waitlist_entry_page, id)});
      pending_badge(app, entry->id);
    });
  }
}

// --- what can be done ---------------------------------------------------------------------------

void cancel(const Case& it) {
  const CancelBooking command{it.booking.id, it.mine.cancel_at,
                              cleaned(it.mine.cancel_reason, TextKind::remark)};
  const Submitted submitted = it.app.submit(command);
  it.mine.cancel_open = false;
  if (submitted.rejection) {
    it.mine.refusal = RefusedCommand{command, *submitted.rejection};
    return;
  }
  it.mine.cancel_reason.clear();
  it.app.say_done("cancelled", [&app = it.app, block = it.booking.block, end = it.booking.end] {
    return app.t("booking.cancelled_toast", {{"block", app.format().block(block, end)}});
  });
}

void cancel_dialog(const Case& it) {
  App& app = it.app;
  const std::string block = app.format().block(it.booking.block, it.booking.end);
  ui::dialog({.title = app.t("booking.cancel_title", {{"block", block}}), .key = "cancel"},
             it.mine.cancel_open, [&] {
               const bool can_move = !check_can_reschedule(app.state(), it.booking, app.now());
               ui::paragraph(app.t(can_move ? "booking.cancel_text" : "booking.cancel_text_closed",
                                   {{"service", app.t(it.service.name)}}));
               ui::text_area({.label = app.t("booking.cancel_reason"),
                              .help = app.t("booking.cancel_reason_help"),
                              .max_length = reason_length_max,
                              .lines = 2,
                              .key = "reason"},
                             it.mine.cancel_reason);
               ui::actions([&] {
                 if (ui::button({.label = app.t("booking.cancel_confirm"),
                                 .kind = ui::ButtonKind::danger})) {
                   cancel(it);
                 }
                 if (ui::button({.label = app.t("booking.keep")})) it.mine.cancel_open = false;
               });
             });
}

void confirmed_actions(const Case& it) {
  App& app = it.app;
  const bool can_cancel = !check_can_cancel(app.state(), it.booking, app.now());
  const bool can_move = !check_can_reschedule(app.state(), it.booking, app.now());
  const std::string reschedule = href(reschedule_page, it.booking.code);
  ui::actions([&] {
    ui::button({.label = app.t(can_move            ? "booking.change_time"
                               : it.service.active ? "booking.urgent_change"
                                                   : "booking.call_hall"),
                .kind = can_move ? ui::ButtonKind::primary : ui::ButtonKind::secondary,
                .icon = can_move ? ui::Icon::calendar : ui::Icon::phone,
                .key = "change",
                .href = reschedule});
    undo_button(app, it.booking);
    if (can_move) {
      ui::button({.label = app.t("booking.wait_other"),
                  .icon = ui::Icon::queue,
                  .href = reschedule + "?wait=1"});
    }
    if (ui::button({.label = app.t("booking.print"),
                    .kind = ui::ButtonKind::quiet,
                    .icon = ui::Icon::printer})) {
      platform::print_page();
    }
    if (can_cancel && ui::button({.label = app.t("booking.cancel"),
                                  .kind = ui::ButtonKind::quiet,
                                  .icon = ui::Icon::cross,
                                  .key = "cancel"})) {
      it.mine.cancel_open = true;
      it.mine.cancel_at = it.booking.block;
    }
  });
  if (const auto until = undo_until(app, it.booking)) {
    ui::caption(
        app.t("booking.undo_until", {{"at", app.format().moment(*until)},
                                     {"block", block_text(app, *it.booking.previous_block)}}));
  }
  if (it.mine.cancel_open) cancel_dialog(it);
}

void summary(const Case& it) {
  App& app = it.app;
  app.redraw_at(to_instant(it.booking.block.date, it.booking.block.start));
  ui::card({.key = "summary", .name = app.t("booking.summary")}, [&] {
    booking_state(app, it.booking);
    ui::paragraph(app.format().block(it.booking.block, it.booking.end),
                  {.size = ui::TextSize::display, .strong = true});
    if (it.confirmed()) deadline_disclosure(app, it.booking, it.mine.why_open);
    swaps(it);
    if (it.confirmed()) {
      confirmed_actions(it);
    } else {
      over_actions(app, it.service);
    }
    if (it.mine.refusal && explain(app, *it.mine.refusal)) it.mine.refusal.reset();
    ui::divider();
    booking_facts(app, it.booking, it.service, it.hall);
  });
}

void draw(const Case& it) {
  App& app = it.app;
  state_banner(it);
  summary(it);
  ui::split(
      {.first_weight = 3, .second_weight = 2, .first_width_min = 340, .second_width_min = 300},
      [&] {
        ui::section({.title = app.t("book.materials")}, [&] {
          ui::card({.key = "materials"}, [&] { materials_list(app, it.service); });
        });
        ui::section({.title = app.t("book.steps")},
                    [&] { ui::card({.key = "steps"}, [&] { steps_list(app, it.service); }); });
      },
      [&] { timeline_section(app, it.booking.id, it.booking.created_at); });
}

}  // namespace

void booking_view(App& app) {
  const auto booking = routed_booking(app);
  if (!booking) return archived_booking_view(app);
  const Service& service = *app.state().find(booking->block.service);
  const bool is_past = booking->status != BookingStatus::confirmed;
  ui::page({.title = app.t(service.name),
            .back_label = app.t(is_past ? "booking.back_to_all" : "booking.back"),
            .back_href = href(is_past ? bookings_page : app.site().home)},
           [&] {
             draw({app, *booking, service, *app.state().find(service.hall),
                   app.view_state<BookingDetail>()});
           });
}

}  // namespace yuanyue::web::app
