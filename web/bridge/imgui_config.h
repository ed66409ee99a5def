// Compile-time settings of Dear ImGui (IMGUI_USER_CONFIG): what the page does not use is left out.
#pragma once

#define IMGUI_USE_WCHAR32  // characters beyond the basic plane
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_DEFAULT_FONT
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_DISABLE_WIN32_FUNCTIONS
// Checks stay on, but their texts would cost a tenth of the module's size.
#define IM_ASSERT(expression) ((expression) ? static_cast<void>(0) : __builtin_trap())
