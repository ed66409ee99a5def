// Headings, paragraphs, links and badges.
#include <algorithm>

#include "web/bridge/platform.h"
#include "web/ui/content.h"
#include "web/ui/element.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Role;

TextStyle heading_style(int level) {
  constexpr float tight = 1.3F;
  switch (level) {
    case 1:
      return {.size = text_size(TextSize::display), .strong = true, .line_height = tight};
    case 2:
      return {.size = text_size(TextSize::title), .strong = true, .line_height = tight};
    case 3:
      return {.size = text_size(TextSize::large), .strong = true, .line_height = 1.4F};
    default:
      return {.size = text_size(TextSize::body), .strong = true};
  }
}

Color paragraph_color(const ParagraphOptions& options) {
  if (options.tone != Tone::neutral) return tone_colors(options.tone).strong;
  return options.secondary ? theme().secondary_text : theme().text;
}

std::uint16_t parts_open = 0;

void add_heading(int look, std::uint16_t level, std::string_view text) {
  Element& element = add_text(text, heading_style(look));
  attach(element, make_id(text), Role::heading, text).level = level;
}

// An icon whose middle is that of the first line of the text beside it.
void add_leading_icon(Icon icon, float text_height, Color color) {
  const float size = std::max(16.0F, text_height * 1.2F);
  const Open holder(Flow::column);
  holder->padding.top = std::max(0.0F, (text_height * 1.5F - size) / 2);
  add_icon(icon, size, color);
}

}  // namespace

detail::Part::Part() { ++parts_open; }
detail::Part::~Part() { --parts_open; }

void detail::add_title(std::string_view text) {
  constexpr int look = 3;
  add_heading(look, static_cast<std::uint16_t>(std::min(6, 2 + parts_open)), text);
}

void heading(int level, std::string_view text) {
  add_heading(level, static_cast<std::uint16_t>(level), text);
}

void title(std::string_view text) { add_title(text); }

void paragraph(std::string_view text, const ParagraphOptions& options) {
  const float size = text_size(options.size);
  const TextStyle style{.size = size,
                        .strong = options.strong,
                        .color = paragraph_color(options),
                        .align = options.align};
  const auto add = [&]() -> Element& {
    Element& element = add_text(text, style);
    const bool status = options.live != semantics::Live::off;
    const Role role = status ? Role::status : Role::paragraph;
    attach(element, make_id(options.key, text), role, text).live = options.live;
    element.width_max = options.width_max;
    return element;
  };
  if (options.icon == Icon::none) {
    add();
    return;
  }
  const Open line(Flow::row);
  line->align = Align::start;
  line->gap = 6;
  add_leading_icon(options.icon, size, style.color);
  add().grow = options.align == Align::start ? 0.0F : 1.0F;
}

void caption(std::string_view text) {
  paragraph(text, {.size = TextSize::small, .secondary = true});
}

bool link(const LinkOptions& options) {
  const NodeId id = make_id(options.key, options.label);
  const Interaction state = interaction(id);
  const Color color = state.hovered ? theme().primary_hover : theme().primary;
  const float size = text_size(options.small ? TextSize::small : TextSize::body);
  const Open line(Flow::row);
  line->own_align = !parent_aligns_itself(*line);
  line->gap = 4;
  line->align = Align::center;
  line->radius = 4;
  line->focus_ring = state.focus_ring;
  line->height_min = density() == Density::phone ? 32.0F : 24.0F;
  if (options.icon != Icon::none) add_icon(options.icon, size + 3, color);
  add_link_text(options.label, size, color, state.hovered);
  const std::string_view name = options.name.empty() ? options.label : options.name;
  semantics::Node& node = attach(*line, id, options.href.empty() ? Role::button : Role::link, name);
  node.href.assign(options.href);
  return state.activated;
}

void badge(const BadgeOptions& options) {
  const ToneColors& colors = tone_colors(options.tone);
  const Icon icon = options.icon == Icon::none ? tone_icon(options.tone) : options.icon;
  const float size = text_size(TextSize::small);
  const Open pill(Flow::row);
  pill->own_align = !parent_aligns_itself(*pill);
  pill->align = Align::center;
  pill->gap = 4;
  pill->padding = pad(8, 2);
  pill->radius = 6;
  pill->background = colors.soft;
  pill->border = colors.border;
  pill->border_width = theme().border_width;
  if (icon != Icon::none) add_icon(icon, size + 2, colors.strong);
  add_text(options.label, {.size = size, .color = colors.strong});
  attach(*pill, make_id(options.label), Role::paragraph, options.label);
}

}  // namespace yuanyue::web::ui
