#include "web/app/replica_storage.h"

#include <utility>

#include "web/bridge/platform.h"

namespace yuanyue::web::app {
namespace {

using sync::StorageAnswer;
using sync::StorageTicket;

// For so long a command waits for the storage to open; then it is sent without.
constexpr std::int64_t opening_max_ms = 3'000;

// The user who has signed out, until the replica is gone. The shell reads it when it opens one.
constexpr std::string_view wipe_setting = "replica.wipe";

}  // namespace

StorageAnswer ReplicaStorage::write(StorageTicket ticket, const sync::StorageWrite& change) {
  const bool wipes = change.user && !*change.user;
  if (wipes) {
    if (user_) platform::set_setting(wipe_setting, to_string(user_));
    unanswered_.clear();
    wipe_ = ticket;
    if (mode_ == Mode::elsewhere) listener_.wipe_elsewhere(user_);
  }
  if (change.user) user_ = *change.user;
  if (mode_ == Mode::idle) {
    waiting();
    platform::start_replica();
  }
  switch (mode_) {
    case Mode::lost:
      return wipes ? StorageAnswer::done : StorageAnswer::failed;
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
    case Mode::opening:
      // Whatever is written now, all of it is written when the storage is open.
      unanswered_[ticket] = change.put_outbox;
      return StorageAnswer::pending;
  }
  return StorageAnswer::failed;
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
  mode_ = Mode::kept;
  cancel_timer();
  unanswered_.clear();  // what is not settled is written again, under new tickets
  sync::StoredReplica stored = reader_.finish();
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
  if (wipe_) {
    // Signed out while it was being opened.
    platform::write_replica(*wipe_, sync::storage_text(sync::wipe_of_everything()));
    stored = {};
  }
  if (!user_) user_ = stored.user;
  listener_.loaded(stored);
  listener_.changed();
}

void ReplicaStorage::unavailable(platform::ReplicaLoss loss) {
  mode_ = Mode::lost;
  loss_ = loss;
  reader_ = {};
  cancel_timer();
  answer_all(StorageAnswer::failed);
  listener_.changed();
}

void ReplicaStorage::written(StorageTicket ticket, bool kept) {
  if (kept && wipe_ == ticket) {
    wipe_.reset();
    platform::set_setting(wipe_setting, "");
  }
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
