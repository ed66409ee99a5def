// What frame.cpp drives at the edges of a frame. Inside web/ui only.
#pragma once

#include <vector>

#include "web/ui/element.h"

namespace yuanyue::web::ui::detail {

void begin_tree();
void end_tree();
std::vector<Root>& roots();
void add_toasts();  // overlay.cpp: the toasts that are to be seen, as a root

}  // namespace yuanyue::web::ui::detail
