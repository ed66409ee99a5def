// What must hold between the fields of one struct of the catalog. Each fails through the context.
#pragma once

#include "core/catalog/catalog.h"
#include "core/wire/field_table.h"

namespace yuanyue::wire {

bool check_calendar_year(const CalendarYear& year, DecodeContext& context);
bool check_time_span(const TimeSpan& span, DecodeContext& context);  // start before end
bool check_hall_schedule(const HallSchedule& schedule,
                         DecodeContext& context);  // all lists ascending
bool check_template_block(const TemplateBlock& block,
                          DecodeContext& context);  // reserve within capacity
bool check_service(const Service& service,
                   DecodeContext& context);  // a block is named once a weekday

}  // namespace yuanyue::wire
