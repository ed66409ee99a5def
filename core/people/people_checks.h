// What must hold between the fields of one row of people. Each fails through the context.
#pragma once

#include "core/people/enterprise.h"
#include "core/people/user.h"
#include "core/wire/field_table.h"

namespace yuanyue::wire {

bool check_enterprise(const Enterprise& enterprise,
                      DecodeContext& context);              // credit code well-formed
bool check_user(const User& user, DecodeContext& context);  // characters of the name

}  // namespace yuanyue::wire
