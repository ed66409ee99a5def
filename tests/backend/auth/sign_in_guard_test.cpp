#include "backend/auth/sign_in_guard.h"

#include <optional>

#include <gtest/gtest.h>

#include "backend/store/sqlite_stores.h"
#include "tests/backend/support/failing_memory.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

constexpr std::int64_t minute = 60'000;

class SignInGuardTest : public testing::Test {
 protected:
  void SetUp() override {
    store_ = std::move(open_sqlite_stores({.path = folder_.file("yuanyue.db")})->auth);
    restart({});
  }
  void restart(const SignInLimits& limits) {
    guard_ = std::make_unique<SignInGuard>(*store_, limits);
    ASSERT_TRUE(guard_->load(now_));
  }
  // 0: it was made.
  std::int64_t fail(const Guess& guess) {
    auto attempt = guard_->begin(guess, now_);
    if (!attempt) return attempt.error();
    attempt->failed(now_);
    return 0;
  }
  std::int64_t succeed(const Guess& guess) {
    auto attempt = guard_->begin(guess, now_);
    if (!attempt) return attempt.error();
    attempt->succeeded(now_);
    return 0;
  }
  void fail_times(int times, const Guess& guess) {
    for (int i = 0; i < times; ++i) ASSERT_EQ(fail(guess), 0) << "failure " << i;
  }
  static Guess from(const std::string& address, const std::string& account = "a") {
    return {.account = account, .address = address, .device = {}};
  }
  static Guess known(const std::string& device, const std::string& address = "1.1.1.1") {
    return {.account = "a", .address = address, .device = device};
  }

  TempFolder folder_;
  std::unique_ptr<AuthStore> store_;
  std::unique_ptr<SignInGuard> guard_;
  std::int64_t now_ = 100 * minute;
};

TEST_F(SignInGuardTest, an_account_is_locked_longer_with_each_further_failure) {
  fail_times(5, from("1.1.1.1"));
  EXPECT_EQ(fail(from("1.1.1.1")), minute);
  EXPECT_EQ(fail(from("1.1.1.1", "b")), 0) << "others are not locked";
  now_ += minute;
  EXPECT_EQ(fail(from("1.1.1.1")), 0);
  EXPECT_EQ(fail(from("1.1.1.1")), 2 * minute);
  now_ += 2 * minute;
  EXPECT_EQ(succeed(from("1.1.1.1")), 0);
  fail_times(4, from("1.1.1.1"));
  EXPECT_EQ(guard_->wait_ms(from("1.1.1.1"), now_), 0) << "a success starts the count anew";
}

TEST_F(SignInGuardTest, a_lock_is_never_longer_than_the_longest) {
  for (int i = 0; i < 30; ++i) {
    while (const std::int64_t wait_ms = guard_->wait_ms(from("1.1.1.1"), now_)) {
      EXPECT_LE(wait_ms, 15 * minute);
      now_ += wait_ms;
    }
    ASSERT_EQ(fail(from("1.1.1.1")), 0);
  }
}

TEST_F(SignInGuardTest, who_guesses_locks_the_account_where_he_is_and_not_where_its_owner_is) {
  fail_times(5, from("6.6.6.6"));
  EXPECT_GT(fail(from("6.6.6.6")), 0);
  EXPECT_EQ(succeed(from("1.1.1.1")), 0);
}

TEST_F(SignInGuardTest, guesses_from_many_addresses_lock_the_account_for_unknown_devices) {
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(fail(from("6.6.6." + std::to_string(i))), 0) << i;
  }
  EXPECT_EQ(fail(from("6.6.6.100")), minute);
  EXPECT_EQ(succeed(from("1.1.1.1")), minute);
  EXPECT_EQ(succeed(known("laptop")), 0) << "a known device is not touched by it";
}

TEST_F(SignInGuardTest, one_guess_now_and_then_does_not_keep_an_account_locked) {
  fail_times(5, from("6.6.6.6"));
  for (int i = 0; i < 200; ++i) {
    now_ += 15 * minute;
    fail(from("6.6.6.6"));
    ASSERT_EQ(guard_->wait_ms(from("1.1.1.1"), now_), 0) << i;
  }
}

