// Between this page and the server: how it stands, what waits and why, what was refused.
#include <string>
#include <vector>

#include "web/app/app.h"
#include "web/app/sync_words.h"
#include "web/app/words.h"
#include "web/features/sync/conflict_card.h"
#include "web/features/sync/pages.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr std::size_t cards_max = 20;

void state_card(App& app) {
  const sync::SyncStatus& status = app.sync().status();
  const SyncWords words = sync_words(app);
  ui::card({.key = "state", .name = app.t("outbox.state")}, [&] {
    ui::column({.gap = 4}, [&] {
      ui::paragraph(words.title, {.size = ui::TextSize::large,
                                  .strong = true,
                                  .icon = words.icon,
                                  .key = "state-title",
                                  .live = semantics::Live::polite});
      ui::paragraph(words.text);
      if (status.last_synced_at) {
        const Instant at = app.sync().server_time(*status.last_synced_at);
        ui::caption(app.t("account.last_synced", {{"moment", app.format().moment(at)}}));
      }
    });
    ui::actions([&] {
      if (platform::update_ready() || status.connection == sync::Connection::update_needed) {
        if (ui::button({.label = app.t("update.reload"),
                        .kind = ui::ButtonKind::primary,
                        .icon = ui::Icon::refresh,
                        .key = "reload"})) {
          app.want_reload();
        }
      } else if (ui::button({.label = app.t("account.sync_now"),
                             .icon = ui::Icon::refresh,
                             .key = "refresh"})) {
        app.refresh();
      }
    });
  });
}

void storage_banner(App& app) {
  const bool failed = app.sync().status().storage_failed;
  const std::string text = app.storage_text();
  if (!failed && text.empty()) return;
  ui::banner({.title = app.t(failed ? "outbox.storage_failed" : "outbox.storage_damaged"),
              .text = text.empty() ? app.t("outbox.storage_failed_text") : text,
              .tone = ui::Tone::warning,
              .key = "storage",
              .alert = true});
}

void waiting(App& app) {
  const auto& pending = app.sync().pending();
  ui::section({.title = app.t("outbox.waiting"), .key = "waiting"}, [&] {
    if (pending.empty()) {
      ui::empty_state({.icon = ui::Icon::check,
                       .title = app.t("outbox.none"),
                       .text = app.t("outbox.none_text")});
      return;
    }
    ui::card({.key = "list"}, [&] {
      ui::list({.name = app.t("outbox.waiting")}, [&] {
        for (const sync::Replica::Pending& each : pending) {
          ui::item(to_string(each.entry.id), [&] {
            ui::row({.gap = 12, .align = ui::Align::start}, [&] {
              ui::grow([&] {
                ui::paragraph(command_text(app, each.entry.command), {.strong = true});
                ui::caption(
                    app.t("outbox.since", {{"moment", app.format().moment(each.entry.decided_at)},
                                           {"ago", app.format().ago(each.entry.decided_at)}}));
                if (!each.prediction && !each.result) ui::caption(app.t("outbox.not_predicted"));
              });
              ui::badge({.label = waiting_state(app, each),
                         .tone = ui::Tone::info,
                         .icon = ui::Icon::sync});
            });
          });
        }
      });
    });
  });
}

void refused(App& app) {
  if (app.conflicts().all().empty()) return;
  ui::section({.title = app.t("conflict.title"), .lead = app.t("conflict.lead"), .key = "refused"},
              [&] { conflict_cards(app, cards_max); });
}

}  // namespace

void outbox_view(App& app) {
  ui::page({.title = app.t("title.outbox"),
            .back_label = app.t("title.account"),
            .back_href = href(app.site().account),
            .width_max = 720},
           [&] {
             state_card(app);
             storage_banner(app);
             refused(app);
             waiting(app);
           });
}

}  // namespace yuanyue::web::app
