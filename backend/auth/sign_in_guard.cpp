#include "backend/auth/sign_in_guard.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "backend/log/log.h"
#include "backend/network/household.h"
#include "core/base/visible_text.h"

namespace yuanyue {

namespace {

constexpr std::string_view unknown = "unknown:";
constexpr std::size_t max_name_bytes = 64;
constexpr std::int64_t wait_for_guess_ms = 1'000;
constexpr std::int64_t kept_at_most_ms = 48LL * 60 * 60 * 1000;

void report(const StoreResult<void>& written) {
  if (!written)
    log_event(LogLevel::warn, "failure_not_kept", {{"message", written.error().message}});
}

}  // namespace

// Names that nobody has are counted too, or the lock-out would tell who exists.
std::string unknown_account(std::string_view name) {
  return std::string(unknown) + ascii_lower(name.substr(0, max_name_bytes));
}

SignInGuard::SignInGuard(AuthStore& store, SignInLimits limits) : store_(store), limits_(limits) {}

StoreResult<void> SignInGuard::load(std::int64_t now_ms) {
  const auto failures = store_.failures();
  if (!failures) return std::unexpected(failures.error());
  const std::lock_guard lock(mutex_);
  for (const FailureRecord& failure : *failures) {
    // A clock that ran ahead when it was written must not lock for longer than a lock may be.
    records_[failure.subject] = {
        .count = failure.count,
        .counted_ms = std::min(failure.last_ms, now_ms),
        .locked_until_ms = std::min(failure.locked_until_ms, now_ms + limits_.longest_lock_ms),
        .kind = kind_of(failure.subject)};
  }
  make_room(now_ms);
  return {};
}

std::vector<SignInGuard::Subject> SignInGuard::subjects_of(const Guess& guess) {
  if (!guess.device.empty()) {
    return {{Kind::device, "device:" + guess.account + " " + guess.device}};
  }
  const std::string network = household_of(guess.address);
  return {{Kind::account_here, "here:" + guess.account + " " + network},
          {Kind::account, "account:" + guess.account},
          {Kind::address, "address:" + network}};
}

SignInGuard::Kind SignInGuard::kind_of(std::string_view subject) {
  if (subject.starts_with("here:")) return Kind::account_here;
  if (subject.starts_with("device:")) return Kind::device;
  if (subject.starts_with("address:")) return Kind::address;
  return Kind::account;
}

int SignInGuard::limit(Kind kind) const {
  if (kind == Kind::account) return limits_.account_failures;
  if (kind == Kind::address) return limits_.address_failures;
  return limits_.failures;
}

void SignInGuard::go_back(Record& record, std::int64_t now_ms) const {
  const std::int64_t each_ms =
      record.kind == Kind::address ? limits_.address_forgotten_each_ms : limits_.forgotten_each_ms;
  const std::int64_t steps = std::max<std::int64_t>(0, now_ms - record.counted_ms) / each_ms;
  if (steps >= record.count) {
    record.count = 0;
    record.counted_ms = now_ms;
    return;
  }
  record.count -= static_cast<int>(steps);
  record.counted_ms += steps * each_ms;  // the rest of the time counts on
}

void SignInGuard::count_failure(Record& record, std::int64_t now_ms) const {
  go_back(record, now_ms);
  ++record.count;
  const int over = record.count - limit(record.kind);
  if (over < 0) return;
  const bool longest = record.kind == Kind::address || over >= 8;
  const std::int64_t lock_ms = longest ? limits_.longest_lock_ms : limits_.first_lock_ms << over;
  record.locked_until_ms = now_ms + std::min(lock_ms, limits_.longest_lock_ms);
}

std::int64_t SignInGuard::wait_of(const std::vector<Subject>& subjects, std::int64_t now_ms) {
  std::int64_t wait_ms = 0;
  for (const Subject& subject : subjects) {
    const auto found = records_.find(subject.name);
    if (found == records_.end()) continue;
    Record& record = found->second;
    go_back(record, now_ms);
    wait_ms = std::max(wait_ms, record.locked_until_ms - now_ms);
    // Guesses sent at the same time are not more guesses than one after the other.
    if (record.under_way > 0 && record.count + record.under_way >= limit(subject.kind)) {
      wait_ms = std::max(wait_ms, wait_for_guess_ms);
    }
  }
  return wait_ms;
}

std::int64_t SignInGuard::wait_ms(const Guess& guess, std::int64_t now_ms) {
  const auto subjects = subjects_of(guess);
  const std::lock_guard lock(mutex_);
  return wait_of(subjects, now_ms);
}

std::expected<SignInGuard::Attempt, std::int64_t> SignInGuard::begin(const Guess& guess,
                                                                     std::int64_t now_ms) {
  const auto subjects = subjects_of(guess);
  const std::lock_guard lock(mutex_);
  const std::int64_t wait_ms = wait_of(subjects, now_ms);
  if (wait_ms > 0) return std::unexpected(wait_ms);
  make_room(now_ms);
  std::array<Records::value_type*, 3> entries{};
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const auto [entry, is_new] = records_.try_emplace(subjects[i].name);
    if (is_new) entry->second = {.counted_ms = now_ms, .kind = subjects[i].kind};
    entries[i] = &*entry;
  }
  // From here on nothing can fail, so that none stays under way.
  Attempt attempt(*this);
  attempt.entries_ = entries;
  attempt.count_ = subjects.size();
  for (std::size_t i = 0; i < attempt.count_; ++i) ++entries[i]->second.under_way;
  return attempt;
}

