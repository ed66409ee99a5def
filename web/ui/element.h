// The tree that a frame is laid out and drawn from. Inside web/ui only; views never see it.
//
// Widgets append elements while the view runs; they live in an arena until the frame ends. flow.cpp
// measures and arranges them, paint.cpp draws them and emits their semantics nodes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "web/ui/arena.h"
#include "web/ui/layout.h"
#include "web/ui/painter.h"
#include "web/ui/text_layout.h"

namespace yuanyue::web::ui::detail {

enum class Flow : std::uint8_t { column, row, grid, leaf, text };

struct Padding {
  float left = 0, top = 0, right = 0, bottom = 0;
};
constexpr Padding pad(float all) { return {all, all, all, all}; }
constexpr Padding pad(float horizontal, float vertical) {
  return {horizontal, vertical, horizontal, vertical};
}

struct Element;
// Draws what an element shows besides its box and text; `data` is what was kept for it.
using PaintFunction = void (*)(const Element& element, Painter& painter, const void* data);

struct Element {
  Element* parent = nullptr;
  Element* first = nullptr;
  Element* last = nullptr;
  Element* next = nullptr;

  Flow flow = Flow::column;
  Align align = Align::stretch;      // of the children across the flow
  Justify justify = Justify::start;  // of the children along the flow
  bool wrap = false;                 // rows; grids: fewer columns if the content needs wider ones
  bool action_column = false;        // see in_actions()
  bool fill = false;                 // in a column that does not stretch: take its width anyway
  bool own_align = false;            // `self` overrides the parent's align
  Align self = Align::start;
  float gap = 0, line_gap = 0;
  Padding padding;
  float width = 0;                     // fixed; 0: by content or container
  float width_min = 0, width_max = 0;  // 0: none
  float height_min = 0;
  float grow = 0;              // share of a row's free space
  bool exact_share = false;    // gets its share whatever is in it: columns of a table
  float column_width_min = 0;  // grids
  std::uint16_t columns_max = 1;

  Color background = 0, border = 0;
  float border_width = 0, radius = 0;
  Color edge = 0;  // a 4 px bar at the left
  bool shadow = false;
  bool focus_ring = false;
  bool clip = false;   // of the children, to the box
  NodeId scrolls = 0;  // a window on higher content that this node scrolls natively

  TextBlock* text = nullptr;
  PaintFunction paint = nullptr;
  const void* data = nullptr;
  void (*placed)(const Element& element) = nullptr;  // called once its boxes are absolute
  NodeId memory_id = 0;                              // for `placed`
  semantics::Node* node = nullptr;
  bool node_has_children = false;

  float min_content = 0, max_content = 0;
  Rect box;  // first relative to the parent, then to the root
};

// --- building
// -------------------------------------------------------------------------------------
// A child of the present parent.
Element& append(Flow flow);
// The same, and the parent of what follows until it goes out of scope.
class Open {
 public:
  explicit Open(Flow flow);
  ~Open();
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;
  Element* operator->() const { return &element_; }
  Element& operator*() const { return element_; }

 private:
  Element& element_;
};
Element& parent_element();
bool has_parent();

// Text without a semantics node of its own.
Element& add_text(std::string_view text, const TextStyle& style = {});
Element& add_icon(Icon icon, float size, Color color);
// Text with a line below while hovered.
Element& add_link_text(std::string_view text, float size, Color color, bool underlined);
// Rows place their children themselves; in a column a small widget asks not to be stretched.
bool parent_aligns_itself(const Element& element);
// On phones the buttons of actions() are as wide as their column.
bool in_actions();
// A leaf of this size, drawn by a function.
template <class Data>
Element& add_paint(float width, float height, PaintFunction paint, const Data& data) {
  Element& element = append(Flow::leaf);
  element.width = width;
  element.height_min = height;
  element.paint = paint;
  element.data = keep(data);
  return element;
}

// --- ids and semantics
// ----------------------------------------------------------------------------
NodeId make_id(std::string_view key, std::string_view label = {});
NodeId main_id();  // of the page's main region, in whatever scope it is declared
class Scope {      // no effect for an empty key
 public:
  explicit Scope(std::string_view key);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

