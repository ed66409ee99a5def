#include "backend/engine_loop/change_hub.h"

#include <algorithm>
#include <new>

namespace yuanyue {

namespace {

bool are_news(const ChangeNews& news) {
  return news.everyone || !news.audiences.empty() || !news.sessions.empty() || !news.users.empty();
}

}  // namespace

// Requires mutex_. What has happened is told, if need be to everyone: it cannot be undone any more.
template <class Note>
void ChangeHub::tell(const Note& note) {
  const bool had_news = are_news(news_);
  try {
    note();
  } catch (const std::bad_alloc&) {
    news_.everyone = true;
  }
  if (!arrived_) {
    news_ = {};
  } else if (!had_news && are_news(news_)) {
    arrived_();
  }
}

void ChangeHub::publish(const std::unordered_set<std::string>& audiences, std::int64_t revision) {
  const std::lock_guard lock(mutex_);
  tell([&] {
    try {
      for (const std::string& audience : audiences) {
        revisions_[audience] = revision;
        news_.audiences[audience] = revision;
      }
    } catch (const std::bad_alloc&) {
      everyones_revision_ = revision;
      throw;
    }
  });
}

void ChangeHub::publish_to_everyone(std::int64_t revision) {
  const std::lock_guard lock(mutex_);
  everyones_revision_ = revision;
  tell([&] { news_.everyone = true; });
}

void ChangeHub::end_session(std::string_view token_hash) {
  const std::lock_guard lock(mutex_);
  ++ends_;
  tell([&] { news_.sessions.emplace(token_hash); });
}

void ChangeHub::end_user(const UserId& user) {
  const std::lock_guard lock(mutex_);
  ++ends_;
  tell([&] { news_.users.insert(to_string(user)); });
}

bool ChangeHub::has_news() const {
  const std::lock_guard lock(mutex_);
  return are_news(news_);
}

bool ChangeHub::has_changed(const std::vector<std::string>& audiences,
                            std::int64_t revision) const {
  const std::lock_guard lock(mutex_);
  if (everyones_revision_ > revision) return true;
  return std::ranges::any_of(audiences, [&](const std::string& audience) {
    const auto found = revisions_.find(audience);
    return found != revisions_.end() && found->second > revision;
  });
}

std::uint64_t ChangeHub::ends() const {
  const std::lock_guard lock(mutex_);
  return ends_;
}

void ChangeHub::listen(std::function<void()> arrived) {
  const std::lock_guard lock(mutex_);
  arrived_ = std::move(arrived);
  news_ = {};
}

ChangeNews ChangeHub::take_news() {
  const std::lock_guard lock(mutex_);
  return std::exchange(news_, {});
}

}  // namespace yuanyue
