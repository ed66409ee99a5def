// Small data displays: description lists, steppers, timelines, charts.
#include <algorithm>

#include "web/ui/content.h"
#include "web/ui/element.h"
#include "web/ui/format.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Role;
using semantics::Tristate;

std::string labelled(std::string_view label, std::string_view value) {
  std::string text(label);
  if (!label.empty() && !value.empty()) text += words().is;
  return text.append(value);
}

void key_value_row(const KeyValue& row, float label_width) {
  const Open line(narrow() ? Flow::column : Flow::row);
  line->align = narrow() ? Align::stretch : Align::start;
  line->gap = narrow() ? 0.0F : 16.0F;
  const std::string name = labelled(row.label, row.value);
  attach(*line, make_id(row.label), Role::listitem, name);
  Element& label =
      add_text(row.label, {.size = text_size(narrow() ? TextSize::small : TextSize::body),
                           .color = theme().secondary_text});
  if (!narrow()) label.width = label_width;
  const Open value(Flow::row);
  value->grow = 1;
  value->gap = 6;
  value->align = Align::start;
  if (row.icon != Icon::none) {
    const Open holder(Flow::column);
    holder->padding.top = 2;
    add_icon(row.icon, 18, theme().secondary_text);
  }
  add_text(row.value, {.size = text_size(TextSize::body)});
}

// --- stepper
// ----------------------------------------------------------------------------------------
struct StepMark {
  std::uint16_t number;
  bool done, current;
};

void paint_step_mark(const Element& self, Painter& painter, const void* data) {
  const auto* mark = static_cast<const StepMark*>(data);
  const Rect& box = self.box;
  const Point center{box.x + box.width / 2, box.y + box.height / 2};
  const float radius = box.width / 2;
  if (mark->done) {
    painter.circle(center, radius, theme().primary_soft);
    painter.ring(center, radius - 0.75F, theme().primary, 1.5F);
    painter.icon(Icon::check, inset(box, 6), theme().primary);
    return;
  }
  if (mark->current) {
    painter.circle(center, radius, theme().primary);
  } else {
    painter.ring(center, radius - 0.75F, theme().strong_border, 1.5F);
  }
  const Color color = mark->current ? theme().on_primary : theme().secondary_text;
  painter.text_centered(std::to_string(mark->number), center.x, center.y,
                        {.size = 14, .strong = true, .color = color});
}

void step(const Step& what, std::uint16_t index, std::uint16_t count, std::uint16_t current) {
  const bool done = index < current, now = index == current;
  const Open line(Flow::row);
  line->gap = 10;
  line->align = what.detail.empty() ? Align::center : Align::start;
  line->grow = 1;
  const std::string position = fill(
      words().step_of, {{"step", std::to_string(index + 1)}, {"steps", std::to_string(count)}});
  std::string name = labelled(position, what.label);
  if (done) name += words().also + words().step_done;
  if (now) name += words().also + words().step_current;
  semantics::Node& node = attach(*line, make_id(what.label), Role::listitem, name);
  if (now) node.current = Tristate::yes;
  add_paint(28, 28, paint_step_mark, StepMark{static_cast<std::uint16_t>(index + 1), done, now});
  const Open words_of_step(Flow::column);
  const Color color = done || now ? theme().text : theme().secondary_text;
  add_text(what.label, {.size = text_size(TextSize::body), .strong = now, .color = color});
  if (!what.detail.empty()) {
    add_text(what.detail, {.size = text_size(TextSize::small), .color = theme().secondary_text});
  }
}

// --- timeline
// ---------------------------------------------------------------------------------------
struct TimelineMark {
  Icon icon;
  Tone tone;
  bool last;
};

void paint_timeline_mark(const Element& self, Painter& painter, const void* data) {
  const auto* mark = static_cast<const TimelineMark*>(data);
  const ToneColors& colors = tone_colors(mark->tone);
  const Point center{self.box.x + 14, self.box.y + 14};
  if (!mark->last) {
    painter.line({center.x, center.y + 18}, {center.x, self.box.bottom() + 10}, theme().border, 2);
  }
  if (mark->icon == Icon::none) {
    painter.circle(center, 5, mark->tone == Tone::neutral ? theme().strong_border : colors.fill);
    return;
  }
  painter.circle(center, 14, colors.soft);
  painter.ring(center, 13.5F, colors.border, 1);
  painter.icon(mark->icon, {center.x - 8, center.y - 8, 16, 16}, colors.strong);
}

void timeline_entry(const TimelineItem& entry, bool last) {
  const Open line(Flow::row);
  line->gap = 12;
  line->align = Align::stretch;
  std::string name = labelled(entry.time, entry.title);
  if (!entry.text.empty()) name.append(" — ").append(entry.text);
  attach(*line, make_id(name), Role::listitem, name);
  add_paint(28, 28, paint_timeline_mark, TimelineMark{entry.icon, entry.tone, last});
  const Open text(Flow::column);
  text->grow = 1;
  text->padding = {0, 2, 0, last ? 0.0F : 16.0F};
  add_text(entry.title, {.size = text_size(TextSize::body), .strong = true});
  if (!entry.text.empty()) add_text(entry.text, {.size = text_size(TextSize::body)});
  add_text(entry.time, {.size = text_size(TextSize::small), .color = theme().secondary_text});
}

