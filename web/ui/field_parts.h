// What fields and choices have in common: label, help, error, the box. Inside web/ui only.
#pragma once

#include <string_view>

#include "web/ui/element.h"

namespace yuanyue::web::ui::detail {

struct FieldBox {
  NodeId id = 0;
  bool invalid = false;
  bool disabled = false;
};

void add_field_label(std::string_view label, bool required);
void add_field_help(std::string_view help);
void add_field_error(std::string_view error);
void style_field_box(Element& box, const FieldBox& field);

}  // namespace yuanyue::web::ui::detail
