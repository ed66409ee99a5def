#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <sodium.h>

#include "backend/auth/password.h"
#include "backend/auth/sessions.h"
#include "backend/auth/sign_in_guard.h"
#include "backend/store/sqlite_store.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

class AuthTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_GE(sodium_init(), 0);
    store_ = std::move(open_sqlite_store({folder_.file("yuanyue.db"), {}}).value());
  }
  TempFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_F(AuthTest, passwords_are_hashed_with_argon2id_and_verified) {
  PasswordHasher hasher;
  const std::string hash = hasher.hash("correct horse battery").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_NE(hash, hasher.hash("correct horse battery").value()) << "salted";
  EXPECT_TRUE(hasher.verify(hash, "correct horse battery").value());
  EXPECT_FALSE(hasher.verify(hash, "correct horse batterz").value());
  EXPECT_FALSE(hasher.verify("", "correct horse battery").value());
}

TEST_F(AuthTest, an_unknown_user_costs_as_much_as_a_known_one) {
  PasswordHasher hasher;
  const std::string hash = hasher.hash("correct horse battery").value();
  const auto cost = [&](const std::string& stored) {
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 5; ++i) hasher.verify(stored, "wrong");
    return std::chrono::steady_clock::now() - began;
  };
  const auto known = cost(hash);
  const auto unknown = cost("");
  EXPECT_GT(unknown * 4, known);
  EXPECT_GT(known * 4, unknown);
}

