// Several tabs of one browser: the leading one holds replica and connection, the others work
// through it. A follower's sync client speaks the same protocol as with the server
// (docs/protocol.md), only that its requests go to the leader, which answers them from its own
// replica and outbox:
//
// - keep: the follower's outbox joins the leader's; answered when it is durable there.
// - push: the same, answered with the results when the leader's replica contains them.
// - pull: rows since the follower's cookie, from the answers that the leader got.
//
// Commands carry their ids everywhere, so nothing is applied twice, whoever sends it again. When
// the leader closes, one of the followers opens the storage, finds the whole outbox and goes on.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/sync/sync_client.h"
#include "web/app/http_transport.h"

namespace yuanyue::web::app {

// A message between tabs: words in the first line, a body after it.
struct TabMessage {
  std::vector<std::string_view> words;
  std::string_view body;
  std::string_view word(std::size_t at) const { return at < words.size() ? words[at] : ""; }
};
TabMessage parse_tab_message(std::string_view text);
void send_tab_message(std::string_view to, std::initializer_list<std::string_view> words,
                      std::string_view body = {});

// The follower's side.
class RelayTransport final : public sync::SyncTransport {
 public:
  using Answered = HttpTransport::Answered;
  using UserOf = std::function<UserId()>;  // whose client asks
  RelayTransport(Answered answered, UserOf user_of)
      : answered_(answered), http_(std::move(answered)), user_of_(std::move(user_of)) {}

  // Whether requests go to the leading tab. What is under way at another one has failed.
  void set_following(bool following);
  bool following() const { return following_; }
  void leader_answered(sync::TransportTicket ticket, const sync::TransportAnswer& answer);

  void start_push(sync::TransportTicket ticket, const std::string& path, const std::string& body,
                  std::int64_t timeout_ms) override;
  void start_pull(sync::TransportTicket ticket, const std::string& path,
                  std::int64_t timeout_ms) override;
  void abort(sync::TransportTicket ticket) override;

 private:
  struct Request {
    std::uint32_t timeout = 0;  // timers
    std::uint32_t half_time = 0;
  };
  void ask(std::string_view kind, sync::TransportTicket ticket, std::string_view body);
  void forget(sync::TransportTicket ticket);

  Answered answered_;
  HttpTransport http_;
  UserOf user_of_;
  bool following_ = false;
  std::map<sync::TransportTicket, Request> requests_;
};

// The leader's side. Any number of followers.
class TabServer {
 public:
  explicit TabServer(sync::SyncClient& sync) : sync_(sync) {}

  // A request of a follower; true if it was one.
  bool take(std::string_view from, const TabMessage& message, Instant now);
  // After everything that may have changed the sync client: answers what can be answered.
  void sync_changed(const std::vector<sync::SyncEvent>& events, Instant now);
  // The leader has got this answer to a pull, which took it from one cookie to the other.
  void pulled(const std::string& before, const std::string& after, const std::string& body);
  // Not now: first both have to ask the server who is signed in.
  void put_off(std::string_view from, const TabMessage& message);
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
  };
  struct Delta {
    std::string before, after, body;
  };

  void take_push(const std::string& tab, sync::TransportTicket ticket, std::string_view body,
                 Instant now);
  void take_pull(const std::string& tab, sync::TransportTicket ticket, std::string_view path);
  void take_keep(const std::string& tab, sync::StorageTicket ticket, std::string_view lines,
                 Instant now);
  void adopt(const CommandId& id, const yuanyue::Command& command, Instant decided_at, Instant now);
  void remember(const sync::SyncEvent& event);
  std::optional<sync::TransportAnswer> refusal() const;
  bool answer(const Push& push, Instant now);
  bool answer(const Pull& pull, Instant now);
  bool answer(const Keep& keep);
  wire::PullResponse rows_since(const std::string& cookie, Instant now);
  void tell_outbox();
  void tell_status();

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
