#include "backend/engine_loop/change_hub.h"

#include <algorithm>

namespace yuanyue {

bool ChangeHub::has_news() const {
  return !news_.audiences.empty() || !news_.sessions.empty() || !news_.users.empty();
}

void ChangeHub::tell(bool had_news) {
  if (!arrived_) {
    news_ = {};
  } else if (!had_news && has_news()) {
    arrived_();
  }
}

void ChangeHub::publish(const std::unordered_set<std::string>& audiences, std::int64_t revision) {
  const std::lock_guard lock(mutex_);
  const bool had_news = has_news();
  for (const std::string& audience : audiences) {
    revisions_[audience] = revision;
    news_.audiences[audience] = revision;
  }
  tell(had_news);
}

void ChangeHub::end_session(std::string_view token_hash) {
  const std::lock_guard lock(mutex_);
  const bool had_news = has_news();
  ++ends_;
  news_.sessions.emplace(token_hash);
  tell(had_news);
}

void ChangeHub::end_user(const UserId& user) {
  const std::lock_guard lock(mutex_);
  const bool had_news = has_news();
  ++ends_;
  news_.users.insert(to_string(user));
  tell(had_news);
}

bool ChangeHub::has_changed(const std::vector<std::string>& audiences,
                            std::int64_t revision) const {
  const std::lock_guard lock(mutex_);
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
