// The tabs of this browser (web/shell/replica/tabs.ts).
#pragma once

#include <utility>

#include "web/app/tab_host.h"
#include "web/bridge/platform.h"
#include "web/bridge/replica.h"

namespace yuanyue::web::app {

class BrowserTabs final : public TabHost {
 public:
  void send(std::string_view to, const std::string& text) override {
    platform::send_to_tab(to, text);
  }
  std::uint32_t set_timer(std::int64_t delay_ms, std::function<void()> then) override {
    return platform::set_timer(delay_ms, std::move(then));
  }
  void cancel_timer(std::uint32_t timer) override { platform::cancel_timer(timer); }
};

}  // namespace yuanyue::web::app
