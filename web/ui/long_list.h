// Lists that grow while one scrolls: only the items near the viewport are declared, and their end
// says when it comes into sight.
#pragma once

#include <cstddef>
#include <string_view>

#include "web/ui/core.h"

namespace yuanyue::web::ui {

struct LongListOptions {
  std::string_view name = {};  // what is listed
  std::string_view key = {};
  std::size_t item_count = 0;
  float item_height_guess = 64;  // of items not seen yet; real heights are remembered
  float gap = 0;                 // 0: hairlines between items; else space and no lines
};
// `item` declares the content of one item; ids are below its key, which `key_of` names.
void long_list(const LongListOptions& options,
               FunctionRef<std::string_view(std::size_t item)> key_of,
               FunctionRef<void(std::size_t item)> item);

// Declares `content`, and says whether it is in sight or no more than `ahead` below it. Where it is
// is known of the frame before: with another number of things above it counts as not in sight yet.
struct InSightOptions {
  std::string_view key = {};
  std::size_t above = 0;
  float ahead = 600;
};
bool in_sight(const InSightOptions& options, Content content);

}  // namespace yuanyue::web::ui
