// The sync client's storage in this browser: SQLite in a worker when this tab leads, the leading
// tab when another one does. Until it is known which, and for as long as nothing can be kept, it
// holds what is not written yet.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/sync/storage_text.h"
#include "core/sync/sync_storage.h"
#include "web/bridge/replica.h"

namespace yuanyue::web::app {

class ReplicaStorage final : public sync::SyncStorage {
 public:
  enum class Mode : std::uint8_t {
    idle,       // nothing has been wanted yet
    opening,    // what is wanted waits
    kept,       // in this tab's worker
    elsewhere,  // another tab leads and keeps it
    lost,       // works, but nothing survives the page
    wiped,      // this tab leads, nothing is kept and nothing has been wanted since
  };
  // What the user should know about it, beyond that nothing is kept.
  enum class Damage : std::uint8_t { none, repaired, outbox_lost, commands_unreadable };

  struct Listener {
    std::function<void(sync::StorageTicket, sync::StorageAnswer)> answered;
    // The storage is open and holds this.
    std::function<void(const sync::StoredReplica&)> loaded;
    // To the leading tab: keep these, answer with kept_elsewhere().
    std::function<void(sync::StorageTicket, const std::vector<sync::OutboxEntry>&)> keep_elsewhere;
    std::function<void()> changed;  // mode, loss or damage
  };
  explicit ReplicaStorage(Listener listener) : listener_(std::move(listener)) {}

  sync::StorageAnswer write(sync::StorageTicket ticket, const sync::StorageWrite& change) override;

  Mode mode() const { return mode_; }
  platform::ReplicaLoss loss() const { return loss_; }  // while lost
  Damage damage() const { return damage_; }
  std::size_t unreadable_commands() const { return set_aside_; }
  // Everything is to go and has not gone yet. While `lost`: it could not, and is tried again.
  bool is_wiping() const { return wiping_; }

  // --- what the browser says ---
  void waiting();
  void following();
  void opened(bool repaired, bool outbox_lost);
  void unavailable(platform::ReplicaLoss loss);
  void stored(std::string_view lines) { reader_.take(lines); }
  void wiped();
  void written(sync::StorageTicket ticket, bool kept);
  void kept_elsewhere(sync::StorageTicket ticket, bool kept) { written(ticket, kept); }

 private:
  sync::StorageAnswer wipe(sync::StorageTicket ticket, const sync::StorageWrite& change);
  void answer_all(sync::StorageAnswer answer);
  void cancel_timer();

  Listener listener_;
  Mode mode_ = Mode::idle;
  platform::ReplicaLoss loss_ = platform::ReplicaLoss::failed;
  Damage damage_ = Damage::none;
  std::size_t set_aside_ = 0;
  sync::StoredReplicaReader reader_;
  // Writes without an answer, and the commands in them.
  std::map<sync::StorageTicket, std::vector<sync::OutboxEntry>> unanswered_;
  UserId user_;          // whose replica is written
  bool wiping_ = false;  // nothing is to stay
  std::uint32_t timer_ = 0;
};

}  // namespace yuanyue::web::app
