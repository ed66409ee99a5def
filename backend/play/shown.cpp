#include "backend/play/shown.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "backend/play/names.h"
#include "core/domains/codec.h"
#include "core/kernel/domain.h"

namespace yuanyue {
namespace {

// Texts of one line are smaller than a row may be.
constexpr wire::JsonLimits row_limits{.max_bytes = 64 * 1024 * 1024, .max_members = 1024};

bool matches(wire::JsonValue wanted, wire::JsonValue found) {
  if (!wanted.is(wire::JsonKind::object) || !found.is(wire::JsonKind::object)) {
    return resolved(wanted) == resolved(found);
  }
  for (auto member = wanted.first(); member; member = member->next()) {
    const auto other = found.find(member->key());
    if (!other || !matches(*member, *other)) return false;
  }
  return true;
}

std::optional<std::string> unknown_field(const RowTypeBase& type, wire::JsonValue where) {
  for (auto member = where.first(); member; member = member->next()) {
    const bool is_known = std::ranges::any_of(
        type.table.fields, [&](const wire::Field& field) { return field.name == member->key(); });
    if (!is_known) return wire::path_segment(member->key());
  }
  return std::nullopt;
}

}  // namespace

std::expected<std::string, std::string> rows_shown(const State& state, wire::JsonValue show) {
  const auto name = show.find("rows")->string();
  const RowTypeBase* type = name ? known_domains().row(*name) : nullptr;
  if (type == nullptr) return std::unexpected("show.rows: no type of row");
  const auto where = show.find("where");
  if (where && !where->is(wire::JsonKind::object)) {
    return std::unexpected("show.where: an object is wanted");
  }
  if (const auto unknown = where ? unknown_field(*type, *where) : std::nullopt) {
    return std::unexpected("show.where." + *unknown + ": no field of " + std::string(*name));
  }
  std::vector<std::pair<AnyKey, std::string>> found;
  for_each_row(state, std::span(&type, 1), [&](const RowRef& row) {
    std::string text = wire::encode(row);
    if (where) {
      const auto document = wire::JsonDocument::parse(text, row_limits);
      if (!document || !matches(*where, document->root())) return;
    }
    found.emplace_back(key_of(row), std::move(text));
  });
  std::ranges::sort(found, {}, [](const auto& row) -> const AnyKey& { return row.first; });
  std::string out = "[";
  for (const auto& [key, text] : found) {
    if (out.size() > 1) out += ',';
    out += text;
  }
  return out + "]";
}

}  // namespace yuanyue
