// What the enterprise of the story has done in the year before it: visits, changes, waiting in
// vain. Finished so long ago that it is archived when the demonstration begins.
#pragma once

#include "backend/demo/demo_script.h"

namespace yuanyue {

inline constexpr int past_days_back = 365;  // calendar days before today; the clock starts there

// The clock is past_days_back days before today, or later; ends 15 weeks before today.
void play_past(DemoScript& script);

}  // namespace yuanyue
