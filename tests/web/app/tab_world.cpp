#include "tests/web/app/tab_world.h"

#include <algorithm>

namespace yuanyue::web::app {

// --- a tab -------------------------------------------------------------------------------------

Tab::Tab(TabWorld& of_world, std::string its_name, const UserId& of_user, std::uint64_t number)
    : world(of_world),
      name(std::move(its_name)),
      user(of_user),
      follower(*this, to_server, listener()),
      client(*this, follower, worlds::uuid(0x5EED, number), {}),
      leader(*this, client) {
  ids_ = number * 1'000;
}

Instant Tab::now() const { return world.server.now; }

TabFollower::Listener Tab::listener() {
  return {
      .user = [this] { return client.user(); },
      .answered = [this](sync::TransportTicket ticket,
                         const sync::TransportAnswer& answer) { request_answered(ticket, answer); },
      .kept =
          [this](sync::StorageTicket ticket, bool kept) {
            if (unanswered_.erase(ticket) == 0) return;
            const auto answer = kept ? sync::StorageAnswer::done : sync::StorageAnswer::failed;
            client.storage_answered(ticket, answer, now());
            after_sync();
          },
      .leader_online =
          [this](bool online) {
            client.set_online_hint(online, now());
            after_sync();
          },
      .outbox =
          [this](const std::vector<sync::OutboxEntry>& entries) {
            for (const auto& each : entries) {
              client.adopt(each.id, each.command, each.decided_at, now());
            }
            after_sync();
          },
      .leaders_user = [this](const UserId& of_leader) { client.sign_in(of_leader, now()); },
      .check = [this] { ++checks; },
  };
}

Result<sync::Submission> Tab::submit(AnyCommand command) {
  const CommandId id(worlds::uuid(0x7AB, ++ids_));
  auto submission = client.submit(std::move(command), id, now());
  after_sync();
  return submission;
}

void Tab::after_sync() {
  const std::vector<sync::SyncEvent> fresh = client.take_events();
  events.insert(events.end(), fresh.begin(), fresh.end());
  if (role == Role::leading) leader.sync_changed(fresh, now());
}

void Tab::request_answered(sync::TransportTicket ticket, const sync::TransportAnswer& answer) {
  const std::string before = client.cookie();
  client.transport_answered(ticket, answer, now());
  if (role == Role::leading) leader.pulled(before, client.cookie(), answer.body);
  after_sync();
}

void Tab::take(const Post& post) {
  const auto message = parse_tab_message(post.text);
  if (!message) return;
  if (role == Role::following) return follower.take(*message);
  if (role != Role::leading) return;
  if (std::holds_alternative<TabWho>(*message)) return leader.tell_user(post.from);
  const auto* question = std::get_if<TabQuestion>(&*message);
  if (question == nullptr) return;
  if (question->user != client.user()) {
    leader.put_off(post.from, *question);
    ++checks;
    return;
  }
  leader.take(post.from, *question, now());
  after_sync();
}

void Tab::lose_leader() {
  leader.stop();
  role = Role::waiting;
  if (follower.following()) {
    follower.set_following(false);
    client.counterpart_changed(now());
  }
  client.set_online_hint(true, now());
  after_sync();
}

void Tab::lead() {
  lose_leader();
  role = Role::leading;
  unanswered_.clear();
  client.load(world.disk.kept, now());
  after_sync();
}

void Tab::follow(const std::string& leader_name) {
  leader.stop();
  role = Role::following;
  leads_me = leader_name;
  for (const auto& [ticket, entries] : unanswered_) follower.keep(ticket, entries);
  follower.set_following(true);
  client.counterpart_changed(now());
  client.set_online_hint(true, now());
  after_sync();
}

void Tab::send(std::string_view to, const std::string& text) {
  if (role == Role::following) world.posts.push_back({name, leads_me, text});
  if (role == Role::leading) world.posts.push_back({name, std::string(to), text});
}

std::uint32_t Tab::set_timer(std::int64_t delay_ms, std::function<void()> then) {
  world.timers.push_back({this, ++world.last_timer, now() + delay_ms, std::move(then)});
  return world.last_timer;
}

void Tab::cancel_timer(std::uint32_t timer) {
  std::erase_if(world.timers, [&](const TabWorld::Timer& each) { return each.id == timer; });
}

sync::StorageAnswer Tab::write(sync::StorageTicket ticket, const sync::StorageWrite& write) {
  if (role == Role::leading) return world.disk.write(ticket, write);
  if (write.put_outbox.empty()) return sync::StorageAnswer::done;
  unanswered_[ticket] = write.put_outbox;
  if (role == Role::following) follower.keep(ticket, write.put_outbox);
  return sync::StorageAnswer::pending;
}

// --- the world ---------------------------------------------------------------------------------

Tab& TabWorld::open(const std::string& name, const UserId& user) {
  Tab* leader = nullptr;
  for (const auto& tab : tabs) {
    if (tab->role == Tab::Role::leading) leader = tab.get();
  }
  Tab& tab = *tabs.emplace_back(std::make_unique<Tab>(*this, name, user, ++opened_));
  if (leader != nullptr) {
    tab.follow(leader->name);
  } else {
    tab.lead();
  }
  tab.client.sign_in(user, server.now);
  settle();
  return tab;
}

void TabWorld::close(const Tab& tab) {
  const bool led = tab.role == Tab::Role::leading;
  std::erase_if(posts, [&](const Post& post) { return post.to == tab.name; });
  std::erase_if(timers, [&](const Timer& timer) { return timer.tab == &tab; });
  std::erase_if(tabs, [&](const auto& each) { return each.get() == &tab; });
  if (led && !tabs.empty()) hand_over(*tabs.front());
}

void TabWorld::hand_over(Tab& next) {
  next.lead();
  for (const auto& tab : tabs) {
    if (tab.get() != &next && tab->role != Tab::Role::leading) tab->follow(next.name);
  }
}

Tab* TabWorld::find(std::string_view name) {
  const auto found = std::ranges::find_if(tabs, [&](const auto& tab) { return tab->name == name; });
  return found == tabs.end() ? nullptr : found->get();
}

Tab& TabWorld::leading() {
  return **std::ranges::find_if(tabs,
                                [](const auto& tab) { return tab->role == Tab::Role::leading; });
}

void TabWorld::deliver(const Post& post) {
  if (!post.to.empty()) {
    if (Tab* tab = find(post.to)) tab->take(post);
    return;
  }
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    if (tabs[i]->name != post.from) tabs[i]->take(post);
  }
}

