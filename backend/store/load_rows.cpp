#include "backend/store/load_rows.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/domains/row_forms.h"

namespace yuanyue {
namespace {

std::string sentence(std::string_view row, const wire::DecodeError& error) {
  return std::string(row) + " cannot be read: " + std::string(wire::to_string(error.code)) +
         " at " + error.path;
}

}  // namespace

std::expected<std::vector<AnyKey>, std::string> load_rows(StoreReader& reader,
                                                          const std::function<void(AnyRow)>& take) {
  std::string problem;
  std::optional<wire::RowReader> rows;
  const auto read = reader.each_row([&](const StoreHead& head, const StoredRow& stored) {
    if (!problem.empty()) return;
    if (head.row_form > wire::row_form) {
      problem = "its rows were written by a newer program (form " + std::to_string(head.row_form) +
                ", this program knows " + std::to_string(wire::row_form) + ")";
      return;
    }
    if (!rows) rows.emplace(std::max(head.row_form, wire::first_row_form));
    auto row = rows->read(stored.json);
    if (!row)
      problem = sentence("row " + stored.key, row.error());
    else if (*row)
      take(std::move(*row));
  });
  if (!read) return std::unexpected(read.error().message);
  if (!problem.empty()) return std::unexpected(problem);
  std::vector<AnyKey> changed;
  if (!rows) return changed;
  auto rest = rows->take_rest();
  if (!rest) return std::unexpected(sentence("a row of an older form", rest.error()));
  for (AnyRow& row : rest->unchanged) take(std::move(row));
  for (AnyRow& row : rest->changed) {
    changed.push_back(key_of(row.ref()));
    take(std::move(row));
  }
  return changed;
}

}  // namespace yuanyue
