// The tree as words for web/shell/semantics/decode.ts, which must be changed together with this
// file.
//
// One record per node in reading order; its words, little-endian:
//   0 size in words        1 id                2 depth | role << 8 | level << 16
//   3 flags                4..7 x y width height (float)
//   8 position | set size << 16                9 max length
//  10 font size  11 text colour  12 background colour  13..15 inset left right top  16 line height
//  17 content width  18 content height  19 controls
//  20.. eight strings, each: bytes, then UTF-8 padded with zeros to whole words
#include "web/bridge/semantics.h"

#include <bit>
#include <cstring>
#include <vector>

#include "web/bridge/host.h"
#include "web/bridge/semantics_frame.h"

namespace yuanyue::web::semantics {
namespace {

std::vector<std::uint32_t> words, sent_words;
std::uint32_t depth = 0;
bool frame_is_open = false;

enum Flag : std::uint32_t {
  disabled = 1u << 0,
  busy = 1u << 1,
  invalid = 1u << 2,
  required = 1u << 3,
  modal = 1u << 4,
  autofocus = 1u << 5,
  fixed = 1u << 6,
  container = 1u << 7,
};

std::uint32_t flag(bool set, Flag bit) { return set ? bit : 0u; }

template <class Enum>
std::uint32_t bits(Enum value, unsigned shift) {
  return static_cast<std::uint32_t>(value) << shift;
}

std::uint32_t flags_of(const Node& node, bool is_container) {
  return flag(node.disabled, disabled) | flag(node.busy, busy) | flag(node.invalid, invalid) |
         flag(node.required, required) | flag(node.modal, modal) | flag(node.autofocus, autofocus) |
         flag(node.fixed, fixed) | flag(is_container, container) | bits(node.live, 8) |
         bits(node.checked, 10) | bits(node.selected, 12) | bits(node.expanded, 14) |
         bits(node.current, 16);
}

void put(std::uint32_t word) { words.push_back(word); }
void put(float number) { words.push_back(std::bit_cast<std::uint32_t>(number)); }

void put(std::string_view text) {
  words.push_back(static_cast<std::uint32_t>(text.size()));
  const std::size_t start = words.size();
  words.resize(start + (text.size() + 3) / 4, 0);
  if (!text.empty()) std::memcpy(&words[start], text.data(), text.size());
}

void put_record(const Node& node, bool is_container) {
  const std::size_t start = words.size();
  put(0u);
  put(node.id);
  put(depth | bits(node.role, 8) | static_cast<std::uint32_t>(node.level) << 16);
  put(flags_of(node, is_container));
  put(node.rect.x);
  put(node.rect.y);
  put(node.rect.width);
  put(node.rect.height);
  put(static_cast<std::uint32_t>(node.position) | static_cast<std::uint32_t>(node.set_size) << 16);
  put(node.max_length);
  put(node.font_size);
  put(node.text_color);
  put(node.background_color);
  put(node.inset_left);
  put(node.inset_right);
  put(node.inset_top);
  put(node.line_height);
  put(node.content_width);
  put(node.content_height);
  put(node.controls);
  for (const std::string* text : {&node.name, &node.description, &node.value, &node.placeholder,
                                  &node.options, &node.href, &node.autocomplete, &node.input_mode})
    put(std::string_view(*text));
  words[start] = static_cast<std::uint32_t>(words.size() - start);
}

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

void begin_frame() {
  words.clear();
  depth = 0;
  frame_is_open = true;
  take_events();
}

void open(const Node& node) {
  require(frame_is_open && depth < 255);
  put_record(node, true);
  ++depth;
}

void close() {
  require(depth > 0);
  --depth;
}

void leaf(const Node& node) {
  require(frame_is_open);
  put_record(node, false);
}

void end_frame() {
  require(frame_is_open && depth == 0);
  frame_is_open = false;
  // After typing, a field whose text the application refused must be put right although the tree is
  // the same as before.
  const bool force = take_text_reported();
  if (!force && words == sent_words) return;
  sent_words = words;
  yuanyue_host_semantics(sent_words.data(), sent_words.size(), force);
}

void abandon_frame() { frame_is_open = false; }

void focus(NodeId id) {
  if (id != 0) yuanyue_host_focus(id);
}

void scroll_into_view(NodeId id) {
  if (id != 0) yuanyue_host_scroll_into_view(id);
}

void announce(std::string_view text, Live live) {
  if (live != Live::off && !text.empty())
    yuanyue_host_announce(text.data(), text.size(), live == Live::assertive);
}

}  // namespace yuanyue::web::semantics
