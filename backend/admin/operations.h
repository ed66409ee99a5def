// What the command line can change: by name, JSON in, JSON out. The same code runs inside a serving
// process (over its socket) and in a console process that owns the data folder alone.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "backend/admin/park_process.h"

namespace yuanyue {

// The error is one clear sentence.
using AdminResult = std::expected<nlohmann::json, std::string>;

//   catalog_import      {"catalog": "<JSON text>"}                → {"parks": n, "halls": n, …}
//   calendar_import     {"calendar": "<JSON text>", …}            → see calendar_import.h
//   enterprise_import   {"rows": […], "all_or_nothing"?}, see enterprise_csv.h
//                       → {"created": […], "updated": […], "refused": [{"line", "message"}],
//                          "passwords_file"?}
//   user_add            {"name", "display_name", "role", "credit_code"?} → {"name", "password"}
//   user_reset_password {"name"}                                  → {"name", "password"}
//   user_disable, user_enable {"name"}                            → {"name"}
//   privacy_erase       {"owner": "enterprise:…" or "user:…"}      → {"owner", "swept", "message"}
//   status              {}                                        → {"healthy", "reason", "clock",
//   …}
AdminResult run_operation(ParkProcess& process, std::string_view name, const nlohmann::json& input);

}  // namespace yuanyue
