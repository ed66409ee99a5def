// What the fuzz targets share. An input's first byte chooses what is tried, the rest is tried.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

namespace yuanyue::fuzz {

// A property that does not hold is a finding, as a crash is.
inline void require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "broken property: %s\n", property);
  std::abort();
}

using Trial = void (*)(std::string_view text);

inline int run(std::span<const Trial> trials, const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  trials[data[0] % trials.size()](text);
  return 0;
}

}  // namespace yuanyue::fuzz
