// All routes of the API, by concern.
#pragma once

#include <expected>
#include <optional>
#include <vector>

#include "backend/http/app_services.h"
#include "backend/http/route.h"

namespace yuanyue {

// A push before and after the engine has decided it; nullopt: the engine took no more tasks.
std::expected<PushTask, Reply> read_push(const Call& call);
Reply push_reply(const std::optional<PushReply>& reply);

std::vector<Route> session_routes(AppServices services);
std::vector<Route> sync_routes(AppServices services);
std::vector<Route> history_routes(AppServices services);
std::vector<Route> system_routes(AppServices services);
// security.txt, when somebody is named in it.
inline constexpr std::string_view security_txt_path = "/.well-known/security.txt";
std::vector<Route> security_routes(AppServices services);

// Every route, the OpenAPI document's included.
std::vector<Route> all_routes(const AppServices& services);

}  // namespace yuanyue