// --- charts
// -----------------------------------------------------------------------------------------
struct ChartData {
  const ChartPoint* points;
  std::size_t count;
  float largest;
};

constexpr float chart_label_height = 22;

float slot_width(const Element& self, const ChartData& chart) {
  return self.box.width / static_cast<float>(std::max<std::size_t>(1, chart.count));
}

Point chart_point(const Element& self, const ChartData& chart, std::size_t i) {
  constexpr float value_text_height = 22;
  const float room = self.box.height - chart_label_height - value_text_height;
  const float share = chart.largest > 0 ? std::max(0.0F, chart.points[i].value) / chart.largest : 0;
  return {self.box.x + (static_cast<float>(i) + 0.5F) * slot_width(self, chart),
          self.box.y + value_text_height + room * (1 - share)};
}

void paint_chart_labels(const Element& self, Painter& painter, const ChartData& chart) {
  const float size = text_size(TextSize::small);
  const float base = self.box.bottom() - chart_label_height;
  painter.line({self.box.x, base}, {self.box.right(), base}, theme().border, 1);
  // Labels that would touch are left out; the semantics tree still says every one.
  float free_from = self.box.x - 1;
  for (std::size_t i = 0; i < chart.count; ++i) {
    const Point at = chart_point(self, chart, i);
    const float half = text_width(chart.points[i].label, size, false) / 2;
    if (at.x - half >= free_from) {
      painter.text_centered(chart.points[i].label, at.x, base + 12,
                            {.size = size, .color = theme().secondary_text});
      free_from = at.x + half + 6;
    }
    painter.text_centered(chart.points[i].value_text, at.x, at.y - 12, {.size = size});
  }
}

void paint_bars(const Element& self, Painter& painter, const void* data) {
  const auto& chart = *static_cast<const ChartData*>(data);
  const float width = std::min(48.0F, slot_width(self, chart) * 0.6F);
  const float base = self.box.bottom() - chart_label_height;
  for (std::size_t i = 0; i < chart.count; ++i) {
    const Point top = chart_point(self, chart, i);
    painter.fill({top.x - width / 2, top.y, width, base - top.y}, theme().primary, 3);
  }
  paint_chart_labels(self, painter, chart);
}

void paint_curve(const Element& self, Painter& painter, const void* data) {
  const auto& chart = *static_cast<const ChartData*>(data);
  for (std::size_t i = 1; i < chart.count; ++i) {
    painter.line(chart_point(self, chart, i - 1), chart_point(self, chart, i), theme().primary, 2);
  }
  for (std::size_t i = 0; i < chart.count; ++i) {
    painter.circle(chart_point(self, chart, i), 4, theme().surface);
    painter.circle(chart_point(self, chart, i), 3, theme().primary);
  }
  paint_chart_labels(self, painter, chart);
}

void chart(const ChartOptions& options, std::span<const ChartPoint> points, PaintFunction paint) {
  ChartPoint* kept = keep_array<ChartPoint>(points.size());
  float largest = 0;
  std::string summary;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const ChartPoint& point = points[i];
    const std::string number = std::to_string(static_cast<long>(point.value));
    const std::string_view value = point.value_text.empty() ? number : point.value_text;
    kept[i] = {keep_text(point.label), point.value, keep_text(value)};
    largest = std::max(largest, point.value);
    if (i > 0) summary += words().also;
    summary.append(point.label).append(" ").append(value);
  }
  Element& element = append(Flow::leaf);
  element.height_min = options.height;
  element.paint = paint;
  element.data = keep(ChartData{kept, points.size(), largest});
  attach(element, make_id(options.key, options.name), Role::image, labelled(options.name, summary));
}

}  // namespace

void key_values(const KeyValuesOptions& options, std::span<const KeyValue> rows) {
  const Scope inside(options.name);
  const Open box(Flow::column);
  box->gap = narrow() ? 12.0F : 8.0F;
  attach_container(*box, make_id("key_values"), Role::list, options.name);
  for (const KeyValue& row : rows) key_value_row(row, options.label_width);
}

void stepper(const StepperOptions& options, std::span<const Step> steps) {
  const Scope inside(options.name);
  const Open box(narrow() ? Flow::column : Flow::row);
  box->align = narrow() ? Align::stretch : Align::start;
  box->gap = narrow() ? 10.0F : 20.0F;
  attach_container(*box, make_id("stepper"), Role::list, options.name);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    step(steps[i], static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(steps.size()),
         options.current);
  }
}

void timeline(std::string_view name, std::span<const TimelineItem> items) {
  const Scope inside(name);
  const Open box(Flow::column);
  box->gap = 0;
  attach_container(*box, make_id("timeline"), Role::list, name);
  for (std::size_t i = 0; i < items.size(); ++i) timeline_entry(items[i], i + 1 == items.size());
}

void bar_chart(const ChartOptions& options, std::span<const ChartPoint> points) {
  chart(options, points, paint_bars);
}

void line_chart(const ChartOptions& options, std::span<const ChartPoint> points) {
  chart(options, points, paint_curve);
}

}  // namespace yuanyue::web::ui
