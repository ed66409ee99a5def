// Structured logs: one JSON object per line on standard error. Never give it passwords, tokens or
// bodies. Any thread.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

namespace yuanyue {

enum class LogLevel : std::uint8_t { debug, info, warn, error, off };

void set_log_level(LogLevel level);
// {"at":"2026-…Z","level":"info","event":"…", fields…}
void log_event(LogLevel level, std::string_view event,
               const nlohmann::json& fields = nlohmann::json::object());

}  // namespace yuanyue
