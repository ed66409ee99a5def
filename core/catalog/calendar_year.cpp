#include "core/catalog/calendar_year.h"

#include "core/catalog/calendar_tables.h"
#include "core/catalog/official_calendar.h"
#include "core/kernel/row_type.h"

namespace yuanyue {
namespace {

void add(Indexing& indexing, const OfficialYear& row) {
  indexing.part<OfficialCalendar>().days.put(row);
}

void remove(Indexing& indexing, const OfficialYear& row) {
  indexing.part<OfficialCalendar>().days.erase(row.year);
}

void change(Indexing& indexing, const OfficialYear&, const OfficialYear& after) {
  add(indexing, after);
}

}  // namespace

constinit const RowType<OfficialYear> OfficialYear::type = RowAnswers<OfficialYear>{
    .name = "calendar_year",
    .fields = wire::official_year_table,
    .key_fields = wire::official_year_key_table,
    .audiences = [](const State&, const OfficialYear&) { return Audiences{everyone}; },
    .due = no_due<OfficialYear>,
    .finished = never_finished<OfficialYear>,
    .indexes = Indexes<OfficialYear>{.add = add, .remove = remove, .change = change},
    .owner = nobodys<OfficialYear>,
    .history = no_history<OfficialYear>,
};

}  // namespace yuanyue