TEST_F(AuthTest, hashing_is_bounded) {
  PasswordHasher hasher(1, 1);
  std::atomic<int> refused = 0;
  constexpr int at_once = 12;
  std::vector<std::thread> threads;
  threads.reserve(at_once);
  for (int i = 0; i < at_once; ++i) {
    threads.emplace_back([&] {
      if (!hasher.verify("", "x")) ++refused;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(refused, 0);
}

TEST(PasswordPolicyTest, says_in_words_what_to_change) {
  EXPECT_TRUE(password_problem("short", "lingang", {}));
  EXPECT_TRUE(password_problem("九个汉字不够长的啊", "lingang", {}));
  EXPECT_FALSE(password_problem("十个汉字的密码就够长了", "lingang", {}));
  EXPECT_TRUE(password_problem("1234567890", "lingang", {}));
  EXPECT_TRUE(password_problem("QWERTYUIOP", "lingang", {}));
  EXPECT_TRUE(password_problem("zzzzzzzzzzzz", "lingang", {}));
  EXPECT_TRUE(password_problem("my-LINGANG-pass", "lingang", {}));
  EXPECT_TRUE(password_problem(std::string(257, 'a') + "b", "lingang", {}));
  EXPECT_FALSE(password_problem("correct horse battery", "lingang", {}));
}

TEST(PasswordPolicyTest, first_passwords_are_good_and_different) {
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const std::string password = random_password();
    EXPECT_FALSE(password_problem(password, "lingang", {}));
    EXPECT_TRUE(seen.insert(password).second);
  }
}

TEST_F(AuthTest, an_account_is_locked_longer_with_each_further_failure) {
  SignInGuard guard(*store_, {});
  std::int64_t now = 1'000'000;
  for (int i = 1; i <= 4; ++i) {
    ASSERT_EQ(guard.begin("a", "1.1.1.1", now), 0);
    EXPECT_FALSE(guard.failed("a", "1.1.1.1", now));
  }
  ASSERT_EQ(guard.begin("a", "1.1.1.1", now), 0);
  EXPECT_TRUE(guard.failed("a", "1.1.1.1", now));
  EXPECT_EQ(guard.begin("a", "2.2.2.2", now), 60'000) << "from anywhere";
  EXPECT_EQ(guard.begin("b", "1.1.1.1", now), 0) << "others are not locked";
  guard.succeeded("b", "1.1.1.1");
  now += 60'000;
  ASSERT_EQ(guard.begin("a", "1.1.1.1", now), 0);
  EXPECT_TRUE(guard.failed("a", "1.1.1.1", now));
  EXPECT_EQ(guard.begin("a", "1.1.1.1", now), 120'000);
  now += 120'000;
  ASSERT_EQ(guard.begin("a", "1.1.1.1", now), 0);
  guard.succeeded("a", "1.1.1.1");
  ASSERT_EQ(guard.begin("a", "1.1.1.1", now), 0);
  EXPECT_FALSE(guard.failed("a", "1.1.1.1", now)) << "a success starts the count anew";
}

TEST_F(AuthTest, an_address_that_tries_many_accounts_is_locked) {
  SignInGuard guard(*store_, {});
  const std::int64_t now = 1'000'000;
  for (int i = 0; i < 30; ++i) {
    const std::string account = "account" + std::to_string(i);
    ASSERT_EQ(guard.begin(account, "1.1.1.1", now), 0) << i;
    guard.failed(account, "1.1.1.1", now);
  }
  EXPECT_GT(guard.begin("one more", "1.1.1.1", now), 0);
  EXPECT_EQ(guard.begin("one more", "2.2.2.2", now), 0);
}

TEST_F(AuthTest, a_restart_forgives_nothing) {
  const std::int64_t now = 1'000'000;
  {
    SignInGuard guard(*store_, {});
    for (int i = 0; i < 5; ++i) {
      guard.begin("a", "1.1.1.1", now);
      guard.failed("a", "1.1.1.1", now);
    }
  }
  SignInGuard guard(*store_, {});
  guard.load();
  EXPECT_EQ(guard.begin("a", "1.1.1.1", now), 60'000);
}

TEST_F(AuthTest, many_names_do_not_fill_the_memory) {
  SignInGuard guard(*store_, {.max_subjects = 100});
  for (int i = 0; i < 1'000; ++i) {
    const std::string account = "account" + std::to_string(i);
    const std::string address = "address" + std::to_string(i);
    ASSERT_EQ(guard.begin(account, address, 1), 0);
    guard.failed(account, address, 1);
  }
  EXPECT_EQ(guard.begin("account1", "new", 1), 0);
}

TEST_F(AuthTest, sessions_end_when_idle_when_old_and_when_told) {
  Sessions sessions(*store_, {.idle_ms = 1'000, .absolute_ms = 5'000, .per_user = 2});
  const UserId user({1, 1});
  const auto created = sessions.create(user, false, 0).value();
  EXPECT_EQ(created.token.size(), 64U);
  EXPECT_TRUE(sessions.find(created.token, 900));
  EXPECT_FALSE(sessions.find(created.token, 1'001));
  EXPECT_FALSE(sessions.find(created.token, 900)) << "ended is ended";
  EXPECT_FALSE(sessions.find("", 0));
  EXPECT_FALSE(sessions.find(std::string(64, '0'), 0));

  const auto first = sessions.create(user, false, 100).value();
  const auto second = sessions.create(user, false, 200).value();
  const auto third = sessions.create(user, false, 300).value();
  EXPECT_FALSE(sessions.find(first.token, 300)) << "at most two of one user";
  EXPECT_TRUE(sessions.find(third.token, 300));
  sessions.end_all_of(user, third.session.token_hash);
  EXPECT_FALSE(sessions.find(second.token, 300));
  EXPECT_TRUE(sessions.find(third.token, 300));
}

TEST_F(AuthTest, the_store_knows_no_token) {
  Sessions sessions(*store_, {});
  const auto created = sessions.create(UserId({1, 1}), false, 0).value();
  const std::vector<SessionRecord> records = store_->sessions().value();
  ASSERT_EQ(records.size(), 1U);
  for (const SessionRecord& record : records) {
    EXPECT_NE(record.token_hash, created.token);
  }
}

}  // namespace
}  // namespace yuanyue
