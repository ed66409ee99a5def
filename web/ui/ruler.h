// How wide characters are in the page's fonts. Inside web/ui only. Tests of layout bring a font of
// their own (tests/web/ui/ruler.cpp).
#pragma once

#include <cstdint>

struct ImFont;
struct ImFontBaked;

namespace yuanyue::web::ui::detail {

ImFont* font_of(bool strong);
float pixel_size(float size);  // CSS pixels that a text of this size is drawn with

// Advances of one text at one size, in layout pixels.
class Ruler {
 public:
  Ruler(float size, bool strong);
  float advance(std::uint32_t code) const;

 private:
  ImFontBaked* baked_ = nullptr;
  float factor_ = 1;
};

}  // namespace yuanyue::web::ui::detail