TEST_F(SignInGuardTest, a_known_device_is_counted_by_itself) {
  fail_times(5, known("laptop"));
  EXPECT_EQ(fail(known("laptop", "2.2.2.2")), minute) << "also from another address";
  EXPECT_EQ(succeed(known("telephone")), 0);
  EXPECT_EQ(succeed(from("1.1.1.1")), 0) << "its slips lock neither account nor address";
}

TEST_F(SignInGuardTest, an_address_that_tries_many_accounts_is_locked_for_as_long_as_it_is_told) {
  for (int i = 0; i < 30; ++i) {
    ASSERT_EQ(fail(from("1.1.1.1", "account" + std::to_string(i))), 0) << i;
  }
  EXPECT_EQ(fail(from("1.1.1.1", "one more")), 15 * minute);
  EXPECT_EQ(guard_->wait_ms(from("2.2.2.2", "one more"), now_), 0);
  EXPECT_EQ(guard_->wait_ms(known("laptop"), now_), 0) << "known devices are not touched";
  now_ += 15 * minute - 1;
  EXPECT_EQ(fail(from("1.1.1.1", "one more")), 1);
  now_ += 1;
  EXPECT_EQ(fail(from("1.1.1.1", "one more")), 0);
}

TEST_F(SignInGuardTest, an_office_behind_one_address_is_not_locked_by_its_slips_of_a_day) {
  for (int i = 0; i < 240; ++i) {  // one each two minutes, never an hour without
    now_ += 2 * minute;
    ASSERT_EQ(fail(from("1.1.1.1", "colleague" + std::to_string(i))), 0) << i;
  }
}

TEST_F(SignInGuardTest, a_success_takes_back_what_the_account_failed_with_from_there) {
  for (int i = 0; i < 100; ++i) {  // all at one instant
    const Guess colleague = from("1.1.1.1", "colleague" + std::to_string(i));
    ASSERT_EQ(fail(colleague), 0);
    ASSERT_EQ(succeed(colleague), 0);
  }
  // But not what others failed with.
  fail_times(4, from("1.1.1.1", "x"));
  ASSERT_EQ(succeed(from("1.1.1.1", "y")), 0);
  EXPECT_EQ(fail(from("1.1.1.1", "x")), 0);
  EXPECT_GT(fail(from("1.1.1.1", "x")), 0);
}

