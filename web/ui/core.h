// The ground every widget stands on: frames, ids, words and sizes. Main thread only.
//
// How a frame works. frame() collects what the view declares into a tree, lays the whole tree out,
// draws it and emits its semantics. Widgets answer at once (an activation came with the last
// event), so a view reads like immediate mode, while a card always has the height of what is in it.
//
// Conventions of all headers in this folder
// - Lengths are layout pixels: CSS pixels, times scale(). Views never multiply by it.
// - Text is UTF-8 and already translated. It is copied during the call; temporaries are fine.
// - Containers take their content as the last argument, a callable that declares the children.
// - An id comes from `key`, or from the label if there is none, inside the enclosing scopes. Give a
//   key where a label changes from frame to frame or repeats: key(booking code) for rows of lists.
// - Widgets that hold a value change the caller's variable and return true in that frame.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "web/bridge/semantics.h"

namespace yuanyue::web::ui {

using semantics::NodeId;

// A reference to a callable that lives at least as long as the call it is passed to.
template <class Signature>
class FunctionRef;

template <class Result, class... Arguments>
class FunctionRef<Result(Arguments...)> {
 public:
  template <class Callable>
    requires(!std::is_same_v<std::remove_cvref_t<Callable>, FunctionRef> &&
             std::is_invocable_r_v<Result, Callable&, Arguments...>)
  FunctionRef(Callable&& callable)  // NOLINT(google-explicit-constructor): passed as a lambda
      : object_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))),
        call_([](void* object, Arguments... arguments) -> Result {
          return (*static_cast<std::remove_reference_t<Callable>*>(object))(
              std::forward<Arguments>(arguments)...);
        }) {}
  Result operator()(Arguments... arguments) const {
    return call_(object_, std::forward<Arguments>(arguments)...);
  }

 private:
  void* object_;
  Result (*call_)(void*, Arguments...);
};

using Content = FunctionRef<void()>;

// Draws one frame. Everything else in this layer is called from inside `content`.
void frame(Content content);

// A copy of `text` that lives until the end of the frame, for arrays of structs with text in them.
std::string_view hold(std::string_view text);

// --- ids
// ------------------------------------------------------------------------------------------
// Widgets declared in `content` get ids below this key; for rows of lists use the row's own key.
void scope(std::string_view key, Content content);
// The id that a widget declared here with this key will have (for semantics::focus and the like).
NodeId id_of(std::string_view key);

// --- sizes
// ----------------------------------------------------------------------------------------
enum class Density : std::uint8_t {
  automatic,  // phone under 720 px of width or with a touch pointer, else desktop
  desktop,    // controls 36 px
  phone,      // controls 44 px, body text 16 px
  kiosk,      // everything 1.6 times as large, controls 72 px
};
void set_density(Density density);
Density density();  // never `automatic`
bool narrow();      // one column with a bottom bar: less than 720 layout pixels of width
float scale();      // CSS pixels per layout pixel: 1.6 on a kiosk, else the browser's text scale

// --- time
// ----------------------------------------------------------------------------------------- The
// server's clock as the page knows it, milliseconds since 1970; countdowns run by it. The device's
// clock is used until it is set. Called once a frame by the application.
void set_now_ms(std::int64_t now_ms);
std::int64_t now_ms();

// --- words
// ---------------------------------------------------------------------------------------- What
// widgets say by themselves. The application fills it from assets/i18n whenever the language
// changes: for (const WordKey& word : word_keys()) words.*word.member = t(word.key);
struct Words {
  std::string skip_to_content;  // link for keyboard users, first on the page
  std::string navigation;       // name of the rail or bottom bar
  std::string messages_region;  // name of the region that holds toasts
  std::string also, is;         // between parts that are read as one: ", " and ": "
  std::string close;
  std::string dismiss;
  std::string previous_month;
  std::string next_month;
  std::string weekday_1, weekday_2, weekday_3, weekday_4, weekday_5, weekday_6, weekday_7;
  std::string today;
  std::string provisional;
  std::string provisional_legend;  // below a month: what the dashed line means
  std::string required;            // "必填"
  std::string error_prefix;        // said before an error: "错误:"
  std::string choose;              // empty select
  std::string loading;
  std::string show_password, hide_password;
  std::string clear_search;
  std::string step_of;  // "第 {step} 步,共 {steps} 步"
  std::string step_done, step_current;
  std::string counted_day;  // "第 {number} 个工作日"
  std::string days_hours;   // "{days} 天 {hours} 小时"
  std::string expired;      // a countdown that has run out
  std::string badge_count;  // "{count} 条未读"
  std::string theme_light, theme_dark, theme_high_contrast, theme_automatic;  // switch labels
  std::string info, success, warning, danger;  // said before a banner's or toast's text
};
struct WordKey {
  const char* key;  // "ui.previous_month"
  std::string Words::* member;
};
struct WordKeys {
  const WordKey* first;
  const WordKey* last;
  const WordKey* begin() const { return first; }
  const WordKey* end() const { return last; }
};
WordKeys word_keys();
void set_words(Words words);
const Words& words();

// What a message is about; always shown by an icon or a word as well as by colour.
enum class Tone : std::uint8_t { neutral, info, success, warning, danger };

}  // namespace yuanyue::web::ui
