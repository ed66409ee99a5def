#include "web/app/notices.h"

#include <utility>

#include "web/ui/overlay.h"

namespace yuanyue::web::app {

void Notices::tell(Notice notice) {
  forget_closed();
  std::erase_if(notices_, [&](const Notice& other) { return other.key == notice.key; });
  const std::string text = notice.text();
  const std::string action = notice.route.empty() ? std::string() : notice.action();
  ui::toast({.text = text,
             .tone = notice.tone,
             .action_label = action,
             .key = notice.key,
             .stays = notice.stays});
  notices_.push_back(std::move(notice));
}

void Notices::close(std::string_view key) {
  ui::close_toast(key);
  forget_closed();
}

void Notices::arrived(std::string_view route) {
  for (const Notice& notice : notices_) {
    if (!notice.route.empty() && notice.route == route) ui::close_toast(notice.key);
  }
  forget_closed();
}

std::string Notices::taken() {
  for (const Notice& notice : notices_) {
    if (!ui::toast_action(notice.key)) continue;
    std::string route = notice.route;
    forget_closed();
    return route;
  }
  return {};
}

void Notices::reword() {
  forget_closed();
  for (const Notice& notice : notices_) {
    const std::string text = notice.text();
    const std::string action = notice.route.empty() ? std::string() : notice.action();
    if (text.empty()) {
      ui::close_toast(notice.key);
    } else {
      ui::reword_toast(notice.key, text, action);
    }
  }
  forget_closed();
}

void Notices::close_gone() {
  for (const Notice& notice : notices_) {
    if (notice.text().empty()) ui::close_toast(notice.key);
  }
  forget_closed();
}

void Notices::clear() {
  for (const Notice& notice : notices_) ui::close_toast(notice.key);
  notices_.clear();
}

void Notices::forget_closed() {
  std::erase_if(notices_, [](const Notice& notice) { return !ui::toast_open(notice.key); });
}

}  // namespace yuanyue::web::app
