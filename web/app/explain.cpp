#include "web/app/explain.h"

#include <algorithm>

#include "core/appointments/blocks.h"
#include "core/appointments/booking_code.h"
#include "core/appointments/booking_rules.h"
#include "core/domains/codec.h"
#include "web/app/describe.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr std::size_t nearest_shown = 3;

struct ExplainState {
  bool emergency_open = false;
};

std::string code_of(const App& app, const BookingId& id) {
  const Booking* booking = app.state().find(id);
  return booking == nullptr ? std::string() : display_booking_code(booking->code);
}

// The booking that would be moved; none: a new seat.
BookingId booking_of(const RefusedCommand& refusal, const WayForward& way) {
  if (way.booking) return way.booking;
  if (const auto* it = std::get_if<RescheduleBooking>(&refusal.command)) return it->booking;
  if (const auto* it = std::get_if<UndoReschedule>(&refusal.command)) return it->booking;
  if (const auto* it = std::get_if<JoinWaitlist>(&refusal.command)) return it->swap_booking;
  return {};
}

// The seat that was to be taken, for which another one may do.
std::optional<BlockKey> wanted_block(const RefusedCommand& refusal) {
  if (const auto* it = std::get_if<RescheduleBooking>(&refusal.command)) return it->to;
  if (const auto* it = std::get_if<BookAppointment>(&refusal.command)) return it->block;
  return std::nullopt;
}

std::string closed_reason(const App& app, const Rejection& rejection) {
  if (rejection.reason) return day_reason_text(app, *rejection.reason, rejection.reason_name);
  if (!rejection.reason_name.empty()) return rejection.reason_name;
  return app.t("rejection_reason.no_such_block");
}

// Not a booking that was moved, but an entry that was changed.
bool is_stale_entry(const Rejection& rejection) {
  return rejection.code == RejectionCode::stale && rejection.entry;
}

std::string way_label(const App& app, const RefusedCommand& refusal, const WayForward& way) {
  const std::string block = way.block ? block_text(app, *way.block) : std::string();
  switch (way.kind) {
    case WayKind::choose_block:
      return app.t("way.choose_block", {{"block", block}, {"count", number(way.free_seats)}});
    case WayKind::join_waitlist:
      return app.t(booking_of(refusal, way) ? "way.join_waitlist_keeping" : "way.join_waitlist");
    case WayKind::choose_other_day:
      return app.t("way.choose_other_day");
    case WayKind::emergency_channel:
      return app.t("way.emergency_channel");
    case WayKind::view_booking:
      return app.t("way.view_booking", {{"code", code_of(app, way.booking)}});
    case WayKind::view_entry:
      return app.t("way.view_entry");
    case WayKind::leave_waitlist:
      return app.t("way.leave_waitlist");
    case WayKind::refresh:
      return app.t("way.refresh");
    case WayKind::choose_other_service:
      return app.t("way.choose_other_service");
  }
  return {};
}

ui::Icon way_icon(WayKind kind) {
  switch (kind) {
    case WayKind::choose_block:
    case WayKind::choose_other_day:
      return ui::Icon::calendar;
    case WayKind::join_waitlist:
    case WayKind::view_entry:
      return ui::Icon::queue;
    case WayKind::emergency_channel:
      return ui::Icon::phone;
    case WayKind::view_booking:
      return ui::Icon::ticket;
    case WayKind::leave_waitlist:
      return ui::Icon::logout;
    case WayKind::refresh:
      return ui::Icon::refresh;
    case WayKind::choose_other_service:
      return ui::Icon::list;
  }
  return ui::Icon::none;
}

bool is_choice_of_view(WayKind kind) {
  return kind == WayKind::choose_block || kind == WayKind::choose_other_day;
}

void draw_strip(App& app, const Rejection& rejection) {
  if (!rejection.deadline) return;
  const Booking* booking = app.state().find(rejection.booking);
  const Service* service = booking == nullptr ? nullptr : app.state().find(booking->block.service);
  if (service == nullptr || app.state().find(service->hall) == nullptr) {
    return deadline_strip(app, *rejection.deadline, nullptr);
  }
  const HallCalendar calendar = calendar_of(app.state(), *service);
  deadline_strip(app, *rejection.deadline, &calendar);
}

