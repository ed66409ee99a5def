// Programmer's errors stop the program, in production too. The world's errors are values.
#pragma once

#include <cstdlib>

namespace yuanyue {

inline void require(bool holds) {
  if (!holds) [[unlikely]]
    std::abort();
}

}  // namespace yuanyue
