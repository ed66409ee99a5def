#include "web/app/conflicts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "core/domains/codec.h"
#include "core/domains/refusal_forms.h"
#include "web/app/words.h"
#include "web/bridge/platform.h"

namespace yuanyue::web::app {
namespace {

constexpr std::string_view setting = "conflicts";
constexpr std::size_t conflicts_max = 50;

template <std::size_t Count>
bool split(std::string_view line, std::array<std::string_view, Count>& fields) {
  for (std::size_t i = 0; i + 1 < Count; ++i) {
    const std::size_t end = line.find('\t');
    if (end == std::string_view::npos) return false;
    fields[i] = line.substr(0, end);
    line.remove_prefix(end + 1);
  }
  fields[Count - 1] = line;
  return true;
}

std::optional<Conflict> parse_line(std::string_view line) {
  std::array<std::string_view, 4> fields;
  if (!split(line, fields)) return std::nullopt;
  const auto id = parse_uuid(fields[0]);
  std::int64_t at_ms = 0;
  const auto [end, error] =
      std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), at_ms);
  auto command = wire::decode_command(fields[2]);
  auto rejection = wire::decode_rejection(fields[3]);
  if (!rejection) {
    if (const auto text = wire::rejection_from_protocol_3(fields[3]))
      rejection = wire::decode_rejection(*text);
  }
  const bool whole = error == std::errc() && end == fields[1].data() + fields[1].size();
  if (!id || !whole || !command || !rejection) return std::nullopt;
  return Conflict{CommandId(*id), Instant{at_ms}, *std::move(command), *std::move(rejection)};
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

// Browsers leave on the disk what has been in the settings, also after it is erased there.
std::optional<AnyCommand> kept_part(const Site& site, const AnyCommand& command) {
  return words_of(site, command).kept(command);
}

}  // namespace

// JSON escapes tabs and line ends, so that they can separate.
std::string conflicts_text(const Site& site, const UserId& user,
                           const std::vector<Conflict>& conflicts) {
  std::string text = to_string(user) + "\n";
  for (const Conflict& conflict : conflicts) {
    const auto command = kept_part(site, conflict.command);
    if (!command) continue;
    text += to_string(conflict.id) + "\t" + std::to_string(conflict.at.ms) + "\t" +
            wire::encode(*command) + "\t" + wire::encode(conflict.rejection) + "\n";
  }
  return text;
}

StoredConflicts parse_conflicts(std::string_view text) {
  StoredConflicts stored;
  const auto user = parse_uuid(take_line(text));
  if (!user) return stored;
  stored.user = UserId(*user);
  while (!text.empty()) {
    if (auto conflict = parse_line(take_line(text))) {
      stored.conflicts.push_back(*std::move(conflict));
    }
  }
  return stored;
}

const Conflict* Conflicts::find(const CommandId& id) const {
  const auto found = std::ranges::find(conflicts_, id, &Conflict::id);
  return found == conflicts_.end() ? nullptr : &*found;
}

void Conflicts::belong_to(const UserId& user) {
  if (user == user_) return;
  user_ = user;
  conflicts_.clear();
  StoredConflicts stored = parse_conflicts(platform::setting(setting));
  if (stored.user == user) {
    conflicts_ = std::move(stored.conflicts);
  } else if (stored.user) {
    platform::set_setting(setting, {});
  }
}

void Conflicts::add(Conflict conflict) {
  take_stored();
  if (find(conflict.id) != nullptr) return;
  conflicts_.insert(conflicts_.begin(), std::move(conflict));
  if (conflicts_.size() > conflicts_max) conflicts_.resize(conflicts_max);
  keep();
}

void Conflicts::dismiss(const CommandId& id) {
  take_stored();
  std::erase_if(conflicts_, [&](const Conflict& conflict) { return conflict.id == id; });
  keep();
}

void Conflicts::forget() {
  user_ = {};
  conflicts_.clear();
  platform::set_setting(setting, {});
}

void Conflicts::take_stored() {
  StoredConflicts stored = parse_conflicts(platform::setting(setting));
  if (stored.user != user_) return;
  // Those that are not kept beyond this page are only here.
  std::erase_if(conflicts_, [this](const Conflict& each) {
    return kept_part(site_, each.command).has_value();
  });
  conflicts_.insert(conflicts_.begin(), stored.conflicts.begin(), stored.conflicts.end());
}

void Conflicts::keep() const {
  platform::set_setting(
      setting, conflicts_.empty() ? std::string() : conflicts_text(site_, user_, conflicts_));
}

}  // namespace yuanyue::web::app
