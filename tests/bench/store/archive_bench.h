// What a long history costs: pages of it, a reset, a start, and the memory of State.
#pragma once

#include <cstdint>
#include <string>

namespace yuanyue {

// Prints JSON lines. `rows` are archived in a new store at `path`, with a hundredth as many live.
void measure_archive(const std::string& path, std::int64_t rows);
// So many finished rows have passed through a State that holds a hundredth as many open ones.
void measure_state_after(std::int64_t rows);

}  // namespace yuanyue
