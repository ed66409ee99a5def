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
  // Everything that was kept is gone, by wipe_replica({}) or by the mark of a sign-out, and nothing
  // is open: start_replica() opens anew.
  std::function<void()> wiped;
  std::function<void(std::string_view from, std::string_view text)> message;  // of a tab
};
void listen_to_replica(ReplicaListener listener);

// "USER TOKEN", set when that user leaves; no two are equal. The shell empties it when nothing of
// the user is kept any more, and wipes when it finds it at the start.
inline constexpr std::string_view wipe_mark = "replica.wipe";

// Loads the storage, if that has not been done. The page does it itself where something is kept.
void start_replica();
// One transaction (core/sync/storage_text.h), answered by written(). Only while it is open.
void write_replica(std::uint64_t ticket, std::string_view lines);
// What is kept is replaced by these lines and cannot be read any more, by nobody. Lines: the
// storage is opened anew (waiting, stored, opened). None: answered by wiped(), or by unavailable()
// as long as it does not work; it is tried again. Only the tab that leads does it.
void wipe_replica(std::string_view rest);
// Of a follower: to the leader. Of the leader: to one tab, or to all when `to` is empty.
void send_to_tab(std::string_view to, std::string_view text);

}  // namespace yuanyue::web::platform
