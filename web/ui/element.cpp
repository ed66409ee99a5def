// Memory of widgets, building of the tree, ids.
#include "web/ui/element.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <unordered_map>

#include "web/bridge/platform.h"
#include "web/ui/frame_state.h"

namespace yuanyue::web::ui::detail {
namespace {

constexpr double motion_ms = 160;
constexpr std::uint64_t frames_kept = 4;  // that the memory of an unused widget survives

// Nodes keep the capacity of their strings from frame to frame.
class NodePool {
 public:
  semantics::Node& take() {
    if (used_ == nodes_.size()) nodes_.emplace_back();
    semantics::Node& node = nodes_[used_++];
    clear(node);
    return node;
  }
  void reset() { used_ = 0; }

 private:
  static void clear(semantics::Node& node) {
    std::string* strings[] = {&node.name,        &node.description, &node.value,
                              &node.placeholder, &node.options,     &node.href,
                              &node.autocomplete};
    std::string kept[std::size(strings)];
    for (std::size_t i = 0; i < std::size(strings); ++i) kept[i] = std::move(*strings[i]);
    node = semantics::Node{};
    for (std::size_t i = 0; i < std::size(strings); ++i) {
      kept[i].clear();
      *strings[i] = std::move(kept[i]);
    }
  }
  std::deque<semantics::Node> nodes_;
  std::size_t used_ = 0;
};

NodePool nodes;
Element* open_parent = nullptr;
std::vector<Root> frame_roots;
std::vector<NodeId> scopes;
std::unordered_map<NodeId, std::uint32_t> used_ids;
std::unordered_map<NodeId, WidgetMemory> memories;
std::uint32_t muted = 0;
std::uint64_t frames = 0;
PageInsets insets;

NodeId hash(NodeId seed, std::string_view text) {
  NodeId value = seed == 0 ? 2166136261U : seed ^ 0x9E3779B9U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 16777619U;
  return value == 0 ? 1 : value;
}

NodeId scope_seed() { return scopes.empty() ? 0 : scopes.back(); }

// The second widget with the same key in one frame still gets an id of its own.
NodeId unique(NodeId id) {
  std::uint32_t& count = used_ids[id];
  if (count++ == 0) return id;
  return unique(hash(id, std::to_string(count)));
}

void forget_unused() {
  std::erase_if(memories,
                [](const auto& entry) { return entry.second.last_frame + frames_kept < frames; });
}

}  // namespace

void begin_tree() {
  ++frames;
  drop_kept();
  nodes.reset();
  frame_roots.clear();
  scopes.clear();
  used_ids.clear();
  open_parent = nullptr;
  insets = {};
}

void end_tree() {
  if (frames % 64 == 0) forget_unused();
}

std::vector<Root>& roots() { return frame_roots; }

Element& append(Flow flow) {
  Element* element = keep_array<Element>(1);
  element->flow = flow;
  if (flow == Flow::row) element->align = Align::center;
  element->parent = open_parent;
  if (open_parent == nullptr) return *element;
  if (open_parent->last == nullptr) {
    open_parent->first = element;
  } else {
    open_parent->last->next = element;
  }
  open_parent->last = element;
  return *element;
}

Open::Open(Flow flow) : element_(append(flow)) { open_parent = &element_; }
Open::~Open() { open_parent = element_.parent; }
Element& parent_element() { return *open_parent; }
bool has_parent() { return open_parent != nullptr; }

OpenRoot::OpenRoot(const Root& root) : outer_(open_parent) {
  open_parent = nullptr;
  element_ = &append(Flow::column);
  open_parent = element_;
  frame_roots.push_back(root);
  frame_roots.back().element = element_;
}
OpenRoot::~OpenRoot() { open_parent = outer_; }

Element& add_text(std::string_view text, const TextStyle& style) {
  Element& element = append(Flow::text);
  element.text = keep_array<TextBlock>(1);
  element.text->text = keep_text(text);
  element.text->style = style;
  return element;
}

Element& add_icon(Icon icon, float size, Color color) {
  struct Data {
    Icon icon;
    Color color;
  };
  return add_paint(
      size, size,
      [](const Element& element, Painter& painter, const void* data) {
        const auto* what = static_cast<const Data*>(data);
        painter.icon(what->icon, element.box, what->color);
      },
      Data{icon, color == 0 ? theme().text : color});
}

Element& add_link_text(std::string_view text, float size, Color color, bool underlined) {
  Element& element = add_text(text, {.size = size, .color = color});
  if (!underlined) return element;
  element.paint = [](const Element& self, Painter& painter, const void*) {
    const TextStyle& style = self.text->style;
    for (std::uint32_t i = 0; i < self.text->line_count; ++i) {
      const float y = self.box.y + (static_cast<float>(i) + 0.88F) * style.size * style.line_height;
      painter.line({self.box.x, y}, {self.box.x + self.text->lines[i].width, y}, style.color, 1);
    }
  };
  return element;
}

bool parent_aligns_itself(const Element& element) {
  const Element* parent = element.parent;
  if (parent == nullptr) return false;
  return parent->flow == Flow::row ||
         (parent->flow == Flow::column && parent->align != Align::stretch);
}

bool in_actions() {
  const Element* around = open_parent == nullptr ? nullptr : open_parent->parent;
  return around != nullptr && around->action_column;
}

// --- ids
// ------------------------------------------------------------------------------------------
NodeId main_id() { return hash(0, "main"); }

NodeId make_id(std::string_view key, std::string_view label) {
  return unique(hash(scope_seed(), key.empty() ? label : key));
}

Scope::Scope(std::string_view key) : pushed_(!key.empty()) {
  if (pushed_) scopes.push_back(hash(scope_seed(), key));
}
Scope::~Scope() {
  if (pushed_) scopes.pop_back();
}

Muted::Muted() { ++muted; }
Muted::~Muted() { --muted; }

semantics::Node& attach(Element& element, NodeId id, semantics::Role role, std::string_view name) {
  semantics::Node& node = nodes.take();
  node.id = id;
  node.role = role;
  node.name.assign(name);
  if (muted == 0) element.node = &node;
  return node;
}

semantics::Node& attach_container(Element& element, NodeId id, semantics::Role role,
                                  std::string_view name) {
  element.node_has_children = true;
  return attach(element, id, role, name);
}

Interaction interaction(NodeId id, bool enabled) {
  if (muted > 0) return {};
  Interaction state;
  state.focus_ring = semantics::focus_visible(id);
  if (!enabled) return state;
  state.activated = semantics::activated(id);
  state.hovered = !platform::preferences().coarse_pointer && semantics::hovered(id);
  state.pressed = semantics::pressed(id);
  return state;
}

std::size_t moved_around(semantics::Key key, Arrows arrows, std::size_t index, std::size_t count) {
  using semantics::Key;
  const bool vertical = arrows == Arrows::all;
  if (key == Key::home) return 0;
  if (key == Key::end) return count - 1;
  if (key == Key::left || (vertical && key == Key::up)) return (index + count - 1) % count;
  if (key == Key::right || (vertical && key == Key::down)) return (index + 1) % count;
  return index;
}

Color interactive(Color base, const Interaction& state) {
  const Color over = state.pressed ? theme().pressed : state.hovered ? theme().hover : 0;
  if (over == 0) return base;
  if ((base >> 24U) == 0) return over;
  const std::uint32_t alpha = over >> 24U;
  const auto mix = [&](std::uint32_t shift) {
    const std::uint32_t under = (base >> shift) & 0xffU;
    const std::uint32_t above = (over >> shift) & 0xffU;
    return ((above * alpha + under * (255 - alpha)) / 255) << shift;
  };
  return (base & 0xff000000U) | mix(0) | mix(8) | mix(16);
}

// --- memory
// ---------------------------------------------------------------------------------------
WidgetMemory& memory(NodeId id) {
  WidgetMemory& found = memories[id];
  if (found.last_frame != 0 && found.last_frame + frames_kept < frames) found = {};
  found.last_frame = frames;
  return found;
}

float animate(NodeId id, float target) {
  const bool first_time = !memories.contains(id);
  WidgetMemory& value = memory(id);
  const double now = platform::monotonic_ms();
  if (first_time || platform::preferences().reduced_motion) {
    value.position = value.number = target;
    return target;
  }
  if (value.number != target) {  // a new goal: from where it stands now
    value.number = target;
    value.since_ms = now;
    value.sizes.assign(1, value.position);
  }
  if (value.position == target) return target;
  const auto part = static_cast<float>(std::clamp((now - value.since_ms) / motion_ms, 0.0, 1.0));
  const float from = value.sizes.empty() ? target : value.sizes[0];
  const float eased = 1 - (1 - part) * (1 - part);
  value.position = part >= 1 ? target : from + (target - from) * eased;
  if (part < 1) platform::request_frame();
  return value.position;
}

std::uint64_t frame_number() { return frames; }

// --- page
// -----------------------------------------------------------------------------------------
void set_page_insets(const PageInsets& value) { insets = value; }
const PageInsets& page_insets() { return insets; }
float view_width() { return platform::viewport().width / scale(); }
float view_height() { return platform::viewport().height / scale(); }
float page_scroll() { return platform::viewport().scroll_y / scale(); }

}  // namespace yuanyue::web::ui::detail

namespace yuanyue::web::ui {

void scope(std::string_view key, Content content) {
  const detail::Scope inside(key);
  content();
}

std::string_view hold(std::string_view text) { return detail::keep_text(text); }

NodeId id_of(std::string_view key) { return detail::hash(detail::scope_seed(), key); }

}  // namespace yuanyue::web::ui
