// The form that refusals had before protocol 4, and the way to the next: for results in a store,
// and refusals in a browser's settings, that an older program wrote. JSON to JSON, never by the
// structs of today.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace yuanyue::wire {

// nullopt: it is no refusal of then.
std::optional<std::string> rejection_from_protocol_3(std::string_view json);
// A command's result; one without a refusal stays as it is.
std::optional<std::string> result_from_protocol_3(std::string_view json);

}  // namespace yuanyue::wire