TEST_F(SignInGuardTest, guesses_under_way_count) {
  fail_times(2, from("1.1.1.1"));
  std::vector<SignInGuard::Attempt> under_way;
  under_way.reserve(3);
  for (int i = 0; i < 3; ++i) under_way.push_back(std::move(*guard_->begin(from("1.1.1.1"), now_)));
  EXPECT_EQ(guard_->begin(from("1.1.1.1"), now_).error(), 1'000) << "five guesses in all";
  under_way.pop_back();  // one could not be decided
  EXPECT_TRUE(guard_->begin(from("1.1.1.1"), now_));
  for (SignInGuard::Attempt& attempt : under_way) attempt.failed(now_);
  under_way.clear();
  EXPECT_EQ(guard_->wait_ms(from("1.1.1.1"), now_), 0) << "four have failed";
}

TEST_F(SignInGuardTest, under_way_counts_for_addresses_too) {
  for (int i = 0; i < 29; ++i) fail(from("1.1.1.1", "account" + std::to_string(i)));
  const auto last = guard_->begin(from("1.1.1.1", "x"), now_);
  ASSERT_TRUE(last);
  EXPECT_EQ(guard_->begin(from("1.1.1.1", "y"), now_).error(), 1'000);
}

TEST_F(SignInGuardTest, what_could_not_be_decided_counts_for_nothing) {
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(guard_->begin(from("1.1.1.1"), now_));
  EXPECT_TRUE(store_->failures()->empty());
}

TEST_F(SignInGuardTest, a_restart_forgives_nothing_and_locks_for_no_longer) {
  fail_times(4, known("laptop"));
  fail_times(5, from("1.1.1.1"));
  now_ += minute / 2;
  restart({});
  EXPECT_EQ(fail(from("1.1.1.1")), minute / 2);
  EXPECT_EQ(fail(known("laptop")), 0);
  EXPECT_EQ(fail(known("laptop")), minute);
}

TEST_F(SignInGuardTest, a_clock_that_ran_ahead_does_not_lock_for_a_year) {
  const std::int64_t right = now_;
  now_ += 365LL * 24 * 60 * minute;
  fail_times(5, from("1.1.1.1"));
  now_ = right;
  restart({});
  EXPECT_LE(guard_->wait_ms(from("1.1.1.1"), now_), 15 * minute);
}

TEST_F(SignInGuardTest, a_flood_of_names_and_addresses_pushes_no_lock_out) {
  restart({.max_subjects = 100});
  fail_times(5, from("1.1.1.1"));
  for (int i = 0; i < 20; ++i) fail(from("5.5.5." + std::to_string(i)));
  ASSERT_GT(guard_->wait_ms(from("9.9.9.9"), now_), 0);
  for (int i = 0; i < 1'000; ++i) {
    const Guess other = from("address" + std::to_string(i), unknown_account(std::to_string(i)));
    ASSERT_EQ(fail(other), 0);
  }
  EXPECT_GT(guard_->wait_ms(from("9.9.9.9"), now_), 0) << "the account is still locked";
  EXPECT_GT(guard_->wait_ms(from("1.1.1.1"), now_), 0);
  EXPECT_LE(store_->failures()->size(), 110U) << "what is forgotten is not kept on disk either";
}

TEST_F(SignInGuardTest, what_time_has_forgiven_is_forgotten_on_disk_too) {
  fail_times(3, from("1.1.1.1"));
  EXPECT_EQ(store_->failures()->size(), 3U);
  now_ += 9 * minute;
  guard_->prune(now_);
  EXPECT_EQ(store_->failures()->size(), 2U) << "of the address it is sooner";
  now_ += 24 * 60 * minute;
  guard_->prune(now_);
  EXPECT_TRUE(store_->failures()->empty());
}

TEST_F(SignInGuardTest, forgiving_lifts_the_locks_of_the_account_alone_and_for_good) {
  fail_times(5, from("1.1.1.1"));
  fail_times(5, from("1.1.1.1", "ab"));
  fail_times(5, known("laptop"));
  guard_->forgive("a");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(guard_->wait_ms(from("1.1.1.1"), now_), 0);
    EXPECT_EQ(guard_->wait_ms(known("laptop"), now_), 0);
    EXPECT_GT(guard_->wait_ms(from("1.1.1.1", "ab"), now_), 0);
    restart({});
  }
}

TEST_F(SignInGuardTest, addresses_of_one_network_are_one_and_mapped_ones_are_the_same) {
  for (int i = 0; i < 30; ++i) {
    fail(from("2001:db8::" + std::to_string(i + 1), "account" + std::to_string(i)));
    fail(from("::ffff:8.8.8.8", "account" + std::to_string(i)));
  }
  EXPECT_GT(guard_->wait_ms(from("2001:db8:0:0:1::1", "x"), now_), 0);
  EXPECT_EQ(guard_->wait_ms(from("2001:db8:0:1::1", "x"), now_), 0);
  EXPECT_GT(guard_->wait_ms(from("8.8.8.8", "x"), now_), 0);
}

TEST_F(SignInGuardTest, no_memory_counts_nothing_twice_and_leaves_nothing_under_way) {
  const auto failed_before = [&] {
    int count = 0;
    const auto failures = store_->failures().value();
    for (const FailureRecord& record : failures) {
      if (record.subject.starts_with("here:")) count = record.count;
    }
    return count;
  };
  const auto act = [&] { fail(from("1.1.1.1")); };
  const auto check = [&](long nth) {
    EXPECT_LE(failed_before(), 1) << nth;
    guard_->forgive("a");
    std::vector<SignInGuard::Attempt> all;
    for (int i = 0; i < 5; ++i) {
      auto attempt = guard_->begin(from("9.9.9.9"), now_);
      ASSERT_TRUE(attempt) << "one is under way for ever after failure " << nth;
      all.push_back(std::move(*attempt));
    }
    now_ += 24 * 60 * minute;
  };
  EXPECT_GT(with_each_allocation_failing(act, check), 5);
}

}  // namespace
}  // namespace yuanyue