// Never a dead end: looking again is always possible.
std::vector<WayForward> ways_of(const Rejection& rejection) {
  if (!rejection.ways.empty()) return rejection.ways;
  return {WayForward{.kind = WayKind::refresh}};
}

const Hall* hall_for(const App& app, const RefusedCommand& refusal, const WayForward& way) {
  const Booking* booking = app.state().find(booking_of(refusal, way));
  if (booking != nullptr) return hall_of(app, booking->block.service);
  return refusal.rejection.block ? hall_of(app, refusal.rejection.block->service) : nullptr;
}

// True when this way was chosen.
bool way_button(App& app, const RefusedCommand& refusal, const WayForward& way, std::size_t index) {
  const std::string key = "way-" + number(static_cast<std::int64_t>(index));
  return ui::button(
      {.label = way_label(app, refusal, way), .icon = way_icon(way.kind), .key = key});
}

std::optional<WayForward> way_buttons(App& app, const RefusedCommand& refusal) {
  std::optional<WayForward> chosen;
  const std::vector<WayForward> ways = ways_of(refusal.rejection);
  const auto draw = [&](bool blocks) {
    for (std::size_t i = 0; i < ways.size(); ++i) {
      if ((ways[i].kind == WayKind::choose_block) != blocks) continue;
      if (way_button(app, refusal, ways[i], i)) chosen = ways[i];
    }
  };
  if (std::ranges::any_of(ways, [](auto& way) { return way.kind == WayKind::choose_block; })) {
    ui::paragraph(app.t("refusal.nearest_free"), {.strong = true});
    ui::row({.key = "blocks"}, [&] { draw(true); });
  }
  ui::row({.key = "ways"}, [&] { draw(false); });
  return chosen;
}

void emergency_part(App& app, const RefusedCommand& refusal) {
  for (const WayForward& way : refusal.rejection.ways) {
    if (way.kind != WayKind::emergency_channel) continue;
    if (!app.view_state<ExplainState>().emergency_open) return;
    if (const Hall* hall = hall_for(app, refusal, way)) {
      emergency_channel(app, *hall, app.state().find(booking_of(refusal, way)));
    }
    return;
  }
}

// --- taking a way
// -------------------------------------------------------------------------------------

void submit_for(App& app, Command command, std::string_view done, const BlockKey& block) {
  const Submitted submitted = app.submit(command);
  if (!submitted) return app.show_refusal({std::move(command), *submitted.rejection});
  app.say_done("way-done", [&app, done = std::string(done), block] {
    return app.t(done, {{"block", block_text(app, block)}});
  });
}

void take_block(App& app, const BlockKey& block, const BookingId& moved) {
  if (const Booking* booking = app.state().find(moved)) {
    const std::string code = booking->code;
    submit_for(app, RescheduleBooking{booking->id, booking->block, block}, "way.moved", block);
    return app.go(Page::booking, code);
  }
  const auto id = app.new_id<BookingId>();
  submit_for(app, BookAppointment{id, block}, "way.booked", block);
  if (app.state().find(id) != nullptr) app.go(Page::booking, to_string(id));
}

void wait_for(App& app, const BlockKey& block, const BookingId& kept) {
  const auto id = app.new_id<WaitlistEntryId>();
  JoinWaitlist join{.entry = id, .service = block.service, .swap_booking = kept};
  join.swap_from = place_of(app.state(), kept);
  join.wishes.push_back({.date = block.date, .start = block.start});
  submit_for(app, std::move(join), "way.waiting", block);
  if (app.state().find(id) != nullptr) app.go(Page::waitlist_entry, to_string(id));
}

