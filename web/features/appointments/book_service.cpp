// A new booking, from the service's page to the seat: what it needs, which block, the result.
#include <algorithm>

#include "core/appointments/book_appointment.h"
#include "core/appointments/booking_code.h"
#include "core/appointments/booking_rules.h"
#include "web/app/app.h"
#include "web/app/sync_words.h"
#include "web/app/words.h"
#include "web/bridge/platform.h"
#include "web/features/appointments/booking_parts.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/parts.h"
#include "web/features/appointments/rows.h"
#include "web/features/appointments/seat_panel.h"
#include "web/features/appointments/time_picker.h"
#include "web/features/appointments/wait_form.h"
#include "web/features/appointments/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

struct NewBooking {
  TimePicker picker;
  WaitForm wait;
  std::optional<RefusedCommand> refusal;
  BookingId made;  // shown as the result while it exists
};

struct Case {
  App& app;
  const Service& service;
  const Hall& hall;
  NewBooking& mine;

  TimeSubject subject() const { return {&service, nullptr}; }
  std::string address() const { return href(book_service_page, service.id.view()); }
};

std::vector<const Booking*> open_bookings(const Case& it) {
  std::vector<const Booking*> bookings = upcoming_bookings(it.app);
  std::erase_if(bookings,
                [&](const Booking* booking) { return booking->block.service != it.service.id; });
  return bookings;
}

// --- limits, before they bite -------------------------------------------------------------------

void at_limit(const Case& it, const Rejection& rejection) {
  App& app = it.app;
  ui::card(
      {.title = refusal_title(app, rejection), .key = "limit", .tone = ui::Tone::warning}, [&] {
        ui::paragraph(refusal_reason(app, rejection));
        ui::paragraph(app.t("book.limit_ways"), {.secondary = true});
        ui::list({.name = app.t("book.your_bookings")}, [&] {
          for (const Booking* booking : open_bookings(it)) {
            ui::item(booking->code, [&] {
              ui::row({.gap = 16}, [&] {
                ui::paragraph(app.format().block(booking->block, booking->end), {.strong = true});
                ui::spacer();
                const std::string block = app.format().block(booking->block, booking->end);
                ui::link({.label = app.t("booking.change_time"),
                          .href = href(reschedule_page, booking->code),
                          .name = app.t("book.change_this", {{"block", block}})});
                ui::link({.label = app.t("reschedule.view_booking"),
                          .href = href(booking_page, booking->code),
                          .name = app.t("book.view_this", {{"block", block}})});
              });
            });
          }
        });
      });
}

std::string limits_text(const Case& it) {
  return it.app.t("book.limits",
                  {{"open", number(static_cast<std::int64_t>(open_bookings(it).size()))},
                   {"limit", number(it.service.policy.max_open)},
                   {"days", number(it.service.policy.window_days)}});
}

std::string notice_text(const Case& it) {
  const NoticeRule& notice = it.service.policy.notice;
  const std::string days = number(notice.business_days);
  if (notice.business_days == 0) return it.app.t("book.notice_same_day");
  return notice.counting == Counting::include_appointment_day
             ? it.app.t("book.notice_include", {{"days", days}})
             : it.app.t("book.notice_exclude", {{"days", days}});
}

// --- the service's page -------------------------------------------------------------------------

void service_facts(const Case& it) {
  App& app = it.app;
  const Department* department = app.state().find(it.service.department);
  const std::string where = app.t(
      "booking.where_value", {{"hall", app.t(it.hall.name)}, {"address", app.t(it.hall.address)}});
  const std::string limit = time_limit_text(app, it.service), limits = limits_text(it),
                    notice = notice_text(it), where_label = app.t("booking.where"),
                    limit_label = app.t("book.time_limit"), limits_label = app.t("book.rules"),
                    notice_label = app.t("book.changes"),
                    department_label = app.t("booking.department");
  std::vector<ui::KeyValue> rows{{where_label, where, ui::Icon::pin}};
  if (department != nullptr) {
    rows.push_back({department_label, app.t(department->name), ui::Icon::building});
  }
  rows.push_back({limit_label, limit, ui::Icon::hourglass});
  rows.push_back({limits_label, limits, ui::Icon::info});
  rows.push_back({notice_label, notice, ui::Icon::swap});
  ui::key_values({.name = app.t("book.facts")}, rows);
}

