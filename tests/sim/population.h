// The park of the simulation: the random park's rows, a second member of every enterprise, and two
// administrators.
#pragma once

#include <vector>

#include "core/kernel/command.h"
#include "tests/core/support/park.h"

namespace yuanyue::sim {

inline constexpr std::uint64_t enterprises = 12;
inline constexpr std::uint64_t people = 2 * enterprises + 2;  // the last two administrate

// The shortest that the catalog allows.
inline constexpr int retention_days = 31;

UserId person(std::uint64_t number);  // 1..people
bool is_administrator(std::uint64_t number);
std::vector<UserId> everybody();
// What sets the park up, as administrators do at the console.
std::vector<AnyCommand> founding_commands();
// A year's calendar as the park has it at first.
std::vector<CalendarYear> official_years();
// The account as it is at first.
User account(std::uint64_t number);

}  // namespace yuanyue::sim
