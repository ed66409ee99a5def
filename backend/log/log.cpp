#include "backend/log/log.h"

#include <cstdio>
#include <new>
#include <string>

#include <nlohmann/json.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace yuanyue {

namespace {

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto made = spdlog::stderr_logger_mt("yuanyue");
    made->set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
                      spdlog::pattern_time_type::utc);
    made->flush_on(spdlog::level::warn);
    return made;
  }();
  return *instance;
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warn:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
    case LogLevel::off:
      break;
  }
  return spdlog::level::off;
}

// Bytes that are no UTF-8 (a hostile path) are replaced, never refused. A JSON object would not do:
// taking one down asks for memory, and may not fail.
std::string quoted(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string text_of(const LogField& field) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) return quoted(*text);
  if (const auto* flag = std::get_if<bool>(&field.value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&field.value)) return std::to_string(*number);
  return nlohmann::json(std::get<double>(field.value)).dump();
}

}  // namespace

void set_log_level(LogLevel level) { logger().set_level(spdlog_level(level)); }

void log_event(LogLevel level, std::string_view event,
               std::initializer_list<LogField> fields) noexcept {
  try {
    if (!logger().should_log(spdlog_level(level))) return;
    std::string line = "\"event\":" + quoted(event);
    for (const LogField& field : fields) {
      line += ',';
      line += quoted(field.name);
      line += ':';
      line += text_of(field);
    }
    logger().log(spdlog_level(level), "{}", line);
  } catch (const std::bad_alloc&) {
    // What it would have told of goes on.
    static_cast<void>(std::fputs("{\"level\":\"error\",\"event\":\"no_memory\"}\n", stderr));
  }
}

}  // namespace yuanyue