void about(const Case& it) {
  App& app = it.app;
  const auto limit = own_limit(it.app, it.service);
  if (limit) at_limit(it, *limit);
  ui::card({.key = "about", .name = app.t("book.facts")}, [&] {
    service_facts(it);
    if (limit) return;
    ui::actions([&] {
      ui::button({.label = app.t("book.choose_time"),
                  .kind = ui::ButtonKind::primary,
                  .icon = ui::Icon::calendar,
                  .href = it.address() + "?step=time"});
    });
  });
  ui::split(
      {.first_weight = 1, .second_weight = 1, .first_width_min = 340, .second_width_min = 300},
      [&] {
        ui::section({.title = app.t("book.materials")}, [&] {
          ui::card({.key = "materials"}, [&] { materials_list(app, it.service); });
        });
      },
      [&] {
        ui::section({.title = app.t("book.steps")},
                    [&] { ui::card({.key = "steps"}, [&] { steps_list(app, it.service); }); });
      });
}

// --- choosing and confirming --------------------------------------------------------------------

void book(const Case& it, const BlockKey& block) {
  const BookAppointment command{it.app.new_id<BookingId>(), block};
  const Submitted submitted = it.app.submit(command);
  it.mine.refusal.reset();
  if (submitted.rejection) {
    it.mine.refusal = RefusedCommand{command, *submitted.rejection};
  } else {
    it.mine.made = command.booking;
    platform::scroll_to(0);
  }
}

void confirm(const Case& it, const BlockFacts& facts) {
  App& app = it.app;
  ui::card({.title = app.t("book.confirm_title"), .key = "confirm"}, [&] {
    ui::column({.gap = 4}, [&] {
      ui::paragraph(app.format().block(facts.key, facts.end),
                    {.size = ui::TextSize::large, .strong = true});
      ui::paragraph(app.t("book.at_hall",
                          {{"service", app.t(it.service.name)}, {"hall", app.t(it.hall.name)}}),
                    {.secondary = true});
    });
    Booking wanted;
    wanted.block = facts.key;
    wanted.end = facts.end;
    if (const auto closes_at = change_closes_at(app.state(), wanted)) {
      const std::string at = app.format().moment(*closes_at);
      const bool late = *closes_at <= app.now();
      ui::paragraph(late ? app.t("reschedule.no_more_changes", {{"at", at}})
                         : app.t("reschedule.new_deadline", {{"at", at}}),
                    {.size = ui::TextSize::small,
                     .secondary = !late,
                     .tone = late ? ui::Tone::warning : ui::Tone::neutral,
                     .icon = late ? ui::Icon::warning : ui::Icon::clock});
    }
    if (!it.service.materials.empty()) {
      ui::paragraph(
          app.t("book.bring_count",
                {{"count", number(static_cast<std::int64_t>(it.service.materials.size()))}}),
          {.size = ui::TextSize::small, .secondary = true, .icon = ui::Icon::document});
    }
    ui::actions([&] {
      if (ui::button({.label = app.t("book.confirm"),
                      .kind = ui::ButtonKind::primary,
                      .full_width = true,
                      .autofocus = it.mine.picker.jumped(),
                      .key = "confirm"})) {
        book(it, facts.key);
      }
    });
  });
}

void decide_panel(const Case& it) {
  const auto command_for = [&](const BlockKey& block) {
    return AnyCommand(BookAppointment{{}, block});
  };
  seat_panel(it.app, {it.subject(), it.mine.picker, it.mine.wait, it.mine.refusal}, command_for,
             [&](const BlockChoice& choice) { confirm(it, choice.facts); });
}

void choose(const Case& it) {
  App& app = it.app;
  TimePicker& picker = it.mine.picker;
  if (const auto rejection = own_limit(it.app, it.service)) return at_limit(it, *rejection);
  picker.follow_route(app, it.subject());
  picker.update(app, it.subject());
  ui::split(
      {.first_weight = 3, .second_weight = 2, .first_width_min = 400, .second_width_min = 320},
      [&] { ui::card({.key = "month_card"}, [&] { picker.draw_month(app); }); },
      [&] {
        const std::string title =
            picker.day() ? app.format().day(*picker.day()) : app.t("book.soonest_title");
        ui::card({.title = title, .key = "day_card"}, [&] { picker.draw_day(app); });
        decide_panel(it);
      });
  ui::link({.label = app.t("wait_form.several"),
            .href = it.address() + "?wait=1",
            .icon = ui::Icon::queue});
}

// --- the result ---------------------------------------------------------------------------------

