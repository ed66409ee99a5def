// Filling {placeholders} of words. Inside web/ui only.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace yuanyue::web::ui::detail {

// Replaces each {name} by its value; unknown names stay as they are.
std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace yuanyue::web::ui::detail
