// On a given clock: what is allowed at once, what comes back, and who pays for whom.
#include "backend/http/quotas.h"

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

// Ten at once and one a second; a hundred in a day of 100,000 ms.
constexpr QuotaLimits small = {.user = {10, 1'000},
                               .user_day = {100, 1'000'000},
                               .address = {20, 1'000},
                               .address_day = {1'000, 1'000'000}};

TEST(QuotasTest, a_user_may_take_so_many_at_once_and_then_as_time_passes) {
  Quotas quotas(small);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(quotas.take("u", "", 1, 0), 0) << i;
  EXPECT_EQ(quotas.take("u", "", 1, 0), 1'000);
  EXPECT_EQ(quotas.take("u", "", 3, 0), 3'000);
  EXPECT_EQ(quotas.take("u", "", 1, 999), 1);
  EXPECT_EQ(quotas.take("u", "", 1, 1'000), 0);
  EXPECT_EQ(quotas.take("u", "", 1, 1'000), 1'000);
  EXPECT_EQ(quotas.take("u", "", 10, 11'000), 0) << "all of it is there again";
  EXPECT_GT(quotas.take("u", "", 1, 11'000), 0);
}

TEST(QuotasTest, a_refusal_takes_nothing_and_what_is_asked_after_the_wait_is_given) {
  Quotas quotas(small);
  ASSERT_EQ(quotas.take("u", "a", 10, 0), 0);
  for (int i = 0; i < 1'000; ++i) ASSERT_EQ(quotas.take("u", "a", 5, 0), 5'000);
  EXPECT_EQ(quotas.take("u", "a", 5, 5'000), 0);
  EXPECT_EQ(quotas.take("v", "a", 10, 5'000), 0) << "the refusals did not cost the address";
}

TEST(QuotasTest, a_day_has_a_bound_of_its_own) {
  Quotas quotas(small);
  std::int64_t now_ms = 0;
  for (int i = 0; i < 10; ++i, now_ms += 10'000) ASSERT_EQ(quotas.take("u", "", 10, now_ms), 0);
  const std::int64_t wait_ms = quotas.take("u", "", 1, now_ms);
  EXPECT_EQ(wait_ms, 1'000'000 - now_ms);
  EXPECT_EQ(quotas.take("u", "", 1, now_ms + wait_ms), 0);
}

TEST(QuotasTest, users_of_one_address_share_its_bound_and_nobody_elses) {
  Quotas quotas(small);
  EXPECT_EQ(quotas.take("u", "a", 10, 0), 0);
  EXPECT_EQ(quotas.take("v", "a", 10, 0), 0);
  EXPECT_EQ(quotas.take("w", "a", 1, 0), 1'000);
  EXPECT_EQ(quotas.take("w", "b", 1, 0), 0);
  EXPECT_EQ(quotas.take("x", "", 10, 0), 0) << "of nobody's address";
  EXPECT_EQ(quotas.take("y", "", 10, 0), 0);
  EXPECT_EQ(quotas.take("z", "", 10, 0), 0);
}

// A push may be larger than a small bound: it must not wait for ever.
TEST(QuotasTest, more_than_all_is_taken_when_all_is_there_and_paid_back) {
  Quotas quotas(small);
  EXPECT_EQ(quotas.take("u", "", 15, 0), 0);
  EXPECT_EQ(quotas.take("u", "", 1, 5'000), 1'000);
  EXPECT_EQ(quotas.take("u", "", 1, 6'000), 0);
}

TEST(QuotasTest, a_flood_of_names_is_bounded_and_does_not_free_who_has_used_most) {
  QuotaLimits limits = small;
  limits.max_subjects = 100;
  Quotas quotas(limits);
  ASSERT_EQ(quotas.take("greedy", "", 10, 0), 0);
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_EQ(quotas.take("u" + std::to_string(i), "", 1, 0), 0);
    ASSERT_LE(quotas.subject_count(), limits.max_subjects + 2);
  }
  EXPECT_GT(quotas.take("greedy", "", 1, 0), 0);
  EXPECT_EQ(quotas.take("u", "", 1, 100'000'000), 0);
}

TEST(QuotasTest, nothing_is_bounded_without_quotas) {
  Quotas quotas(no_quotas);
  for (int i = 0; i < 100'000; ++i) ASSERT_EQ(quotas.take("u", "a", 50, 0), 0);
}

TEST(QuotasTest, an_ipv6_network_is_one_address_and_the_machine_itself_none) {
  EXPECT_EQ(quota_address("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(quota_address("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(quota_address("2001:db8:1:2::9"), "2001:db8:1:2::/64");
  EXPECT_EQ(quota_address("2001:db8:1:3::9"), "2001:db8:1:3::/64");
  EXPECT_EQ(quota_address("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(quota_address("127.0.0.1"), "");
  EXPECT_EQ(quota_address("::1"), "");
  EXPECT_EQ(quota_address("nonsense"), "nonsense");
}

}  // namespace
}  // namespace yuanyue
