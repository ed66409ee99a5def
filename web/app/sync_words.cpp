#include "web/app/sync_words.h"

#include <utility>

#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

using sync::Connection;

std::string waits_text(const App& app) {
  return app.t(app.keeps_changes() ? "outbox.waits_kept" : "outbox.waits_unkept");
}

// The device's clock timed it, people read the server's.
SyncWords slowed_words(const App& app, Instant until, std::string chip) {
  const Instant moment = app.now() + (until - device_now());
  return {std::move(chip), app.t("outbox.slowed"),
          app.t("outbox.slowed_text", {{"moment", app.format().moment(moment)}}), ui::Tone::warning,
          ui::Icon::sync};
}

SyncWords state_words(const App& app) {
  const sync::SyncStatus& status = app.sync().status();
  const bool waiting = status.pending > 0;
  const std::string count = number(static_cast<std::int64_t>(status.pending));
  switch (status.connection) {
    case Connection::online:
      if (!waiting)
        return {app.t("connection.online"), app.t("outbox.online"), app.t("outbox.online_text")};
      if (status.slowed_until) {
        return slowed_words(app, *status.slowed_until,
                            app.t("connection.pending", {{"count", count}}));
      }
      return {app.t("connection.pending", {{"count", count}}), app.t("outbox.sending"),
              app.t("outbox.sending_text"), ui::Tone::info, ui::Icon::sync};
    case Connection::offline:
      return {waiting ? app.t("connection.offline_pending", {{"count", count}})
                      : app.t("connection.offline"),
              app.t("outbox.offline"), waiting ? waits_text(app) : app.t("outbox.offline_text"),
              ui::Tone::warning, ui::Icon::offline};
    case Connection::signed_out:
      return {app.t("connection.signed_out"), app.t("outbox.signed_out"),
              app.t("outbox.signed_out_text"), ui::Tone::warning, ui::Icon::lock};
    case Connection::update_needed:
      return {app.t("connection.update_needed"), app.t("update.ready"), app.t("update.needed_text"),
              ui::Tone::warning, ui::Icon::refresh};
    case Connection::connecting:
      break;
  }
  return {
      waiting ? app.t("connection.pending", {{"count", count}}) : app.t("connection.connecting"),
      app.t("outbox.connecting"), waiting ? waits_text(app) : app.t("outbox.connecting_text"),
      ui::Tone::info, ui::Icon::sync};
}

}  // namespace

SyncWords sync_words(const App& app) {
  SyncWords words = state_words(app);
  words.chip_icon = words.icon;
  const std::size_t conflicts = app.conflicts().all().size();
  if (conflicts > 0) {
    words.chip =
        app.t("connection.conflicts", {{"count", number(static_cast<std::int64_t>(conflicts))}});
    words.tone = ui::Tone::warning;
    words.chip_icon = ui::Icon::warning;
  }
  return words;
}

std::string waiting_state(const App& app, const sync::Replica::Pending& pending) {
  if (pending.result) return app.t("outbox.accepted");
  if (pending.saving != 0 && app.is_saving()) return app.t("outbox.saving");
  const sync::SyncStatus& status = app.sync().status();
  if (status.connection == Connection::online && !status.slowed_until) {
    return app.t("outbox.on_its_way");
  }
  return app.t(app.keeps_changes() ? "status.kept" : "status.pending");
}

void pending_badge(App& app, const Uuid& id) {
  if (!app.sync().is_pending(id)) return;
  const std::string label = app.is_saving()       ? app.t("outbox.saving")
                            : app.keeps_changes() ? app.t("status.kept")
                                                  : app.t("status.pending");
  ui::badge({.label = label, .tone = ui::Tone::info, .icon = ui::Icon::sync});
}

ui::Tone answer_tone(const App& app, const Uuid& id) {
  return app.sync().is_pending(id) ? ui::Tone::info : ui::Tone::success;
}

}  // namespace yuanyue::web::app
