// Short messages over the page (toasts) that follow the language: what they say is asked for again
// when it changes. With an action they lead to a route.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "web/ui/core.h"

namespace yuanyue::web::app {

struct Notice {
  std::string key;  // replaces the one with this key
  ui::Tone tone = ui::Tone::success;
  std::function<std::string()> text;    // empty: what it told of is gone
  std::function<std::string()> action;  // the label; needed with a route
  std::string route;                    // empty: no action
  bool stays = false;                   // until it is closed or its action is taken
};

class Notices {
 public:
  void tell(Notice notice);
  void close(std::string_view key);
  // Closes those that lead to this route: they have done their work.
  void arrived(std::string_view route);
  // The route of the action that was taken since the last frame; empty: none.
  std::string taken();
  void close_gone();
  void reword();  // the language is another one now
  void clear();

 private:
  void forget_closed();

  std::vector<Notice> notices_;
};

}  // namespace yuanyue::web::app
