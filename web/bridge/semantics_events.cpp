// What happened to the semantics elements since the last frame, in the order it happened.
#include <algorithm>
#include <deque>
#include <vector>

#include <emscripten.h>

#include "web/bridge/frame_loop.h"
#include "web/bridge/host.h"
#include "web/bridge/semantics.h"
#include "web/bridge/semantics_frame.h"

namespace yuanyue::web::semantics {
namespace {

// The numbers are those of web/shell/wasm.ts.
enum class EventKind : std::uint32_t { activate, text, submit, option, dismiss, key };

struct Event {
  EventKind kind;
  NodeId id;
  Key key;
  std::string text;
};

struct Scrolled {
  NodeId id;
  float left, top;
};

std::deque<Event> waiting;
std::vector<Event> current;
std::vector<Scrolled> scrolled;
NodeId focused_id = 0, hovered_id = 0, pressed_id = 0, composing_id = 0;
bool focus_is_visible = false;
bool text_reported = false;

bool is_text(const Event& event) { return event.kind == EventKind::text; }

// Two presses must not become one, and a press must not overtake another: one a frame. Text may
// come with it, because Enter and a click report on what has just been typed.
bool fits_into_current(const Event& event) {
  return is_text(event) || std::all_of(current.begin(), current.end(), is_text);
}

const Event* find(EventKind kind, NodeId id) {
  if (id == 0) return nullptr;
  const auto found = std::find_if(current.begin(), current.end(), [&](const Event& event) {
    return event.kind == kind && event.id == id;
  });
  return found == current.end() ? nullptr : &*found;
}

void add(Event event) {
  const bool newer_text = is_text(event) && !waiting.empty() && is_text(waiting.back()) &&
                          waiting.back().id == event.id;
  if (newer_text)
    waiting.back() = std::move(event);
  else
    waiting.push_back(std::move(event));
  bridge::changed_outside_frame();
}

const Scrolled* find_scrolled(NodeId id) {
  const auto found = std::find_if(scrolled.begin(), scrolled.end(),
                                  [id](const Scrolled& entry) { return entry.id == id; });
  return found == scrolled.end() ? nullptr : &*found;
}

}  // namespace

bool events_waiting() { return !waiting.empty(); }

void take_events() {
  current.clear();
  while (!waiting.empty() && fits_into_current(waiting.front())) {
    text_reported |= is_text(waiting.front());
    current.push_back(std::move(waiting.front()));
    waiting.pop_front();
  }
}

bool take_text_reported() { return std::exchange(text_reported, false); }

bool activated(NodeId id) { return find(EventKind::activate, id) != nullptr; }
bool submitted(NodeId id) { return find(EventKind::submit, id) != nullptr; }
bool dismissed(NodeId id) { return find(EventKind::dismiss, id) != nullptr; }

bool text_changed(NodeId id, std::string& text) {
  const Event* event = find(EventKind::text, id);
  if (event == nullptr) return false;
  text = event->text;
  return true;
}

bool option_chosen(NodeId id, std::string& key) {
  const Event* event = find(EventKind::option, id);
  if (event == nullptr) return false;
  key = event->text;
  return true;
}

Key key_pressed(NodeId id) {
  const Event* event = find(EventKind::key, id);
  return event == nullptr ? Key::none : event->key;
}

bool focused(NodeId id) { return id != 0 && id == focused_id; }
bool focus_visible(NodeId id) { return focused(id) && focus_is_visible; }
bool hovered(NodeId id) { return id != 0 && id == hovered_id; }
bool pressed(NodeId id) { return id != 0 && id == pressed_id; }
bool composing(NodeId id) { return id != 0 && id == composing_id; }

float scroll_left(NodeId id) {
  const Scrolled* entry = find_scrolled(id);
  return entry == nullptr ? 0 : entry->left;
}

float scroll_top(NodeId id) {
  const Scrolled* entry = find_scrolled(id);
  return entry == nullptr ? 0 : entry->top;
}

}  // namespace yuanyue::web::semantics

// --- called by the shell
// --------------------------------------------------------------------------

using namespace yuanyue::web;
using semantics::EventKind;

extern "C" {

EMSCRIPTEN_KEEPALIVE void yuanyue_event(std::uint32_t kind, std::uint32_t id, std::uint32_t key) {
  if (kind > static_cast<std::uint32_t>(EventKind::key) || key > 8) return;
  semantics::add({static_cast<EventKind>(kind), id, static_cast<semantics::Key>(key),
                  std::string(bridge::scratch())});
}

EMSCRIPTEN_KEEPALIVE void yuanyue_focus(std::uint32_t id, bool visible) {
  if (semantics::focused_id == id && semantics::focus_is_visible == visible) return;
  semantics::focused_id = id;
  semantics::focus_is_visible = visible;
  bridge::changed_outside_frame();
}

EMSCRIPTEN_KEEPALIVE void yuanyue_composing(std::uint32_t id) { semantics::composing_id = id; }

EMSCRIPTEN_KEEPALIVE void yuanyue_pointed(std::uint32_t hovered, std::uint32_t pressed) {
  semantics::hovered_id = hovered;
  semantics::pressed_id = pressed;
}

EMSCRIPTEN_KEEPALIVE void yuanyue_scrolled(std::uint32_t id, float left, float top) {
  std::erase_if(semantics::scrolled, [id](const auto& entry) { return entry.id == id; });
  if (left != 0 || top != 0) semantics::scrolled.push_back({id, left, top});
}

}  // extern "C"
