// Why something cannot be done, and what can be done instead: one look for every refusal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/app/app.h"

namespace yuanyue::web::app {

struct ExplainOptions {
  std::string_view key = "refusal";
  bool with_title = true;  // false: a dialog has it already
  // Free blocks and days are chosen in the view itself; ways of these kinds are then given back,
  // not taken.
  bool view_chooses_blocks = false;
};

// A banner with title, reason, what its words draw below (the days of a deadline), and the ways
// forward as buttons; those that unfold do so in place. Takes the chosen way, except those that the
// view wants for itself. Gives back the way that was chosen in this frame: the view forgets its
// refusal then.
std::optional<WayForward> explain(App& app, const RefusedCommand& refusal,
                                  const ExplainOptions& options = {});

}  // namespace yuanyue::web::app
