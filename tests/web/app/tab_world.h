// Several tabs of one browser in the test's hands: what they say to each other, their timers, the
// one storage, and the server behind them. A tab does here what the application and the shell do
// between sync client, follower and leader.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/sync/sync_client.h"
#include "tests/core/sync/replica_harness.h"
#include "web/app/tab_follower.h"
#include "web/app/tab_leader.h"

namespace yuanyue::web::app {

struct Post {
  std::string from, to, text;
};

class TabWorld;

class Tab final : public TabHost, public sync::SyncStorage {
 public:
  enum class Role : std::uint8_t { waiting, leading, following };

  Tab(TabWorld& world, std::string name, const UserId& user, std::uint64_t number);

  // --- as the application does ---
  Result<sync::Submission> submit(AnyCommand command);
  Instant now() const;
  void after_sync();
  void request_answered(sync::TransportTicket ticket, const sync::TransportAnswer& answer);
  void take(const Post& post);
  void lose_leader();
  void lead();
  void follow(const std::string& leader_name);

  // --- as the browser does ---
  void send(std::string_view to, const std::string& text) override;
  std::uint32_t set_timer(std::int64_t delay_ms, std::function<void()> then) override;
  void cancel_timer(std::uint32_t timer) override;
  sync::StorageAnswer write(sync::StorageTicket ticket, const sync::StorageWrite& write) override;

  TabWorld& world;
  std::string name;
  UserId user;
  Role role = Role::waiting;
  std::string leads_me;  // while following
  sync::FakeTransport to_server;
  TabFollower follower;
  sync::SyncClient client;
  TabLeader leader;
  std::vector<sync::SyncEvent> events;
  int checks = 0;  // how often the server was to be asked who is signed in

 private:
  TabFollower::Listener listener();

  std::uint64_t ids_ = 0;
  std::map<sync::StorageTicket, std::vector<sync::OutboxEntry>> unanswered_;
};

class TabWorld {
 public:
  struct Timer {
    Tab* tab = nullptr;
    std::uint32_t id = 0;
    Instant due;
    std::function<void()> then;
  };

  // The first tab leads, the others follow it.
  Tab& open(const std::string& name, const UserId& user = worlds::alpha.user);
  // What is on its way to it is lost. Another one leads then, if this one did.
  void close(const Tab& tab);
  // `next` leads from now on; the one before does not know of it until it hears of it.
  void hand_over(Tab& next);

  Tab* find(std::string_view name);
  Tab& leading();
  void deliver(const Post& post);
  // Until nobody has anything to say at this moment.
  void settle();
  void run_for(std::int64_t duration_ms);
  std::size_t count_events(const CommandId& id) const;

  sync::FakeServer server;
  bool server_answers = true;
  sync::FakeStorage disk;
  std::deque<Post> posts;
  // What becomes of a message; unset: it arrives once.
  std::function<int(const Post&)> copies;
  std::vector<std::unique_ptr<Tab>> tabs;
  std::vector<Timer> timers;
  std::uint32_t last_timer = 0;

 private:
  bool serve(Tab& tab);
  void fire_timers();
  std::uint64_t opened_ = 0;
};

}  // namespace yuanyue::web::app
