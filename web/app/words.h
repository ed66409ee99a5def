// What is said of commands, rows, notices and refusals, whichever feature has the words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/app/feature.h"

namespace yuanyue::web::app {

// What a command would have done: 把资质认定从 … 改到 …
std::string command_text(const App& app, const AnyCommand& command);
// 服务器没有接受:…
std::string refused_sentence(const App& app, const AnyCommand& command);
// The same refusal with the ways forward as they are now.
Rejection with_present_ways(const App& app, const RefusedCommand& refusal);

// What a row is now, after the server's answer differed from what was shown; empty: nothing to say.
std::string corrected_sentence(const App& app, const AnyKey& row);
std::string route_of_row(const App& app, const AnyKey& row);

std::string notification_text(const App& app, const Notification& notification);
// Where it leads, "/offers/…"; empty: nowhere.
std::string notification_route(const App& app, const Notification& notification);
ui::Icon notification_icon(const App& app, const Notification& notification);

// What happened, in one short sentence: "这个时间已满".
std::string refusal_title(const App& app, const Rejection& rejection);
// Why, with the parameters filled in: limits, times, the holiday's name.
std::string refusal_reason(const App& app, const Rejection& rejection);

const CommandWords& words_of(const Site& site, const AnyCommand& command);
const RefusalWords& words_of(const Site& site, const Rejection& rejection);
const WayWords& words_of(const Site& site, const WayForward& way);

// --- answers for tables ---
std::string administration_text(const App& app, const AnyCommand& command);  // 管理操作
Rejection as_answered(const App& app, const RefusedCommand& refusal);
std::optional<AnyCommand> kept_whole(const AnyCommand& command);
std::optional<AnyCommand> kept_nothing(const AnyCommand& command);
std::string nothing_to_say(const App& app, const AnyKey& row);
std::string say_plainly(const App& app, std::string_view key, const Rejection& rejection);
inline void nothing_more(App& /*app*/, const Rejection& /*rejection*/) {}

}  // namespace yuanyue::web::app
