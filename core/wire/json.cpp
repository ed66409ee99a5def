#include "core/wire/json.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <nlohmann/json.hpp>

namespace yuanyue::wire {

// Takes the events of nlohmann's parser and builds the nodes. Each method returns false to stop.
class JsonReader {
 public:
  JsonReader(JsonDocument& document, const JsonLimits& limits)
      : document_(document), limits_(limits) {}

  std::optional<DecodeError> error;

  bool null() { return add(JsonKind::null) != nullptr; }
  bool boolean(bool value) {
    JsonDocument::Node* node = add(JsonKind::boolean);
    if (node == nullptr) return false;
    node->integer = value ? 1 : 0;
    return true;
  }
  bool number_integer(std::int64_t value) {
    JsonDocument::Node* node = add(JsonKind::integer);
    if (node == nullptr) return false;
    node->integer = value;
    return true;
  }
  bool number_unsigned(std::uint64_t value) {
    JsonDocument::Node* node = add(JsonKind::integer);
    if (node == nullptr) return false;
    node->fits = value <= static_cast<std::uint64_t>(INT64_MAX);
    node->integer = node->fits ? static_cast<std::int64_t>(value) : 0;
    return true;
  }
  bool number_float(double, const std::string& token) {
    // Integers beyond 64 bits come here too.
    const bool is_integer = token.find_first_of(".eE") == std::string::npos;
    JsonDocument::Node* node = add(is_integer ? JsonKind::integer : JsonKind::fraction);
    if (node == nullptr) return false;
    node->fits = false;
    return true;
  }
  bool string(const std::string& value) {
    JsonDocument::Node* node = add(JsonKind::string);
    if (node == nullptr) return false;
    std::tie(node->text_offset, node->text_length) = keep(value);
    return true;
  }
  bool binary(const nlohmann::json::binary_t&) { return false; }  // no such thing in a text
  bool start_object(std::size_t) { return open(JsonKind::object); }
  bool start_array(std::size_t) { return open(JsonKind::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(const std::string& name) {
    const std::uint32_t object = open_.back().node;
    if (document_.nodes_[object].child_count >= limits_.max_members) {
      return fail(DecodeErrorCode::too_many, path_to(""));
    }
    for (std::uint32_t child = first_child(object); child != JsonDocument::no_node;
         child = document_.nodes_[child].next) {
      if (document_.key_of(document_.nodes_[child]) == name) {
        return fail(DecodeErrorCode::duplicate_field, path_to(path_segment(name)));
      }
    }
    std::tie(key_offset_, key_length_) = keep(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
    if (error) return false;
    error =
        DecodeError{DecodeErrorCode::not_json, path_here(), "at byte " + std::to_string(position)};
    return false;
  }

  std::string path_here() const {
    return path_to(std::string_view(document_.texts_).substr(key_offset_, key_length_));
  }

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t last_child = JsonDocument::no_node;
  };

  bool fail(DecodeErrorCode code, std::string path) {
    error = DecodeError{code, std::move(path), ""};
    return false;
  }

  std::uint32_t first_child(std::uint32_t node) const {
    return document_.nodes_[node].child_count == 0 ? JsonDocument::no_node : node + 1;
  }

  std::pair<std::uint32_t, std::uint32_t> keep(const std::string& text) {
    const auto offset = static_cast<std::uint32_t>(document_.texts_.size());
    document_.texts_ += text;
    return {offset, static_cast<std::uint32_t>(text.size())};
  }

  // nullptr: one value too many.
  JsonDocument::Node* add(JsonKind kind) {
    if (document_.nodes_.size() >= limits_.max_values) {
      fail(DecodeErrorCode::too_many, path_here());
      return nullptr;
    }
    const auto index = static_cast<std::uint32_t>(document_.nodes_.size());
    JsonDocument::Node& node = document_.nodes_.emplace_back();
    node.kind = kind;
    if (!open_.empty()) {
      Open& parent = open_.back();
      ++document_.nodes_[parent.node].child_count;
      if (parent.last_child != JsonDocument::no_node) {
        document_.nodes_[parent.last_child].next = index;
      }
      parent.last_child = index;
      if (document_.nodes_[parent.node].kind == JsonKind::object) {
        node.key_offset = key_offset_;
        node.key_length = std::exchange(key_length_, 0);
      }
    }
    return &node;
  }

  bool open(JsonKind kind) {
    if (open_.size() >= limits_.max_depth) return fail(DecodeErrorCode::too_deep, path_here());
    if (add(kind) == nullptr) return false;
    open_.push_back({static_cast<std::uint32_t>(document_.nodes_.size() - 1)});
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  // Of the value that comes next inside the innermost open container, called `name` in an object.
  std::string path_to(std::string_view name) const {
    std::string path;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      const JsonDocument::Node& container = document_.nodes_[open_[i].node];
      const bool innermost = i + 1 == open_.size();
      if (container.kind == JsonKind::array) {
        const std::uint32_t index = innermost ? container.child_count : container.child_count - 1;
        path += '[' + std::to_string(index) + ']';
        continue;
      }
      const std::string_view member =
          innermost ? name : document_.key_of(document_.nodes_[open_[i + 1].node]);
      if (member.empty()) continue;  // between members
      if (!path.empty()) path += '.';
      path += path_segment(member);
    }
    return path;
  }

  JsonDocument& document_;
  JsonLimits limits_;
  std::vector<Open> open_;
  std::uint32_t key_offset_ = 0, key_length_ = 0;  // of the member that comes next
};

namespace {

// Room that a row or command of the usual size takes, so that it is taken once.
constexpr std::size_t usual_bytes = 1024;
constexpr std::size_t usual_values = 32;

}  // namespace

Decoded<JsonDocument> JsonDocument::parse(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes || text.size() >= UINT32_MAX) {
    return std::unexpected(DecodeError{DecodeErrorCode::too_large, "",
                                       "more than " + std::to_string(limits.max_bytes) + " bytes"});
  }
  // The parser takes a zero byte for the end of the text.
  if (text.find('\0') != std::string_view::npos) {
    return std::unexpected(DecodeError{DecodeErrorCode::not_json, "", "a zero byte"});
  }
  JsonDocument document;
  document.texts_.reserve(std::min(text.size(), usual_bytes));
  document.nodes_.reserve(std::min(text.size(), usual_values));
  JsonReader reader(document, limits);
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &reader)) return document;
  if (!reader.error) reader.error = DecodeError{DecodeErrorCode::not_json, "", ""};
  // The parser says only that something is wrong there.
  if (reader.error->code == DecodeErrorCode::not_json && !is_utf8(text)) {
    reader.error->code = DecodeErrorCode::not_utf8;
  }
  return std::unexpected(std::move(*reader.error));
}

