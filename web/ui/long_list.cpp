#include "web/ui/long_list.h"

#include <algorithm>
#include <cmath>

#include "web/bridge/platform.h"
#include "web/ui/layout.h"
#include "web/ui/row_window.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Role;

constexpr std::size_t most_counted = 65'535;  // of a node's position

// The view learns of it in the next frame.
void remember_place(const Element& box) {
  WidgetMemory& seen = memory(box.memory_id);
  if (seen.index != 0 && std::abs(seen.position - box.box.y) < 0.5F) return;
  seen.index = 1;
  seen.position = box.box.y;
  platform::request_frame();
}

}  // namespace

void long_list(const LongListOptions& options,
               FunctionRef<std::string_view(std::size_t item)> key_of,
               FunctionRef<void(std::size_t item)> item) {
  const Scope inside(options.key.empty() ? options.name : options.key);
  const Open box(Flow::column);
  attach_container(*box, make_id("list"), Role::list, options.name);
  const auto count = static_cast<std::uint16_t>(std::min(options.item_count, most_counted));
  windowed_rows(
      {make_id("rows"), options.item_count, options.item_height_guess}, [&](std::size_t index) {
        const Scope own(key_of(index));
        const Open row(Flow::column);
        const bool is_first = index == 0;
        if (options.gap == 0 && !is_first) divider();
        const Open content(Flow::column);
        content->gap = 8;
        if (options.gap == 0) content->padding = pad(0, 12);
        if (options.gap > 0 && !is_first) content->padding.top = options.gap;
        semantics::Node& node = attach_container(*content, make_id("item"), Role::listitem, {});
        node.position = static_cast<std::uint16_t>(std::min(index + 1, most_counted));
        node.set_size = count;
        item(index);
      });
}

bool in_sight(const InSightOptions& options, Content content) {
  const NodeId id = make_id(options.key, "in-sight");
  const Scope inside(options.key);
  WidgetMemory& seen = memory(id);
  const auto above = static_cast<float>(options.above);
  const bool is_placed = seen.index != 0 && seen.number == above;
  if (!is_placed) platform::request_frame();
  seen.number = above;
  const float below = seen.position - page_scroll() - view_height();
  const Open box(Flow::column);
  box->gap = 12;
  box->memory_id = id;
  box->placed = remember_place;
  content();
  return is_placed && below <= options.ahead;
}

}  // namespace yuanyue::web::ui
