#include "web/app/replica_storage.h"

#include <utility>

#include "web/bridge/platform.h"

namespace yuanyue::web::app {
namespace {

using sync::StorageAnswer;
using sync::StorageTicket;

// For so long a command waits for the storage to open; then it is sent without.
constexpr std::int64_t opening_max_ms = 3'000;

}  // namespace

StorageAnswer ReplicaStorage::write(StorageTicket ticket, const sync::StorageWrite& change) {
  if (change.user) user_ = *change.user;
  if (change.wipe) return wipe(ticket, change);
  if (mode_ == Mode::idle || mode_ == Mode::wiped) {
    waiting();
    platform::start_replica();
  }
  switch (mode_) {
    case Mode::lost:
      return StorageAnswer::failed;
    case Mode::elsewhere:
      if (change.put_outbox.empty()) return StorageAnswer::done;
      unanswered_[ticket] = change.put_outbox;
      listener_.keep_elsewhere(ticket, change.put_outbox);
      return StorageAnswer::pending;
    case Mode::kept:
      unanswered_[ticket] = change.put_outbox;
      platform::write_replica(ticket, sync::storage_text(change));
      return StorageAnswer::pending;
    case Mode::idle:
    case Mode::wiped:
    case Mode::opening:
      // Whatever is written now, all of it is written when the storage is open.
      unanswered_[ticket] = change.put_outbox;
      return StorageAnswer::pending;
  }
  return StorageAnswer::failed;
}

// Nothing that was to be written before matters any more.
StorageAnswer ReplicaStorage::wipe(StorageTicket ticket, const sync::StorageWrite& change) {
  unanswered_.clear();
  if (mode_ == Mode::elsewhere) return StorageAnswer::done;  // whoever leads does the same
  const bool is_all = !user_;
  if (is_all && mode_ == Mode::wiped && platform::setting(platform::wipe_mark).empty()) {
    return StorageAnswer::done;
  }
  wiping_ |= is_all;  // while it opens: opened() sees to it
  if (mode_ == Mode::kept) {
    // It closes now, and opens again with what is to stay.
    waiting();
    platform::wipe_replica(is_all ? std::string() : sync::storage_text(change));
  } else if (is_all && (mode_ == Mode::idle || mode_ == Mode::wiped)) {
    waiting();
    platform::start_replica();
  } else if (is_all && mode_ == Mode::lost) {
    platform::wipe_replica({});
  }
  if (is_all) return StorageAnswer::done;
  if (mode_ == Mode::lost) return StorageAnswer::failed;
  unanswered_[ticket] = change.put_outbox;
  return StorageAnswer::pending;
}

void ReplicaStorage::waiting() {
  mode_ = Mode::opening;
  reader_ = {};
  cancel_timer();
  timer_ = platform::set_timer(opening_max_ms, [this] {
    timer_ = 0;
    answer_all(StorageAnswer::failed);
  });
  listener_.changed();
}

void ReplicaStorage::following() {
  mode_ = Mode::elsewhere;
  wiping_ = false;
  cancel_timer();
  listener_.changed();
  for (auto write = unanswered_.begin(); write != unanswered_.end();) {
    if (write->second.empty()) {
      write = unanswered_.erase(write);
    } else {
      listener_.keep_elsewhere(write->first, write->second);
      ++write;
    }
  }
}

void ReplicaStorage::opened(bool repaired, bool outbox_lost) {
  if (wiping_) {  // signed out while it was being opened
    reader_ = {};
    return platform::wipe_replica({});
  }
  mode_ = Mode::kept;
  cancel_timer();
  unanswered_.clear();  // what is not settled is written again, under new tickets
  const sync::StoredReplica stored = reader_.finish();
  const std::vector<std::uint64_t> unreadable = reader_.unreadable_commands();
  reader_ = {};
  if (outbox_lost) {
    damage_ = Damage::outbox_lost;
  } else if (!unreadable.empty()) {
    damage_ = Damage::commands_unreadable;
  } else if (repaired) {
    damage_ = Damage::repaired;
  }
  set_aside_ = unreadable.size();
  if (!unreadable.empty()) platform::write_replica(0, sync::set_aside_text(unreadable));
  if (!user_) user_ = stored.user;
  listener_.loaded(stored);
  listener_.changed();
}

void ReplicaStorage::wiped() {
  wiping_ = false;
  reader_ = {};
  if (user_) {  // somebody else's, by now
    waiting();
    return platform::start_replica();
  }
  mode_ = Mode::wiped;
  damage_ = Damage::none;
  cancel_timer();
  listener_.changed();
}

void ReplicaStorage::unavailable(platform::ReplicaLoss loss) {
  mode_ = Mode::lost;
  if (loss == platform::ReplicaLoss::unsupported) wiping_ = false;  // nothing was ever kept
  loss_ = loss;
  reader_ = {};
  cancel_timer();
  answer_all(StorageAnswer::failed);
  listener_.changed();
}

void ReplicaStorage::written(StorageTicket ticket, bool kept) {
  if (unanswered_.erase(ticket) == 0) return;
  listener_.answered(ticket, kept ? StorageAnswer::done : StorageAnswer::failed);
}

// The client learns also from ticket 0, which is nobody's, that nothing is kept.
void ReplicaStorage::answer_all(StorageAnswer answer) {
  const auto unanswered = std::exchange(unanswered_, {});
  for (const auto& [ticket, entries] : unanswered) listener_.answered(ticket, answer);
  if (unanswered.empty()) listener_.answered(0, answer);
}

void ReplicaStorage::cancel_timer() {
  if (timer_ != 0) platform::cancel_timer(timer_);
  timer_ = 0;
}

}  // namespace yuanyue::web::app
