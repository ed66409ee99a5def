// Whom a console command touches, for people: core/appointments/consequences.h with names.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "backend/store/data_folder.h"
#include "core/kernel/command.h"
#include "core/kernel/state.h"

namespace yuanyue {

// {"must_move": [{"enterprise", "code", "block"}…], …}: what the command that `make` makes of the
// committed state would do to it, as of the machine's clock. {} where there is no store yet, and
// where `make` makes none. The error is a sentence: the store cannot be read, or why the command
// would be refused.
std::expected<nlohmann::json, std::string> touched_by(
    const DataFolder& folder, const std::function<std::optional<AnyCommand>(const State&)>& make);

// One line for each kind that is not empty, on standard error: "3 bookings must move: …".
void print_touched(const nlohmann::json& touched);

}  // namespace yuanyue
