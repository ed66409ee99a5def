#include "core/sync/server_clock.h"

#include <gtest/gtest.h>

#include "tests/core/support/park.h"

namespace yuanyue::sync {
namespace {

const Instant device = worlds::at("2026-11-23 09:00");

// How far the server's clock is believed to be ahead of the device's.
std::int64_t ahead(const ServerClock& clock) { return clock.at(device) - device; }

TEST(ServerClock, IsTheDevicesUntilSomethingIsKnown) {
  ServerClock clock;
  EXPECT_EQ(ahead(clock), 0);
  clock.load(-7'000);
  EXPECT_EQ(ahead(clock), -7'000);
}

TEST(ServerClock, TakesHalfTheRoundTripOff) {
  struct Line {
    std::int64_t round_trip_ms;
    std::int64_t server_ahead_ms;  // when it wrote the answer, of the device when that came
    std::int64_t ahead_ms;
  };
  const Line lines[] = {
      {0, 500, 500},
      {400, 500, 700},
      {400, -500, -300},
      {401, 0, 200},
      // The device's clock was set back meanwhile: the round trip is not known, and counts as none.
      {-60'000, 500, 500},
  };
  for (const Line& line : lines) {
    ServerClock clock;
    clock.note_answer(device + line.server_ahead_ms, device - line.round_trip_ms, device);
    EXPECT_EQ(ahead(clock), line.ahead_ms) << line.round_trip_ms;
  }
}

// The first answer took 200 ms, so it is right to 100 ms.
TEST(ServerClock, KeepsTheBestAnswerUntilOneContradictsIt) {
  struct Line {
    const char* what;
    std::int64_t round_trip_ms;
    std::int64_t offset_ms;  // that the second answer says
    bool taken;
  };
  const Line lines[] = {
      {"as good and the same", 200, 1'000, true},
      {"better", 100, 1'020, true},
      {"worse, and both may be right", 400, 1'300, false},
      {"worse, and just not possible", 400, 1'301, true},
      {"worse, and just not possible, behind", 400, 699, true},
      {"worse, and just possible, behind", 400, 700, false},
      {"much worse, and says nothing", 20'000, 10'000, false},
      {"much worse, but the server's clock was set", 20'000, 3'600'000, true},
  };
  for (const Line& line : lines) {
    ServerClock clock;
    clock.note_answer(device + 900, device - 200, device);
    ASSERT_EQ(ahead(clock), 1'000);
    const std::int64_t half = line.round_trip_ms / 2;
    clock.note_answer(device + (line.offset_ms - half), device - line.round_trip_ms, device);
    EXPECT_EQ(ahead(clock), line.taken ? line.offset_ms : 1'000) << line.what;
  }
}

TEST(ServerClock, AHeldAnswerIsBelievedToASecond) {
  struct Line {
    std::int64_t offset_ms;
    bool taken;
  };
  for (const Line& line : {Line{1'050, false}, Line{2'100, false}, Line{2'101, true},
                           Line{-100, false}, Line{-101, true}}) {
    ServerClock clock;
    clock.note_answer(device + 900, device - 200, device);
    clock.note_held_answer(device + line.offset_ms, device);
    EXPECT_EQ(ahead(clock), line.taken ? line.offset_ms : 1'000) << line.offset_ms;
  }
  // Where it is all there is, it counts.
  ServerClock clock;
  clock.note_held_answer(device + 5'000, device);
  EXPECT_EQ(ahead(clock), 5'000);
}

TEST(ServerClock, AStorageThatOpensLateKnowsLessThanAnAnswer) {
  ServerClock clock;
  clock.note_answer(device + 1'000, device, device);
  clock.load(90'000);
  EXPECT_EQ(ahead(clock), 1'000);
  // But what it holds is wrong then, and is written again.
  EXPECT_EQ(clock.take_changed_offset(), 1'000);
}

TEST(ServerClock, IsStoredAgainWhenItIsWorthAWrite) {
  struct Line {
    std::int64_t stored_ms;
    std::int64_t learned_ms;
    bool stored;
  };
  for (const Line& line : {Line{0, 2'000, false}, Line{0, 2'001, true}, Line{0, -2'000, false},
                           Line{0, -2'001, true}, Line{5'000, 5'500, false}}) {
    ServerClock clock;
    clock.load(line.stored_ms);
    clock.note_answer(device + line.learned_ms, device, device);
    const auto change = clock.take_changed_offset();
    EXPECT_EQ(change.has_value(), line.stored) << line.learned_ms;
    EXPECT_EQ(change.value_or(line.learned_ms), line.learned_ms);
    EXPECT_FALSE(clock.take_changed_offset()) << "once";
  }
  ServerClock clock;
  clock.note_answer(device + 10, device, device);
  EXPECT_EQ(clock.take_offset(), 10) << "whoever writes everything gets it anyhow";
}

}  // namespace
}  // namespace yuanyue::sync
