// JSON as text for people and programs outside; bytes that are no UTF-8 are replaced, never fatal.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace yuanyue {

inline std::string json_text(const nlohmann::json& value, int indent = -1) {
  return value.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace yuanyue