 private:
  bool pushed_;
};
// Gives the element a node. The reference stays valid until the end of the frame.
semantics::Node& attach(Element& element, NodeId id, semantics::Role role, std::string_view name);
semantics::Node& attach_container(Element& element, NodeId id, semantics::Role role,
                                  std::string_view name);
// While one of these lives, elements get no nodes: what is inside is named as a whole.
class Muted {
 public:
  Muted();
  ~Muted();
  Muted(const Muted&) = delete;
  Muted& operator=(const Muted&) = delete;
};

// What a widget shows of the pointer and the keyboard.
struct Interaction {
  bool activated = false, hovered = false, pressed = false, focus_ring = false;
};
Interaction interaction(NodeId id, bool enabled = true);
// Where a key moves to from `index` in a closed round of `count` things; the same place for other
// keys.
enum class Arrows : std::uint8_t { horizontal, all };
std::size_t moved_around(semantics::Key key, Arrows arrows, std::size_t index, std::size_t count);
// A colour laid over `base` while hovered or pressed.
Color interactive(Color base, const Interaction& state);

// --- outline
// ---------------------------------------------------------------------------------------
// A part of the page that has a heading of its own: titles inside are one level below it.
class Part {
 public:
  Part();
  ~Part();
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
};
// A heading that looks the same everywhere; its level is that of the outline.
void add_title(std::string_view text);

// --- memory of widgets between frames
// -------------------------------------------------------------
struct WidgetMemory {
  float number = 0;
  float position = 0;
  double since_ms = 0;
  std::int32_t index = 0;
  std::vector<float> sizes;
  std::uint64_t last_frame = 0;
};
WidgetMemory& memory(NodeId id);  // dropped when it was not asked for during some frames
// Moves from the last value to `target` within 160 ms; at once with reduced motion.
float animate(NodeId id, float target);
// Counts 1, 2, 3 …
std::uint64_t frame_number();

// --- roots
// ----------------------------------------------------------------------------------------
enum class Layer : std::uint8_t { page, chrome, dialog, toast, skip_link };
struct Root {
  Element* element = nullptr;
  Layer layer = Layer::page;
  bool fixed = false;  // placed in the viewport instead of the page
  float x = 0, y = 0, width = 0;
  float width_wanted = 0;  // dialogs
  bool bottom_sheet = false;
  std::uint32_t order = 0;  // of the semantics tree; equal ones keep the order of declaration
};
// Opens a tree of its own; placed at the end of the frame.
class OpenRoot {
 public:
  explicit OpenRoot(const Root& root);
  ~OpenRoot();
  OpenRoot(const OpenRoot&) = delete;
  OpenRoot& operator=(const OpenRoot&) = delete;
  Element* operator->() const { return element_; }
  Element& operator*() const { return *element_; }

 private:
  Element* element_;
  Element* outer_;
};
// What the app frame takes from the page at each side, in layout pixels.
struct PageInsets {
  float left = 0, top = 0, bottom = 0;
};
void set_page_insets(const PageInsets& insets);
const PageInsets& page_insets();
float view_width();  // of the viewport, layout pixels
float view_height();
float page_scroll();  // layout pixels

// --- flow.cpp
// -------------------------------------------------------------------------------------
void measure(Element& element);               // widths that the content asks for
void arrange(Element& element, float width);  // boxes relative to parents; sets box.height

// --- paint.cpp
// ------------------------------------------------------------------------------------
void make_absolute(Element& element, float x, float y);
void emit_semantics(const Element& element, bool fixed);
void paint_tree(const Element& element, Painter& painter);

}  // namespace yuanyue::web::ui::detail
