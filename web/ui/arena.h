// Memory of one frame: everything that is kept while a view runs lives until the frame ends. Inside
// web/ui only.
#pragma once

#include <cstddef>
#include <new>
#include <string_view>
#include <type_traits>

namespace yuanyue::web::ui::detail {

void* keep_bytes(std::size_t size, std::size_t alignment);
template <class T>
T* keep_array(std::size_t count) {
  static_assert(std::is_trivially_destructible_v<T>);
  T* first = static_cast<T*>(keep_bytes(sizeof(T) * count, alignof(T)));
  for (std::size_t i = 0; i < count; ++i) new (first + i) T{};
  return first;
}
template <class T>
const T* keep(const T& value) {
  static_assert(std::is_trivially_destructible_v<T>);
  return new (keep_bytes(sizeof(T), alignof(T))) T(value);
}
std::string_view keep_text(std::string_view text);

// The frame has ended.
void drop_kept();

}  // namespace yuanyue::web::ui::detail
