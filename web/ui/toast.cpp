#include <algorithm>
#include <string>
#include <vector>

#include "web/bridge/platform.h"
#include "web/ui/content.h"
#include "web/ui/frame_state.h"
#include "web/ui/overlay.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Role;

constexpr std::size_t toasts_max = 3;
constexpr std::int64_t show_ms = 6'000, show_with_action_ms = 12'000, keep_reading_ms = 3'000;

struct Toast {
  std::string text, action_label, key;
  Tone tone = Tone::success;
  double until_ms = 0;  // monotonic; 0: until closed
  std::uint32_t number = 0;
};

std::vector<Toast> toasts;
std::string taken_action;
std::uint32_t next_number = 1;

std::int64_t time_shown(const ToastOptions& options) {
  if (options.show_ms > 0) return options.show_ms;
  if (options.stays || options.tone == Tone::danger) return 0;
  return options.action_label.empty() ? show_ms : show_with_action_ms;
}

const std::string& spoken_tone(Tone tone) {
  switch (tone) {
    case Tone::success:
      return words().success;
    case Tone::warning:
      return words().warning;
    case Tone::danger:
      return words().danger;
    case Tone::info:
    case Tone::neutral:
      break;
  }
  return words().info;
}

void drop_expired() {
  const double now = platform::monotonic_ms();
  std::erase_if(toasts,
                [&](const Toast& toast) { return toast.until_ms > 0 && toast.until_ms <= now; });
  for (const Toast& toast : toasts) {
    if (toast.until_ms > 0) platform::request_frame_in(toast.until_ms - now + 1);
  }
}

// Returns true when it is to be closed.
bool show(Toast& toast) {
  const Scope inside("toast" + std::to_string(toast.number));
  const ToneColors& colors = tone_colors(toast.tone);
  const Open box(Flow::row);
  box->align = Align::center;
  box->gap = 10;
  box->padding = {14, 6, 6, 6};
  box->height_min = 48;
  box->background = theme().raised;
  box->border = colors.border;
  box->border_width = theme().border_width;
  box->radius = card_radius;
  box->shadow = true;
  attach_container(*box, make_id("toast"), Role::group, toast.text);
  const Icon icon = tone_icon(toast.tone);
  add_icon(icon == Icon::none ? Icon::info : icon, 20, colors.strong);
  {
    const Open text(Flow::column);
    text->grow = 1;
    paragraph(toast.text);
  }
  const NodeId action_id = id_of("action"), close_id = id_of("close");
  bool close = false;
  if (!toast.action_label.empty() &&
      button({.label = toast.action_label, .kind = ButtonKind::quiet, .key = "action"})) {
    taken_action = toast.key;
    platform::request_frame();
    close = true;
  }
  close |= button({.label = words().dismiss,
                   .kind = ButtonKind::quiet,
                   .icon = Icon::cross,
                   .icon_only = true,
                   .small = true,
                   .key = "close"});
  // It stays while somebody is about to use it.
  const bool in_use = semantics::focused(action_id) || semantics::hovered(action_id) ||
                      semantics::focused(close_id) || semantics::hovered(close_id);
  if (in_use && toast.until_ms > 0) {
    toast.until_ms = std::max(toast.until_ms, platform::monotonic_ms() + keep_reading_ms);
  }
  return close;
}

}  // namespace

void detail::add_toasts() {
  drop_expired();
  if (toasts.empty()) return;
  const OpenRoot root({.layer = Layer::toast, .fixed = true, .width_wanted = 420, .order = 4});
  root->gap = 8;
  attach_container(*root, make_id("toasts"), Role::region, words().messages_region);
  std::erase_if(toasts, [](Toast& toast) { return show(toast); });
}

void toast(const ToastOptions& options) {
  if (!options.key.empty()) close_toast(options.key);
  const auto shown_ms = static_cast<double>(time_shown(options));
  toasts.push_back({.text = std::string(options.text),
                    .action_label = std::string(options.action_label),
                    .key = std::string(options.key),
                    .tone = options.tone,
                    .until_ms = shown_ms > 0 ? platform::monotonic_ms() + shown_ms : 0,
                    .number = next_number++});
  // The oldest goes, but one that is to stay only when there is no other.
  if (toasts.size() > toasts_max) {
    const auto passing =
        std::ranges::find_if(toasts, [](const Toast& t) { return t.until_ms > 0; });
    toasts.erase(passing == toasts.end() ? toasts.begin() : passing);
  }
  semantics::announce(
      spoken_tone(options.tone) + " " + std::string(options.text),
      options.tone == Tone::danger ? semantics::Live::assertive : semantics::Live::polite);
  platform::request_frame();
}

bool toast_action(std::string_view key) {
  // Toasts are declared after the view, which therefore learns of it in the next frame.
  if (taken_action.empty() || taken_action != key) return false;
  taken_action.clear();
  return true;
}

bool toast_open(std::string_view key) {
  // Until the application has heard of its action it counts as open.
  return taken_action == key || std::any_of(toasts.begin(), toasts.end(),
                                            [&](const Toast& toast) { return toast.key == key; });
}

void reword_toast(std::string_view key, std::string_view text, std::string_view action_label) {
  for (Toast& toast : toasts) {
    if (toast.key != key) continue;
    toast.text = text;
    toast.action_label = action_label;
  }
  platform::request_frame();
}

void close_toast(std::string_view key) {
  std::erase_if(toasts, [&](const Toast& toast) { return toast.key == key; });
  platform::request_frame();
}

}  // namespace yuanyue::web::ui
