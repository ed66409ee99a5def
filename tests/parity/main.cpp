// A long random script of commands, printed as numbers that must be the same in every build: one
// for what was answered on the way, one for the state reached. core_parity [SEED [COMMANDS]]
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "core/domains/codec.h"
#include "core/kernel/engine.h"
#include "core/protocol/state_hash.h"
#include "tests/core/support/random_park.h"

namespace yuanyue::worlds {
namespace {

constexpr std::uint64_t default_seed = 20'261'123;
constexpr std::uint64_t default_commands = 100'000;
constexpr std::int64_t longest_pause_ms = 20 * ms_per_minute;

class Script {
 public:
  explicit Script(std::uint64_t seed) : park_(seed, longest_pause_ms) {
    for (AnyRow& row : RandomPark::rows()) state_.put(std::move(row));
  }

  void run(std::uint64_t commands) {
    for (std::uint64_t number = 1; number <= commands; ++number) {
      step(number);
      if (number % (commands / 10) == 0) print(number);
    }
  }

 private:
  void step(std::uint64_t number) {
    const RandomStep step = park_.next(state_, now_);
    now_ = now_ + step.pause_ms;
    while (next_due(state_) <= now_) {
      const auto outcome = run_due(state_, now_, CommandId(uuid(30, ++timers_)));
      note(*outcome);
    }
    const Envelope envelope{CommandId(uuid(31, number)), step.who, now_, step.command};
    hash_text(wire::encode(step.command));
    const auto outcome = execute(state_, envelope);
    if (outcome) {
      ++accepted_;
      note(*outcome);
    } else {
      hash_text(wire::encode(outcome.error()));
    }
  }

  void note(const Outcome& outcome) {
    park_.remember(outcome);
    hash_text(wire::encode(outcome));
  }

  // FNV-1a
  void hash_text(std::string_view text) {
    for (const char c : text) {
      answers_ = (answers_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
  }

  void print(std::uint64_t number) const {
    std::printf("%llu commands, %llu accepted, %llu timers: answers %016llx, state %016llx\n",
                static_cast<unsigned long long>(number), static_cast<unsigned long long>(accepted_),
                static_cast<unsigned long long>(timers_), static_cast<unsigned long long>(answers_),
                static_cast<unsigned long long>(wire::state_hash(state_)));
  }

  RandomPark park_;
  State state_;
  Instant now_ = RandomPark::start();
  std::uint64_t timers_ = 0;
  std::uint64_t accepted_ = 0;
  std::uint64_t answers_ = 0xCBF29CE484222325ULL;
};

}  // namespace
}  // namespace yuanyue::worlds

int main(int count, char** arguments) {
  const auto number = [&](int place, std::uint64_t otherwise) {
    return place < count ? std::strtoull(arguments[place], nullptr, 10) : otherwise;
  };
  yuanyue::worlds::Script script(number(1, yuanyue::worlds::default_seed));
  script.run(number(2, yuanyue::worlds::default_commands));
  return 0;
}
