// The description of a row type. Included by the .cpp that defines one.
#pragma once

#include "core/kernel/state.h"

namespace yuanyue {

template <class Part>
consteval PartType part_type() {
  return {.number = Part::number.value,
          .make = []() -> void* { return new Part(); },
          .destroy = [](void* part) { delete static_cast<Part*>(part); }};
}

template <class Row>
consteval RowType<Row>::RowType(const RowAnswers<Row>& given)
    : RowTypeBase{value_type<Row>(given.name.answer, given.fields.answer)}, answers(given) {
  static_assert(IsRow<Row>, "a row has a number, a type and key_of(): core/kernel/row.h");
  static_assert(sizeof(Row) <= most_row_bytes, "rows stay small; what grows is rows of its own");
  part = {.number = Row::number.value,
          .make = []() -> void* { return new Rows<Row>(); },
          .destroy = [](void* rows) { delete static_cast<Rows<Row>*>(rows); }};
  key_table = given.key_fields.answer;
  has_own_id = is_own_id<KeyOf<Row>>;
  put = put_row;
  erase = erase_row;
  find = [](const State& state, const AnyKey& any_key) -> const void* {
    return state.rows<Row>().find(*any_key.get_if<KeyOf<Row>>());
  };
  for_each = [](const State& state, void* context, void (*visit)(void*, const void*)) {
    state.for_each<Row>([&](const Row& row) { visit(context, &row); });
  };
  key = [](const void* row) { return AnyKey(key_of(*static_cast<const Row*>(row))); };
  make_key = [](void* place) { ::new (place) KeyOf<Row>{}; };
  compare = [](const void* a, const void* b) -> std::strong_ordering {
    return *static_cast<const KeyOf<Row>*>(a) <=> *static_cast<const KeyOf<Row>*>(b);
  };
  audiences = [](const State& state, const void* row) {
    return Row::type.answers.audiences.answer(state, *static_cast<const Row*>(row));
  };
  finished = [](const void* row) {
    return Row::type.answers.finished.answer(*static_cast<const Row*>(row));
  };
  owner = [](const void* row) {
    return Row::type.answers.owner.answer(*static_cast<const Row*>(row));
  };
  is_in_history = given.history.answer.about != nullptr;
  about = [](const void* row) {
    return Row::type.answers.history.answer.about(*static_cast<const Row*>(row));
  };
}

template <class Row>
bool RowType<Row>::put_row(State& state, void* row, void* before) {
  const auto& indexes = Row::type.answers.indexes.answer;
  const auto due = Row::type.answers.due.answer;
  const auto finished_at = Row::type.answers.finished.answer;
  Indexing indexing(state);
  Row& previous = *::new (before) Row{};
  const auto placed = indexing.rows<Row>().put(std::move(*static_cast<Row*>(row)), previous);
  if (!placed.replaced) {
    previous.~Row();
    if (indexes.add != nullptr) indexes.add(indexing, placed.row);
    if (const Dues dues = due(placed.row); !dues.empty())
      indexing.change_dues({}, dues, key_of(placed.row));
    indexing.change_finished(never, finished_at(placed.row), placed.row);
    return false;
  }
  if (indexes.change != nullptr) {
    indexes.change(indexing, previous, placed.row);
  } else if (indexes.add != nullptr) {
    indexes.remove(indexing, previous);
    indexes.add(indexing, placed.row);
  }
  const Dues dues_before = due(previous);
  const Dues dues_after = due(placed.row);
  if (!(dues_before == dues_after))
    indexing.change_dues(dues_before, dues_after, key_of(placed.row));
  indexing.change_finished(finished_at(previous), finished_at(placed.row), placed.row);
  return true;
}

template <class Row>
bool RowType<Row>::erase_row(State& state, const AnyKey& any_key, void* before) {
  Indexing indexing(state);
  Rows<Row>& rows = indexing.rows<Row>();
  const KeyOf<Row>& row_key = *any_key.get_if<KeyOf<Row>>();
  const Row* row = std::as_const(rows).find(row_key);
  if (row == nullptr) return false;
  const auto& indexes = Row::type.answers.indexes.answer;
  if (indexes.remove != nullptr) indexes.remove(indexing, *row);
  indexing.change_dues(Row::type.answers.due.answer(*row), {}, any_key);
  indexing.change_finished(Row::type.answers.finished.answer(*row), never, *row);
  ::new (before) Row(rows.erase(row_key));
  return true;
}

}  // namespace yuanyue
