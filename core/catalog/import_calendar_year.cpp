#include "core/catalog/import_calendar_year.h"

#include <string>

#include "core/appointments/closures.h"
#include "core/calendar/statutory_days.h"
#include "core/kernel/rejections.h"
#include "core/kernel/transaction.h"

namespace yuanyue {

Refusal decide(Transaction& transaction, const ImportCalendarYear& command) {
  const CalendarYear& year = command.year;
  if (year.year < 1970 || year.year > 2199) return reject_invalid("year");
  const auto missing = missing_statutory_days(year);
  if (!missing.empty() && !command.force) {
    Rejection rejection = reject_invalid("year.off");
    rejection.reason_name = to_string(missing);
    return rejection;
  }
  transaction.put(year);
  transaction.record(LedgerKind::calendar_imported, {}).note = std::to_string(year.year);
  review_blocks(transaction,
                [&](const BlockKey& key) { return to_year_month_day(key.date).year == year.year; });
  return std::nullopt;
}

}  // namespace yuanyue
