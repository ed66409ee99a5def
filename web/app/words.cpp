#include "web/app/words.h"

#include <algorithm>
#include <cstdlib>
#include <type_traits>

#include "web/app/app.h"
#include "web/app/complete.h"

namespace yuanyue::web::app {
namespace {

// The page does not start without it (complete.h).
template <class Words, class Number>
const Words& find(const Site& site, std::span<const Words> Feature::* table,
                  Needed<Number> Words::* number, std::type_identity_t<Number> wanted) {
  const std::span<const Feature* const> features = site.features;
  for (const Feature* feature : features) {
    for (const Words& words : feature->*table) {
      const Number own = words.*number;
      if (own == wanted) return words;
    }
  }
  std::abort();
}

const RowWords& words_of(const Site& site, const AnyKey& row) {
  return find(site, &Feature::rows, &RowWords::row, &row.type());
}

const NoticeWords& words_of(const Site& site, const Notification& notification) {
  return find(site, &Feature::notices, &NoticeWords::kind, &notification.kind.kind());
}

template <class Words, class Type>
bool is_named_once(const Site& site, std::span<const Words> Feature::* table,
                   Needed<const Type*> Words::* named, const Type* type) {
  std::size_t found = 0;
  const std::span<const Feature* const> features = site.features;
  for (const Feature* feature : features) {
    for (const Words& words : feature->*table) {
      const Type* own = words.*named;
      if (own == type) ++found;
    }
  }
  return found == 1;
}

}  // namespace

bool has_words_for_types(const Site& site, const Domains& domains) {
  const auto each = [&](auto types, auto table, auto named) {
    return std::ranges::all_of(
        types, [&](const auto* type) { return is_named_once(site, table, named, type); });
  };
  return each(domains.commands(), &Feature::commands, &CommandWords::command) &&
         each(domains.rows(), &Feature::rows, &RowWords::row) &&
         each(domains.notices(), &Feature::notices, &NoticeWords::kind) &&
         each(domains.refusals(), &Feature::refusals, &RefusalWords::code) &&
         each(domains.ways(), &Feature::ways, &WayWords::kind);
}

const CommandWords& words_of(const Site& site, const AnyCommand& command) {
  return find(site, &Feature::commands, &CommandWords::command, &command.type());
}

const RefusalWords& words_of(const Site& site, const Rejection& rejection) {
  return find(site, &Feature::refusals, &RefusalWords::code, &rejection.code.kind());
}

const WayWords& words_of(const Site& site, const WayForward& way) {
  return find(site, &Feature::ways, &WayWords::kind, &way.kind.kind());
}

std::string command_text(const App& app, const AnyCommand& command) {
  return words_of(app.site(), command).text(app, command);
}

std::string refused_sentence(const App& app, const AnyCommand& command) {
  return app.t("notice.refused", {{"command", command_text(app, command)}});
}

Rejection with_present_ways(const App& app, const RefusedCommand& refusal) {
  return words_of(app.site(), refusal.command).now(app, refusal);
}

std::string corrected_sentence(const App& app, const AnyKey& row) {
  return words_of(app.site(), row).corrected(app, row);
}

std::string route_of_row(const App& app, const AnyKey& row) {
  return words_of(app.site(), row).route(app, row);
}

std::string notification_text(const App& app, const Notification& notification) {
  const NoticeWords& words = words_of(app.site(), notification);
  return words.say(app, words.key, notification);
}

std::string notification_route(const App& app, const Notification& notification) {
  return words_of(app.site(), notification).route(app, notification);
}

ui::Icon notification_icon(const App& app, const Notification& notification) {
  return words_of(app.site(), notification).icon;
}

std::string refusal_title(const App& app, const Rejection& rejection) {
  const RefusalWords& words = words_of(app.site(), rejection);
  return words.say(app, words.title, rejection);
}

std::string refusal_reason(const App& app, const Rejection& rejection) {
  const RefusalWords& words = words_of(app.site(), rejection);
  return words.say(app, words.reason, rejection);
}

std::string administration_text(const App& app, const AnyCommand& /*command*/) {
  return app.t("command.administration");
}

Rejection as_answered(const App& /*app*/, const RefusedCommand& refusal) {
  return refusal.rejection;
}

std::optional<AnyCommand> kept_whole(const AnyCommand& command) { return command; }

std::optional<AnyCommand> kept_nothing(const AnyCommand& /*command*/) { return std::nullopt; }

std::string nothing_to_say(const App& /*app*/, const AnyKey& /*row*/) { return {}; }

std::string say_plainly(const App& app, std::string_view key, const Rejection& /*rejection*/) {
  return app.t(key);
}

}  // namespace yuanyue::web::app
