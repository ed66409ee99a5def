#include "web/features/sync/conflict_card.h"

#include <algorithm>

#include "web/app/explain.h"
#include "web/app/words.h"
#include "web/features/sync/pages.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {

void conflict_card(App& app, const CommandId& id) {
  const Conflict* found = app.conflicts().find(id);
  if (found == nullptr) return;
  const Conflict conflict = *found;
  RefusedCommand refusal{conflict.command, conflict.rejection};
  refusal.rejection = with_present_ways(app, refusal);
  const std::string key = to_string(id);
  const std::string title = refusal_title(app, refusal.rejection);
  ui::card({.title = title, .key = key, .tone = ui::Tone::warning}, [&] {
    ui::column({.gap = 4}, [&] {
      ui::paragraph(refused_sentence(app, refusal.command));
      ui::caption(app.t("conflict.at", {{"moment", app.format().moment(conflict.at)},
                                        {"ago", app.format().ago(conflict.at)}}));
    });
    if (explain(app, refusal, {.key = key + "-why", .with_title = false})) {
      app.dismiss_conflict(id);
    }
    ui::actions([&] {
      if (ui::button({.label = app.t("conflict.dismiss"),
                      .kind = ui::ButtonKind::quiet,
                      .key = "dismiss",
                      .name = app.t("conflict.dismiss_of", {{"title", title}})})) {
        app.dismiss_conflict(id);
      }
    });
  });
}

void conflict_cards(App& app, std::size_t count) {
  std::vector<CommandId> ids;  // a card may take itself away
  for (const Conflict& conflict : app.conflicts().all()) ids.push_back(conflict.id);
  for (std::size_t i = 0; i < std::min(count, ids.size()); ++i) conflict_card(app, ids[i]);
  if (ids.size() <= count) return;
  const std::string more = number(static_cast<std::int64_t>(ids.size() - count));
  ui::link({.label = app.t("conflict.more", {{"count", more}}), .href = href(outbox_page)});
}

}  // namespace yuanyue::web::app
