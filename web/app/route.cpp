#include "web/app/route.h"

#include <array>

namespace yuanyue::web::app {
namespace {

// "{}" stands for the argument.
struct Pattern {
  Page page;
  std::string_view path;
  std::string_view name;
  bool is_public = false;
};
constexpr std::array patterns{
    Pattern{Page::sign_in, "/sign-in", "sign_in", true},
    Pattern{Page::password, "/password", "password"},
    Pattern{Page::home, "/", "home"},
    Pattern{Page::booking, "/bookings/{}", "booking"},
    Pattern{Page::reschedule, "/bookings/{}/reschedule", "reschedule"},
    Pattern{Page::book, "/book", "book"},
    Pattern{Page::book_service, "/book/{}", "book_service"},
    Pattern{Page::waitlist, "/waitlist", "waitlist"},
    Pattern{Page::waitlist_entry, "/waitlist/{}", "waitlist_entry"},
    Pattern{Page::offer, "/offers/{}", "offer"},
    Pattern{Page::inbox, "/inbox", "inbox"},
    Pattern{Page::account, "/account", "account"},
    Pattern{Page::outbox, "/outbox", "outbox"},
    Pattern{Page::not_found, "/not-found", "not_found"},
};

const Pattern& pattern_of(Page page) {
  for (const Pattern& pattern : patterns) {
    if (pattern.page == page) return pattern;
  }
  return patterns.back();
}

// The argument, if `path` has the pattern's shape.
bool match(std::string_view pattern, std::string_view path, std::string& argument) {
  const std::size_t hole = pattern.find("{}");
  if (hole == std::string_view::npos) return pattern == path;
  const std::string_view before = pattern.substr(0, hole);
  const std::string_view after = pattern.substr(hole + 2);
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) ||
      !path.ends_with(after)) {
    return false;
  }
  const std::string_view middle =
      path.substr(before.size(), path.size() - before.size() - after.size());
  if (middle.find('/') != std::string_view::npos) return false;
  argument = middle;
  return true;
}

void parse_parameters(std::string_view query, Route& route) {
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos) {
      route.parameters.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    if (end == std::string_view::npos) return;
    query.remove_prefix(end + 1);
  }
}

}  // namespace

std::string_view Route::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return value;
  }
  return {};
}

Route parse_route(std::string_view text) {
  Route route;
  const std::size_t question = text.find('?');
  std::string_view path = text.substr(0, question);
  if (question != std::string_view::npos) parse_parameters(text.substr(question + 1), route);
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (path.empty()) path = "/";
  for (const Pattern& pattern : patterns) {
    if (match(pattern.path, path, route.argument)) {
      route.page = pattern.page;
      return route;
    }
  }
  route.page = Page::not_found;
  route.argument = path;
  return route;
}

std::string route_to(Page page, std::string_view argument) {
  std::string path(pattern_of(page).path);
  const std::size_t hole = path.find("{}");
  if (hole != std::string::npos) path.replace(hole, 2, argument);
  return path;
}

std::string href(Page page, std::string_view argument) { return "#" + route_to(page, argument); }

bool is_public(Page page) { return pattern_of(page).is_public; }

std::string_view name_of(Page page) { return pattern_of(page).name; }

}  // namespace yuanyue::web::app
