#include "web/features/people/request_words.h"

#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

std::string key_of(const RequestFailure& failure) {
  if (failure.status == 0) return "request.no_answer";
  switch (failure.code) {
    case wire::ErrorCode::locked_out:
      return "request.locked_out";
    case wire::ErrorCode::too_many_requests:
      return "request.too_many";
    case wire::ErrorCode::unavailable:
      return "request.unavailable";
    case wire::ErrorCode::unauthenticated:
      return "request.session_over";
    default:
      return "request.failed";
  }
}

}  // namespace

void request_failure(App& app, const RequestFailure& failure) {
  const bool retry_named = failure.retry_at.ms > 0;
  // The answer was timed by the device's clock, people read the server's.
  const Instant retry_at = app.now() + (failure.retry_at - device_now());
  const bool waiting = retry_named && retry_at > app.now();
  const std::string key = key_of(failure);
  ui::banner(
      {.title = app.t(key),
       .text = waiting ? app.t("request.again_at", {{"moment", app.format().moment(retry_at)}})
                       : app.t("request.again_now"),
       .tone = failure.status == 0 ? ui::Tone::warning : ui::Tone::danger,
       .key = "failure",
       .alert = true},
      [&] {
        if (!waiting) return;
        ui::countdown({.until_ms = retry_at.ms,
                       .label = app.t("format.countdown_label"),
                       .warn_below_ms = 0,
                       .key = "again"});
      });
}

}  // namespace yuanyue::web::app
