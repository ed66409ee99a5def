// The addresses of the page. "#/bookings/K7M29QXD?x=1" is the route "/bookings/K7M29QXD?x=1".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yuanyue::web::app {

enum class Page : std::uint8_t {
  sign_in,         // /sign-in
  password,        // /password
  home,            // /
  booking,         // /bookings/CODE_or_id
  reschedule,      // /bookings/CODE_or_id/reschedule   ?date=2026-11-25 opens that day
  book,            // /book
  book_service,    // /book/SERVICE                     ?date=2026-11-25 opens that day
  waitlist,        // /waitlist
  waitlist_entry,  // /waitlist/ID
  offer,           // /offers/ID
  inbox,           // /inbox
  account,         // /account
  outbox,          // /outbox
  not_found,
};

struct Route {
  Page page = Page::home;
  std::string argument;  // the code, id or service in the path
  std::vector<std::pair<std::string, std::string>> parameters;
  bool operator==(const Route&) const = default;

  std::string_view parameter(std::string_view name) const;  // empty: not there
  bool same_place(const Route& other) const {
    return page == other.page && argument == other.argument;
  }
};

Route parse_route(std::string_view route);
// "/bookings/K7M29QXD/reschedule", for platform::navigate.
std::string route_to(Page page, std::string_view argument = {});
// The same with "#" before it, for links.
std::string href(Page page, std::string_view argument = {});

// May be seen without a session.
bool is_public(Page page);
// The last part of "title.<name>".
std::string_view name_of(Page page);

}  // namespace yuanyue::web::app
