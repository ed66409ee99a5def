// A font for tests in which widths can be reckoned by hand: a Chinese character is as wide as its
// size, anything else half of it; semibold is a tenth wider.
#include "web/ui/ruler.h"

namespace yuanyue::web::ui::detail {

Ruler::Ruler(float size, bool strong) : factor_(strong ? size * 1.1F : size) {}

float Ruler::advance(std::uint32_t code) const {
  if (baked_ != nullptr || code == 0x200B) return 0;  // there is no font behind it
  return code >= 0x2E80 ? factor_ : factor_ / 2;
}

}  // namespace yuanyue::web::ui::detail
