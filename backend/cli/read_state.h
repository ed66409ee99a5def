// State as the store has it, for commands that only read; works while another process serves.
#pragma once

#include <expected>
#include <string>

#include "backend/store/data_folder.h"
#include "core/kernel/state.h"

namespace yuanyue {

std::expected<State, std::string> read_state(const DataFolder& folder);

}  // namespace yuanyue
