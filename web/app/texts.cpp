#include "web/app/texts.h"

#include <optional>
#include <utility>

#include "core/wire/json.h"

namespace yuanyue::web::app {
namespace {

std::optional<std::string_view> value_of(TextValues values, std::string_view name) {
  for (const TextValue& value : values) {
    if (value.name == name) return value.value;
  }
  return std::nullopt;
}

// "name" or "name|one|many", without the braces; nullopt if there is no such value.
std::optional<std::string_view> replacement(std::string_view mark, TextValues values) {
  const std::size_t first = mark.find('|');
  const auto value = value_of(values, mark.substr(0, first));
  if (!value || first == std::string_view::npos) return value;
  const std::size_t second = mark.find('|', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  return *value == "1" ? mark.substr(first + 1, second - first - 1) : mark.substr(second + 1);
}

std::string fill(std::string_view pattern, TextValues values) {
  std::string out;
  std::size_t at = 0;
  while (at < pattern.size()) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    out += pattern.substr(at, open - at);
    const auto value = replacement(pattern.substr(open + 1, close - open - 1), values);
    out += value ? *value : pattern.substr(open, close - open + 1);
    at = close + 1;
  }
  out += pattern.substr(at);
  return out;
}

}  // namespace

std::string_view tag_of(Language language) {
  return language == Language::english ? "en" : "zh-CN";
}

Language language_of(std::string_view tag) {
  const bool english = tag == "en" || tag.starts_with("en-");
  return english ? Language::english : Language::chinese;
}

bool Texts::load(Language language, std::string_view json) {
  wire::JsonLimits limits;
  limits.max_members = 10'000;
  const auto document = wire::JsonDocument::parse(json, limits);
  if (!document || !document->root().is(wire::JsonKind::object)) return false;
  decltype(texts_) texts;
  texts.reserve(document->root().size());
  for (auto member = document->root().first(); member; member = member->next()) {
    const auto text = member->string();
    if (!text) return false;
    texts.emplace(member->key(), *text);
  }
  texts_ = std::move(texts);
  language_ = language;
  return true;
}

std::string Texts::t(std::string_view key, TextValues values) const {
  const auto found = texts_.find(key);
  if (found == texts_.end()) return std::string(key);
  return values.size() == 0 ? found->second : fill(found->second, values);
}

}  // namespace yuanyue::web::app
