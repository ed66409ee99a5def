#include "backend/auth/sign_in_guard.h"

#include <algorithm>

#include "backend/log/log.h"

namespace yuanyue {

namespace {

std::string account_subject(const std::string& account) { return "account:" + account; }
std::string address_subject(const std::string& address) { return "address:" + address; }

}  // namespace

SignInGuard::SignInGuard(Store& store, SignInLimits limits) : store_(store), limits_(limits) {}

void SignInGuard::load() {
  const auto failures = store_.failures();
  if (!failures) return;
  const std::lock_guard lock(mutex_);
  for (const FailureRecord& failure : *failures) {
    records_[failure.subject] = {failure.count, 0, failure.last_ms, failure.locked_until_ms};
  }
}

std::int64_t SignInGuard::begin(const std::string& account, const std::string& address,
                                std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  make_room();
  std::int64_t wait_ms = 0;
  for (const std::string& subject : {account_subject(account), address_subject(address)}) {
    const auto found = records_.find(subject);
    if (found == records_.end()) continue;
    Record& record = found->second;
    wait_ms = std::max(wait_ms, record.locked_until_ms - now_ms);
    if (now_ms - record.last_ms > limits_.forgotten_after_ms) record.count = 0;
  }
  if (wait_ms > 0) return wait_ms;
  Record& record = records_[account_subject(account)];
  // Guesses sent at the same time are not more guesses than one after the other.
  if (record.under_way >= limits_.account_failures) return 1'000;
  ++record.under_way;
  return 0;
}

void SignInGuard::succeeded(const std::string& account, const std::string&) {
  const std::string subject = account_subject(account);
  bool was_stored = false;
  {
    const std::lock_guard lock(mutex_);
    Record& record = records_[subject];
    was_stored = record.count > 0;
    record.count = 0;
    if (--record.under_way <= 0) records_.erase(subject);
  }
  if (!was_stored) return;
  const auto erased = store_.erase_failure(subject);
  if (!erased) log_event(LogLevel::warn, "failure_not_kept", {{"message", erased.error().message}});
}

bool SignInGuard::failed(const std::string& account, const std::string& address,
                         std::int64_t now_ms) {
  std::unique_lock lock(mutex_);
  --records_[account_subject(account)].under_way;
  const bool account_locked =
      add_failure(account_subject(account), now_ms, limits_.account_failures);
  const bool address_locked =
      add_failure(address_subject(address), now_ms, limits_.address_failures);
  return account_locked || address_locked;
}

void SignInGuard::abandoned(const std::string& account) {
  const std::lock_guard lock(mutex_);
  --records_[account_subject(account)].under_way;
}

void SignInGuard::forgive(const std::string& account) {
  const std::string subject = account_subject(account);
  {
    const std::lock_guard lock(mutex_);
    const auto found = records_.find(subject);
    if (found == records_.end()) return;
    found->second.count = 0;
    found->second.locked_until_ms = 0;
    if (found->second.under_way <= 0) records_.erase(found);
  }
  const auto erased = store_.erase_failure(subject);
  if (!erased) log_event(LogLevel::warn, "failure_not_kept", {{"message", erased.error().message}});
}

bool SignInGuard::add_failure(const std::string& subject, std::int64_t now_ms, int limit) {
  Record& record = records_[subject];
  ++record.count;
  record.last_ms = now_ms;
  const int over = record.count - limit;
  if (over >= 0) {
    const std::int64_t lock_ms =
        over >= 8 ? limits_.longest_lock_ms : limits_.first_lock_ms << over;
    record.locked_until_ms = now_ms + std::min(lock_ms, limits_.longest_lock_ms);
  }
  const auto saved = store_.save_failure({subject, record.count, now_ms, record.locked_until_ms});
  if (!saved) log_event(LogLevel::warn, "failure_not_kept", {{"message", saved.error().message}});
  return over >= 0;
}

void SignInGuard::make_room() {
  if (records_.size() < limits_.max_subjects) return;
  std::erase_if(records_, [&](const auto& entry) {
    const Record& record = entry.second;
    return record.under_way <= 0 && record.locked_until_ms == 0;
  });
  if (records_.size() < limits_.max_subjects) return;
  std::erase_if(records_, [&](const auto& entry) { return entry.second.under_way <= 0; });
}

}  // namespace yuanyue
