// The OpenAPI 3.1 document of a route table.
#pragma once

#include <string>
#include <vector>

#include "backend/http/route.h"

namespace yuanyue {

std::string openapi_document(const std::vector<Route>& routes);

}  // namespace yuanyue
