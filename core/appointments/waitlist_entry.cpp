#include "core/appointments/waitlist_entry.h"

#include <algorithm>

#include "core/appointments/open_work.h"
#include "core/appointments/queues.h"
#include "core/appointments/timers.h"
#include "core/appointments/waitlist_tables.h"
#include "core/kernel/any_codec.h"
#include "core/kernel/row_type.h"
#include "core/people/grants.h"

namespace yuanyue {
namespace {

Dues due(const WaitlistEntry& row) {
  Dues dues;
  if (!is_open(row)) return dues;
  if (row.promote_at != never) dues.push_back({row.promote_at, &entry_is_promoted});
  if (row.closes_at != never) dues.push_back({row.closes_at, &entry_closes});
  return dues;
}

// With the end of the last block it wished.
Finished finished(const WaitlistEntry& row) {
  if (is_open(row)) return never;
  Date last = date_of(row.joined_at);
  for (const Wish& wish : row.wishes) last = std::max(last, wish.date);
  return to_instant(last + 1, {});
}

void add(Indexing& indexing, const WaitlistEntry& row) {
  add_entry(indexing, row);
  stand_in_queues(indexing, row);
}
void remove(Indexing& indexing, const WaitlistEntry& row) {
  remove_entry(indexing, row);
  leave_queues(indexing, row);
}
void change(Indexing& indexing, const WaitlistEntry& before, const WaitlistEntry& after) {
  change_entry(indexing, before, after);
  if (stands_alike(before, after)) return;
  leave_queues(indexing, before);
  stand_in_queues(indexing, after);
}

}  // namespace

constinit const RowType<WaitlistEntry> WaitlistEntry::type = RowAnswers<WaitlistEntry>{
    .name = "waitlist_entry",
    .fields = wire::waitlist_entry_table,
    .key_fields = wire::uuid_key<WaitlistEntryId>,
    .audiences = [](const State&,
                    const WaitlistEntry& row) { return audiences_of_enterprise(row.enterprise); },
    .due = due,
    .finished = finished,
    .indexes = Indexes<WaitlistEntry>{.add = add, .remove = remove, .change = change},
    .owner = [](const WaitlistEntry& row) { return owner_of(row.enterprise); },
    .history =
        HistoryOf<WaitlistEntry>{[](const WaitlistEntry& row) -> SlugText { return row.service; }},
};

}  // namespace yuanyue
