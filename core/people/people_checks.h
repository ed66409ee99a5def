// What must hold between the fields of one row of people. Each fails through the context.
#pragma once

#include "core/wire/field_table.h"

namespace yuanyue::wire {

bool check_enterprise(const void* value, DecodeContext& context);  // credit code well-formed
bool check_user(const void* value, DecodeContext& context);        // characters of the name

}  // namespace yuanyue::wire
