// The follower's side of several tabs (docs/protocol.md, Several tabs): its sync client speaks the
// same protocol as with the server, only that its requests go to the leading tab.
//
// Messages may be lost, come late or twice. Every request ends by its answer or by its timeout,
// once; what comes for one that has ended is nobody's.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/sync/sync_storage.h"
#include "core/sync/sync_transport.h"
#include "web/app/tab_host.h"
#include "web/app/tab_message.h"

namespace yuanyue::web::app {

class TabFollower final : public sync::SyncTransport {
 public:
  struct Listener {
    std::function<UserId()> user;  // whose client asks
    std::function<void(sync::TransportTicket, const sync::TransportAnswer&)> answered;
    std::function<void(sync::StorageTicket, bool kept)> kept;
    std::function<void(bool online)> leader_online;
    // Commands of other tabs that wait for the server.
    std::function<void(const std::vector<sync::OutboxEntry>&)> outbox;
    std::function<void(const UserId&)> leaders_user;  // the answer to ask_who()
    std::function<void()> check;                      // ask the server who is signed in
  };
  // `server`: the way to the server itself, for as long as this tab does not follow; its answers do
  // not come through here. Both outlive the follower.
  TabFollower(TabHost& host, sync::SyncTransport& server, Listener listener)
      : host_(host), server_(server), listener_(std::move(listener)) {}

  // Whether requests go to the leading tab. What is under way at another one has failed.
  void set_following(bool following);
  bool following() const { return following_; }
  // While following.
  void take(const TabMessage& message);
  void keep(sync::StorageTicket ticket, const std::vector<sync::OutboxEntry>& entries);
  void ask_who();

  void start_push(sync::TransportTicket ticket, const std::string& path, const std::string& body,
                  std::int64_t timeout_ms) override;
  void start_pull(sync::TransportTicket ticket, const std::string& path,
                  std::int64_t timeout_ms) override;
  void abort(sync::TransportTicket ticket) override;

 private:
  struct Request {
    std::uint32_t timeout = 0;  // timers; 0: none
    std::uint32_t half_time = 0;
  };
  void ask(TabQuestion::Kind kind, sync::TransportTicket ticket, std::string body);
  void ended(sync::TransportTicket ticket, const sync::TransportAnswer& answer);
  void forget(sync::TransportTicket ticket);

  TabHost& host_;
  sync::SyncTransport& server_;
  Listener listener_;
  bool following_ = false;
  std::map<sync::TransportTicket, Request> requests_;
};

}  // namespace yuanyue::web::app