void choose_other_day(App& app, const RefusedCommand& refusal, const WayForward& way) {
  const Booking* booking = app.state().find(booking_of(refusal, way));
  if (booking != nullptr) return app.go(Page::reschedule, booking->code);
  if (refusal.rejection.block) {
    return app.go(Page::book_service, refusal.rejection.block->service.view());
  }
  app.go(Page::book);
}

}  // namespace

std::string refusal_title(const App& app, const Rejection& rejection) {
  if (is_stale_entry(rejection)) return app.t("rejection.stale_entry");
  return app.t("rejection." + std::string(wire::name_of(rejection.code)));
}

std::string refusal_reason(const App& app, const Rejection& rejection) {
  const std::string block =
      rejection.block ? block_text(app, *rejection.block) : app.t("describe.unknown_block");
  const std::string at = rejection.at ? app.format().moment(*rejection.at) : std::string();
  const std::string deadline =
      rejection.deadline ? app.format().moment(rejection.deadline->closes_at) : std::string();
  const std::string key =
      is_stale_entry(rejection) ? "stale_entry" : std::string(wire::name_of(rejection.code));
  return app.t("rejection_reason." + key, {{"block", block},
                                           {"at", at},
                                           {"deadline", deadline},
                                           {"limit", number(rejection.limit)},
                                           {"reason", closed_reason(app, rejection)},
                                           {"code", code_of(app, rejection.booking)},
                                           {"field", rejection.field}});
}

Rejection with_present_ways(const App& app, const RefusedCommand& refusal) {
  Rejection present = refusal.rejection;
  const std::optional<BlockKey> wanted = wanted_block(refusal);
  const Service* service = wanted ? app.state().find(wanted->service) : nullptr;
  if (service == nullptr || app.state().find(service->hall) == nullptr) return present;
  std::erase_if(present.ways,
                [](const WayForward& way) { return way.kind == WayKind::choose_block; });
  const auto nearest = nearest_free_blocks(app.state(), *service, *wanted, app.enterprise(),
                                           booking_of(refusal, {}), app.now(), nearest_shown);
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    present.ways.insert(present.ways.begin() + static_cast<std::ptrdiff_t>(i),
                        WayForward{.kind = WayKind::choose_block,
                                   .block = nearest[i].key,
                                   .free_seats = nearest[i].free_seats()});
  }
  return present;
}

std::optional<WayForward> explain(App& app, const RefusedCommand& refusal,
                                  const ExplainOptions& options) {
  std::optional<WayForward> chosen;
  const std::string title = options.with_title ? refusal_title(app, refusal.rejection) : "";
  ui::banner({.title = title,
              .text = refusal_reason(app, refusal.rejection),
              .tone = ui::Tone::warning,
              .key = options.key,
              .alert = true},
             [&] {
               draw_strip(app, refusal.rejection);
               chosen = way_buttons(app, refusal);
               if (chosen && chosen->kind == WayKind::emergency_channel) {
                 bool& open = app.view_state<ExplainState>().emergency_open;
                 open = !open;
                 chosen.reset();
               }
               emergency_part(app, refusal);
             });
  const bool for_view = options.view_chooses_blocks && chosen && is_choice_of_view(chosen->kind);
  if (chosen && !for_view) follow_way(app, refusal, *chosen);
  return chosen;
}

void follow_way(App& app, const RefusedCommand& refusal, const WayForward& way) {
  switch (way.kind) {
    case WayKind::choose_block:
      if (way.block) take_block(app, *way.block, booking_of(refusal, way));
      return;
    case WayKind::join_waitlist:
      if (way.block) wait_for(app, *way.block, booking_of(refusal, way));
      return;
    case WayKind::choose_other_day:
      return choose_other_day(app, refusal, way);
    case WayKind::view_booking:
      return app.go(Page::booking, to_string(way.booking));
    case WayKind::view_entry:
    case WayKind::leave_waitlist:  // the entry's page asks once before it leaves
      return app.go(Page::waitlist_entry, to_string(way.entry));
    case WayKind::choose_other_service:
      return app.go(Page::book);
    case WayKind::emergency_channel:
    case WayKind::refresh:
      return app.refresh();
  }
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
