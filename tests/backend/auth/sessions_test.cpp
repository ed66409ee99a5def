#include "tests/backend/support/account_world.h"

namespace yuanyue {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;

class SessionsTest : public AccountWorld {
 protected:
  void SetUp() override {
    limits_ = {.idle_ms = 10 * hour, .absolute_ms = 50 * hour, .per_user = 2};
    AccountWorld::SetUp();
  }
  std::string start(std::int64_t now_ms, bool must_change = false) {
    const auto hash = stores_.auth->credential(to_string(user_.id)).value()->password_hash;
    const auto started = parts_->sessions.start({.user = user_.id,
                                                 .checked_hash = hash,
                                                 .must_change_password = must_change,
                                                 .replaced = {},
                                                 .new_password = {}},
                                                now_ms);
    return started.value().value().token;
  }
  // A restart at this time: what memory knew is gone.
  void restart_at(std::int64_t now_ms) {
    parts_ = std::make_unique<Parts>(*stores_.auth, limits_);
    ASSERT_TRUE(parts_->sessions.load(now_ms));
    parts_->directory.put({AnyRow(user_)});
  }
  bool lives(const std::string& token, std::int64_t now_ms) {
    return parts_->sessions.find(token, now_ms).has_value();
  }
};

TEST_F(SessionsTest, a_session_ends_when_it_is_idle) {
  const std::string token = start(0);
  EXPECT_EQ(token.size(), 64U);
  EXPECT_TRUE(lives(token, 10 * hour));
  EXPECT_TRUE(lives(token, 20 * hour)) << "use prolongs it";
  EXPECT_FALSE(lives(token, 30 * hour + 1));
  EXPECT_FALSE(lives(token, 20 * hour)) << "ended is ended";
  EXPECT_FALSE(lives("", 0));
  EXPECT_FALSE(lives(std::string(64, '0'), 0));
}

TEST_F(SessionsTest, a_session_ends_when_it_is_old_however_much_it_is_used) {
  const std::string token = start(0);
  for (std::int64_t now = 0; now <= 50 * hour; now += hour) EXPECT_TRUE(lives(token, now)) << now;
  EXPECT_FALSE(lives(token, 50 * hour + 1));
}

TEST_F(SessionsTest, a_restart_makes_no_session_younger) {
  const std::string token = start(0);
  for (std::int64_t now = 5 * hour; now <= 50 * hour; now += 5 * hour) {
    restart_at(now);
    EXPECT_TRUE(lives(token, now)) << now;
  }
  restart_at(50 * hour + 1);
  EXPECT_FALSE(lives(token, 50 * hour + 1));
  EXPECT_TRUE(stores_.auth->sessions()->empty());
}

TEST_F(SessionsTest, a_restart_knows_when_a_session_was_last_used) {
  const std::string used = start(0);
  const std::string unused = start(0);
  EXPECT_TRUE(lives(used, 9 * hour));
  restart_at(18 * hour);
  EXPECT_TRUE(lives(used, 18 * hour));
  EXPECT_FALSE(lives(unused, 18 * hour));
}

TEST_F(SessionsTest, a_first_password_is_to_be_changed_after_a_restart_too) {
  set_password("first password", true);
  const std::string token = start(0, true);
  restart_at(minute);
  ASSERT_TRUE(lives(token, minute));
  EXPECT_TRUE(parts_->sessions.find(token, minute)->must_change_password);
}

TEST_F(SessionsTest, a_clock_that_ran_ahead_prolongs_no_session_beyond_its_limits) {
  const std::string token = start(1'000 * hour);
  restart_at(0);
  EXPECT_TRUE(lives(token, 10 * hour));
  EXPECT_FALSE(lives(token, 20 * hour + 1));
}

TEST_F(SessionsTest, the_one_unused_longest_ends_when_there_are_too_many) {
  const std::string first = start(0);
  const std::string second = start(minute);
  ASSERT_TRUE(lives(first, 10 * minute));
  const std::string third = start(11 * minute);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(lives(first, 12 * minute));
    EXPECT_FALSE(lives(second, 12 * minute));
    EXPECT_TRUE(lives(third, 12 * minute));
    restart_at(12 * minute);
  }
}

TEST_F(SessionsTest, use_while_it_ends_does_not_bring_it_back) {
  const std::string token = start(0);
  const std::string hash = token_hash_of(token);
  ASSERT_TRUE(parts_->sessions.end(hash));
  ASSERT_TRUE(stores_.auth->touch_session(hash, hour)) << "what a use writes down late";
  restart_at(hour);
  EXPECT_FALSE(lives(token, hour));
}

TEST_F(SessionsTest, whoever_waits_in_its_name_is_told_of_its_end) {
  std::vector<std::string> told;
  parts_->sessions.when_ended([&](const std::string& hash) { told.push_back(hash); });
  const std::string one = start(0);
  const std::string two = start(0);
  ASSERT_TRUE(parts_->sessions.end(token_hash_of(one)));
  EXPECT_EQ(told, std::vector{token_hash_of(one)});
  set_password("another good password");
  EXPECT_EQ(told.back(), token_hash_of(two));
  EXPECT_EQ(told.size(), 2U);
}

TEST_F(SessionsTest, the_store_knows_no_token) {
  const std::string token = start(0);
  const std::vector<SessionRecord> records = stores_.auth->sessions().value();
  ASSERT_EQ(records.size(), 1U);
  for (const SessionRecord& record : records) EXPECT_NE(record.token_hash, token);
}

}  // namespace
}  // namespace yuanyue
