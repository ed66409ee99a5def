#include "backend/auth/password_hasher.h"

#include <atomic>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sodium.h>

#include "backend/auth/password.h"
#include "tests/backend/support/failing_memory.h"

namespace yuanyue {
namespace {

class PasswordHasherTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_GE(sodium_init(), 0); }
};

TEST_F(PasswordHasherTest, passwords_are_hashed_with_argon2id_and_verified) {
  PasswordHasher hasher;
  const std::string hash = hasher.hash("correct horse battery").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_NE(hash, hasher.hash("correct horse battery").value()) << "salted";
  EXPECT_EQ(hasher.verify(hash, "correct horse battery"), true);
  EXPECT_EQ(hasher.verify(hash, "correct horse batterz"), false);
  EXPECT_EQ(hasher.verify("", "correct horse battery"), false);
}

TEST_F(PasswordHasherTest, a_hash_that_is_none_is_undecided_and_no_wrong_password) {
  PasswordHasher hasher;
  EXPECT_EQ(hasher.verify("$argon2id$damaged", "correct horse battery"), std::nullopt);
}

TEST_F(PasswordHasherTest, an_unknown_user_costs_as_much_as_a_known_one) {
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

TEST_F(PasswordHasherTest, hashing_is_bounded) {
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

TEST_F(PasswordHasherTest, hashes_are_those_of_the_library_whatever_their_cost) {
  char hash[crypto_pwhash_STRBYTES];
  for (const std::size_t memory : {std::size_t{8'192}, std::size_t{1'000'000}}) {
    ASSERT_EQ(crypto_pwhash_str_alg(hash, "abc", 3, 1, memory, crypto_pwhash_ALG_ARGON2ID13), 0);
    PasswordHasher own;
    EXPECT_EQ(own.verify(hash, "abc"), true);
    EXPECT_EQ(own.verify(hash, "abd"), false);
  }
  PasswordHasher own;
  EXPECT_EQ(crypto_pwhash_str_verify(own.hash("abc").value().c_str(), "abc", 3), 0);
}

TEST_F(PasswordHasherTest, a_turn_is_given_back_also_when_there_is_no_memory) {
  PasswordHasher hasher(1, 0);
  const auto is_free = [&](long nth) {
    const auto turn = hasher.take_turn();
    EXPECT_TRUE(turn) << "the only turn is lost after failure " << nth;
  };
  EXPECT_GT(with_each_allocation_failing([&] { hasher.hash("another password"); }, is_free), 0);
  std::string greedy = hasher.hash("correct horse battery").value();
  greedy.replace(greedy.find("m=19456,"), 7, "m=4294967295");
  EXPECT_EQ(hasher.verify(greedy, "correct horse battery"), std::nullopt);
  is_free(0);
}

}  // namespace
}  // namespace yuanyue
