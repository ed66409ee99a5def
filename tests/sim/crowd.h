// Dozens of users and their devices: they act, close pages, sleep, lose the network, change.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "tests/core/support/random_park.h"
#include "tests/sim/intruder.h"
#include "tests/sim/network.h"

namespace yuanyue::sim {

class Crowd {
 public:
  Crowd(Events& events, const Weather& weather, std::uint64_t seed, FaultCounts& counts,
        Oracle& oracle, Network& network, Host& host);

  const std::vector<std::unique_ptr<Device>>& devices() const { return devices_; }
  void act();         // somebody gives a command
  void misfortune();  // one, of those the weather has
  void administer();  // somebody at the server's console
  void intrude();     // somebody without a page of ours
  void all_sleep();
  void all_wake();
  // No more misfortune: pages open, sessions last, storages work.
  void heal();
  bool is_quiet() const;

 private:
  using Work = void (Crowd::*)(Device&);
  Device& someone() { return *random_.pick(devices_); }
  Instant time_of(const Device& device) const { return events_.now() + device.clock_error_ms; }
  void open_page(Device& device);
  void close_page(Device& device);
  void sign_in_again(Device& device);
  void sleep(Device& device);
  void wake(Device& device);
  void disturb_storage(Device& device);
  void change_user(Device& device);
  void give_to_another(Device& device);
  void use_by(Device& device, const UserId& user);
  void change_rights();
  void erase_somebody();
  // After anything was told to the sync client: takes what it wants done.
  void look_after(Device& device);
  void look_after_storage(Device& device);
  void answered(std::size_t number, std::uint64_t page, const SentRequest& request,
                const sync::TransportAnswer& answer);
  void plan_tick(Device& device);
  std::optional<AnyCommand> some_command(Device& device);

  Events& events_;
  const Weather& weather_;
  worlds::Random random_;
  FaultCounts& counts_;
  Oracle& oracle_;
  Network& network_;
  Host& host_;
  worlds::RandomPark wishes_;
  Intruder intruder_;
  std::vector<std::unique_ptr<Device>> devices_;
  std::vector<Instant> ticks_;                              // planned, by device
  std::vector<std::vector<std::function<void()>>> missed_;  // while asleep, by device
  std::vector<bool> storage_is_watched_;
  bool everybody_sleeps_ = false;
  bool is_healed_ = false;
};

}  // namespace yuanyue::sim
