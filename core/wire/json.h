// JSON as this project accepts and writes it, without exceptions.
//
// Reading is strict: RFC 8259, valid UTF-8, no duplicate keys, bounded size and depth. A document
// is one block of nodes; values are views into it and live as long as the document stays where it
// is. Writing is canonical: keys ascending by byte, no whitespace, shortest escapes, so that equal
// values have equal texts and hashes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/wire/decode_error.h"

namespace yuanyue::wire {

struct JsonLimits {
  std::size_t max_bytes = 1 << 20;
  std::size_t max_depth = 16;     // of nested objects and arrays
  std::size_t max_members = 256;  // of one object
  // Of the whole text. A value of two bytes costs a node of 40: without a bound a text could take
  // more than twenty times its size.
  std::size_t max_values = SIZE_MAX;
};

enum class JsonKind : std::uint8_t { null, boolean, integer, fraction, string, array, object };

class JsonDocument;

class JsonValue {
 public:
  JsonKind kind() const;
  bool is(JsonKind other) const { return kind() == other; }

  // nullopt for another kind, and for integers beyond 64 bits signed.
  std::optional<bool> boolean() const;
  std::optional<std::int64_t> integer() const;
  std::optional<std::string_view> string() const;

  // Elements of an array or members of an object, in the order of the text; 0 for other kinds.
  std::size_t size() const;
  std::optional<JsonValue> find(std::string_view key) const;  // member of an object

  // Walks elements or members: for (auto v = value.first(); v; v = v->next()).
  std::optional<JsonValue> first() const;
  std::optional<JsonValue> next() const;
  std::string_view key() const;  // of a member; empty otherwise

 private:
  friend class JsonDocument;
  JsonValue(const JsonDocument& document, std::uint32_t node) : document_(&document), node_(node) {}
  const JsonDocument* document_;
  std::uint32_t node_;
};

class JsonDocument {
 public:
  static Decoded<JsonDocument> parse(std::string_view text, const JsonLimits& limits = {});
  JsonValue root() const { return JsonValue(*this, 0); }

 private:
  friend class JsonValue;
  friend class JsonReader;
  static constexpr std::uint32_t no_node = UINT32_MAX;
  struct Node {
    JsonKind kind = JsonKind::null;
    bool fits = true;  // integer: within 64 bits signed
    std::uint32_t next = no_node;
    std::uint32_t child_count = 0;
    std::uint32_t key_offset = 0, key_length = 0;    // in texts_
    std::uint32_t text_offset = 0, text_length = 0;  // in texts_
    std::int64_t integer = 0;                        // boolean: 0 or 1
  };
  std::string_view key_of(const Node& node) const {
    return std::string_view(texts_).substr(node.key_offset, node.key_length);
  }

  std::vector<Node> nodes_;  // a container's first child follows it
  std::string texts_;
};

// Appends "text" with quotes and escapes. Requires valid UTF-8.
void append_json_string(std::string& out, std::string_view text);
void append_json_integer(std::string& out, std::int64_t value);
// Appends a value as it was read: what was written canonically comes out the same. False, with a
// part appended, for fractions, which no text of ours has.
bool append_json(std::string& out, const JsonValue& value);
bool is_utf8(std::string_view text);
// A key as it may stand in an error's path: cut to 64 bytes, control characters as '?', an
// empty one as two quotes.
std::string path_segment(std::string_view key);

}  // namespace yuanyue::wire
