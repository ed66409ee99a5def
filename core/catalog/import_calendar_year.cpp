#include "core/catalog/import_calendar_year.h"

#include <string>

#include "core/calendar/statutory_days.h"
#include "core/catalog/calendar_tables.h"
#include "core/catalog/kinds.h"
#include "core/catalog/permissions.h"
#include "core/kernel/refusals.h"
#include "core/kernel/transaction.h"

namespace yuanyue {
namespace {

Refusal import_year(Transaction& transaction, const ImportCalendarYear& command) {
  const CalendarYear& year = command.year;
  if (year.year < 1970 || year.year > 2199) return refuse_invalid("year");
  const auto missing = missing_statutory_days(year);
  if (!missing.empty() && !command.force) {
    return refuse(refusals::invalid, {.field = "year.off", .reason_name = to_string(missing)});
  }
  transaction.put(OfficialYear{year});
  transaction.record(events::calendar_imported, {}, no_detail).note = std::to_string(year.year);
  transaction.publish(CalendarYearImported{year.year});
  return std::nullopt;
}

}  // namespace

constinit const FactType<CalendarYearImported> CalendarYearImported::type{"calendar_year_imported"};

constinit const CommandType<ImportCalendarYear> ImportCalendarYear::type =
    CommandAnswers<ImportCalendarYear>{
        .name = "import_calendar_year",
        .fields = wire::import_calendar_year_table,
        .origin = Origin::outside,
        .needs = [](const State&, const Actor&,
                    const ImportCalendarYear&) { return Need{&import_calendars, AnyKey()}; },
        .decide = import_year,
    };

}  // namespace yuanyue
