// What is acted on: buttons, fields and choices. Values belong to the caller.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "web/ui/core.h"
#include "web/ui/icon.h"

namespace yuanyue::web::ui {

enum class ButtonKind : std::uint8_t {
  primary,    // one a screen
  secondary,  // bordered
  quiet,      // text only
  danger,     // destroys something
};
struct ButtonOptions {
  std::string_view label = {};
  ButtonKind kind = ButtonKind::secondary;
  Icon icon = Icon::none;
  bool disabled = false;
  std::string_view disabled_reason = {};  // read with the button; say it near it in the view too
  bool busy = false;                      // keeps its width, shows a spinner, cannot be activated
  bool full_width = false;
  bool icon_only = false;  // the label becomes the accessible name
  bool small = false;      // 32 px on desktop; never below 44 px on touch
  bool autofocus = false;
  std::string_view key = {};
  std::string_view name = {};  // accessible name where the label alone says too little
  std::string_view href = {};  // acts as a link to this hash route
};
// True when it was activated.
bool button(const ButtonOptions& options);

struct FieldResult {
  bool changed = false;    // the caller's value has been set to the new text
  bool submitted = false;  // Enter in a single-line field
  explicit operator bool() const { return changed; }
};
struct FieldOptions {
  std::string_view label = {};
  std::string_view help = {};
  std::string_view error = {};  // non-empty: the field is invalid
  std::string_view placeholder = {};
  std::string_view autocomplete = {};  // HTML token: "username", "current-password", …
  std::uint32_t max_length = 0;        // UTF-16 units as in HTML, 0: none
  bool required = false;
  bool disabled = false;
  bool autofocus = false;
  float width_max = 480;  // 0: the container's width
  std::string_view key = {};
};
// The text is edited by a real DOM field above; what is drawn while unfocused is the same text.
FieldResult text_field(const FieldOptions& options, std::string& value);
FieldResult password_field(const FieldOptions& options, std::string& value);
struct TextAreaOptions {
  std::string_view label = {};
  std::string_view help = {};
  std::string_view error = {};
  std::string_view placeholder = {};
  std::uint32_t max_length = 0;  // shows how many are left
  std::uint16_t lines = 4;
  bool required = false;
  bool disabled = false;
  std::string_view key = {};
};
FieldResult text_area(const TextAreaOptions& options, std::string& value);
struct SearchOptions {
  std::string_view label = {};  // accessible name, not drawn
  std::string_view placeholder = {};
  float width_max = 480;
  std::string_view key = {};
};
FieldResult search_field(const SearchOptions& options, std::string& value);

// A field's text together with what is wrong with it; the error goes away when the text changes.
struct FieldState {
  std::string text;
  std::string error;
  bool focus_wanted = false;

  // Sets the error and moves the focus to the field in the next frame.
  void fail(std::string message) {
    error = std::move(message);
    focus_wanted = true;
  }
};
FieldResult text_field(FieldOptions options, FieldState& state);
FieldResult password_field(FieldOptions options, FieldState& state);
FieldResult text_area(TextAreaOptions options, FieldState& state);

struct Choice {
  std::string_view key = {};
  std::string_view label = {};
  std::string_view help = {};  // radio groups only
  bool disabled = false;
};
struct ChoiceOptions {
  std::string_view label = {};
  std::string_view help = {};
  std::string_view error = {};
  bool required = false;
  bool disabled = false;
  bool inline_choices = false;  // radio groups: side by side instead of below each other
  float width_max = 480;
  std::string_view key = {};
};
// `chosen` is the key of the choice; empty: none yet. True when it changed.
bool select(const ChoiceOptions& options, std::span<const Choice> choices, std::string& chosen);
bool radio_group(const ChoiceOptions& options, std::span<const Choice> choices,
                 std::string& chosen);

struct ToggleOptions {
  std::string_view label = {};
  std::string_view help = {};
  std::string_view error = {};  // checkbox only
  bool disabled = false;
  std::string_view key = {};
};
// True when `value` was toggled.
bool checkbox(const ToggleOptions& options, bool& value);
// A setting that takes effect at once.
bool toggle_switch(const ToggleOptions& options, bool& value);

struct Tab {
  std::string_view key = {};
  std::string_view label = {};
  std::uint32_t count = 0;  // shown as a small number, 0: none
};
// True when `current` changed. What belongs to the tab is declared in `content`.
bool tabs(std::string_view name, std::span<const Tab> items, std::string& current, Content content);

}  // namespace yuanyue::web::ui
