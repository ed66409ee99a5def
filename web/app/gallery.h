// Shows every widget in every state (route "#/gallery"); screenshots and axe run on it.
#pragma once

#include <string>
#include <string_view>

#include "web/ui/core.h"

namespace yuanyue::web::app {

// Text of assets/i18n by its key, in the present language.
using Translate = ui::FunctionRef<std::string(std::string_view key)>;

// Declares the gallery inside ui::frame(), with an app frame of its own.
void gallery(Translate translate);

}  // namespace yuanyue::web::app
