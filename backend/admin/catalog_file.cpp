#include "backend/admin/catalog_file.h"

#include <optional>
#include <set>
#include <vector>

#include <nlohmann/json.hpp>

#include "backend/admin/text_encoding.h"
#include "backend/log/json_text.h"
#include "core/catalog/save_catalog.h"
#include "core/domains/codec.h"

namespace yuanyue {

namespace {

// Written for people: more than a command of the same content takes. As a tree it takes up to
// eighty times as much.
constexpr std::size_t max_catalog_text_bytes = 4 * wire::max_command_bytes;

}  // namespace

std::expected<SaveCatalog, std::string> read_catalog_file(const std::string& text) {
  if (text.size() > max_catalog_text_bytes) {
    return std::unexpected("The catalog has more than " +
                           std::to_string(max_catalog_text_bytes / 1024) + " KiB.");
  }
  if (const auto encoding = other_encoding(text)) {
    return std::unexpected("The catalog is " + *encoding + ", not UTF-8; save it as UTF-8.");
  }
  // The tree keeps the last of two members of one name; strictly read there must be one.
  std::optional<std::string> twice;
  std::vector<std::set<std::string>> names;
  const auto note_names = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
    if (event == nlohmann::json::parse_event_t::object_start) names.emplace_back();
    if (event == nlohmann::json::parse_event_t::object_end) names.pop_back();
    if (event == nlohmann::json::parse_event_t::key && !twice) {
      auto name = value.get<std::string>();
      if (!names.back().insert(name).second) twice = std::move(name);
    }
    return true;
  };
  nlohmann::json file = nlohmann::json::parse(text, note_names, false);
  if (!file.is_object()) return std::unexpected("The catalog is no JSON object.");
  if (twice) return std::unexpected("The catalog is refused: " + *twice + " is there twice.");
  file["type"] = "save_catalog";
  auto command = wire::decode_command(json_text(file));
  if (!command) {
    return std::unexpected(
        "The catalog is refused: " + std::string(wire::to_string(command.error().code)) + " at " +
        command.error().path + ".");
  }
  return command->as<SaveCatalog>();
}

}  // namespace yuanyue
