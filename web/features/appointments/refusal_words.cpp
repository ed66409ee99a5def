#include "web/features/appointments/refusal_words.h"

#include "core/appointments/blocks.h"
#include "web/features/appointments/parts.h"
#include "web/features/appointments/words.h"
#include "web/features/catalog/words.h"

namespace yuanyue::web::app {
namespace {

std::string closed_reason(const App& app, const AppointmentRefusal& detail) {
  if (detail.reason) return day_reason_text(app, *detail.reason, detail.reason_name);
  if (!detail.reason_name.empty()) return detail.reason_name;
  return app.t("rejection_reason.no_such_block");
}

std::string say_detail(const App& app, std::string_view key, const AppointmentRefusal& detail) {
  const std::string block =
      detail.block ? block_text(app, *detail.block) : app.t("describe.unknown_block");
  const std::string at = detail.at ? app.format().moment(*detail.at) : std::string();
  const std::string deadline =
      detail.deadline ? app.format().moment(detail.deadline->closes_at) : std::string();
  return app.t(key, {{"block", block},
                     {"at", at},
                     {"deadline", deadline},
                     {"limit", number(detail.limit)},
                     {"reason", closed_reason(app, detail)},
                     {"code", code_of(app, detail.booking)}});
}

}  // namespace

std::string say_refusal(const App& app, std::string_view key, const Rejection& rejection) {
  return say_detail(app, key, about(rejection));
}

std::string say_stale(const App& app, std::string_view key, const Rejection& rejection) {
  const auto* stale = rejection.code.get_if<Stale>();
  const AnyKey row = stale == nullptr ? AnyKey() : stale->row;
  if (row.get_if<WaitlistEntryId>() != nullptr) {
    key = key == "rejection.stale" ? "rejection.stale_entry" : "rejection_reason.stale_entry";
  }
  const auto* id = row.get_if<BookingId>();
  const Booking* booking = id == nullptr ? nullptr : app.state().find(*id);
  AppointmentRefusal now;  // where it is by now
  if (booking != nullptr) now = {.block = booking->block, .booking = booking->id};
  return say_detail(app, key, now);
}

void draw_deadline(App& app, const Rejection& rejection) {
  if (!about(rejection).deadline) return;
  const Booking* booking = app.state().find(about(rejection).booking);
  const Service* service = booking == nullptr ? nullptr : app.state().find(booking->block.service);
  if (service == nullptr || app.state().find(service->hall) == nullptr) {
    return deadline_strip(app, *about(rejection).deadline, nullptr);
  }
  const HallCalendar calendar = calendar_of(app.state(), *service);
  deadline_strip(app, *about(rejection).deadline, &calendar);
}

}  // namespace yuanyue::web::app
