// What a waitlist entry says about itself: where it stands, why, what it waits for.
#pragma once

#include <string>

#include "web/app/app.h"

namespace yuanyue::web::app {

// The wishes in one line: 11月25日(周三)上午、11月26日(周四)9:00–11:00
std::string wishes_text(const App& app, const WaitlistEntry& entry);
// The best of its positions in a sentence; the offer that waits for an answer; or how it ended.
std::string standing_text(const App& app, const WaitlistEntry& entry);
void entry_status_badge(App& app, const WaitlistEntry& entry);
// A card that leads to the entry.
void entry_link_card(App& app, const WaitlistEntry& entry);

}  // namespace yuanyue::web::app
