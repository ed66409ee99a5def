#include "tests/sim/crowd.h"

#include <algorithm>
#include <utility>

#include "core/domains/codec.h"
#include "core/people/erase.h"
#include "tests/sim/population.h"

namespace yuanyue::sim {
namespace {

bool has_catalog(const State& state) {
  return state.find(worlds::licence) != nullptr && state.find(worlds::tax) != nullptr &&
         state.find(ServiceId::of("permit")) != nullptr && state.find(worlds::hall) != nullptr;
}

bool has_everybody(const State& state) {
  for (std::uint64_t number = 1; number <= enterprises; ++number) {
    if (state.find(worlds::member(number).user) == nullptr) return false;
    if (state.find(worlds::member(number).enterprise) == nullptr) return false;
  }
  return true;
}

}  // namespace

Crowd::Crowd(Events& events, const Weather& weather, std::uint64_t seed, FaultCounts& counts,
             Oracle& oracle, Network& network, Host& host)
    : events_(events),
      weather_(weather),
      random_(seed),
      counts_(counts),
      oracle_(oracle),
      network_(network),
      host_(host),
      wishes_(seed + 1, 1),
      intruder_(seed + 2, counts, oracle, host) {
  network.set_stranger_handler([this](const Answer& answer) { intruder_.answered(answer); });
  network.set_answer_handler([this](const auto&... parts) { answered(parts...); });
  const int count = random_.one_in(10) ? random_.between(20, 36) : random_.between(3, 8);
  for (int i = 0; i < count; ++i) {
    devices_.push_back(
        std::make_unique<Device>(static_cast<std::size_t>(i), random_.next(), counts));
    Device& device = *devices_.back();
    device.user = person(i == 0 ? people : 1 + random_.below(people));
    if (random_.one_in(4)) {
      device.clock_error_ms = random_.between(-86'400, 86'400) * 1'000LL;
      counts.add(Fault::device_clock_set);
    }
  }
  ticks_.assign(devices_.size(), never);
  missed_.resize(devices_.size());
  storage_is_watched_.resize(devices_.size());
  for (auto& device : devices_) {
    events_.after(random_.between(0, 3'000), [this, &device] {
      if (!device->page) open_page(*device);
    });
  }
}

// --- pages -------------------------------------------------------------------------------------

void Crowd::open_page(Device& device) {
  sync::SyncSettings settings;
  settings.pull_wait_ms = 60'000;
  const Uuid seed{random_.next(), random_.next()};
  ++device.page_number;
  device.page = std::make_unique<Page>(device.storage, seed, settings);
  device.has_session = true;
  events_.trace("page opened", device.number);
  device.page->client.sign_in(device.user, time_of(device));
  look_after(device);
}

void Crowd::close_page(Device& device) {
  if (!device.page) return;
  look_after(device);
  device.page.reset();
  counts_.add(Fault::tab_closed);
  const bool was_disturbed = device.storage.is_disturbed();
  if (device.storage.page_closed()) counts_.add(Fault::tab_closed_unsaved);
  events_.trace("page closed", device.number);
  oracle_.page_closed(device, was_disturbed);
  missed_[device.number].clear();
}

void Crowd::look_after(Device& device) {
  if (!device.page) return;
  for (const SentRequest& request : std::exchange(device.page->transport.sent, {})) {
    network_.send(device, request);
  }
  for (const sync::SyncEvent& event : device.page->client.take_events()) {
    oracle_.told(event);
    if (std::holds_alternative<sync::SignedOut>(event)) {
      counts_.add(Fault::session_ended);
      events_.trace("signed out", device.number);
      oracle_.signed_out(device, events_.now());
      // A disabled user's tries are few.
      const bool was_ended = !device.has_session;
      events_.after(was_ended ? random_.between(100, 20'000) : random_.between(60'000, 120'000),
                    [this, &device] { sign_in_again(device); });
    }
  }
  look_after_storage(device);
  plan_tick(device);
}

void Crowd::look_after_storage(Device& device) {
  if (storage_is_watched_[device.number] || !device.storage.has_writes()) return;
  storage_is_watched_[device.number] = true;
  events_.after(is_healed_ ? 1 : random_.between(1, 60), [this, &device] {
    storage_is_watched_[device.number] = false;
    const auto done = device.storage.finish_one();
    if (done && device.page) {
      device.page->client.storage_answered(done->ticket, done->answer, time_of(device));
    }
    look_after(device);
    look_after_storage(device);
  });
}

void Crowd::plan_tick(Device& device) {
  const Instant wake = device.page->client.next_wake();
  if (wake == never || device.is_asleep) return;
  const Instant when = std::max(events_.now() + 1, wake - device.clock_error_ms);
  Instant& planned = ticks_[device.number];
  if (planned <= when && planned > events_.now()) return;
  planned = when;
  events_.at(when, [this, &device, when] {
    if (ticks_[device.number] != when) return;
    ticks_[device.number] = never;
    if (!device.page || device.is_asleep) return;
    device.page->client.tick(time_of(device));
    look_after(device);
  });
}

void Crowd::answered(std::size_t number, std::uint64_t page, const SentRequest& request,
                     const sync::TransportAnswer& answer) {
  Device& device = *devices_[number];
  if (!device.page || device.page_number != page) return;
  if (device.page->transport.aborted.contains(request.ticket)) return;
  if (device.is_asleep) {
    missed_[number].push_back([=, this] { answered(number, page, request, answer); });
    return;
  }
  if (answer.status == 409) counts_.add(Fault::client_unknown);
  events_.trace("answer " + std::to_string(number), answer.status == 0 ? "none" : answer.body);
  device.page->client.transport_answered(request.ticket, answer, time_of(device));
  if (!request.is_push && answer.status == 200) oracle_.pulled(device, answer.body);
  look_after(device);
}

void Crowd::sign_in_again(Device& device) {
  if (!device.page || device.page->client.status().connection != sync::Connection::signed_out) {
    return;
  }
  device.has_session = true;
  device.page->client.sign_in(device.user, time_of(device));
  look_after(device);
}

// --- what users do -----------------------------------------------------------------------------

std::optional<AnyCommand> Crowd::some_command(Device& device) {
  const sync::SyncClient& client = device.page->client;
  const State& state = client.state();
  if (!has_catalog(state)) return std::nullopt;
  const Instant now = client.server_time(time_of(device));
  const User* user = state.find(device.user);
  if (user == nullptr) return std::nullopt;
  if (user->role == Role::administrator) {
    if (!weather_.administration) return std::nullopt;
    AnyCommand command = wishes_.administrator_command(state, now);
    if (command.is<SaveUser>()) return std::nullopt;  // see change_rights
    return command;
  }
  return wishes_.enterprise_command(state, {user->enterprise, user->id}, now);
}

void Crowd::act() {
  Device& device = someone();
  if (!device.page || device.is_asleep) return;
  sync::SyncClient& client = device.page->client;
  auto command = some_command(device);
  if (!command) return;
  if (command->is<ImportCalendarYear>()) {
    counts_.add(Fault::calendar_imported);
  } else if (command->is<OverrideBlock>()) {
    counts_.add(Fault::capacity_changed);
  }
  const CommandId id(Uuid{random_.next() | 1, random_.next()});
  const auto submission = client.submit(*command, id, time_of(device));
  if (submission) {
    wishes_.remember(submission->outcome);
    oracle_.submitted(id, *command, device, events_.now());
    events_.trace("submitted", wire::encode(*command));
  }
  look_after(device);
}

void Crowd::administer() {
  if (weather_.erasings && random_.one_in(4)) return erase_somebody();
  if (!weather_.rights_change) return;
  if (random_.one_in(3)) {
    auto years = official_years();
    host_.run({.commands = {ImportCalendarYear{random_.pick(years)}}});
    counts_.add(Fault::calendar_imported);
    return;
  }
  change_rights();
}

// Half of the enterprises stay, and the administrators.
void Crowd::erase_somebody() {
  if (!host_.is_up()) return;
  ConsoleTask task;
  if (random_.one_in(2)) {
    task.commands.emplace_back(EraseUser{person(1 + random_.below(2 * enterprises))});
  } else {
    task.commands.emplace_back(
        EraseEnterprise{worlds::member(1 + random_.below(enterprises / 2)).enterprise});
  }
  events_.trace("erase", wire::encode(task.commands.front()));
  host_.run(std::move(task));
}

// The first device is an administrator's: what it holds of everybody is what an intruder could at
// most have learned.
void Crowd::intrude() {
  const Device& device = *devices_.front();
  if (!weather_.intruders || !device.page) return;
  const State& state = device.page->client.state();
  if (!has_catalog(state) || !has_everybody(state)) return;
  intruder_.act(state, device.page->client.server_time(time_of(device)));
}

// Disabled and enabled, moved to another enterprise, made an administrator and back.
void Crowd::change_rights() {
  if (!host_.is_up()) return;
  const std::uint64_t number = random_.one_in(2) ? 1 + random_.below(people - 1) : [&] {
    const UserId user = someone().user;
    for (std::uint64_t each = 1; each < people; ++each) {
      if (person(each) == user) return each;
    }
    return std::uint64_t{1};
  }();
  User row = account(number);
  switch (random_.below(4)) {
    case 0:
      row.disabled = true;
      break;
    case 1:
      row.role = Role::member;
      row.enterprise = worlds::member(1 + random_.below(enterprises)).enterprise;
      break;
    case 2:
      row.role = Role::administrator;
      row.enterprise = {};
      break;
    default:
      break;
  }
  counts_.add(Fault::rights_changed);
  events_.trace("rights", wire::encode(AnyRow(row)));
  host_.run({.commands = {SaveUser{std::move(row)}}});
}

// --- misfortune --------------------------------------------------------------------------------

void Crowd::misfortune() {
  Device& device = someone();
  switch (random_.below(8)) {
    case 0:
      if (weather_.partitions) {
        counts_.add(Fault::partition);
        device.cut_off_until = events_.now() + random_.between(1'000, 60'000);
      }
      return;
    case 1:
      if (weather_.sessions_end) device.has_session = false;
      return;
    case 2:
    case 3:
      if (!weather_.pages_close) return;
      close_page(device);
      events_.after(random_.between(10, 20'000), [this, &device] {
        if (!device.page && !device.is_asleep) open_page(device);
      });
      return;
    case 4:
      if (!weather_.devices_sleep) return;
      sleep(device);
      events_.after(random_.between(1'000, 60'000), [this, &device] {
        if (!everybody_sleeps_) wake(device);
      });
      return;
    case 5:
      if (weather_.storage_faults) disturb_storage(device);
      return;
    case 6:
      if (weather_.users_change && random_.one_in(3)) change_user(device);
      return;
    default:
      if (!device.page || device.is_asleep) return;
      device.page->client.refresh(time_of(device));
      return look_after(device);
  }
}

void Crowd::sleep(Device& device) {
  if (device.is_asleep) return;
  counts_.add(Fault::device_slept);
  device.is_asleep = true;
}

void Crowd::wake(Device& device) {
  if (!device.is_asleep) return;
  device.is_asleep = false;
  ticks_[device.number] = never;
  if (!device.page) return open_page(device);
  for (const auto& missed : std::exchange(missed_[device.number], {})) missed();
  device.page->client.tick(time_of(device));
  look_after(device);
}

void Crowd::disturb_storage(Device& device) {
  if (random_.one_in(4)) {
    counts_.add(Fault::storage_evicted);
    device.storage.evict();
  } else {
    device.storage.set_failing(random_.one_in(2));
  }
}

void Crowd::change_user(Device& device) {
  if (!device.page || device.is_asleep) return;
  use_by(device, person(1 + random_.below(people)));
}

// Of an erased user's device: an administrator is always there.
void Crowd::give_to_another(Device& device) {
  if (device.page) use_by(device, person(people));
}

void Crowd::use_by(Device& device, const UserId& user) {
  look_after(device);
  counts_.add(Fault::user_changed);
  oracle_.wiped(device);
  device.user = user;
  events_.trace("another user", device.number);
  device.has_session = true;
  device.page->client.sign_in(device.user, time_of(device));
  look_after(device);
}

void Crowd::all_sleep() {
  everybody_sleeps_ = true;
  for (auto& device : devices_) sleep(*device);
}

void Crowd::all_wake() {
  everybody_sleeps_ = false;
  for (auto& device : devices_) wake(*device);
}

void Crowd::heal() {
  is_healed_ = true;
  for (auto& each : devices_) {
    Device& device = *each;
    device.storage.set_failing(false);
    device.cut_off_until = Instant{INT64_MIN};
    wake(device);
    if (device.storage.is_broken()) close_page(device);  // the user was asked to reload
    if (!device.page) open_page(device);
    device.has_session = true;
    if (oracle_.is_erased(device.user)) give_to_another(device);
    sign_in_again(device);
  }
  ConsoleTask task;
  for (std::uint64_t number = 1; number <= people; ++number) {
    User row = account(number);
    if (oracle_.is_erased(row.id)) continue;
    if (oracle_.is_erased(row.enterprise)) row.enterprise = worlds::member(enterprises).enterprise;
    task.commands.emplace_back(SaveUser{std::move(row)});
  }
  host_.run(std::move(task));
}

bool Crowd::is_quiet() const {
  return std::ranges::all_of(devices_, [](const auto& device) {
    const sync::SyncStatus& status = device->page->client.status();
    return status.pending == 0 && status.connection == sync::Connection::online &&
           !status.storage_failed && !device->storage.has_writes();
  });
}

}  // namespace yuanyue::sim
