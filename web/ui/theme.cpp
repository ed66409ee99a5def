#include "web/ui/theme.h"

#include <array>

#include "web/bridge/platform.h"

namespace yuanyue::web::ui {
namespace {

constexpr Theme light_theme{
    .background = rgb(0xF5F7F6),
    .surface = rgb(0xFFFFFF),
    .raised = rgb(0xFFFFFF),
    .border = rgb(0xDCE3E0),
    .strong_border = rgb(0x84938C),
    .text = rgb(0x15211C),
    .secondary_text = rgb(0x566760),
    .disabled_text = rgb(0x9AA8A2),
    .primary = rgb(0x0B7A5E),
    .primary_hover = rgb(0x096850),
    .primary_pressed = rgb(0x075642),
    .on_primary = rgb(0xFFFFFF),
    .primary_soft = rgb(0xE3F2ED),
    .hover = with_alpha(rgb(0x15211C), 12),
    .pressed = with_alpha(rgb(0x15211C), 24),
    .focus = rgb(0x0B5FD0),
    .scrim = with_alpha(rgb(0x0F1513), 128),
    .skeleton = rgb(0xE6ECE9),
    .neutral = {rgb(0x566760), rgb(0xECF0EE), rgb(0xDCE3E0), rgb(0x566760), rgb(0xFFFFFF)},
    .info = {rgb(0x1D63C7), rgb(0xEAF1FC), rgb(0xBFD4F3), rgb(0x1D63C7), rgb(0xFFFFFF)},
    .success = {rgb(0x1B7F4B), rgb(0xE7F5ED), rgb(0xB5DCC6), rgb(0x1B7F4B), rgb(0xFFFFFF)},
    .warning = {rgb(0x995200), rgb(0xFDF2E2), rgb(0xEFCF9E), rgb(0xA85B00), rgb(0xFFFFFF)},
    .danger = {rgb(0xB42318), rgb(0xFDECEA), rgb(0xF2BFBA), rgb(0xB42318), rgb(0xFFFFFF)},
    .border_width = 1,
    .dark = false};

constexpr Theme dark_theme{
    .background = rgb(0x0F1513),
    .surface = rgb(0x17201D),
    .raised = rgb(0x1E2925),
    .border = rgb(0x2B3833),
    .strong_border = rgb(0x667A71),
    .text = rgb(0xE8EFEC),
    .secondary_text = rgb(0xA3B3AC),
    .disabled_text = rgb(0x62716B),
    .primary = rgb(0x35B592),
    .primary_hover = rgb(0x4DC4A4),
    .primary_pressed = rgb(0x2AA383),
    .on_primary = rgb(0x06231B),
    .primary_soft = rgb(0x16332A),
    .hover = with_alpha(rgb(0xFFFFFF), 14),
    .pressed = with_alpha(rgb(0xFFFFFF), 28),
    .focus = rgb(0x8AB8FF),
    .scrim = with_alpha(rgb(0x000000), 160),
    .skeleton = rgb(0x24302B),
    .neutral = {rgb(0xA3B3AC), rgb(0x222D29), rgb(0x35433D), rgb(0x566760), rgb(0xFFFFFF)},
    .info = {rgb(0x7FB0F5), rgb(0x16253B), rgb(0x28446B), rgb(0x7FB0F5), rgb(0x0A1A30)},
    .success = {rgb(0x66C391), rgb(0x13291E), rgb(0x22503A), rgb(0x66C391), rgb(0x06230F)},
    .warning = {rgb(0xE8A94B), rgb(0x2E2311), rgb(0x574220), rgb(0xE8A94B), rgb(0x281800)},
    .danger = {rgb(0xF28B80), rgb(0x351A17), rgb(0x6B312B), rgb(0xF28B80), rgb(0x360A05)},
    .border_width = 1,
    .dark = true};

constexpr Theme contrast_light_theme{
    .background = rgb(0xFFFFFF),
    .surface = rgb(0xFFFFFF),
    .raised = rgb(0xFFFFFF),
    .border = rgb(0x000000),
    .strong_border = rgb(0x000000),
    .text = rgb(0x000000),
    .secondary_text = rgb(0x1F1F1F),
    .disabled_text = rgb(0x5C5C5C),
    .primary = rgb(0x00503C),
    .primary_hover = rgb(0x003C2D),
    .primary_pressed = rgb(0x002A1F),
    .on_primary = rgb(0xFFFFFF),
    .primary_soft = rgb(0xE3F2ED),
    .hover = with_alpha(rgb(0x000000), 24),
    .pressed = with_alpha(rgb(0x000000), 48),
    .focus = rgb(0x0033CC),
    .scrim = with_alpha(rgb(0x000000), 190),
    .skeleton = rgb(0xD0D0D0),
    .neutral = {rgb(0x000000), rgb(0xFFFFFF), rgb(0x000000), rgb(0x303030), rgb(0xFFFFFF)},
    .info = {rgb(0x00388F), rgb(0xFFFFFF), rgb(0x00388F), rgb(0x00388F), rgb(0xFFFFFF)},
    .success = {rgb(0x004D26), rgb(0xFFFFFF), rgb(0x004D26), rgb(0x004D26), rgb(0xFFFFFF)},
    .warning = {rgb(0x6B3800), rgb(0xFFFFFF), rgb(0x6B3800), rgb(0x6B3800), rgb(0xFFFFFF)},
    .danger = {rgb(0x8A0F06), rgb(0xFFFFFF), rgb(0x8A0F06), rgb(0x8A0F06), rgb(0xFFFFFF)},
    .border_width = 2,
    .dark = false};

constexpr Theme contrast_dark_theme{
    .background = rgb(0x000000),
    .surface = rgb(0x000000),
    .raised = rgb(0x000000),
    .border = rgb(0xFFFFFF),
    .strong_border = rgb(0xFFFFFF),
    .text = rgb(0xFFFFFF),
    .secondary_text = rgb(0xE6E6E6),
    .disabled_text = rgb(0xA6A6A6),
    .primary = rgb(0x5CF2C6),
    .primary_hover = rgb(0x8FF7DA),
    .primary_pressed = rgb(0x36DDAC),
    .on_primary = rgb(0x000000),
    .primary_soft = rgb(0x00291E),
    .hover = with_alpha(rgb(0xFFFFFF), 40),
    .pressed = with_alpha(rgb(0xFFFFFF), 70),
    .focus = rgb(0xFFE14D),
    .scrim = with_alpha(rgb(0x000000), 210),
    .skeleton = rgb(0x404040),
    .neutral = {rgb(0xFFFFFF), rgb(0x000000), rgb(0xFFFFFF), rgb(0xFFFFFF), rgb(0x000000)},
    .info = {rgb(0x9CC8FF), rgb(0x000000), rgb(0x9CC8FF), rgb(0x9CC8FF), rgb(0x000000)},
    .success = {rgb(0x7DF0AE), rgb(0x000000), rgb(0x7DF0AE), rgb(0x7DF0AE), rgb(0x000000)},
    .warning = {rgb(0xFFC766), rgb(0x000000), rgb(0xFFC766), rgb(0xFFC766), rgb(0x000000)},
    .danger = {rgb(0xFFA399), rgb(0x000000), rgb(0xFFA399), rgb(0xFFA399), rgb(0x000000)},
    .border_width = 2,
    .dark = true};

ThemeName chosen_theme = ThemeName::automatic;

bool system_is_dark() { return platform::preferences().scheme == platform::ColorScheme::dark; }

}  // namespace

void set_theme(ThemeName name) {
  chosen_theme = name;
  platform::request_frame();
}

ThemeName theme_choice() { return chosen_theme; }

ThemeName theme_in_use() {
  if (chosen_theme != ThemeName::automatic) return chosen_theme;
  if (platform::preferences().high_contrast) return ThemeName::high_contrast;
  return system_is_dark() ? ThemeName::dark : ThemeName::light;
}

const Theme& theme() {
  switch (theme_in_use()) {
    case ThemeName::dark:
      return dark_theme;
    case ThemeName::high_contrast:
      return system_is_dark() ? contrast_dark_theme : contrast_light_theme;
    case ThemeName::light:
    case ThemeName::automatic:
      break;
  }
  return light_theme;
}

const ToneColors& tone_colors(Tone tone) {
  const Theme& colors = theme();
  switch (tone) {
    case Tone::info:
      return colors.info;
    case Tone::success:
      return colors.success;
    case Tone::warning:
      return colors.warning;
    case Tone::danger:
      return colors.danger;
    case Tone::neutral:
      break;
  }
  return colors.neutral;
}

float text_size(TextSize size) {
  switch (size) {
    case TextSize::small:
      return density() == Density::phone ? 14 : 13;
    case TextSize::body:
      return density() == Density::phone ? 16 : 15;
    case TextSize::large:
      return 17;
    case TextSize::title:
      return 20;
    case TextSize::display:
      return narrow() ? 24 : 26;
    case TextSize::hero:
      return narrow() ? 28 : 34;
  }
  return 15;
}

float control_height() {
  switch (density()) {
    case Density::phone:
      return 44;
    case Density::kiosk:
      return 45;
    case Density::automatic:
    case Density::desktop:
      break;
  }
  return 36;
}

}  // namespace yuanyue::web::ui
