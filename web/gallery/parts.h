// The tabs of the gallery, by concept.
#pragma once

#include <string_view>

#include "web/gallery/gallery.h"

namespace yuanyue::web::gallery {

// Translated text that lives until the end of the frame.
class GalleryText {
 public:
  explicit GalleryText(Translate translate) : translate_(translate) {}
  std::string_view operator()(std::string_view key) const { return ui::hold(translate_(key)); }

 private:
  Translate translate_;
};

void gallery_forms(const GalleryText& t);
void gallery_dates(const GalleryText& t);
void gallery_data(const GalleryText& t);
void gallery_overlays(const GalleryText& t);

}  // namespace yuanyue::web::gallery
