// The leader's side of several tabs (docs/protocol.md, Several tabs): answers the questions of any
// number of followers from its own replica and outbox.
//
// - keep: the follower's outbox joins the leader's; answered when it is durable here.
// - push: the same, answered with the results when the leader's replica contains them.
// - pull: rows since the follower's cookie, from the answers that the leader got, or all it has.
//
// Commands carry their ids everywhere, so nothing is applied twice, whoever sends it again. When
// the leader closes, one of the followers opens the storage, finds the whole outbox and goes on.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/sync/sync_client.h"
#include "web/app/tab_host.h"
#include "web/app/tab_message.h"

namespace yuanyue::web::app {

class TabLeader {
 public:
  // Both outlive the leader.
  TabLeader(TabHost& host, sync::SyncClient& sync) : host_(host), sync_(sync) {}

  // Of a follower whose user is that of the sync client.
  void take(std::string_view from, const TabQuestion& question, Instant now);
  // Not now: first both have to ask the server who is signed in.
  void put_off(std::string_view from, const TabQuestion& question);
  void tell_user(std::string_view to);
  // After everything that may have changed the sync client: answers what can be answered.
  void sync_changed(const std::vector<sync::SyncEvent>& events, Instant now);
  // The leader has got this answer to a pull, which took it from one cookie to the other.
  void pulled(const std::string& before, const std::string& after, const std::string& body);
  // This tab does not lead any more.
  void stop();

 private:
  struct Command {
    std::uint64_t seq = 0;
    CommandId id;
  };
  struct Push {
    std::string tab;
    sync::TransportTicket ticket = 0;
    std::vector<Command> commands;
  };
  struct Pull {
    std::string tab;
    sync::TransportTicket ticket = 0;
    ClientId client;
    std::string cookie;
    bool now = false;  // not when there is news, but at once
  };
  struct Keep {
    std::string tab;
    sync::StorageTicket ticket = 0;
    std::vector<CommandId> ids;
    bool is_readable = true;  // all of it: the follower may be a newer build of the page
  };
  struct Delta {
    std::string before, after, body;
  };

  void take_push(const std::string& tab, const TabQuestion& question, Instant now);
  void take_pull(const std::string& tab, const TabQuestion& question, Instant now);
  void take_keep(const std::string& tab, const TabQuestion& question, Instant now);
  void hurry(const std::string& tab, sync::TransportTicket ticket);
  void drop(const std::string& tab, sync::TransportTicket ticket);
  void adopt(const CommandId& id, const AnyCommand& command, Instant decided_at, Instant now);
  void remember(const sync::SyncEvent& event);
  std::optional<sync::TransportAnswer> refusal() const;
  bool answer(const Push& push, Instant now);
  bool answer(const Pull& pull, Instant now);
  bool answer(const Keep& keep);
  void add_results(const ClientId& client, wire::PullResponse& response);
  wire::PullResponse rows_since(const std::string& cookie, Instant now);
  void send(std::string_view to, const TabMessage& message) { host_.send(to, to_text(message)); }
  void send_answer(std::string_view to, sync::TransportTicket ticket,
                   const sync::TransportAnswer& answer);
  void tell_outbox();
  void tell_status();

  TabHost& host_;
  sync::SyncClient& sync_;
  std::unordered_set<std::string> tabs_;  // that have spoken to this one
  std::deque<Push> pushes_;
  std::deque<Pull> pulls_;
  std::deque<Keep> keeps_;
  std::deque<Delta> deltas_;
  // The last results, for those who ask again.
  std::unordered_map<Uuid, wire::CommandResult, IdHash> results_;
  std::deque<CommandId> result_order_;
  // Commands that a follower's client has numbered, until it was told that they are settled.
  std::map<ClientId, std::map<std::uint64_t, CommandId>> numbered_;
  std::map<ClientId, std::uint64_t> last_seq_;
  std::vector<CommandId> told_outbox_;
  std::optional<bool> told_online_;
};

}  // namespace yuanyue::web::app