void result(const Case& it, const Booking& booking) {
  App& app = it.app;
  const std::string name = app.t("book.done_name");
  ui::card({.key = "result", .name = name, .tone = answer_tone(app, booking.id)}, [&] {
    booking_state(app, booking);
    ui::column({.gap = 4}, [&] {
      ui::paragraph(app.format().block(booking.block, booking.end),
                    {.size = ui::TextSize::title,
                     .strong = true,
                     .key = "done",
                     .live = semantics::Live::polite});
      ui::paragraph(app.t("booking.where_value",
                          {{"hall", app.t(it.hall.name)}, {"address", app.t(it.hall.address)}}),
                    {.secondary = true, .icon = ui::Icon::pin});
      ui::paragraph(app.t("book.done_code", {{"code", display_booking_code(booking.code)}}),
                    {.secondary = true, .icon = ui::Icon::ticket});
    });
    if (const auto deadline = change_deadline(app.state(), booking)) {
      ui::paragraph(deadline_sentence(app, *deadline), {.icon = ui::Icon::clock});
    }
    offline_note(app, booking.id);
    ui::actions([&] {
      ui::button({.label = app.t("reschedule.view_booking"),
                  .kind = ui::ButtonKind::primary,
                  .autofocus = true,
                  .href = href(booking_page, booking.code)});
      ui::button({.label = app.t("booking.go_home"),
                  .kind = ui::ButtonKind::quiet,
                  .href = href(app.site().home)});
    });
  });
  ui::section({.title = app.t("book.bring")},
              [&] { ui::card({.key = "materials"}, [&] { materials_list(app, it.service); }); });
}

// The steps of this view, in the address so that the browser's back button leads through them.
enum class Step : std::uint8_t { about, time, wait, done };

// Gone again when the server refuses; the choice is still there then.
const Booking* made_booking(const App& app, const NewBooking& mine) {
  const Booking* made = app.state().find(mine.made);
  return made != nullptr && made->status == BookingStatus::confirmed ? made : nullptr;
}

Step step_of(const App& app, NewBooking& mine) {
  const Route& route = app.route();
  const bool waits = !route.parameter("wait").empty();
  if (!waits && route.parameter("step").empty() && route.parameter("date").empty()) {
    mine.made = {};
    mine.picker.clear();
    return Step::about;
  }
  if (made_booking(app, mine) != nullptr) return Step::done;
  return waits ? Step::wait : Step::time;
}

void draw(const Case& it, Step step) {
  switch (step) {
    case Step::about:
      return about(it);
    case Step::time:
      return choose(it);
    case Step::wait:
      return wishes_form(it.app, it.subject(), it.mine.wait, it.address() + "?step=time");
    case Step::done:
      return result(it, Booking(*made_booking(it.app, it.mine)));
  }
}

std::string title_of(const App& app, const Service& service, const NewBooking& mine, Step step) {
  switch (step) {
    case Step::about:
      return std::string(app.t(service.name));
    case Step::time:
      return app.t("book.time_title", {{"service", app.t(service.name)}});
    case Step::wait:
      return app.t("wait_form.title_new");
    case Step::done:
      return result_title(app, mine.made, "book.done");
  }
  return {};
}

void missing_service(App& app) {
  if (app.loading()) return ui::skeleton({.shape = ui::SkeletonShape::card});
  const auto slug = parse_slug(app.route().argument);
  const Service* service = slug ? app.state().find(ServiceId(*slug)) : nullptr;
  const bool switched_off = service != nullptr;
  const std::string title = switched_off
                                ? app.t("book.paused_title", {{"service", app.t(service->name)}})
                                : std::string(app.t("book.missing"));
  ui::empty_state(
      {.icon = switched_off ? ui::Icon::info : ui::Icon::search,
       .title = title,
       .text = app.t(switched_off ? "rejection_reason.service_inactive" : "book.missing_text")},
      [&] {
        ui::button({.label = app.t("book.all_services"),
                    .kind = ui::ButtonKind::primary,
                    .href = href(book_page)});
      });
}

const Service* routed_service(const App& app) {
  const auto slug = parse_slug(app.route().argument);
  const Service* service = slug ? app.state().find(ServiceId(*slug)) : nullptr;
  if (service == nullptr || !service->active) return nullptr;
  return app.state().find(service->hall) == nullptr ? nullptr : service;
}

}  // namespace

void book_service_view(App& app) {
  const Service* service = routed_service(app);
  if (service == nullptr) {
    ui::page({.title = app.t("book.title"),
              .back_label = app.t("book.all_services"),
              .back_href = href(book_page)},
             [&] { missing_service(app); });
    return;
  }
  NewBooking& mine = app.view_state<NewBooking>();
  const Step step = step_of(app, mine);
  const bool about_it = step == Step::about;
  const std::string title = title_of(app, *service, mine, step);
  if (step == Step::done) app.set_title(title);
  ui::page({.title = title,
            .lead = about_it ? app.t(service->summary) : std::string_view{},
            .back_label = about_it ? app.t("book.all_services") : std::string(app.t(service->name)),
            .back_href = about_it ? href(book_page) : href(book_service_page, service->id.view())},
           [&] { draw({app, *service, *app.state().find(service->hall), mine}, step); });
}

}  // namespace yuanyue::web::app
