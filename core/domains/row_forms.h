// The forms that stored rows have had, and the way from each to the next: for a store or backup
// that an older program wrote.
//
// A step reads and writes JSON only, never the structs of today: it stays as it is when they change
// again. Steps are never changed once they were released.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/kernel/row.h"
#include "core/wire/decode_error.h"

namespace yuanyue::wire {

// Of the rows that this program writes. A change of a row's fields comes with a step, and with
// another schema_version (protocol.h), because replicas keep rows, too.
inline constexpr int row_form = 2;
inline constexpr int first_row_form = 1;

class RowReader {
 public:
  // `form`: of the rows to come, first_row_form..row_form.
  explicit RowReader(int form) : form_(form) {}

  // A stored row of today's form; empty: it changes, or others change by it, and take_rest() has
  // it.
  Decoded<AnyRow> read(std::string_view json);

  // When all rows have been read.
  struct Rest {
    std::vector<AnyRow> unchanged;
    std::vector<AnyRow> changed;  // or new
  };
  Decoded<Rest> take_rest();

 private:
  struct OldRow {
    std::string json;
    std::map<std::string, std::string, std::less<>> members;  // each as JSON
  };
  friend struct RowSteps;

  const int form_;
  std::vector<OldRow> kept_;
};

}  // namespace yuanyue::wire
