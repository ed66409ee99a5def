// Structured logs: one JSON object per line on standard error. Never give it passwords, tokens or
// bodies. Any thread.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

namespace yuanyue {

enum class LogLevel : std::uint8_t { debug, info, warn, error, off };

// Refers to what it is made of, so that making one needs no memory.
struct LogField {
  template <std::integral Number>
  LogField(std::string_view field, Number number)
      : name(field), value(static_cast<std::int64_t>(number)) {}
  LogField(std::string_view field, bool flag) : name(field), value(flag) {}
  LogField(std::string_view field, double number) : name(field), value(number) {}
  LogField(std::string_view field, std::string_view text) : name(field), value(text) {}
  LogField(std::string_view field, const char* text) : name(field), value(std::string_view(text)) {}

  std::string_view name;
  std::variant<std::string_view, std::int64_t, double, bool> value;
};

void set_log_level(LogLevel level);
// {"at":"2026-…Z","level":"info","event":"…", fields…}. A line for which there is no memory is left
// out.
void log_event(LogLevel level, std::string_view event,
               std::initializer_list<LogField> fields = {}) noexcept;

}  // namespace yuanyue
