// What has happened to a booking or a waitlist entry, newest first.
#pragma once

#include "web/app/app.h"

namespace yuanyue::web::app {

// A section with its ledger entries; those that the replica does not have are asked for at its end.
// `born_at`: when its first entry was made.
void timeline_section(App& app, const AnyKey& key, Instant born_at);

}  // namespace yuanyue::web::app
