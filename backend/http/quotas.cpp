#include "backend/http/quotas.h"

#include <algorithm>
#include <vector>

#include "backend/network/household.h"

namespace yuanyue {

namespace {

// How long until `count` more may be taken.
std::int64_t wait_of(const Allowance& allowance, std::int64_t full_at_ms, std::int64_t count,
                     std::int64_t now_ms) {
  if (allowance.at_once == 0) return 0;
  const std::int64_t used_ms = std::max<std::int64_t>(0, full_at_ms - now_ms);
  const std::int64_t wanted = std::min(count, allowance.at_once);
  return std::max<std::int64_t>(
      0, used_ms + wanted * allowance.interval_ms - allowance.at_once * allowance.interval_ms);
}

void take_from(const Allowance& allowance, std::int64_t& full_at_ms, std::int64_t count,
               std::int64_t now_ms) {
  if (allowance.at_once == 0) return;
  full_at_ms = std::max(full_at_ms, now_ms) + count * allowance.interval_ms;
}

}  // namespace

std::string quota_address(const std::string& address) {
  const std::string household = household_of(address);
  const bool is_this_machine = household.starts_with("127.") || household == household_of("::1");
  return is_this_machine ? std::string() : household;
}

std::int64_t Quotas::take(const std::string& user, const std::string& address, std::int64_t count,
                          std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  if (users_.size() + addresses_.size() >= limits_.max_subjects) make_room(now_ms);
  Subject nobody;
  Subject& of_user = users_[user];
  Subject& of_address = address.empty() ? nobody : addresses_[address];
  struct Each {
    const Allowance& allowance;
    std::int64_t& full_at_ms;
  };
  const Each all[] = {{limits_.user, of_user.full_at_ms[0]},
                      {limits_.user_day, of_user.full_at_ms[1]},
                      {limits_.address, of_address.full_at_ms[0]},
                      {limits_.address_day, of_address.full_at_ms[1]}};
  std::int64_t wait_ms = 0;
  for (const Each& each : all) {
    wait_ms = std::max(wait_ms, wait_of(each.allowance, each.full_at_ms, count, now_ms));
  }
  if (wait_ms > 0) return wait_ms;
  for (const Each& each : all) take_from(each.allowance, each.full_at_ms, count, now_ms);
  return 0;
}

std::size_t Quotas::subject_count() const {
  const std::lock_guard lock(mutex_);
  return users_.size() + addresses_.size();
}

// Whoever has everything again need not be remembered; when that is not enough, the half that has
// used least, and whoever has used no more than they.
void Quotas::make_room(std::int64_t now_ms) {
  const auto last = [](const Subject& subject) { return std::ranges::max(subject.full_at_ms); };
  for (Subjects* subjects : {&users_, &addresses_}) {
    std::erase_if(*subjects, [&](const auto& each) { return last(each.second) <= now_ms; });
  }
  if (users_.size() + addresses_.size() < limits_.max_subjects / 2) return;
  for (Subjects* subjects : {&users_, &addresses_}) {
    if (subjects->size() < 2) continue;
    std::vector<std::int64_t> ends;
    ends.reserve(subjects->size());
    for (const auto& [name, subject] : *subjects) ends.push_back(last(subject));
    const auto middle = ends.begin() + static_cast<std::ptrdiff_t>(ends.size() / 2);
    std::ranges::nth_element(ends, middle);
    std::erase_if(*subjects, [&](const auto& each) { return last(each.second) <= *middle; });
  }
}

}  // namespace yuanyue
