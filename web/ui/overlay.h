// What lies over the page: dialogs, sheets and toasts.
#pragma once

#include <cstdint>
#include <string_view>

#include "web/ui/core.h"
#include "web/ui/input.h"

namespace yuanyue::web::ui {

// Modal: the rest is inert, the focus stays inside and returns afterwards. Declared anywhere in the
// view while `open` is true; Escape and the close button set it to false.
struct DialogOptions {
  std::string_view title = {};
  std::string_view key = {};
  float width = 520;
  bool closable = true;  // false: only its own buttons end it
};
// True when it was dismissed in this frame.
bool dialog(const DialogOptions& options, bool& open, Content content);

// The same, from the lower edge on phones.
bool sheet(const DialogOptions& options, bool& open, Content content);

// Asks once before something that cannot be undone, naming the thing.
struct ConfirmOptions {
  std::string_view title = {};          // "取消 11月25日(周三)9:00 的预约?"
  std::string_view text = {};           // what follows
  std::string_view confirm_label = {};  // says what happens: "取消预约"
  std::string_view cancel_label = {};   // "保留"
  ButtonKind kind = ButtonKind::danger;
  bool busy = false;
  std::string_view key = {};
};
enum class Confirmation : std::uint8_t { none, confirmed, cancelled };
// `open` is set to false with either answer.
Confirmation confirm_dialog(const ConfirmOptions& options, bool& open);

struct ToastOptions {
  std::string_view text = {};
  Tone tone = Tone::success;
  std::string_view action_label = {};  // "撤回"
  std::string_view key = {};  // what toast_action() will report; replaces one with this key
  std::int64_t show_ms = 0;   // 0: 6 s, with an action 12 s, danger until closed
  bool stays = false;         // until closed
};
// May be called outside a frame. Shown above everything, read aloud, at most three at once.
void toast(const ToastOptions& options);
// True in the frame in which the action of the toast with this key was taken.
bool toast_action(std::string_view key);
void close_toast(std::string_view key);
bool toast_open(std::string_view key);
// In another language: the same message, so it is not read aloud again and keeps its time.
void reword_toast(std::string_view key, std::string_view text, std::string_view action_label);

}  // namespace yuanyue::web::ui
