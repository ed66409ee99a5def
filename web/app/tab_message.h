// What tabs of one browser say to each other, and how it is written: words in the first line, a
// body after it. Another tab may run another build of the page; what cannot be read is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/people/ids.h"

namespace yuanyue::web::app {

// --- of a follower, to the leader --------------------------------------------------------------

struct TabQuestion {
  enum class Kind : std::uint8_t {
    keep,   // body: outbox entries as core/sync/storage_text.h; answered by TabKept
    push,   // body: of the protocol's push; answered by TabAnswer
    pull,   // body: path and query of the protocol's pull; answered by TabAnswer
    now,    // the pull with this ticket is to be answered, news or not
    abort,  // nobody waits for the answer to this ticket any more
  };
  Kind kind = Kind::keep;
  UserId user;  // whose client asks; none: nobody's
  std::uint64_t ticket = 0;
  std::string body{};
  bool operator==(const TabQuestion&) const = default;
};
// Whose replica do you have?
struct TabWho {
  bool operator==(const TabWho&) const = default;
};

// --- of the leader -----------------------------------------------------------------------------

// An HTTP status and a body, as from the server; status 0: none.
struct TabAnswer {
  std::uint64_t ticket = 0;
  int status = 0;
  std::int64_t retry_after_ms = 0;
  std::string body{};
  bool operator==(const TabAnswer&) const = default;
};
struct TabKept {
  std::uint64_t ticket = 0;
  bool kept = false;
  bool operator==(const TabKept&) const = default;
};
struct TabOnline {
  bool online = false;  // the leader reaches the server
  bool operator==(const TabOnline&) const = default;
};
struct TabUser {
  UserId user;  // the answer to TabWho
  bool operator==(const TabUser&) const = default;
};
// Two tabs disagree about who is signed in: ask the server.
struct TabCheck {
  bool operator==(const TabCheck&) const = default;
};
struct TabOutbox {
  UserId user;
  std::string lines{};  // core/sync/storage_text.h
  bool operator==(const TabOutbox&) const = default;
};

// --- of any ------------------------------------------------------------------------------------

struct TabSignedOut {
  UserId user;  // who has left
  bool operator==(const TabSignedOut&) const = default;
};

using TabMessage = std::variant<TabQuestion, TabWho, TabAnswer, TabKept, TabOnline, TabUser,
                                TabCheck, TabOutbox, TabSignedOut>;

std::string to_text(const TabMessage& message);
std::optional<TabMessage> parse_tab_message(std::string_view text);

}  // namespace yuanyue::web::app
