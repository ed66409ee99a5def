#include "core/catalog/domain.h"

#include "core/catalog/calendar_year.h"
#include "core/catalog/catalog.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/kinds.h"
#include "core/catalog/official_calendar.h"
#include "core/catalog/save_catalog.h"
#include "core/kernel/row_type.h"
#include "core/people/domain.h"

namespace yuanyue::catalog {
namespace {

constexpr const Domain* stands_on[] = {&people::domain};
constexpr PartType indexes[] = {part_type<OfficialCalendar>()};
static_assert(differ<OfficialYear, Park, Hall, Department, Service, OfficialCalendar>(),
              "two parts have the same number");

}  // namespace

constinit const Domain domain{
    .name = "catalog",
    .stands_on = stands_on,
    .rows = row_types<OfficialYear, Park, Hall, Department, Service>,
    .indexes = indexes,
    .commands = command_types<ImportCalendarYear, SaveCatalog>,
    .events = event_kinds<events::calendar_imported, events::catalog_changed>,
    .notices = no_elements,
    .refusals = no_elements,
    .ways = no_elements,
    .reactions = no_elements,
    .prefetch = no_prefetch,
};

}  // namespace yuanyue::catalog
