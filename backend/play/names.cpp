#include "backend/play/names.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace yuanyue {
namespace {

constexpr std::size_t longest_name = 40;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// Anything else that begins with a dollar is a text.
bool is_name(std::string_view text) {
  if (text.size() < 2 || text.size() > longest_name + 1 || text.front() != '$') return false;
  return std::ranges::all_of(text.substr(1), is_name_character);
}

std::uint64_t hash_of_text(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = seed;
  for (const char c : text) hash = mix(hash, static_cast<unsigned char>(c));
  return mix(hash, text.size());
}

void append_object(wire::JsonValue object, std::string& out) {
  std::vector<wire::JsonValue> members;
  for (auto member = object.first(); member; member = member->next()) members.push_back(*member);
  std::ranges::sort(members, {}, [](const wire::JsonValue& member) { return member.key(); });
  out += '{';
  for (const wire::JsonValue& member : members) {
    if (out.back() != '{') out += ',';
    wire::append_json_string(out, member.key());
    out += ':';
    append_resolved(member, out);
  }
  out += '}';
}

void append_array(wire::JsonValue array, std::string& out) {
  out += '[';
  for (auto element = array.first(); element; element = element->next()) {
    if (out.back() != '[') out += ',';
    append_resolved(*element, out);
  }
  out += ']';
}

}  // namespace

Uuid id_of_name(std::string_view name) {
  constexpr std::uint64_t version_bits = 0xF000, version_8 = 0x8000;  // RFC 9562: our own scheme
  constexpr std::uint64_t variant_bits = 3ULL << 62, variant = 2ULL << 62;
  const std::uint64_t high = hash_of_text(name, 0x79756579756E6167ULL);
  const std::uint64_t low = hash_of_text(name, 0x706C617966696C65ULL);
  return {(high & ~version_bits) | version_8, (low & ~variant_bits) | variant};
}

void append_resolved(wire::JsonValue value, std::string& out) {
  switch (value.kind()) {
    case wire::JsonKind::null:
      out += "null";
      return;
    case wire::JsonKind::boolean:
      out += value.boolean() == true ? "true" : "false";
      return;
    case wire::JsonKind::integer: {
      const auto integer = value.integer();
      if (integer) {
        wire::append_json_integer(out, *integer);
      } else {
        out += "0.5";
      }
      return;
    }
    case wire::JsonKind::fraction:
      out += "0.5";
      return;
    case wire::JsonKind::string: {
      const std::string_view text = *value.string();
      wire::append_json_string(out, is_name(text) ? to_string(id_of_name(text)) : text);
      return;
    }
    case wire::JsonKind::array:
      return append_array(value, out);
    case wire::JsonKind::object:
      return append_object(value, out);
  }
}

std::string resolved(wire::JsonValue value) {
  std::string out;
  append_resolved(value, out);
  return out;
}

}  // namespace yuanyue
