// What is read: text, badges, banners, progress, and the small data displays.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "web/ui/core.h"
#include "web/ui/icon.h"
#include "web/ui/layout.h"
#include "web/ui/theme.h"

namespace yuanyue::web::ui {

// Level 1 to 4. A page() and a section() draw their own headings.
void heading(int level, std::string_view text);
// What a card is about, where it has no title of its own: one level below the part it stands in.
void title(std::string_view text);

struct ParagraphOptions {
  TextSize size = TextSize::body;
  bool secondary = false;      // quieter colour
  bool strong = false;         // semibold
  Tone tone = Tone::neutral;   // other tones colour the text; add a word or an icon as well
  Icon icon = Icon::none;      // before the first line
  Align align = Align::start;  // start, center or end of the text
  float width_max = 0;         // 0: the container's
  std::string_view key = {};
  semantics::Live live = semantics::Live::off;  // announced when it changes (give a key)
};
void paragraph(std::string_view text, const ParagraphOptions& options = {});
// Quiet small text: times, hints, footnotes.
void caption(std::string_view text);

// True when activated; with a href it has navigated already.
struct LinkOptions {
  std::string_view label = {};
  std::string_view href = {};  // hash route "#/…"; empty: the caller acts
  Icon icon = Icon::none;
  std::string_view key = {};
  std::string_view name = {};  // accessible name where the label alone says too little
  bool small = false;
};
bool link(const LinkOptions& options);

// A word with an icon on a soft ground.
struct BadgeOptions {
  std::string_view label = {};
  Tone tone = Tone::neutral;
  Icon icon = Icon::none;  // none: the tone's own; neutral has none
};
void badge(const BadgeOptions& options);

// A message in the page: what happened, why, and what can be done, as buttons in `content`.
struct BannerOptions {
  std::string_view title = {};
  std::string_view text = {};
  Tone tone = Tone::info;
  std::string_view dismiss_label = {};  // shows a close button with this name
  std::string_view key = {};
  bool alert = false;  // announced at once when it appears
};
// True when it was dismissed.
bool banner(const BannerOptions& options);
bool banner(const BannerOptions& options, Content content);

// 0 to 1; outside this range it shows that the end is unknown.
struct ProgressOptions {
  float fraction = 0;
  std::string_view label = {};
  std::string_view value_text = {};  // shown at the end of the label line: "3 / 8"
  Tone tone = Tone::neutral;         // neutral: primary colour
};
void progress(const ProgressOptions& options);

// In place of content that is still on its way; announces words().loading once.
enum class SkeletonShape : std::uint8_t { text, card, list, calendar };
struct SkeletonOptions {
  SkeletonShape shape = SkeletonShape::text;
  std::uint16_t lines = 3;
};
void skeleton(const SkeletonOptions& options = {});

// What will appear here and what can be done now (actions in `content`).
struct EmptyOptions {
  Icon icon = Icon::list;
  std::string_view title = {};
  std::string_view text = {};
};
void empty_state(const EmptyOptions& options);
void empty_state(const EmptyOptions& options, Content content);

// Time left until `until_ms` by ui::now_ms(): "1 天 8 小时", "1:59:07" or "12:05", with the
// absolute time beside it. Redraws itself each second (each minute above a day) only while it is on
// screen.
struct CountdownOptions {
  std::int64_t until_ms = 0;
  std::string_view label = {};           // before the number: "还有"
  std::string_view absolute = {};        // after it: "今天 11:00 前"
  std::int64_t warn_below_ms = 300'000;  // warning tone below this
  TextSize size = TextSize::body;
  std::string_view key = {};
};
// True once it has run out.
bool countdown(const CountdownOptions& options);

struct KeyValue {
  std::string_view label = {};
  std::string_view value = {};
  Icon icon = Icon::none;
};
// A description list: label and value side by side, or below each other where it is narrow.
struct KeyValuesOptions {
  std::string_view name = {};
  float label_width = 120;
};
void key_values(const KeyValuesOptions& options, std::span<const KeyValue> rows);

struct Step {
  std::string_view label = {};
  std::string_view detail = {};
};
// Where one is in a process. `current` is an index; equal to the number of steps: all are done.
struct StepperOptions {
  std::string_view name = {};
  std::uint16_t current = 0;
};
void stepper(const StepperOptions& options, std::span<const Step> steps);

struct TimelineItem {
  std::string_view time = {};
  std::string_view title = {};
  std::string_view text = {};
  Icon icon = Icon::none;  // none: a dot
  Tone tone = Tone::neutral;
};
void timeline(std::string_view name, std::span<const TimelineItem> items);

struct ChartPoint {
  std::string_view label = {};
  float value = 0;
  std::string_view value_text = {};  // shown and read instead of the number
};
// Small charts with one series. Every point is in the semantics tree with its label and value.
struct ChartOptions {
  std::string_view name = {};
  float height = 160;
  std::string_view key = {};
};
void bar_chart(const ChartOptions& options, std::span<const ChartPoint> points);
void line_chart(const ChartOptions& options, std::span<const ChartPoint> points);

}  // namespace yuanyue::web::ui
