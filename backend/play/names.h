// "$name" in a script: an id that is made at first use and is the same in every run.
#pragma once

#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/wire/json.h"

namespace yuanyue {

// Nothing random: what a script prints can be compared.
Uuid id_of_name(std::string_view name);

// The value in canonical form, with the ids for "$name". A fraction becomes 0.5: nothing takes one.
void append_resolved(wire::JsonValue value, std::string& out);
std::string resolved(wire::JsonValue value);

}  // namespace yuanyue
