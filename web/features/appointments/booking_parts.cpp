#include "web/features/appointments/booking_parts.h"

#include <algorithm>
#include <vector>

#include "core/appointments/booking_code.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/reschedule_booking.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/rows.h"
#include "web/features/appointments/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

bool waits_for_connection(const App& app, const Uuid& id) {
  const bool online = app.sync().status().connection == sync::Connection::online;
  return !online && app.sync().is_pending(id);
}

}  // namespace

void missing_booking(App& app) {
  if (app.loading()) {
    ui::skeleton({.shape = ui::SkeletonShape::card});
    return;
  }
  ui::empty_state({.icon = ui::Icon::search,
                   .title = app.t("booking.missing"),
                   .text = app.t("booking.missing_text")},
                  [&] {
                    ui::button({.label = app.t("booking.go_home"),
                                .kind = ui::ButtonKind::primary,
                                .href = href(app.site().home)});
                    ui::button({.label = app.t("bookings.all"), .href = href(bookings_page)});
                  });
}

std::optional<Booking> routed_booking(const App& app) {
  const Booking* found = find_booking(app, app.route().argument);
  if (found == nullptr) return std::nullopt;
  const Service* service = app.state().find(found->block.service);
  if (service == nullptr || app.state().find(service->hall) == nullptr) return std::nullopt;
  return *found;
}

void booking_facts(App& app, const Booking& booking, const Service& service, const Hall& hall) {
  const std::string where =
      app.t("booking.where_value", {{"hall", app.t(hall.name)}, {"address", app.t(hall.address)}});
  const Department* department = app.state().find(service.department);
  const std::string code = display_booking_code(booking.code);
  const std::string changes = changes_left_text(app, service, booking.changes_used);
  const std::string where_label = app.t("booking.where"), phone_label = app.t("booking.phone"),
                    code_label = app.t("booking.code"), changes_label = app.t("booking.changes"),
                    department_label = app.t("booking.department");
  std::vector<ui::KeyValue> rows{{where_label, where, ui::Icon::pin}};
  if (department != nullptr) {
    rows.push_back({department_label, app.t(department->name), ui::Icon::building});
  }
  if (!hall.phone.empty()) rows.push_back({phone_label, hall.phone, ui::Icon::phone});
  rows.push_back({code_label, code, ui::Icon::ticket});
  if (booking.status == BookingStatus::confirmed)
    rows.push_back({changes_label, changes, ui::Icon::swap});
  ui::key_values({.name = app.t("booking.facts")}, rows);
}

void over_actions(App& app, const Service& service) {
  ui::actions([&] {
    if (service.active) {
      ui::button({.label = app.t("booking.book_again"),
                  .kind = ui::ButtonKind::primary,
                  .icon = ui::Icon::plus,
                  .href = href(book_service_page, service.id.view())});
    }
    if (ui::button({.label = app.t("booking.print"),
                    .kind = ui::ButtonKind::quiet,
                    .icon = ui::Icon::printer})) {
      platform::print_page();
    }
  });
}

std::optional<Instant> undo_until(const App& app, const Booking& booking) {
  return undo_open_until(app.state(), booking, app.now());
}

void undo_button(App& app, const Booking& booking) {
  const auto until = undo_until(app, booking);
  if (!until) return;
  app.redraw_at(*until);
  const std::string back_to = block_text(app, *booking.previous_block);
  if (ui::button({.label = app.t("booking.undo"),
                  .icon = ui::Icon::undo,
                  .key = "undo",
                  .name = app.t("booking.undo_name", {{"block", back_to}})})) {
    const UndoReschedule command{booking.id, booking.block, *booking.previous_block};
    const Submitted submitted = app.submit(command);
    if (submitted.rejection) {
      app.show_refusal({command, *submitted.rejection});
    } else {
      app.tell({.key = "undone", .text = [&app, block = *booking.previous_block] {
                  return app.t("booking.undone", {{"block", block_text(app, block)}});
                }});
    }
  }
}

std::optional<Rejection> own_limit(const App& app, const Service& service) {
  // A block without length overlaps nothing: what is left are the limits of the service.
  const BlockKey no_time{service.id, date_of(app.now()), TimeOfDay{}};
  return check_own_limits(app.state(), service, app.enterprise(), no_time, no_time.start, {});
}

std::string result_title(const App& app, const Uuid& id, std::string_view done_key) {
  return app.t(waits_for_connection(app, id) ? "booking.not_sent_yet" : done_key);
}

void offline_note(App& app, const Uuid& id) {
  if (!waits_for_connection(app, id)) return;
  ui::paragraph(app.t(app.keeps_changes() ? "booking.waits_kept" : "booking.waits_for_connection"),
                {.tone = ui::Tone::warning, .icon = ui::Icon::offline});
}

void materials_list(App& app, const Service& service) {
  if (service.materials.empty()) {
    ui::paragraph(app.t("book.no_materials"), {.secondary = true});
    return;
  }
  ui::list({.name = app.t("book.materials")}, [&] {
    for (std::size_t i = 0; i < service.materials.size(); ++i) {
      const Material& material = service.materials[i];
      ui::item(number(static_cast<std::int64_t>(i)), [&] {
        ui::row({.gap = 8, .align = ui::Align::start}, [&] {
          ui::grow([&] {
            ui::column({.gap = 2}, [&] {
              ui::paragraph(app.t(material.name));
              const std::string_view note = app.t(material.note);
              if (!note.empty()) ui::caption(note);
            });
          });
          ui::badge({.label = material.required ? app.t("book.material_required")
                                                : app.t("book.material_optional")});
        });
      });
    }
  });
}

void steps_list(App& app, const Service& service) {
  ui::paragraph(time_limit_text(app, service), {.secondary = true, .icon = ui::Icon::hourglass});
  if (service.steps.empty()) return;
  ui::list({.name = app.t("book.steps"), .gap = 8}, [&] {
    for (std::size_t i = 0; i < service.steps.size(); ++i) {
      const std::string step = number(static_cast<std::int64_t>(i) + 1);
      ui::item(step, [&] {
        ui::paragraph(app.t("book.step", {{"number", step}, {"text", app.t(service.steps[i])}}));
      });
    }
  });
}

std::string time_limit_text(const App& app, const Service& service) {
  if (service.statutory_business_days == 0) return app.t("book.limit_at_once");
  return app.t("book.limit_days", {{"days", number(service.statutory_business_days)}});
}

std::string changes_left_text(const App& app, const Service& service, int changes_used) {
  const int left = std::max(0, service.policy.max_changes - changes_used);
  return app.t("booking.changes_left",
               {{"left", number(left)}, {"limit", number(service.policy.max_changes)}});
}

}  // namespace yuanyue::web::app
