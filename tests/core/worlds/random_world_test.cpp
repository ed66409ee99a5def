// Weeks of a busy park from a seed, every invariant checked after every step. To run one seed
// again:
//   YUANYUE_WORLD_SEED=17 core_tests --gtest_filter='RandomWorlds.*'
// YUANYUE_WORLD_COUNT and YUANYUE_WORLD_STEPS make it longer.
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/command.h"
#include "core/kernel/notice.h"
#include "core/messages/notification.h"
#include "tests/core/support/every_type.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/random_park.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

#ifdef __EMSCRIPTEN__
constexpr std::uint64_t default_worlds = 4;
#else
constexpr std::uint64_t default_worlds = 16;
#endif
constexpr std::uint64_t default_steps = 800;
constexpr std::int64_t longest_pause_ms = 14 * ms_per_hour;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Fault {
  std::uint64_t step = 0;
  std::string what;
};

// Runs a seed until its first fault. With the engine's promises only every fourth world, for time.
std::optional<Fault> first_fault(std::uint64_t seed, std::uint64_t steps) {
  World world(RandomPark::rows(), RandomPark::start(),
              seed % 4 == 0 ? Checks::all : Checks::invariants);
  RandomPark park(seed, longest_pause_ms);
  for (std::uint64_t number = 1; number <= steps; ++number) {
    const RandomStep step = park.next(world.state(), world.now());
    if (number % 50 == 0) {
      world.wake_at(world.now() + step.pause_ms);  // the server was down meanwhile
    } else {
      world.pass(step.pause_ms);
    }
    const Attempt attempt = world.execute(step.who, step.command);
    park.remember(world.take_seen());
    if (world.faults().empty()) continue;
    std::string what = "command " + std::string(step.command.type().name) + " at " +
                       to_string(world.now()) + (attempt ? ", accepted" : ", refused");
    for (const std::string& fault : world.faults()) what += "\n  " + fault;
    return Fault{number, what};
  }
  return std::nullopt;
}

// Random worlds prove little about what never happens in them.
TEST(RandomWorlds, ReachEveryCommandFactAndMessage) {
  std::set<std::string_view> accepted_commands;
  std::set<EventName> facts;
  std::set<NoticeName> messages;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    World world(RandomPark::rows(), RandomPark::start(), Checks::none);
    RandomPark park(seed, longest_pause_ms);
    for (int number = 0; number < 2000; ++number) {
      const RandomStep step = park.next(world.state(), world.now());
      world.pass(step.pause_ms);
      if (world.execute(step.who, step.command)) accepted_commands.insert(step.command.type().name);
      const Outcome seen = world.take_seen();
      for (const LedgerEntry& entry : seen.ledger) facts.insert(entry.kind);
      park.remember(seen);
    }
    world.state().for_each<Notification>(
        [&](const Notification& row) { messages.insert(row.kind); });
  }
  EXPECT_EQ(accepted_commands.size(), EveryCommand::size - 1);  // all but RunDue
  // Each that is on a list, and none that is on none.
  for (const EventKindBase* kind : known_domains().events()) {
    EXPECT_TRUE(facts.contains(*kind)) << "fact " << kind->name;
  }
  for (const NoticeKindBase* kind : known_domains().notices()) {
    EXPECT_TRUE(messages.contains(*kind)) << "notice " << kind->name;
  }
  EXPECT_EQ(facts.size(), known_domains().events().size());
  EXPECT_EQ(messages.size(), known_domains().notices().size());
}

TEST(RandomWorlds, KeepEveryInvariant) {
  const char* only = std::getenv("YUANYUE_WORLD_SEED");
  const std::uint64_t first = setting("YUANYUE_WORLD_SEED", 1);
  const std::uint64_t count = only == nullptr ? setting("YUANYUE_WORLD_COUNT", default_worlds) : 1;
  const std::uint64_t steps = setting("YUANYUE_WORLD_STEPS", default_steps);
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const auto fault = first_fault(seed, steps);
    if (!fault) continue;
    ADD_FAILURE() << "YUANYUE_WORLD_SEED=" << seed << " YUANYUE_WORLD_STEPS=" << fault->step
                  << " core_tests --gtest_filter='RandomWorlds.*'\n"
                  << fault->what;
  }
}

}  // namespace
}  // namespace yuanyue::worlds
