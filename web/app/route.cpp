#include "web/app/route.h"

#include <span>

#include "web/app/feature.h"

namespace yuanyue::web::app {
namespace {

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

Route parse_route(const Site& site, std::string_view text) {
  Route route;
  const std::size_t question = text.find('?');
  std::string_view path = text.substr(0, question);
  if (question != std::string_view::npos) parse_parameters(text.substr(question + 1), route);
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (path.empty()) path = "/";
  const std::span<const Feature* const> features = site.features;
  for (const Feature* feature : features) {
    for (const Page* page : feature->pages) {
      if (match(page->path, path, route.argument)) {
        route.page = page;
        return route;
      }
    }
  }
  route.page = &site.not_found;
  route.argument = path;
  return route;
}

std::string route_to(const Page& page, std::string_view argument) {
  std::string path(std::string_view(page.path));
  const std::size_t hole = path.find("{}");
  if (hole != std::string::npos) path.replace(hole, 2, argument);
  return path;
}

std::string href(const Page& page, std::string_view argument) {
  return "#" + route_to(page, argument);
}

}  // namespace yuanyue::web::app
