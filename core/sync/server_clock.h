// The server's clock as far as this device can know it: its own clock, and by how much that is
// wrong. Milliseconds.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/time.h"

namespace yuanyue::sync {

class ServerClock {
 public:
  // What the last page had learned; counts until an answer comes.
  void load(std::int64_t offset_ms);

  // An answer that carries the server's clock. Which moment between sending and receiving it is
  // about, nobody knows: half the round trip is taken, and as much may it be wrong.
  void note_answer(Instant server_now, Instant sent_at, Instant received_at);
  // The answer to a long poll says little about how long it travelled.
  void note_held_answer(Instant server_now, Instant received_at);

  Instant at(Instant device_now) const { return device_now + offset_ms_; }

  // What is to be stored, and counts as stored from now on.
  std::int64_t take_offset();
  // The same where it differs from what is stored by more than is worth a write.
  std::optional<std::int64_t> take_changed_offset();

 private:
  void learn(std::int64_t offset_ms, std::int64_t uncertainty_ms);

  std::int64_t offset_ms_ = 0;
  std::optional<std::int64_t> uncertainty_ms_;  // none: no answer yet
  std::int64_t stored_offset_ms_ = 0;
};

}  // namespace yuanyue::sync