JsonKind JsonValue::kind() const { return document_->nodes_[node_].kind; }

std::optional<bool> JsonValue::boolean() const {
  if (kind() != JsonKind::boolean) return std::nullopt;
  return document_->nodes_[node_].integer != 0;
}

std::optional<std::int64_t> JsonValue::integer() const {
  const JsonDocument::Node& node = document_->nodes_[node_];
  if (node.kind != JsonKind::integer || !node.fits) return std::nullopt;
  return node.integer;
}

std::optional<std::string_view> JsonValue::string() const {
  const JsonDocument::Node& node = document_->nodes_[node_];
  if (node.kind != JsonKind::string) return std::nullopt;
  return std::string_view(document_->texts_).substr(node.text_offset, node.text_length);
}

std::size_t JsonValue::size() const { return document_->nodes_[node_].child_count; }

std::optional<JsonValue> JsonValue::find(std::string_view name) const {
  if (kind() != JsonKind::object) return std::nullopt;
  for (auto member = first(); member; member = member->next()) {
    if (member->key() == name) return member;
  }
  return std::nullopt;
}

std::optional<JsonValue> JsonValue::first() const {
  if (size() == 0) return std::nullopt;
  return JsonValue(*document_, node_ + 1);
}

std::optional<JsonValue> JsonValue::next() const {
  const std::uint32_t node = document_->nodes_[node_].next;
  if (node == JsonDocument::no_node) return std::nullopt;
  return JsonValue(*document_, node);
}

std::string_view JsonValue::key() const { return document_->key_of(document_->nodes_[node_]); }

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += digits[static_cast<unsigned char>(c) >> 4];
          out += digits[c & 0xF];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void append_json_integer(std::string& out, std::int64_t value) { out += std::to_string(value); }

bool append_json(std::string& out, const JsonValue& value) {
  switch (value.kind()) {
    case JsonKind::null:
      out += "null";
      return true;
    case JsonKind::boolean:
      out += *value.boolean() ? "true" : "false";
      return true;
    case JsonKind::integer:
      if (!value.integer()) return false;
      append_json_integer(out, *value.integer());
      return true;
    case JsonKind::fraction:
      return false;
    case JsonKind::string:
      append_json_string(out, *value.string());
      return true;
    case JsonKind::array:
    case JsonKind::object:
      break;
  }
  const bool is_object = value.is(JsonKind::object);
  out += is_object ? '{' : '[';
  bool is_first = true;
  for (auto each = value.first(); each; each = each->next()) {
    if (!is_first) out += ',';
    is_first = false;
    if (is_object) {
      append_json_string(out, each->key());
      out += ':';
    }
    if (!append_json(out, *each)) return false;
  }
  out += is_object ? '}' : ']';
  return true;
}

bool is_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned lead = byte(i);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    if (lead < 0xC2 || lead > 0xF4) return false;
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.size() - i < length) return false;
    // Shortest form, no surrogates, at most U+10FFFF.
    const unsigned second_min = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned second_max = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(i + 1) < second_min || byte(i + 1) > second_max) return false;
    for (std::size_t k = 2; k < length; ++k) {
      if (byte(i + k) < 0x80 || byte(i + k) > 0xBF) return false;
    }
    i += length;
  }
  return true;
}

std::string path_segment(std::string_view key) {
  if (key.empty()) return R"("")";  // a path that says nothing would mean the whole text
  constexpr std::size_t max_bytes = 64;
  std::size_t length = std::min(key.size(), max_bytes);
  // Not within a character.
  while (length < key.size() && length > 0 && (key[length] & 0xC0) == 0x80) --length;
  std::string segment(key.substr(0, length));
  for (char& c : segment) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return segment;
}

}  // namespace yuanyue::wire
