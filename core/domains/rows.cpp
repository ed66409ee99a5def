#include "core/domains/rows.h"

namespace yuanyue {
namespace {

struct KeyOf {
  RowKey operator()(const CalendarYear& row) const { return CalendarYearKey{row.year}; }
  RowKey operator()(const BlockOverride& row) const { return BlockOverrideKey{row.key}; }
  RowKey operator()(const Block& row) const { return row.key; }
  template <class RowType>
  RowKey operator()(const RowType& row) const {
    return row.id;
  }
};

}  // namespace

RowKey key_of(const Row& row) { return std::visit(KeyOf{}, row); }

}  // namespace yuanyue
