// The whole widget layer in one include. Start reading at core.h.
#pragma once

#include "web/ui/app_frame.h"  // IWYU pragma: export
#include "web/ui/calendar.h"   // IWYU pragma: export
#include "web/ui/content.h"    // IWYU pragma: export
#include "web/ui/core.h"       // IWYU pragma: export
#include "web/ui/icon.h"       // IWYU pragma: export
#include "web/ui/input.h"      // IWYU pragma: export
#include "web/ui/layout.h"     // IWYU pragma: export
#include "web/ui/long_list.h"  // IWYU pragma: export
#include "web/ui/overlay.h"    // IWYU pragma: export
#include "web/ui/table.h"      // IWYU pragma: export
#include "web/ui/theme.h"      // IWYU pragma: export
