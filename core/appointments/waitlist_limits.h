// The most that the waitlist may hold. The codec refuses more when it reads and the rules when they
// decide, by the same number, so that nothing is accepted that could not be read again.
#pragma once

#include <cstddef>

#include "core/catalog/catalog_limits.h"

namespace yuanyue {

// The waitlist. An entry stands in the queues of at most so many blocks.
inline constexpr std::size_t max_wishes = 20;
inline constexpr std::size_t max_entry_blocks = 1000;
// When a closure takes all offers of a block back, those who had one stand in its queue again,
// beside those who waited.
inline constexpr std::size_t max_queue_places = max_max_waiting + max_block_capacity;

}  // namespace yuanyue
