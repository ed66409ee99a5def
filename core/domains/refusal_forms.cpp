#include "core/domains/refusal_forms.h"

#include <algorithm>
#include <array>

#include "core/wire/json.h"

namespace yuanyue::wire {
namespace {

constexpr JsonLimits limits{.max_bytes = 2 * 1024 * 1024};

// Those that said nothing but their name.
constexpr std::array<std::string_view, 5> bare = {
    "already_exists", "cannot_be_kept", "last_administrator", "not_found", "not_permitted"};
constexpr std::array<std::string_view, 2> bare_ways = {"choose_other_service", "refresh"};

bool is_empty(JsonValue value) {
  return value.integer() == 0 || value.string() == std::string_view();
}

void append_key(std::string& out, std::string_view key) {
  if (out.back() != '{') out += ',';
  append_json_string(out, key);
  out += ':';
}

bool append_way(std::string& out, JsonValue way) {
  const auto kind = way.find("kind");
  const auto name = kind ? kind->string() : std::nullopt;
  if (!name) return false;
  const bool is_bare = std::ranges::find(bare_ways, *name) != bare_ways.end();
  out += '{';
  for (auto member = way.first(); member; member = member->next()) {
    if ((is_bare && member->key() != "kind") || is_empty(*member)) continue;
    append_key(out, member->key());
    if (!append_json(out, *member)) return false;
  }
  out += '}';
  return true;
}

bool append_ways(std::string& out, JsonValue ways) {
  append_key(out, "ways");
  out += '[';
  for (auto way = ways.first(); way; way = way->next()) {
    if (out.back() != '[') out += ',';
    if (!append_way(out, *way)) return false;
  }
  out += ']';
  return true;
}

// What was seen otherwise is named by its key.
bool append_row(std::string& out, JsonValue rejection) {
  const auto booking = rejection.find("booking");
  const auto entry = rejection.find("entry");
  if (!booking && !entry) return true;
  append_key(out, "row");
  out += "{\"id\":";
  if (!append_json(out, entry ? *entry : *booking)) return false;
  out += entry ? ",\"type\":\"waitlist_entry\"}" : ",\"type\":\"booking\"}";
  return true;
}

bool is_said_by(std::string_view code, std::string_view member) {
  if (member == "code") return true;
  if (std::ranges::find(bare, code) != bare.end() || code == "stale") return false;
  if (code == "invalid") return member == "field" || member == "reason_name";
  return member != "field";
}

bool append_rejection(std::string& out, JsonValue rejection) {
  const auto code = rejection.find("code");
  const auto name = code ? code->string() : std::nullopt;
  const auto ways = rejection.find("ways");
  if (!name || !ways) return false;
  out += '{';
  for (auto member = rejection.first(); member; member = member->next()) {
    const bool is_due = member->key() == "field" || !is_empty(*member);
    if (member->key() == "ways" || !is_due || !is_said_by(*name, member->key())) continue;
    append_key(out, member->key());
    if (!append_json(out, *member)) return false;
  }
  if (*name == "stale" && !append_row(out, rejection)) return false;
  if (!append_ways(out, *ways)) return false;
  out += '}';
  return true;
}

}  // namespace

std::optional<std::string> rejection_from_protocol_3(std::string_view json) {
  const auto document = JsonDocument::parse(json, limits);
  std::string out;
  if (!document || !append_rejection(out, document->root())) return std::nullopt;
  return out;
}

std::optional<std::string> result_from_protocol_3(std::string_view json) {
  const auto document = JsonDocument::parse(json, limits);
  if (!document) return std::nullopt;
  std::string out = "{";
  for (auto member = document->root().first(); member; member = member->next()) {
    append_key(out, member->key());
    const bool written =
        member->key() == "rejection" ? append_rejection(out, *member) : append_json(out, *member);
    if (!written) return std::nullopt;
  }
  out += '}';
  return out;
}

}  // namespace yuanyue::wire
