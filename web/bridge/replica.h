// What this browser keeps, and the other tabs of the same profile (web/shell/replica). Main thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace yuanyue::web::platform {

// Why nothing can be kept.
enum class ReplicaLoss : std::uint8_t {
  unsupported,  // this browser, or its private window, has no place for it
  full,         // no room left
  failed,       // it was there and has broken or was taken away
  newer,        // a newer version of the page has written it
};

// Called between frames.
struct ReplicaListener {
  // It is not known who leads, or this tab does and opens the storage: one of the next three comes.
  std::function<void()> waiting;
  std::function<void()> following;  // another tab leads; also when it is another one than before
  // This tab leads and the storage is open; all parts of stored() have come. `repaired`: it was
  // damaged, what could be read of it is there; `outbox_lost`: of the outbox nothing could.
  std::function<void(bool repaired, bool outbox_lost)> opened;
  // This tab leads, or is alone, and keeps nothing. It is tried again where that may help.
  std::function<void(ReplicaLoss)> unavailable;
  std::function<void(std::string_view lines)> stored;  // a part of what is kept
  std::function<void(std::uint64_t ticket, bool kept)> written;
  std::function<void(std::string_view from, std::string_view text)> message;  // of a tab
};
void listen_to_replica(ReplicaListener listener);

// Loads the storage, if that has not been done. The page does it itself where something is kept.
void start_replica();
// One transaction (core/sync/storage_text.h), answered by written(). Only while it is open.
void write_replica(std::uint64_t ticket, std::string_view lines);
// Of a follower: to the leader. Of the leader: to one tab, or to all when `to` is empty.
void send_to_tab(std::string_view to, std::string_view text);

}  // namespace yuanyue::web::platform