SignInGuard::Attempt::~Attempt() {
  if (guard_ == nullptr) return;
  const std::lock_guard lock(guard_->mutex_);
  guard_->end(*this);
}

void SignInGuard::Attempt::succeeded(std::int64_t now_ms) noexcept {
  SignInGuard& guard = *guard_;
  const std::lock_guard lock(guard.mutex_);
  // Only failures of this account from here are made up for: else whoever has an account could
  // clear an address, or a colleague's success what somebody else guesses from elsewhere.
  Record& first = entries_[0]->second;
  guard.go_back(first, now_ms);
  const int made_up = first.count;
  for (std::size_t i = 0; i < count_ && made_up > 0; ++i) {
    Record& record = entries_[i]->second;
    guard.go_back(record, now_ms);
    record.count = std::max(0, record.count - made_up);
    if (record.count < guard.limit(record.kind)) record.locked_until_ms = 0;
  }
  if (made_up > 0) guard.keep(*this);
  guard.end(*this);
}

bool SignInGuard::Attempt::failed(std::int64_t now_ms) noexcept {
  SignInGuard& guard = *guard_;
  const std::lock_guard lock(guard.mutex_);
  bool locked = false;
  for (std::size_t i = 0; i < count_; ++i) {
    guard.count_failure(entries_[i]->second, now_ms);
    locked = locked || entries_[i]->second.locked_until_ms > now_ms;
  }
  guard.keep(*this);
  guard.end(*this);
  return locked;
}

void SignInGuard::end(Attempt& attempt) noexcept {
  attempt.guard_ = nullptr;
  for (std::size_t i = 0; i < attempt.count_; ++i) {
    Record& record = attempt.entries_[i]->second;
    if (--record.under_way > 0 || record.count > 0) continue;
    records_.erase(records_.find(attempt.entries_[i]->first));
  }
}

void SignInGuard::keep(const Attempt& attempt) noexcept {
  try {
    std::vector<FailureRecord> records;
    for (const auto* entry : std::span(attempt.entries_).first(attempt.count_)) {
      const Record& record = entry->second;
      records.push_back({entry->first, record.count, record.counted_ms, record.locked_until_ms});
    }
    report(store_.save_failures(records));
  } catch (const std::bad_alloc&) {
    log_event(LogLevel::warn, "failure_not_kept");  // memory has it; the next one is kept again
  }
}

void SignInGuard::forget(const std::vector<std::string>& subjects) {
  if (!subjects.empty()) report(store_.erase_failures(subjects));
}

void SignInGuard::forgive(const std::string& account) {
  const std::string everywhere = "account:" + account;
  const std::string here = "here:" + account + " ";
  const std::string device = "device:" + account + " ";
  const std::lock_guard lock(mutex_);
  std::vector<std::string> forgiven;
  for (auto& [name, record] : records_) {
    if (name != everywhere && !name.starts_with(here) && !name.starts_with(device)) continue;
    forgiven.push_back(name);
    record.count = 0;
    record.locked_until_ms = 0;
  }
  std::erase_if(records_, [](const auto& entry) {
    return entry.second.under_way <= 0 && entry.second.count <= 0;
  });
  forget(forgiven);
}

void SignInGuard::prune(std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> forgiven;
  for (auto& [name, record] : records_) {
    go_back(record, now_ms);
    if (record.count <= 0 && record.under_way <= 0) forgiven.push_back(name);
  }
  for (const std::string& name : forgiven) records_.erase(name);
  forget(forgiven);
  // Also what memory does not know: its erasure has failed.
  report(store_.erase_failures_before(now_ms - kept_at_most_ms));
}

void SignInGuard::make_room(std::int64_t now_ms) {
  if (records_.size() < limits_.max_subjects) return;
  std::vector<Records::value_type*> candidates;
  for (auto& entry : records_) {
    const bool stays = (entry.second.kind == Kind::account &&
                        !entry.first.starts_with("account:" + std::string(unknown))) ||
                       entry.second.kind == Kind::device || entry.second.under_way > 0;
    if (stays) continue;
    go_back(entry.second, now_ms);
    candidates.push_back(&entry);
  }
  const std::size_t wanted = std::min(candidates.size(), limits_.max_subjects / 10 + 1);
  const auto end = candidates.begin() + static_cast<std::ptrdiff_t>(wanted);
  const auto worth = [](const auto* entry) {
    return std::pair(entry->second.locked_until_ms, entry->second.count);
  };
  if (end != candidates.end()) {
    std::nth_element(candidates.begin(), end, candidates.end(),
                     [&](const auto* a, const auto* b) { return worth(a) < worth(b); });
  }
  std::vector<std::string> gone;
  for (auto it = candidates.begin(); it != end; ++it) gone.push_back((*it)->first);
  for (const std::string& name : gone) records_.erase(name);
  forget(gone);
}

}  // namespace yuanyue
