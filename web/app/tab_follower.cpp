#include "web/app/tab_follower.h"

#include "core/sync/storage_text.h"

namespace yuanyue::web::app {

void TabFollower::set_following(bool following) {
  following_ = following;
  std::vector<sync::TransportTicket> failed;
  failed.reserve(requests_.size());
  for (const auto& [ticket, request] : requests_) failed.push_back(ticket);
  for (const sync::TransportTicket ticket : failed) ended(ticket, {});
}

void TabFollower::take(const TabMessage& message) {
  if (const auto* answer = std::get_if<TabAnswer>(&message)) {
    ended(answer->ticket, {answer->status, answer->body, answer->retry_after_ms});
  } else if (const auto* kept = std::get_if<TabKept>(&message)) {
    listener_.kept(kept->ticket, kept->kept);
  } else if (const auto* online = std::get_if<TabOnline>(&message)) {
    listener_.leader_online(online->online);
  } else if (const auto* user = std::get_if<TabUser>(&message)) {
    listener_.leaders_user(user->user);
  } else if (std::holds_alternative<TabCheck>(message)) {
    listener_.check();
  } else if (const auto* outbox = std::get_if<TabOutbox>(&message)) {
    if (outbox->user != listener_.user()) return;
    sync::StoredReplicaReader reader;
    reader.take(outbox->lines);
    listener_.outbox(reader.finish().outbox);
  }
}

void TabFollower::keep(sync::StorageTicket ticket, const std::vector<sync::OutboxEntry>& entries) {
  sync::StorageWrite outbox;
  outbox.put_outbox = entries;
  ask(TabQuestion::Kind::keep, ticket, sync::storage_text(outbox));
}

void TabFollower::ask_who() { host_.send("", to_text(TabWho{})); }

void TabFollower::start_push(sync::TransportTicket ticket, const std::string& path,
                             const std::string& body, std::int64_t timeout_ms) {
  if (!following_) return server_.start_push(ticket, path, body, timeout_ms);
  ask(TabQuestion::Kind::push, ticket, body);
  requests_[ticket].timeout = host_.set_timer(timeout_ms, [this, ticket] { ended(ticket, {}); });
}

void TabFollower::start_pull(sync::TransportTicket ticket, const std::string& path,
                             std::int64_t timeout_ms) {
  if (!following_) return server_.start_pull(ticket, path, timeout_ms);
  ask(TabQuestion::Kind::pull, ticket, path);
  Request& request = requests_[ticket];
  request.timeout = host_.set_timer(timeout_ms, [this, ticket] { ended(ticket, {}); });
  // The clock of a leader that nobody looks at is slow; so it is this one that ends the waiting.
  request.half_time = host_.set_timer(timeout_ms / 2, [this, ticket] {
    requests_[ticket].half_time = 0;
    ask(TabQuestion::Kind::now, ticket, {});
  });
}

void TabFollower::abort(sync::TransportTicket ticket) {
  if (!requests_.contains(ticket)) return server_.abort(ticket);
  ask(TabQuestion::Kind::abort, ticket, {});
  forget(ticket);
}

void TabFollower::ended(sync::TransportTicket ticket, const sync::TransportAnswer& answer) {
  if (!requests_.contains(ticket)) return;
  forget(ticket);
  listener_.answered(ticket, answer);
}

void TabFollower::ask(TabQuestion::Kind kind, sync::TransportTicket ticket, std::string body) {
  host_.send("", to_text(TabQuestion{kind, listener_.user(), ticket, std::move(body)}));
}

void TabFollower::forget(sync::TransportTicket ticket) {
  const auto found = requests_.find(ticket);
  for (const std::uint32_t timer : {found->second.timeout, found->second.half_time}) {
    if (timer != 0) host_.cancel_timer(timer);
  }
  requests_.erase(found);
}

}  // namespace yuanyue::web::app
