#include "core/domains/codec.h"

#include <utility>

#include "core/catalog/calendar_tables.h"
#include "core/domains/outcome_tables.h"
#include "core/kernel/any_codec.h"

namespace yuanyue::wire {
namespace {

constexpr JsonLimits command_limits{.max_bytes = max_command_bytes};
constexpr JsonLimits row_limits{.max_bytes = max_row_bytes};
// A deadline explains up to HallCalendar::max_search_days days, each with a reason in the hall's
// words.
constexpr JsonLimits rejection_limits{.max_bytes = 1024 * 1024};
constexpr JsonLimits outcome_limits{.max_bytes = 64 * 1024 * 1024};

DeadlineText to_text(const Deadline& deadline) {
  DeadlineText out{deadline.appointment_day, deadline.rule,        deadline.last_day,
                   deadline.closes_at,       deadline.provisional, {}};
  for (const DeadlineStep& step : deadline.steps) {
    out.steps.push_back({step.date, step.counted, step.number, step.reason, step.name,
                         step.provisional, std::string(reason_code(deadline, step))});
  }
  return out;
}

}  // namespace

void encode_deadline(const Codec&, const void* value, std::string& out) {
  const DeadlineText text = to_text(*static_cast<const Deadline*>(value));
  encode_struct(deadline_table, {}, &text, out);
}

bool decode_deadline(const Codec&, JsonValue json, void* value, DecodeContext& context) {
  DeadlineText text;
  if (!decode_struct(deadline_table, Tag::none, json, &text, context)) return false;
  auto& deadline = *static_cast<Deadline*>(value);
  deadline = {text.appointment_day, text.rule, text.last_day, text.closes_at, text.provisional, {}};
  for (std::size_t i = 0; i < text.steps.size(); ++i) {
    DeadlineStepText& step = text.steps[i];
    deadline.steps.push_back(
        {step.date, step.counted, step.number, step.day, std::move(step.name), step.provisional});
    if (step.reason != reason_code(deadline, deadline.steps.back())) {
      return context.fail_at("steps[" + std::to_string(i) + "].reason",
                             DecodeErrorCode::inconsistent);
    }
  }
  return true;
}

std::string encode(const AnyCommand& command) {
  return encode_named(command.type(), command.get());
}
std::string encode(const RowRef& row) { return encode_named(row.type(), row.get()); }
std::string encode(const AnyKey& key) {
  std::string out;
  encode_struct(key.type().key_table, key.type().name, key.get(), out);
  return out;
}
std::string encode(const LedgerEntry& entry) { return encode_text_of(ledger_entry_codec, entry); }
std::string encode(const Rejection& rejection) {
  return encode_text_of(rejection_codec, rejection);
}
std::string encode(const Deadline& deadline) { return encode_text_of(deadline_codec, deadline); }
std::string encode(const Outcome& outcome) {
  OutcomeText text{{}, outcome.ledger};
  for (const RowChange& change : outcome.changes()) {
    text.changes.push_back({AnyRow(change.before()), AnyRow(change.after()), change.archived});
  }
  return encode_text_of(outcome_codec, text);
}

Decoded<AnyCommand> decode_command(std::string_view json) {
  return decode_text_of(command_codec, json, command_limits);
}
Decoded<AnyRow> decode_row(std::string_view json) {
  return decode_text_of(row_codec, json, row_limits);
}
Decoded<AnyKey> decode_row_key(std::string_view json) {
  return decode_text_of(row_key_codec, json, row_limits);
}
Decoded<LedgerEntry> decode_ledger_entry(std::string_view json) {
  return decode_text_of(ledger_entry_codec, json, row_limits);
}
Decoded<Rejection> decode_rejection(std::string_view json) {
  return decode_text_of(rejection_codec, json, rejection_limits);
}
Decoded<Deadline> decode_deadline(std::string_view json) {
  return decode_text_of(deadline_codec, json, rejection_limits);
}
Decoded<Outcome> decode_outcome(std::string_view json) {
  auto text = decode_text_of(outcome_codec, json, outcome_limits);
  if (!text) return std::unexpected(std::move(text.error()));
  Outcome outcome;
  for (const RowChangeText& change : text->changes) {
    const bool is_one_row = !change.before || !change.after ||
                            key_of(change.before.ref()) == key_of(change.after.ref());
    const bool leaves = change.before && !change.after;
    if ((!change.before && !change.after) || !is_one_row || (change.archived && !leaves)) {
      return std::unexpected(DecodeError{DecodeErrorCode::inconsistent, "changes", {}});
    }
    if (change.archived) {
      outcome.add_archived(change.before);
    } else {
      outcome.add(change.before, change.after);
    }
  }
  outcome.ledger = std::move(text->ledger);
  return outcome;
}

}  // namespace yuanyue::wire
