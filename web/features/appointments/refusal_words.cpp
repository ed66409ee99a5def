#include "web/features/appointments/refusal_words.h"

#include "core/appointments/blocks.h"
#include "web/features/appointments/parts.h"
#include "web/features/appointments/words.h"
#include "web/features/catalog/words.h"

namespace yuanyue::web::app {
namespace {

std::string closed_reason(const App& app, const Rejection& rejection) {
  if (rejection.reason) return day_reason_text(app, *rejection.reason, rejection.reason_name);
  if (!rejection.reason_name.empty()) return rejection.reason_name;
  return app.t("rejection_reason.no_such_block");
}

}  // namespace

std::string say_refusal(const App& app, std::string_view key, const Rejection& rejection) {
  const std::string block =
      rejection.block ? block_text(app, *rejection.block) : app.t("describe.unknown_block");
  const std::string at = rejection.at ? app.format().moment(*rejection.at) : std::string();
  const std::string deadline =
      rejection.deadline ? app.format().moment(rejection.deadline->closes_at) : std::string();
  return app.t(key, {{"block", block},
                     {"at", at},
                     {"deadline", deadline},
                     {"limit", number(rejection.limit)},
                     {"reason", closed_reason(app, rejection)},
                     {"code", code_of(app, rejection.booking)}});
}

std::string say_stale(const App& app, std::string_view key, const Rejection& rejection) {
  if (rejection.entry) {
    key = key == "rejection.stale" ? "rejection.stale_entry" : "rejection_reason.stale_entry";
  }
  return say_refusal(app, key, rejection);
}

void draw_deadline(App& app, const Rejection& rejection) {
  if (!rejection.deadline) return;
  const Booking* booking = app.state().find(rejection.booking);
  const Service* service = booking == nullptr ? nullptr : app.state().find(booking->block.service);
  if (service == nullptr || app.state().find(service->hall) == nullptr) {
    return deadline_strip(app, *rejection.deadline, nullptr);
  }
  const HallCalendar calendar = calendar_of(app.state(), *service);
  deadline_strip(app, *rejection.deadline, &calendar);
}

}  // namespace yuanyue::web::app
