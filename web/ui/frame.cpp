// One frame: collects, places the roots, draws, emits semantics; sizes and time.
#include <algorithm>
#include <cmath>

#include "imgui.h"
#include "web/bridge/fonts.h"
#include "web/bridge/platform.h"
#include "web/ui/frame_state.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;

constexpr float kiosk_scale = 1.6F;
constexpr float text_scale_max = 2;
constexpr float dialog_margin = 16;

Density chosen_density = Density::automatic;
std::int64_t server_now_ms = 0;

// Both fonts take over the device's pixel density only when they are pushed.
void adopt_pixel_density() {
  for (ImFont* font : {fonts::regular(), fonts::semibold()}) {
    ImGui::PushFont(font, pixel_size(text_size(TextSize::body)));
    ImGui::PopFont();
  }
}

void place_page(Root& root) {
  const PageInsets& around = page_insets();
  measure(*root.element);
  arrange(*root.element, view_width() - around.left);
  make_absolute(*root.element, around.left, around.top);
}

void place_chrome(Root& root) {
  measure(*root.element);
  arrange(*root.element, root.width > 0 ? root.width : view_width());
  make_absolute(*root.element, root.x, root.y);
}

// A dialog that is higher than the viewport becomes a window that scrolls natively.
void place_dialog(Root& root) {
  const float margin = root.bottom_sheet ? 0 : dialog_margin;
  const float width = std::min(root.width_wanted, view_width() - 2 * margin);
  Element& box = *root.element;
  measure(box);
  arrange(box, width);
  const float room = view_height() - 2 * dialog_margin;
  if (box.box.height > room && box.node != nullptr) {
    box.node->content_height = box.box.height * scale();
    box.scrolls = box.node->id;
    box.box.height = room;
  }
  const float free_space = view_height() - box.box.height;
  const float y = root.bottom_sheet ? free_space : std::floor(free_space / 2);
  make_absolute(box, std::floor((view_width() - width) / 2), y);
}

void place_toasts(Root& root) {
  constexpr float margin = 16;
  const float width = std::min(root.width_wanted, view_width() - 2 * margin);
  measure(*root.element);
  arrange(*root.element, width);
  const float x = narrow() ? (view_width() - width) / 2 : view_width() - width - margin;
  const float y = view_height() - page_insets().bottom - margin - root.element->box.height;
  make_absolute(*root.element, std::floor(x), std::floor(y));
}

void place_roots() {
  float page_height = 0;
  for (Root& root : roots()) {
    switch (root.layer) {
      case Layer::page:
        place_page(root);
        page_height = root.element->box.bottom() + page_insets().bottom;
        break;
      case Layer::chrome:
      case Layer::skip_link:
        place_chrome(root);
        break;
      case Layer::dialog:
        place_dialog(root);
        break;
      case Layer::toast:
        place_toasts(root);
        break;
    }
  }
  platform::set_page_height(page_height * scale());
}

void paint_roots() {
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  const float width = view_width(), height = view_height();
  Painter whole(list, 0, 0, width, height);
  for (const Layer layer :
       {Layer::page, Layer::chrome, Layer::dialog, Layer::toast, Layer::skip_link}) {
    for (const Root& root : roots()) {
      if (root.layer != layer) continue;
      if (layer == Layer::dialog) whole.fill({0, 0, width, height}, theme().scrim);
      Painter painter(list, 0, root.fixed ? 0 : -page_scroll(), width, height);
      paint_tree(*root.element, painter);
    }
  }
}

void emit_roots() {
  std::stable_sort(roots().begin(), roots().end(),
                   [](const Root& a, const Root& b) { return a.order < b.order; });
  for (const Root& root : roots()) emit_semantics(*root.element, root.fixed);
}

}  // namespace

void frame(Content content) {
  adopt_pixel_density();
  platform::set_background(to_hex(theme().background), theme().dark ? platform::ColorScheme::dark
                                                                    : platform::ColorScheme::light);
  begin_tree();
  content();
  add_toasts();
  place_roots();
  paint_roots();
  emit_roots();
  end_tree();
}

void set_density(Density density) {
  chosen_density = density;
  platform::request_frame();
}

float scale() {
  if (chosen_density == Density::kiosk) return kiosk_scale;
  // A larger default font of the browser enlarges everything, as zooming would.
  return std::clamp(platform::preferences().text_scale, 1.0F, text_scale_max);
}

bool narrow() { return platform::viewport().width < narrow_width_below * scale(); }

Density density() {
  if (chosen_density != Density::automatic) return chosen_density;
  return narrow() || platform::preferences().coarse_pointer ? Density::phone : Density::desktop;
}

void set_now_ms(std::int64_t now) { server_now_ms = now; }

std::int64_t now_ms() { return server_now_ms != 0 ? server_now_ms : platform::device_now_ms(); }

}  // namespace yuanyue::web::ui
