// The most that a text of a row or command may hold. The codec refuses more when it reads and the
// rules when they decide, by the same number, so that nothing is accepted that could not be read
// again.
#pragma once

#include <cstddef>

namespace yuanyue {

// Texts, in bytes of UTF-8.
inline constexpr std::size_t max_name_bytes = 200;
inline constexpr std::size_t max_note_bytes = 500;
inline constexpr std::size_t max_summary_bytes = 2000;
inline constexpr std::size_t max_phone_bytes = 50;

}  // namespace yuanyue
