#include "core/domains/row_forms.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

#include "core/domains/codec.h"
#include "core/kernel/require.h"
#include "core/wire/json.h"

namespace yuanyue::wire {
namespace {

constexpr JsonLimits old_row_limits{.max_bytes = max_row_bytes};

std::unexpected<DecodeError> fault(DecodeErrorCode code, std::string path) {
  return std::unexpected(DecodeError{code, std::move(path), {}});
}

std::string quoted(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

std::string list_of(std::span<const int> numbers) {
  std::string json;
  for (const int number : numbers) {
    json += json.empty() ? '[' : ',';
    append_json_integer(json, number);
  }
  return json + "]";
}

}  // namespace

// What a step works on: rows of the types that it names, all of them at once.
struct RowSteps {
  using OldRow = RowReader::OldRow;
  using Members = std::map<std::string, std::string, std::less<>>;
  struct Step {
    std::span<const std::string_view> types;
    Decoded<void> (*run)(std::vector<OldRow>& rows);
  };

  static Decoded<OldRow> parse(std::string_view json, const JsonValue& root) {
    OldRow row;
    row.json = json;
    for (auto member = root.first(); member; member = member->next()) {
      std::string text;
      if (!append_json(text, *member))
        return fault(DecodeErrorCode::bad_format, path_segment(member->key()));
      row.members.emplace(member->key(), std::move(text));
    }
    return row;
  }

  static std::string text_of(const Members& members) {
    std::string json;
    for (const auto& [name, value] : members) {
      json += json.empty() ? '{' : ',';
      append_json_string(json, name);
      json += ':';
      json += value;
    }
    return json + "}";
  }

  static std::string_view member(const OldRow& row, std::string_view name) {
    const auto found = row.members.find(name);
    return found == row.members.end() ? std::string_view() : found->second;
  }
  static bool is(const OldRow& row, std::string_view type) {
    return member(row, "type") == quoted(type);
  }

  // --- form 2: a block counts who waits in its `queue`; an entry names the block of its offer;
  // each place of a queue is a row.
  struct Queues {
    std::unordered_map<std::string, const OldRow*> entries;  // by their ids' JSON
    std::unordered_map<std::string, const OldRow*> offers;
    std::vector<OldRow> places;
  };

  static Decoded<void> count_queue(OldRow& block, Queues& queues) {
    constexpr std::array<std::string_view, 5> tiers = {"emergency", "relocation", "key_project",
                                                       "high_tech", "ordinary"};
    const auto queue = JsonDocument::parse(member(block, "queue"), old_row_limits);
    const auto key = JsonDocument::parse(member(block, "key"), old_row_limits);
    if (!queue || !key) return fault(DecodeErrorCode::missing_field, "queue");
    if (!queue->root().is(JsonKind::array)) return fault(DecodeErrorCode::wrong_type, "queue");
    const auto date = key->root().find("date");
    const auto start = key->root().find("start");
    if (!date || !start) return fault(DecodeErrorCode::missing_field, "key");
    std::array<int, tiers.size()> waiting{};
    for (auto place = queue->root().first(); place; place = place->next()) {
      const auto entry = place->find("entry");
      const auto tier = place->find("tier");
      if (!entry || !tier) return fault(DecodeErrorCode::missing_field, "queue");
      const auto known = std::ranges::find(tiers, tier->string().value_or(""));
      const std::string id = quoted(entry->string().value_or(""));
      const auto waiter = queues.entries.find(id);
      if (known == tiers.end() || waiter == queues.entries.end())
        return fault(DecodeErrorCode::inconsistent, "queue");
      OldRow& row = queues.places.emplace_back();
      row.members["type"] = quoted("waiting_place");
      row.members["enterprise"] = member(*waiter->second, "enterprise");
      row.members["ahead"] = list_of(waiting);
      row.members["key"] = text_of({{"date", quoted(date->string().value_or(""))},
                                    {"entry", id},
                                    {"start", quoted(start->string().value_or(""))}});
      ++waiting[static_cast<std::size_t>(known - tiers.begin())];
    }
    block.members.erase("queue");
    block.members["waiting"] = list_of(waiting);
    return {};
  }

  static Decoded<void> count_queues(std::vector<OldRow>& rows) {
    Queues queues;
    for (const OldRow& row : rows) {
      if (is(row, "waitlist_entry")) queues.entries[std::string(member(row, "id"))] = &row;
      if (is(row, "offer")) queues.offers[std::string(member(row, "id"))] = &row;
    }
    for (OldRow& row : rows) {
      if (is(row, "block")) {
        if (auto counted = count_queue(row, queues); !counted) return counted;
      }
      if (!is(row, "waitlist_entry") || !row.members.contains("offer")) continue;
      const auto offer = queues.offers.find(row.members["offer"]);
      if (offer == queues.offers.end()) return fault(DecodeErrorCode::inconsistent, "offer");
      row.members["offered_block"] = member(*offer->second, "block");
    }
    for (OldRow& place : queues.places) rows.push_back(std::move(place));
    return {};
  }

  static constexpr std::string_view of_queues[] = {"block", "waitlist_entry", "offer"};

  // Step i makes form i + 2 of form i + 1.
  static std::span<const Step> all() {
    static constexpr Step steps[] = {{of_queues, count_queues}};
    static_assert(std::size(steps) + first_row_form == row_form);
    return steps;
  }
  static std::span<const Step> from(int form) {
    require(form >= first_row_form && form <= row_form);
    return all().subspan(static_cast<std::size_t>(form - first_row_form));
  }
};

Decoded<AnyRow> RowReader::read(std::string_view json) {
  const auto steps = RowSteps::from(form_);
  if (steps.empty()) return decode_row(json);
  const auto document = JsonDocument::parse(json, old_row_limits);
  if (!document) return std::unexpected(document.error());
  const auto type = document->root().find("type");
  const std::string_view name = type ? type->string().value_or("") : std::string_view();
  const bool is_concerned = std::ranges::any_of(steps, [&](const RowSteps::Step& step) {
    return std::ranges::find(step.types, name) != step.types.end();
  });
  if (!is_concerned) return decode_row(json);
  auto row = RowSteps::parse(json, document->root());
  if (!row) return std::unexpected(row.error());
  kept_.push_back(*std::move(row));
  return AnyRow();
}

Decoded<RowReader::Rest> RowReader::take_rest() {
  std::vector<OldRow> rows = std::exchange(kept_, {});
  for (const RowSteps::Step& step : RowSteps::from(form_)) {
    if (auto done = step.run(rows); !done) return std::unexpected(done.error());
  }
  Rest rest;
  for (const OldRow& old : rows) {
    const std::string json = RowSteps::text_of(old.members);
    auto row = decode_row(json);
    if (!row) return std::unexpected(row.error());
    (json == old.json ? rest.unchanged : rest.changed).push_back(*std::move(row));
  }
  return rest;
}

}  // namespace yuanyue::wire
