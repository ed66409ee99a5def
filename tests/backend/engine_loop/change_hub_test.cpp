#include "backend/engine_loop/change_hub.h"

#include <gtest/gtest.h>

#include "tests/backend/support/failing_memory.h"

namespace yuanyue {
namespace {

const std::string somebody = "user:" + std::string(40, 'n');

TEST(ChangeHubTest, tells_once_until_it_is_looked_at) {
  ChangeHub hub;
  int calls = 0;
  hub.publish({somebody}, 1);
  EXPECT_FALSE(hub.has_news()) << "nobody listens";
  hub.listen([&] { ++calls; });
  hub.publish({somebody}, 2);
  hub.publish({"everyone"}, 3);
  hub.end_session("hash");
  EXPECT_EQ(calls, 1);
  const ChangeNews news = hub.take_news();
  EXPECT_EQ(news.audiences,
            (std::unordered_map<std::string, std::int64_t>{{somebody, 2}, {"everyone", 3}}));
  EXPECT_TRUE(news.sessions.contains("hash"));
  EXPECT_FALSE(news.everyone);
  EXPECT_FALSE(hub.has_news());
  hub.end_user(UserId({1, 1}));
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(hub.ends(), 2U);
}

TEST(ChangeHubTest, what_there_is_no_memory_for_is_told_to_everyone) {
  ChangeHub hub;
  int calls = 0;
  hub.listen([&] { ++calls; });
  std::int64_t revision = 1;
  std::vector<std::string> audience{somebody + "1"};  // another one each time
  std::unordered_set<std::string> audiences{audience.front()};
  const long failures = with_each_allocation_failing(
      [&] {
        hub.publish(audiences, revision);
        hub.end_session(somebody);
        hub.end_user(UserId({1, 1}));
      },
      [&](long nth) {
        EXPECT_TRUE(hub.has_changed(audience, revision - 1)) << nth;
        EXPECT_EQ(hub.ends(), 2U * static_cast<std::uint64_t>(nth));
        EXPECT_EQ(calls, nth) << "told, and once";
        const ChangeNews news = hub.take_news();
        const bool all_named =
            news.audiences.size() == 1 && news.sessions.size() == 1 && news.users.size() == 1;
        EXPECT_TRUE(news.everyone || all_named) << nth;
        audience = {somebody + std::to_string(++revision)};
        audiences = {audience.front()};
      });
  EXPECT_GT(failures, 3);
}

}  // namespace
}  // namespace yuanyue
