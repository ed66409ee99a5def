// All routes of the API, by concern.
#pragma once

#include <vector>

#include "backend/http/app_services.h"
#include "backend/http/route.h"

namespace yuanyue {

std::vector<Route> session_routes(AppServices services);
std::vector<Route> sync_routes(AppServices services);
std::vector<Route> system_routes(AppServices services);

// Every route, the OpenAPI document's included.
std::vector<Route> all_routes(const AppServices& services);

}  // namespace yuanyue
