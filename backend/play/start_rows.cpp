#include "backend/play/start_rows.h"

#include <charconv>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/contradictions.h"
#include "core/appointments/offer.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "core/domains/codec.h"
#include "core/kernel/engine.h"
#include "core/kernel/refusals.h"
#include "core/messages/notification.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"

namespace yuanyue {
namespace {

using Placed = std::expected<void, std::string>;

std::string row_path(std::size_t index) { return "rows[" + std::to_string(index) + "]"; }

std::optional<Rejection> run(State& state, AnyCommand command) {
  const Envelope envelope{{}, {ActorKind::console, {}}, Instant{}, std::move(command)};
  auto outcome = execute(state, envelope);
  if (outcome) return std::nullopt;
  return std::move(outcome.error());
}

Placed refused(const std::string& path, const Rejection& rejection) {
  std::string why(rejection.code.name());
  const auto* invalid = rejection.code.get_if<Invalid>();
  if (invalid != nullptr && !invalid->reason_name.empty()) why += " (" + invalid->reason_name + ")";
  return std::unexpected(path + ": " + why);
}

// Rows of one kind, and where each stands in the line.
struct Catalog {
  SaveCatalog command;
  std::map<std::string_view, std::vector<std::size_t>> lines{
      {"parks", {}}, {"halls", {}}, {"departments", {}}, {"services", {}}};

  template <class Row>
  bool takes(const AnyRow& row, std::vector<Row>& rows, std::string_view list, std::size_t index) {
    const Row* found = row.get_if<Row>();
    if (found == nullptr) return false;
    rows.push_back(*found);
    lines[list].push_back(index);
    return true;
  }
  bool takes(const AnyRow& row, std::size_t index) {
    return takes(row, command.parks, "parks", index) || takes(row, command.halls, "halls", index) ||
           takes(row, command.departments, "departments", index) ||
           takes(row, command.services, "services", index);
  }
  // "services[2].hall" is "rows[5].hall" of the line.
  std::string path_in_line(std::string_view field) const {
    const std::size_t open = field.find('[');
    const std::size_t close = field.find(']');
    if (open == std::string_view::npos || close == std::string_view::npos) return "rows";
    std::size_t index = 0;
    std::from_chars(field.data() + open + 1, field.data() + close, index);
    const auto list = lines.find(field.substr(0, open));
    if (list == lines.end() || index >= list->second.size()) return "rows";
    return row_path(list->second[index]) + std::string(field.substr(close + 1));
  }
};

Placed save(State& state, AnyCommand command, std::size_t index) {
  const auto refusal = run(state, std::move(command));
  if (!refusal) return {};
  // "user.name" is "rows[1].name" of the line.
  const std::size_t dot = std::string(invalid_field(*refusal)).find('.');
  const std::string field =
      dot == std::string::npos ? "" : std::string(invalid_field(*refusal)).substr(dot);
  return refused(row_path(index) + field, *refusal);
}

// Accounts after the enterprises they belong to.
Placed put_people(State& state, const std::vector<AnyRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (const auto* row = rows[i].get_if<Enterprise>()) {
      if (auto placed = save(state, SaveEnterprise{.enterprise = *row}, i); !placed) return placed;
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (const auto* row = rows[i].get_if<User>()) {
      if (auto placed = save(state, SaveUser{.user = *row}, i); !placed) return placed;
    }
  }
  return {};
}

Placed put_overrides(State& state, const std::vector<AnyRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto* row = rows[i].get_if<BlockOverride>();
    if (row == nullptr) continue;
    if (state.find(row->key.service) == nullptr) {
      return std::unexpected(row_path(i) + ".key.service: not_found");
    }
    state.put(*row);
  }
  return {};
}

// What the park is made of has its place before; everything else is work in it.
bool is_open_work(const AnyRow& row) {
  return !row.is<Park>() && !row.is<Hall>() && !row.is<Department>() && !row.is<Service>() &&
         !row.is<OfficialYear>() && !row.is<Enterprise>() && !row.is<User>() &&
         !row.is<BlockOverride>();
}

// In the line its place, else (a row of an earlier line, which this one contradicts) its type.
std::string path_of(const AnyKey& key, const std::vector<AnyRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (key_of(rows[i].ref()) == key) return row_path(i);
  }
  return "a " + std::string(key.type().name) + " that is there";
}

// All of them before any is checked: each may stand on one that comes later in the line.
Placed put_open_work(State& state, const std::vector<AnyRow>& rows) {
  bool is_checked = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!is_open_work(rows[i])) continue;
    if (state.put(rows[i])) return std::unexpected(row_path(i) + ": already_exists");
    const auto* message = rows[i].get_if<Notification>();
    if (message != nullptr && state.find(message->enterprise) == nullptr) {
      return std::unexpected(row_path(i) + ".enterprise: not_found");
    }
    is_checked = true;
  }
  if (!is_checked) return {};
  const auto found = find_contradiction(state);
  if (!found) return {};
  return std::unexpected(path_of(found->row, rows) + std::string(found->fault));
}

bool is_people_or_override(const AnyRow& row) {
  return row.is<Enterprise>() || row.is<User>() || row.is<BlockOverride>();
}

}  // namespace

Placed put_start_rows(State& state, const std::vector<AnyRow>& rows) {
  Catalog catalog;
  std::vector<std::pair<std::size_t, const OfficialYear*>> years;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const AnyRow& row = rows[i];
    if (catalog.takes(row, i) || is_people_or_override(row)) continue;
    if (is_open_work(row)) continue;
    const auto* year = row.get_if<OfficialYear>();
    require(year != nullptr);
    years.emplace_back(i, year);
  }
  if (const auto refusal = run(state, catalog.command)) {
    return refused(catalog.path_in_line(std::string(invalid_field(*refusal))), *refusal);
  }
  for (const auto& [index, year] : years) {
    // Also a year that lacks holidays: who plays may want to know what it would do.
    auto placed = save(state, ImportCalendarYear{.year = *year, .force = true}, index);
    if (!placed) return placed;
  }
  if (auto placed = put_people(state, rows); !placed) return placed;
  if (auto placed = put_overrides(state, rows); !placed) return placed;
  return put_open_work(state, rows);
}

}  // namespace yuanyue
