#include "backend/admin/catalog_file.h"

#include <nlohmann/json.hpp>

#include "backend/log/json_text.h"
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
  nlohmann::json file = nlohmann::json::parse(text, nullptr, false);
  if (!file.is_object()) return std::unexpected("The catalog is no JSON object.");
  file["type"] = "save_catalog";
  auto command = wire::decode_command(json_text(file));
  if (!command) {
    return std::unexpected(
        "The catalog is refused: " + std::string(wire::to_string(command.error().code)) + " at " +
        command.error().path + ".");
  }
  return std::get<SaveCatalog>(*std::move(command));
}

}  // namespace yuanyue
