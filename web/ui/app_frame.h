// The frame around every signed-in view: a top bar, and a left rail or, under 720 px, a bottom bar.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "web/ui/core.h"
#include "web/ui/icon.h"
#include "web/ui/theme.h"

namespace yuanyue::web::ui {

struct NavigationItem {
  std::string_view key = {};
  std::string_view label = {};
  std::string_view href = {};  // hash route
  Icon icon = Icon::none;
  std::uint32_t badge_count = 0;
};
struct AppFrameOptions {
  std::string_view title = {};     // name of the product
  std::string_view subtitle = {};  // the park or hall
  std::span<const NavigationItem> items = {};
  std::string_view current = {};  // key of the item that is shown
  std::string_view status = {};   // "在线", "离线", "待同步 2"; empty: no chip
  Tone status_tone = Tone::success;
  Icon status_icon = Icon::none;    // none: by tone
  std::string_view user_name = {};  // at the end of the top bar; links to user_href
  std::string_view user_href = {};
  std::string_view language_label = {};  // the other language's own name: "English"
  bool theme_switch = true;
  bool navigation = true;  // false: top bar only (signing in)
};
struct AppFrameResult {
  bool language_pressed = false;
  bool theme_pressed = false;  // the theme has been switched already; store theme_choice()
  bool status_pressed = false;
};
// `content` declares one page(). Navigation items navigate by themselves.
AppFrameResult app_frame(const AppFrameOptions& options, Content content);

}  // namespace yuanyue::web::ui
