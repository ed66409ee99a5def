// The addresses of the page. "#/bookings/K7M29QXD?x=1" is the route "/bookings/K7M29QXD?x=1".
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yuanyue::web::app {

struct Page;
struct Site;

struct Route {
  const Page* page = nullptr;  // of the site
  std::string argument;        // the code, id or service in the path
  std::vector<std::pair<std::string, std::string>> parameters;
  bool operator==(const Route&) const = default;

  std::string_view parameter(std::string_view name) const;  // empty: not there
  bool same_place(const Route& other) const {
    return page == other.page && argument == other.argument;
  }
};

// An address that no page has: the site's not_found, with the path as its argument.
Route parse_route(const Site& site, std::string_view route);
// "/bookings/K7M29QXD/reschedule", for platform::navigate.
std::string route_to(const Page& page, std::string_view argument = {});
// The same with "#" before it, for links.
std::string href(const Page& page, std::string_view argument = {});

}  // namespace yuanyue::web::app
