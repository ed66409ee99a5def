// What the views of one booking share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/app/app.h"

namespace yuanyue::web::app {

// In place of a view whose booking is not here: a skeleton while the first rows are on their way,
// else what that means and the way home.
void missing_booking(App& app);

// A copy of the booking that the route names, for the whole frame: rows may go away with a command.
std::optional<Booking> routed_booking(const App& app);

// Where, whom to call, which code; of a confirmed one how often it may still be changed.
void booking_facts(App& app, const Booking& booking, const Service& service, const Hall& hall);
// What can be done with a booking that is over.
void over_actions(App& app, const Service& service);

// 撤回, with until when, while the rule allows it. Says what happened.
void undo_button(App& app, const Booking& booking);
// Until when the last reschedule may be taken back; none: it may not.
std::optional<Instant> undo_until(const App& app, const Booking& booking);

// Why the enterprise may not have one more booking of this service, whatever the block.
std::optional<Rejection> own_limit(const App& app, const Service& service);

// The title of a result: `done_key`, or that it waits for the connection.
std::string result_title(const App& app, const Uuid& id, std::string_view done_key);
// What a row that rests on a prediction waits for, while there is no connection.
void offline_note(App& app, const Uuid& id);

// What has to be brought; required first as the catalog has them.
void materials_list(App& app, const Service& service);
// Steps, and by when the law wants it done.
void steps_list(App& app, const Service& service);
std::string time_limit_text(const App& app, const Service& service);

// "还可以自助改 2 次(共 3 次)".
std::string changes_left_text(const App& app, const Service& service, int changes_used);

}  // namespace yuanyue::web::app
