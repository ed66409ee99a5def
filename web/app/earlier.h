// What views share that show more than the replica holds: lists whose older rows come as one
// scrolls, and rows that are not here any more.
#pragma once

#include <string_view>
#include <vector>

#include "web/app/app.h"

namespace yuanyue::web::app {

// The rows of the history that are not in the state: what follows in a list after those that are.
// The references hold for the frame.
template <class Row>
std::vector<const Row*> earlier_rows(App& app, const sync::HistoryFilter& filter) {
  std::vector<const Row*> rows;
  for (const AnyRow& any : app.history().list(filter).rows) {
    const Row& row = any.template as<Row>();
    if (app.state().find(key_of(row)) == nullptr) rows.push_back(&row);
  }
  return rows;
}

// Below the list of `rows`: asks for older ones when it comes into sight, or by its button, and
// says what has come, that there is no more, or why nothing comes.
void earlier_end(App& app, const sync::HistoryFilter& filter, std::size_t rows);

// In place of a row that is asked for: that it is on its way, or why not. True: its user wants it
// once more.
bool row_on_its_way(App& app, const sync::HistoryProgress& known);

// A booking or waitlist entry that is not in the state. While it is not here, draws what is known
// of that; null then. `missing` is drawn when there is no such row.
const AnyRow* archived_row(App& app, const AnyKey& key, ui::Content missing);

// Ledger entries of a booking or waitlist entry, as far as they are known; oldest first.
std::vector<LedgerEntry> known_timeline(App& app, const AnyKey& key);
// Below a timeline whose beginning is not known: asks for it.
void timeline_end(App& app, const AnyKey& key);

}  // namespace yuanyue::web::app
