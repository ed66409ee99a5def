// The semantics tree: what a frame shows, said to the browser in roles and names.
//
// Rules that keep the result valid HTML and ARIA: list > listitem; table > row > columnheader,
// cell; grid > row > gridcell; tablist > tab; radiogroup > radio; listbox > option; one main;
// nothing to act on inside a button, link or tab. A text widget without children is a leaf: its
// name is its text. `fixed` holds for all descendants; their rectangles are relative to the
// viewport too.
//
// Every widget of web/ui emits one node a frame. The shell diffs the tree into real, transparent
// HTML elements over the canvas; screen readers, the Tab key, touch, the mouse and browser tests
// all act on those elements, and what happened comes back as events. That DOM path is the only way
// a widget is activated; Dear ImGui is used for layout, drawing and hover. A focused text field
// shows its own text, placeholder and caret; draw only its box then.
//
// One frame: begin_frame(), then open()/leaf()/close() in reading order, then end_frame(). Nodes
// carry rectangles in CSS pixels of the page (the scroll offset already added by the caller's
// layout). Main thread only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace yuanyue::web::semantics {

// Stable from frame to frame for the same widget; 0 means none.
using NodeId = std::uint32_t;

enum class Role : std::uint8_t {
  // containers
  main,
  navigation,
  banner,
  region,
  form,
  group,
  list,
  listitem,
  table,
  row,
  columnheader,
  cell,
  grid,
  gridcell,
  tablist,
  tabpanel,
  radiogroup,
  listbox,
  dialog,
  alertdialog,
  // text
  heading,
  paragraph,
  status,
  alert,
  image,
  timer,
  progressbar,
  // things to act on
  button,
  link,
  tab,
  checkbox,
  radio,
  switch_,
  option,
  combobox,
  // real <input>/<textarea>/<select>: they own their text while edited
  textbox,
  password,
  searchbox,
  textarea,
  select,
};

enum class Live : std::uint8_t { off, polite, assertive };
enum class Tristate : std::uint8_t { none, no, yes };

struct Rect {
  float x = 0, y = 0, width = 0, height = 0;  // CSS pixels
};

struct Node {
  NodeId id = 0;
  Role role = Role::group;
  std::string name;          // accessible name, what getByRole(name) finds
  std::string description;   // help or error text belonging to it
  std::string value;         // textbox: text; select: the chosen option's key; progressbar: percent
  std::string placeholder;   // text fields
  std::string options;       // select: "key\tlabel\n" lines
  std::string href;          // link: hash route such as "#/bookings"
  std::string autocomplete;  // text fields: HTML autocomplete token, e.g. "username"
  std::string input_mode;    // text fields: HTML inputmode, e.g. "numeric"
  Rect rect;
  std::uint16_t level = 0;  // heading level 1..6
  std::uint16_t position = 0, set_size = 0;
  std::uint32_t max_length = 0;        // text fields, in UTF-16 units as in HTML; 0 = none
  Tristate checked = Tristate::none;   // checkbox, radio, switch
  Tristate selected = Tristate::none;  // tab, option, gridcell
  Tristate expanded = Tristate::none;
  Tristate current = Tristate::none;  // aria-current="page"
  bool disabled = false;
  bool busy = false;
  bool invalid = false;
  bool required = false;
  bool modal = false;      // dialog: everything outside becomes inert, focus is kept inside
  bool autofocus = false;  // takes the focus when it first appears
  bool fixed = false;      // rect is relative to the viewport, not to the scrolled page
  Live live = Live::off;
  // Text fields, drawn by the DOM while focused: font size in CSS px and colours as 0xRRGGBB.
  float font_size = 15;
  std::uint32_t text_color = 0, background_color = 0xffffff;
  // From the rectangle's edges to the text. A textarea's first line starts inset_top below the
  // edge; in a single-line field the text is centred upright like the drawn one.
  float inset_left = 12, inset_right = 12, inset_top = 8;
  float line_height = 0;  // textarea, CSS px from line to line; 0: 1.5 times the font size
  // A container whose content is larger than its rectangle scrolls natively; its descendants keep
  // the rectangles they would have unscrolled, and the drawing subtracts scroll_left/scroll_top. 0:
  // none.
  float content_width = 0, content_height = 0;
  NodeId controls = 0;  // combobox, tab, button: the node that it opens or shows
};

void begin_frame();
void open(const Node& node);  // a container; its children follow until close()
void close();
void leaf(const Node& node);
// Sends the tree to the shell if it differs from the last one sent. The platform's loop calls
// begin_frame() and end_frame(); a frame that answers an event is laid out again before it is sent.
void end_frame();

// --- what came back; each is reported in one frame and then forgotten
// -----------------------------
bool activated(NodeId id);  // click, tap, Enter/Space, a screen reader's press
bool text_changed(NodeId id, std::string& text);  // new text of a field, whole, valid UTF-8
bool submitted(NodeId id);                        // Enter in a single-line field
bool option_chosen(NodeId id, std::string& key);  // select
// Escape: the nearest dialog, listbox or expanded widget around the focus, else the modal dialog.
bool dismissed(NodeId id);
// One of these roles in its group is in the Tab order, the focused or else the selected one.
// Arrow keys, Home/End, PageUp/PageDown on a focused node with role gridcell, tab, radio or option.
enum class Key : std::uint8_t { none, left, right, up, down, home, end, page_up, page_down };
Key key_pressed(NodeId id);

bool focused(NodeId id);        // has the DOM focus
bool focus_visible(NodeId id);  // focused and the ring is to be drawn (keyboard modality)
bool hovered(NodeId id);        // the pointer is over it
bool pressed(NodeId id);        // the pointer is held down on it
bool composing(NodeId id);      // an input method is composing in this field
// Moves the DOM focus there after this frame; any node will do (main, heading), 0 does nothing.
void focus(NodeId id);
// How far a container with content_width or content_height has been scrolled, CSS pixels.
float scroll_left(NodeId id);
float scroll_top(NodeId id);
void scroll_into_view(NodeId id);  // after this frame, the least needed
// A one-off announcement to screen readers.
void announce(std::string_view text, Live live = Live::polite);

}  // namespace yuanyue::web::semantics
