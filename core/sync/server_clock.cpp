#include "core/sync/server_clock.h"

#include <algorithm>
#include <cstdlib>

namespace yuanyue::sync {
namespace {

constexpr std::int64_t held_uncertainty_ms = 1'000;
// A page that opens without a network decides by the clock that the last one had learned.
constexpr std::int64_t change_stored_ms = 2'000;

}  // namespace

void ServerClock::load(std::int64_t offset_ms) {
  stored_offset_ms_ = offset_ms;
  if (!uncertainty_ms_) offset_ms_ = offset_ms;
}

void ServerClock::note_answer(Instant server_now, Instant sent_at, Instant received_at) {
  const std::int64_t half_round_trip_ms = std::max<std::int64_t>(0, received_at - sent_at) / 2;
  learn(server_now - received_at + half_round_trip_ms, half_round_trip_ms);
}

void ServerClock::note_held_answer(Instant server_now, Instant received_at) {
  learn(server_now - received_at, held_uncertainty_ms);
}

// The best sample stays, until one contradicts it: then a clock has been set.
void ServerClock::learn(std::int64_t offset_ms, std::int64_t uncertainty_ms) {
  if (uncertainty_ms_ && uncertainty_ms > *uncertainty_ms_) {
    const std::int64_t distance = std::abs(offset_ms - offset_ms_);
    if (distance <= uncertainty_ms + *uncertainty_ms_) return;
  }
  offset_ms_ = offset_ms;
  uncertainty_ms_ = uncertainty_ms;
}

std::int64_t ServerClock::take_offset() {
  stored_offset_ms_ = offset_ms_;
  return offset_ms_;
}

std::optional<std::int64_t> ServerClock::take_changed_offset() {
  if (std::abs(offset_ms_ - stored_offset_ms_) <= change_stored_ms) return std::nullopt;
  return take_offset();
}

}  // namespace yuanyue::sync
