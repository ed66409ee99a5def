#include "web/ui/ruler.h"

#include <cmath>

#include "imgui.h"
#include "web/bridge/fonts.h"
#include "web/ui/core.h"

namespace yuanyue::web::ui::detail {

ImFont* font_of(bool strong) { return strong ? fonts::semibold() : fonts::regular(); }

float pixel_size(float size) { return std::round(size * scale()); }

Ruler::Ruler(float size, bool strong) {
  const float pixels = pixel_size(size);
  baked_ = font_of(strong)->GetFontBaked(pixels);
  factor_ = pixels / baked_->Size / scale();
}

float Ruler::advance(std::uint32_t code) const {
  return baked_->GetCharAdvance(static_cast<ImWchar>(code)) * factor_;
}

}  // namespace yuanyue::web::ui::detail