bool TabWorld::serve(Tab& tab) {
  auto& sent = tab.to_server.sent;
  std::erase_if(sent, [](const sync::SentRequest& each) { return each.is_aborted; });
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const sync::SentRequest request = sent[i];
    const bool is_push = request.kind == sync::SentRequest::Kind::push;
    auto reply = !server_answers ? std::optional(sync::TransportAnswer{})
                 : is_push       ? std::optional(server.push(tab.user, request.body))
                                 : server.pull(tab.user, request.path);
    if (!reply) continue;
    sent.erase(sent.begin() + static_cast<std::ptrdiff_t>(i));
    tab.request_answered(request.ticket, *reply);
    return true;
  }
  return false;
}

void TabWorld::settle() {
  for (int rounds = 0;; ++rounds) {
    if (rounds > 10'000) {
      ADD_FAILURE() << "the tabs never come to rest";
      return;
    }
    bool moved = !posts.empty();
    if (moved) {
      const Post post = posts.front();
      posts.pop_front();
      const int count = copies ? copies(post) : 1;
      for (int copy = 0; copy < count; ++copy) deliver(post);
    }
    for (const auto& tab : tabs) moved |= serve(*tab);
    if (!moved) return;
  }
}

void TabWorld::fire_timers() {
  for (bool fired = true; fired;) {
    fired = false;
    for (std::size_t i = 0; i < timers.size(); ++i) {
      if (timers[i].due > server.now) continue;
      const auto then = std::move(timers[i].then);
      timers.erase(timers.begin() + static_cast<std::ptrdiff_t>(i));
      then();
      fired = true;
      break;
    }
  }
}

void TabWorld::run_for(std::int64_t duration_ms) {
  const Instant end = server.now + duration_ms;
  settle();
  for (int steps = 0; server.now < end; ++steps) {
    if (steps > 100'000) {
      ADD_FAILURE() << "time does not pass";
      return;
    }
    Instant next = end;
    for (const Timer& timer : timers) next = std::min(next, timer.due);
    for (const auto& tab : tabs) next = std::min(next, tab->client.next_wake());
    server.now = std::max(next, server.now + 1);
    fire_timers();
    for (const auto& tab : tabs) {
      tab->client.tick(server.now);
      tab->after_sync();
    }
    settle();
  }
}

std::size_t TabWorld::count_events(const CommandId& id) const {
  std::size_t count = 0;
  const auto is_it = [&](const sync::SyncEvent& event) {
    return std::visit(
        [&](const auto& each) {
          if constexpr (requires { each.id; }) return each.id == id;
          return false;
        },
        event);
  };
  for (const auto& tab : tabs) {
    count += static_cast<std::size_t>(std::ranges::count_if(tab->events, is_it));
  }
  return count;
}

}  // namespace yuanyue::web::app
