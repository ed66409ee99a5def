#include "backend/connections/held_requests.h"

#include <gtest/gtest.h>

#include "tests/backend/support/failing_memory.h"

namespace yuanyue {
namespace {

using Ids = std::vector<std::uint64_t>;

Hold hold_of(std::string user, std::string address = "192.0.2.1") {
  return {.audiences = {"everyone", "user:" + user},
          .revision = 5,
          .session = "session of " + user,
          .user = std::move(user),
          .address = std::move(address)};
}

ChangeNews published(const std::string& audience, std::int64_t revision) {
  ChangeNews news;
  news.audiences[audience] = revision;
  return news;
}

TEST(HeldRequestsTest, are_woken_by_what_concerns_them) {
  HeldRequests held({});
  ASSERT_TRUE(held.add(1, hold_of("a")));
  ASSERT_TRUE(held.add(2, hold_of("b")));
  EXPECT_EQ(held.woken_by(published("everyone", 6)), (Ids{1, 2}));
  EXPECT_EQ(held.woken_by(published("user:b", 6)), Ids{2});
  EXPECT_EQ(held.woken_by(published("everyone", 5)), Ids{}) << "they have read that";
  EXPECT_EQ(held.woken_by(published("user:c", 6)), Ids{});
  ChangeNews ended;
  ended.sessions.insert("session of a");
  EXPECT_EQ(held.woken_by(ended), Ids{1});
  ended = {};
  ended.users.insert("b");
  ended.audiences["everyone"] = 6;
  EXPECT_EQ(held.woken_by(ended), (Ids{1, 2})) << "each once";
  held.remove(1);
  held.remove(1);
  EXPECT_EQ(held.woken_by(published("everyone", 6)), Ids{2});
  EXPECT_EQ(held.all(), Ids{2});
}

TEST(HeldRequestsTest, one_user_has_his_share_and_no_more) {
  HeldRequests held({.all = 100, .of_user = 2, .of_address = 100});
  EXPECT_TRUE(held.add(1, hold_of("a")));
  EXPECT_TRUE(held.add(2, hold_of("a")));
  EXPECT_FALSE(held.add(3, hold_of("a")));
  EXPECT_TRUE(held.add(4, hold_of("b")));
  held.remove(1);
  EXPECT_TRUE(held.add(5, hold_of("a")));
}

TEST(HeldRequestsTest, one_address_has_its_share_and_no_more) {
  HeldRequests held({.all = 100, .of_user = 100, .of_address = 2});
  EXPECT_TRUE(held.add(1, hold_of("a", "2001:db8:1:2::1")));
  EXPECT_TRUE(held.add(2, hold_of("b", "2001:db8:1:2:ffff::2")));
  EXPECT_FALSE(held.add(3, hold_of("c", "2001:db8:1:2::3"))) << "one household";
  EXPECT_TRUE(held.add(4, hold_of("d", "2001:db8:1:3::1")));
  held.remove(2);
  EXPECT_TRUE(held.add(5, hold_of("c", "2001:db8:1:2::3")));
}

TEST(HeldRequestsTest, there_is_a_bound_for_all) {
  HeldRequests held({.all = 2, .of_user = 100, .of_address = 100});
  EXPECT_TRUE(held.add(1, hold_of("a", "a")));
  EXPECT_TRUE(held.add(2, hold_of("b", "b")));
  EXPECT_FALSE(held.add(3, hold_of("c", "c")));
}

TEST(HeldRequestsTest, what_there_is_no_memory_for_leaves_nothing_behind) {
  const std::string long_name(40, 'n');  // not kept within the string itself
  HeldRequests held({.all = 100, .of_user = 1, .of_address = 1});
  const long failures = with_each_allocation_failing(
      [&] {
        held.remove(2);
        held.add(2, hold_of(long_name, long_name));
      },
      [&](long nth) {
        ChangeNews news;
        news.everyone = true;
        const Ids all = held.all();
        EXPECT_EQ(held.woken_by(news), all) << nth;
        EXPECT_EQ(held.woken_by(published("everyone", 6)), all) << nth;
        held.remove(2);
        EXPECT_TRUE(held.add(2, hold_of(long_name, long_name))) << nth << ": its place is taken";
      });
  EXPECT_GT(failures, 5);
}

}  // namespace
}  // namespace yuanyue
