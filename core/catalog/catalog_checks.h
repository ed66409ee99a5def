// What must hold between the fields of one struct of the catalog. Each fails through the context.
#pragma once

#include "core/wire/field_table.h"

namespace yuanyue::wire {

bool check_calendar_year(const void* value, DecodeContext& context);
bool check_time_span(const void* value, DecodeContext& context);       // start before end
bool check_hall_schedule(const void* value, DecodeContext& context);   // all lists ascending
bool check_template_block(const void* value, DecodeContext& context);  // reserve within capacity
bool check_service(const void* value, DecodeContext& context);  // a block is named once a weekday

}  // namespace yuanyue::wire
