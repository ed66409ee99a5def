// Why something cannot be done, and what can be done instead: one look for every refusal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/app/app.h"

namespace yuanyue::web::app {

// What happened, in one short sentence: "这个时间已满".
std::string refusal_title(const App& app, const Rejection& rejection);
// Why, with the parameters filled in: limits, times, the holiday's name.
std::string refusal_reason(const App& app, const Rejection& rejection);

struct ExplainOptions {
  std::string_view key = "refusal";
  bool with_title = true;  // false: a dialog has it already
  // Free blocks and days are chosen in the view itself; ways of these kinds are then given back,
  // not taken.
  bool view_chooses_blocks = false;
};

// A banner with title, reason, the deadline strip where there is one, and the ways forward as
// buttons, the emergency channel unfolding in place. Takes the chosen way by follow_way(), except
// those that the view wants for itself. Gives back the way that was chosen in this frame: the view
// forgets its refusal then.
std::optional<WayForward> explain(App& app, const RefusedCommand& refusal,
                                  const ExplainOptions& options = {});

// The same refusal with the nearest free seats as they are now.
Rejection with_present_ways(const App& app, const RefusedCommand& refusal);

// Does what a way says: goes to the booking, waits for the block, sends the command again for
// another block … A new refusal is shown in a dialog.
void follow_way(App& app, const RefusedCommand& refusal, const WayForward& way);

// The hall's telephone and what to say there; `booking` may be null. For changes that self-service
// cannot do.
void emergency_channel(App& app, const Hall& hall, const Booking* booking);

}  // namespace yuanyue::web::app
