#include "backend/play/player.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "backend/play/names.h"
#include "backend/play/shown.h"
#include "backend/play/start_rows.h"
#include "core/domains/codec.h"
#include "core/kernel/refusals.h"
#include "core/kernel/used_ids.h"
#include "core/people/grants.h"

namespace yuanyue {
namespace {

constexpr wire::JsonLimits line_limits{.max_bytes = max_play_line_bytes, .max_values = 200'000};
// Beyond them no calendar and no deadline has been tried.
constexpr Date first_day{7305};  // 1990-01-01
constexpr Date last_day{80354};  // 2190-01-01

std::string sentence(const wire::DecodeError& error, std::string_view path) {
  std::string out(path);
  if (!out.empty() && !error.path.empty()) out += '.';
  out += error.path;
  if (!out.empty()) out += ": ";
  out += wire::to_string(error.code);
  if (!error.detail.empty()) out += " (" + error.detail + ")";
  return out;
}

// A member of another name is a slip of the pen that would pass unseen.
std::optional<std::string> stranger(wire::JsonValue object,
                                    std::initializer_list<std::string_view> names) {
  for (auto member = object.first(); member; member = member->next()) {
    if (std::ranges::find(names, member->key()) == names.end()) {
      return wire::path_segment(member->key()) + ": unknown_field";
    }
  }
  return std::nullopt;
}

std::string list_of(const std::vector<LedgerEntry>& facts) {
  std::string out = "[";
  for (const LedgerEntry& fact : facts) {
    if (out.size() > 1) out += ',';
    out += wire::encode(fact);
  }
  return out + "]";
}

std::string list_of(const std::map<AnyKey, AnyRow>& rows) {
  std::string out = "[";
  for (const auto& [key, row] : rows) {
    if (out.size() > 1) out += ',';
    out += wire::encode(row);
  }
  return out + "]";
}

std::string result_text(const Result<Outcome>& result) {
  return result ? "\"accepted\":" + list_of(result->ledger)
                : "\"refused\":" + wire::encode(result.error());
}

// Keys are written in their order: accepted, due, may, refused.
std::string answer_of(const std::vector<LedgerEntry>& due, const std::string& result) {
  if (due.empty()) return "{" + result + "}";
  const std::string ran = "\"due\":" + list_of(due);
  const bool is_after = result > ran;
  return "{" + (is_after ? ran + "," + result : result + "," + ran) + "}";
}

std::expected<Actor, std::string> actor_of(const std::optional<wire::JsonValue>& as,
                                           const std::string& path) {
  if (as && as->string() == "console") return Actor{ActorKind::console, {}};
  const std::string text = as && as->string() ? resolved(*as) : "";
  const auto id = text.size() < 2 ? std::nullopt
                                  : parse_uuid(std::string_view(text).substr(1, text.size() - 2));
  if (!id) return std::unexpected(path + "as: \"console\" or the id of a user is wanted");
  return Actor{ActorKind::user, UserId(*id)};
}

}  // namespace

Player::Answer Player::play(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.find_first_not_of(" \t") == std::string_view::npos || line.starts_with('#')) return "";
  const auto document = wire::JsonDocument::parse(line, line_limits);
  if (!document) return std::unexpected(sentence(document.error(), ""));
  if (!document->root().is(wire::JsonKind::object)) {
    return std::unexpected("an object is wanted");
  }
  return play_object(document->root());
}

Player::Answer Player::play_object(wire::JsonValue line) {
  if (line.find("rows")) return put_rows(line);
  if (const auto shown = line.find("show")) {
    if (const auto fault = stranger(line, {"show"})) return std::unexpected(*fault);
    return show(*shown);
  }
  if (line.find("at")) return act(line);
  return std::unexpected("\"rows\", \"at\" or \"show\" is wanted");
}

Player::Answer Player::put_rows(wire::JsonValue line) {
  if (const auto fault = stranger(line, {"rows"})) return std::unexpected(*fault);
  if (now_) return std::unexpected("rows: they are the start and stand before the first \"at\"");
  const wire::JsonValue list = *line.find("rows");
  if (!list.is(wire::JsonKind::array)) return std::unexpected("rows: an array is wanted");
  rows_ += list.size();
  if (rows_ > max_play_rows) return std::unexpected("rows: too_many");
  std::vector<AnyRow> rows;
  for (auto element = list.first(); element; element = element->next()) {
    auto row = wire::decode_row(resolved(*element));
    if (!row) {
      return std::unexpected(sentence(row.error(), "rows[" + std::to_string(rows.size()) + "]"));
    }
    rows.push_back(*std::move(row));
  }
  if (auto placed = put_start_rows(state_, rows); !placed) return std::unexpected(placed.error());
  return "{\"put\":" + std::to_string(rows.size()) + "}";
}

Player::Answer Player::show(wire::JsonValue shown) {
  if (shown.string() == "ledger") return "{\"ledger\":" + list_of(ledger_) + "}";
  if (shown.string() == "archive") return "{\"archive\":" + list_of(archive_) + "}";
  if (shown.find("rows")) {
    if (const auto fault = stranger(shown, {"rows", "where"})) {
      return std::unexpected("show." + *fault);
    }
    auto rows = rows_shown(state_, shown);
    if (!rows) return std::unexpected(rows.error());
    return "{\"rows\":" + *rows + "}";
  }
  if (const auto may = shown.find("may")) {
    if (const auto fault = stranger(shown, {"may"})) return std::unexpected("show." + *fault);
    return show_may(*may);
  }
  return std::unexpected("show: \"archive\", \"ledger\", \"rows\" or \"may\" is wanted");
}

Player::Answer Player::show_may(wire::JsonValue may) {
  if (const auto fault = stranger(may, {"as", "do"})) return std::unexpected("show.may." + *fault);
  if (!now_) return std::unexpected("show.may: there is no time before the first \"at\"");
  auto envelope = envelope_of(may, "show.may.");
  if (!envelope) return std::unexpected(envelope.error());
  const std::vector<LedgerEntry> due = run_all_due();
  // Of no number: the ids of what follows stay as they are without the question.
  envelope->id = CommandId(id_of_name("command supposed"));
  return answer_of(due, "\"may\":{" + result_text(decide(state_, *envelope)) + "}");
}

Player::Answer Player::act(wire::JsonValue line) {
  if (const auto fault = stranger(line, {"as", "at", "do", "due"})) return std::unexpected(*fault);
  const auto waits = line.find("due");
  if (waits && (waits->boolean() != true || line.size() != 2)) {
    return std::unexpected("due: true is wanted, with nothing but \"at\"");
  }
  if (auto moved = move_clock(*line.find("at")); !moved) return std::unexpected(moved.error());
  if (waits) return "{\"due\":" + list_of(run_all_due()) + "}";
  auto envelope = envelope_of(line, "");
  if (!envelope) return std::unexpected(envelope.error());
  const std::vector<LedgerEntry> due = run_all_due();
  envelope->id = next_command();
  const auto result = execute_new(*envelope);
  if (result) keep(result->ledger);
  return answer_of(due, result_text(result));
}

std::expected<Envelope, std::string> Player::envelope_of(wire::JsonValue line,
                                                         std::string_view path) {
  const std::string before(path);
  const auto actor = actor_of(line.find("as"), before);
  if (!actor) return std::unexpected(actor.error());
  const auto text = line.find("do");
  if (!text) return std::unexpected(before + "do: missing_field");
  auto command = wire::decode_command(resolved(*text));
  if (!command) return std::unexpected(sentence(command.error(), before + "do"));
  return Envelope{{}, *actor, *now_, *std::move(command)};
}

std::expected<void, std::string> Player::move_clock(wire::JsonValue at) {
  const auto text = at.string();
  const auto instant = text ? parse_instant(*text) : std::nullopt;
  if (!instant) {
    return std::unexpected("at: a time such as \"2026-11-23T09:00:00+08:00\" is wanted");
  }
  const Date day = date_of(*instant);
  if (day < first_day || day >= last_day) return std::unexpected("at: out_of_range (1990 to 2189)");
  if (now_ && *instant < *now_) {
    return std::unexpected("at: time does not run backwards, it is " + to_string(*now_));
  }
  now_ = *instant;
  return {};
}

std::vector<LedgerEntry> Player::run_all_due() {
  std::vector<LedgerEntry> facts;
  Instant clock{};
  while (next_due(state_) <= *now_) {
    clock = std::max(clock, next_due(state_));
    const auto outcome = run_due(state_, clock, next_command());
    if (!outcome) break;
    keep_archived(*outcome);
    facts.insert(facts.end(), outcome->ledger.begin(), outcome->ledger.end());
  }
  keep(facts);
  return facts;
}

void Player::keep_archived(const Outcome& outcome) {
  for (const RowChange& change : outcome.changes()) {
    if (change.archived)
      archive_.insert_or_assign(key_of(change.before()), AnyRow(change.before()));
  }
}

Result<Outcome> Player::execute_new(const Envelope& envelope) {
  auto outcome = execute(state_, envelope);
  if (!outcome) return outcome;
  const bool is_used = std::ranges::any_of(outcome->changes(), [&](const RowChange& change) {
    return brings_id(change) && this->is_used(change.after());
  });
  if (!is_used) return outcome;
  revert(state_, *outcome);
  return std::unexpected(refuse_for_now(refusals::already_exists));
}

CommandId Player::next_command() {
  // No "$name" has a blank in it.
  return CommandId(id_of_name("command " + std::to_string(++commands_)));
}

void Player::keep(const std::vector<LedgerEntry>& facts) {
  ledger_.insert(ledger_.end(), facts.begin(), facts.end());
  for (const LedgerEntry& fact : facts) {
    if (const Owner erased = erased_by(fact)) erase_kept(erased);
  }
}

void Player::erase_kept(const Owner& owner) {
  erased_.push_back(owner);
  std::erase_if(archive_, [&](const auto& each) { return owner_of(each.second.ref()) == owner; });
  for (LedgerEntry& entry : ledger_) {
    const auto owners = owners_of(entry);
    if (std::ranges::find(owners, owner) != owners.end()) entry.note.clear();
  }
}

bool Player::is_used(const RowRef& row) const {
  return archive_.contains(key_of(row)) ||
         std::ranges::find(erased_, owner_of(row)) != erased_.end();
}

}  // namespace yuanyue
