#include "web/app/explain.h"

#include <algorithm>

#include "core/kernel/refusals.h"
#include "web/app/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

struct ExplainState {
  bool unfolded = false;
};

// Never a dead end: looking again is always possible.
std::vector<WayForward> ways_of(const Rejection& rejection) {
  if (!rejection.ways.empty()) return rejection.ways;
  return {WayForward{{ways::refresh, no_detail}}};
}

WayPlace place_of(const App& app, const WayForward& way) { return words_of(app.site(), way).place; }

WayChoice choice_of(const App& app, const WayForward& way) {
  return words_of(app.site(), way).choice;
}

// True when this way was chosen.
bool way_button(App& app, const RefusedCommand& refusal, const WayForward& way, std::size_t index) {
  const WayWords& words = words_of(app.site(), way);
  const std::string key = "way-" + number(static_cast<std::int64_t>(index));
  return ui::button({.label = words.label(app, refusal, way), .icon = words.icon, .key = key});
}

std::optional<WayForward> way_buttons(App& app, const RefusedCommand& refusal) {
  std::optional<WayForward> chosen;
  const std::vector<WayForward> ways = ways_of(refusal.rejection);
  const auto draw = [&](WayPlace place) {
    for (std::size_t i = 0; i < ways.size(); ++i) {
      if (place_of(app, ways[i]) != place) continue;
      if (way_button(app, refusal, ways[i], i)) chosen = ways[i];
    }
  };
  if (std::ranges::any_of(ways,
                          [&](auto& way) { return place_of(app, way) == WayPlace::nearest; })) {
    ui::paragraph(app.t("refusal.nearest_free"), {.strong = true});
    ui::row({.key = "blocks"}, [&] { draw(WayPlace::nearest); });
  }
  ui::row({.key = "ways"}, [&] { draw(WayPlace::other); });
  return chosen;
}

void unfolded_way(App& app, const RefusedCommand& refusal) {
  for (const WayForward& way : refusal.rejection.ways) {
    if (choice_of(app, way) != WayChoice::unfolds) continue;
    if (!app.view_state<ExplainState>().unfolded) return;
    return words_of(app.site(), way).follow(app, refusal, way);
  }
}

}  // namespace

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
               words_of(app.site(), refusal.rejection).more(app, refusal.rejection);
               chosen = way_buttons(app, refusal);
               if (chosen && choice_of(app, *chosen) == WayChoice::unfolds) {
                 bool& open = app.view_state<ExplainState>().unfolded;
                 open = !open;
                 chosen.reset();
               }
               unfolded_way(app, refusal);
             });
  if (!chosen) return chosen;
  const bool for_view = options.view_chooses_blocks && choice_of(app, *chosen) == WayChoice::here;
  if (!for_view) words_of(app.site(), *chosen).follow(app, refusal, *chosen);
  return chosen;
}

}  // namespace yuanyue::web::app
