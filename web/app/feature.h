// What a page of the server is made of. A feature has everything that people see of one domain, in
// constant tables of functions: its views with their addresses, its places in the navigation, and
// the words for what its domain asks, stores, tells and refuses.
//
// No answer has a default: an entry that leaves one out does not compile. That a site has an entry
// for everything that there is, is asserted by web/pages, and when it starts (complete.h).
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "core/messages/notification.h"
#include "web/ui/icon.h"

namespace yuanyue::web::app {

class App;

// A field that has to be given.
template <class Value>
class Needed {
 public:
  template <std::convertible_to<Value> Given>
  constexpr Needed(Given&& given) : value_(std::forward<Given>(given)) {}
  constexpr operator const Value&() const { return value_; }

 private:
  Value value_;
};

// A command and why it was not done.
struct RefusedCommand {
  AnyCommand command;
  Rejection rejection;
};

// --- where one can go ---

enum class Access : std::uint8_t { everyone, signed_in };

// One address: App::go, href() and Route name it by reference, so its constant is `inline`.
struct Page {
  Needed<std::string_view> path;        // "/bookings/{}": "{}" stands for the argument
  Needed<std::string_view> title;       // text of the browser's title
  Needed<std::string_view> navigation;  // the entry that is marked as the present one
  Needed<Access> access;
  Needed<void (*)(App&)> view;  // declares one ui::page()
};

struct NavigationEntry {
  Needed<std::string_view> key;
  Needed<std::string_view> label;  // text
  const Page& page;
  Needed<ui::Icon> icon;
  Needed<std::size_t (*)(const App&)> waiting;  // how many things wait there; or nothing_waits
};
inline std::size_t nothing_waits(const App& /*app*/) { return 0; }

// --- words ---

struct CommandWords {
  Needed<const CommandTypeBase*> command;
  // What it would have done: 把资质认定从 … 改到 …
  Needed<std::string (*)(const App&, const AnyCommand&)> text;
  // A refusal of some time ago with the ways forward as they are now; or as_answered.
  Needed<Rejection (*)(const App&, const RefusedCommand&)> now;
  // What of it the browser's settings may hold: no free text. Or kept_whole, kept_nothing.
  Needed<std::optional<AnyCommand> (*)(const AnyCommand&)> kept;
};

// `text` of one type of command.
template <class Type, std::string (*text)(const App&, const Type&)>
std::string text_of(const App& app, const AnyCommand& command) {
  return text(app, command.as<Type>());
}

struct RowWords {
  Needed<const RowTypeBase*> row;
  // What it is now, after the server's answer differed from what was shown; or nothing_to_say.
  Needed<std::string (*)(const App&, const AnyKey&)> corrected;
  Needed<std::string (*)(const App&, const AnyKey&)> route;  // of its page; or nothing_to_say
};

// `key` is the text that is to be filled in.
struct NoticeWords {
  Needed<const NoticeKindBase*> kind;
  Needed<ui::Icon> icon;
  Needed<std::string_view> key;
  Needed<std::string (*)(const App&, std::string_view key, const Notification&)> say;
  Needed<std::string (*)(const App&, const Notification&)> route;  // empty: it leads nowhere
};

struct RefusalWords {
  Needed<const RefusalKindBase*> code;
  Needed<std::string_view> title, reason;
  Needed<std::string (*)(const App&, std::string_view key, const Rejection&)> say;
  Needed<void (*)(App&, const Rejection&)> more;  // drawn below the reason; or nothing_more
};

enum class WayPlace : std::uint8_t { nearest, other };  // among the nearest free seats, or below
enum class WayChoice : std::uint8_t {
  here,     // may be chosen in the view that shows the refusal
  leads,    // leads elsewhere or sends a command
  unfolds,  // opens in place, and closes
};

struct WayWords {
  Needed<const WayKindBase*> kind;
  Needed<ui::Icon> icon;
  Needed<WayPlace> place;
  Needed<WayChoice> choice;
  Needed<std::string (*)(const App&, const RefusedCommand&, const WayForward&)> label;
  // Takes it; of one that unfolds: draws what is in it.
  Needed<void (*)(App&, const RefusedCommand&, const WayForward&)> follow;
};

// --- together ---

struct Feature {
  std::span<const Page* const> pages;
  std::span<const CommandWords> commands;
  std::span<const RowWords> rows;
  std::span<const NoticeWords> notices;
  std::span<const RefusalWords> refusals;
  std::span<const WayWords> ways;
};

// One page of the server. The frame itself leads to those that are named.
struct Site {
  Needed<std::span<const Feature* const>> features;
  Needed<std::span<const NavigationEntry* const>> navigation;  // in their order
  Needed<std::span<const NavigationEntry* const>> records;     // what the account leads to besides
  const Page& home;
  const Page& sign_in;
  const Page& password;
  const Page& account;
  const Page& inbox;
  const Page& outbox;
  const Page& not_found;
};

}  // namespace yuanyue::web::app
