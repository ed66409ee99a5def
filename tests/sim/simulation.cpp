#include "tests/sim/simulation.h"

#include <sodium.h>

#include "tests/sim/crowd.h"
#include "tests/sim/population.h"

namespace yuanyue::sim {
namespace {

// What the server draws from libsodium comes from the seed.
worlds::Random& drawn() {
  static worlds::Random random(0);
  return random;
}

void draw_bytes(void* buffer, std::size_t size) {
  auto* bytes = static_cast<unsigned char*>(buffer);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<unsigned char>(drawn().next());
}

void use_seeded_randomness() {
  static randombytes_implementation seeded = {
      .implementation_name = [] { return "simulation"; },
      .random = [] { return static_cast<std::uint32_t>(drawn().next()); },
      .stir = nullptr,
      .uniform = nullptr,
      .buf = draw_bytes,
      .close = nullptr,
  };
  static const bool done = randombytes_set_implementation(&seeded) == 0 && sodium_init() >= 0;
  (void)done;
}

class Simulation {
 public:
  Simulation(std::uint64_t seed, Telling telling)
      : random_(seed * 0x9E3779B97F4A7C15ULL + 1),
        weather_(draw_weather(random_)),
        events_(worlds::RandomPark::start() + random_.between(0, 200) * ms_per_hour, telling),
        oracle_(counts_),
        host_(events_, weather_, random_.next(), counts_, oracle_),
        network_(events_, weather_, random_.next(), counts_, host_),
        crowd_(events_, weather_, random_.next(), counts_, oracle_, network_, host_) {}

  Verdict run() {
    host_.boot();
    const int episodes = random_.between(2, 4);
    for (int episode = 0; episode < episodes; ++episode) {
      live(random_.between(40, 90));
      if (episode + 1 < episodes) pass_hours();
    }
    settle();
    return {events_.hash(), oracle_.violations(), counts_, oracle_.submitted_count(),
            oracle_.accepted_count()};
  }

 private:
  bool have_months_passed_ = false;

  bool failed() const { return !oracle_.violations().empty(); }

  void live(int steps) {
    for (int i = 0; i < steps && !failed(); ++i) {
      events_.run_until(events_.now() + random_.between(1, 900));
      switch (random_.below(12)) {
        case 0:
          host_.misfortune();
          break;
        case 1:
        case 2:
          crowd_.misfortune();
          break;
        case 3:
          crowd_.administer();
          break;
        case 4:
          crowd_.intrude();
          break;
        default:
          crowd_.act();
          break;
      }
    }
  }

  // Nobody is awake; the server lives through hours or days, or does not run until somebody comes.
  void pass_hours() {
    crowd_.all_sleep();
    std::int64_t hours = random_.one_in(2) ? random_.between(1, 4) : random_.between(5, 60);
    if (weather_.months && !have_months_passed_) {
      have_months_passed_ = true;
      hours = random_.between(34, 58) * 24;
      host_.forget_backups();
      host_.make_room();
    }
    events_.run_until(events_.now() + 2 * ms_per_minute);
    if (weather_.crashes && hours > 4) host_.stand_still(hours * ms_per_hour - ms_per_minute);
    events_.run_until(events_.now() + hours * ms_per_hour);
    crowd_.all_wake();
  }

  void settle() {
    if (failed()) return;
    host_.heal();
    network_.heal();
    events_.run_until(events_.now() + 15 * ms_per_second);
    for (int round = 0; round < 20 && !failed(); ++round) {
      crowd_.heal();
      events_.run_until(events_.now() + ms_per_minute);
      if (host_.is_up() && crowd_.is_quiet() && round > 0) break;
    }
    if (failed()) return;
    if (!host_.is_up()) return oracle_.violation("the server has not come back");
    oracle_.converged(host_.server(), crowd_.devices());
  }

  worlds::Random random_;
  Weather weather_;
  FaultCounts counts_;
  Events events_;
  Oracle oracle_;
  Host host_;
  Network network_;
  Crowd crowd_;
};

}  // namespace

Verdict simulate(std::uint64_t seed, Telling telling) {
  use_seeded_randomness();
  Simulation simulation(seed, telling);
  return simulation.run();
}

}  // namespace yuanyue::sim
