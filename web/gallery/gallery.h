// Shows every widget in every state (a page of its own, web/gallery/main.cpp); screenshots and axe
// run on it.
#pragma once

#include <string>
#include <string_view>

#include "web/ui/core.h"

namespace yuanyue::web::gallery {

// Text of the gallery or of assets/i18n by its key, in the present language.
using Translate = ui::FunctionRef<std::string(std::string_view key)>;

// Declares the gallery inside ui::frame(), with an app frame of its own.
void show_gallery(Translate translate);

}  // namespace yuanyue::web::gallery
