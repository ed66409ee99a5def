// Signing in and out as the routes ask for it: ends of rights are barriers, and a want of memory is
// nobody's wrong password.
#include "tests/backend/support/account_world.h"
#include "tests/backend/support/failing_memory.h"

namespace yuanyue {
namespace {

class AccountsTest : public AccountWorld {
 protected:
  // What a sign-in does between checking the password and beginning the session.
  StoreResult<std::optional<Sessions::Created>> start_with(const std::string& checked_hash) {
    return parts_->sessions.start({.user = user_.id,
                                   .checked_hash = checked_hash,
                                   .must_change_password = false,
                                   .replaced = {},
                                   .new_password = {}},
                                  machine_time_ms());
  }
  std::string stored_hash() {
    return stores_.auth->credential(to_string(user_.id)).value()->password_hash;
  }
  Session session_of(const std::string& token) {
    return parts_->sessions.find(token, machine_time_ms()).value();
  }
};

TEST_F(AccountsTest, a_sign_in_checked_before_a_reset_makes_no_session_after_it) {
  const std::string checked = stored_hash();
  set_password("the new first password", true);
  EXPECT_EQ(start_with(checked).value(), std::nullopt);
  EXPECT_TRUE(stores_.auth->sessions()->empty());
  EXPECT_TRUE(start_with(stored_hash()).value());
}

TEST_F(AccountsTest, a_sign_in_checked_before_the_user_is_disabled_makes_no_session_after_it) {
  const std::string checked = stored_hash();
  user_.disabled = true;
  save_user(true);
  EXPECT_EQ(start_with(checked).value(), std::nullopt);
  user_.disabled = false;
  save_user();
  EXPECT_TRUE(start_with(checked).value());
}

TEST_F(AccountsTest, disabled_and_enabled_again_old_sessions_are_gone_after_a_restart_too) {
  const std::string token = sign_in(password_)->session.token;
  user_.disabled = true;
  save_user(true);
  user_.disabled = false;
  save_user();
  EXPECT_FALSE(is_signed_in(token));
  restart();
  EXPECT_FALSE(is_signed_in(token));
}

TEST_F(AccountsTest, signing_in_over_a_live_session_ends_that_one) {
  const std::string first = sign_in(password_)->session.token;
  const std::string other_device = sign_in(password_)->session.token;
  const auto second =
      sign_in(password_, {.address = "1.1.1.1", .device_cookie = {}, .session_token = first});
  ASSERT_TRUE(second);
  for (int i = 0; i < 2; ++i) {
    EXPECT_FALSE(is_signed_in(first));
    EXPECT_TRUE(is_signed_in(other_device));
    EXPECT_TRUE(is_signed_in(second->session.token));
    restart();
  }
  const auto refused =
      sign_in("wrong wrong wrong",
              {.address = "1.1.1.1", .device_cookie = {}, .session_token = second->session.token});
  EXPECT_FALSE(refused);
  EXPECT_TRUE(is_signed_in(second->session.token)) << "a refused sign-in ends nothing";
}

TEST_F(AccountsTest, a_changed_password_comes_with_new_tokens_and_ends_the_old_ones) {
  const auto here = sign_in(password_)->session;
  const std::string there = sign_in(password_)->session.token;
  const auto renewed = parts_->accounts.change_password(session_of(here.token), password_,
                                                        "another good password", "1.1.1.1");
  ASSERT_TRUE(renewed);
  EXPECT_NE(renewed->token, here.token);
  EXPECT_NE(renewed->session.csrf_token, here.session.csrf_token);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(is_signed_in(renewed->token));
    EXPECT_FALSE(is_signed_in(here.token));
    EXPECT_FALSE(is_signed_in(there));
    restart();
  }
  EXPECT_FALSE(sign_in(password_));
  EXPECT_TRUE(sign_in("another good password"));
}

TEST_F(AccountsTest, two_changes_of_one_password_at_a_time_are_one) {
  const auto session = session_of(sign_in(password_)->session.token);
  const std::string checked = stored_hash();
  ASSERT_TRUE(
      parts_->accounts.change_password(session, password_, "another good password", "1.1.1.1"));
  const auto late = parts_->sessions.start(
      {.user = user_.id,
       .checked_hash = checked,
       .must_change_password = false,
       .replaced = session.token_hash,
       .new_password = CredentialWrite{to_string(user_.id), cheap_hash("a third password"), false}},
      machine_time_ms());
  EXPECT_EQ(late.value(), std::nullopt);
  EXPECT_TRUE(sign_in("another good password"));
}

TEST_F(AccountsTest, a_lock_of_sign_ins_does_not_keep_a_password_from_being_changed) {
  const auto session = session_of(sign_in(password_)->session.token);
  for (int i = 0; i < 5; ++i) ASSERT_FALSE(sign_in("wrong wrong wrong"));
  ASSERT_EQ(sign_in(password_).error().code, wire::ErrorCode::locked_out);
  EXPECT_TRUE(
      parts_->accounts.change_password(session, password_, "another good password", "1.1.1.1"));
}

TEST_F(AccountsTest, a_known_device_signs_in_while_the_account_is_locked) {
  const std::string cookie = sign_in(password_)->device_cookie;
  for (int i = 0; i < 5; ++i) ASSERT_FALSE(sign_in("wrong wrong wrong"));
  EXPECT_EQ(sign_in(password_).error().code, wire::ErrorCode::locked_out);
  EXPECT_TRUE(
      sign_in(password_, {.address = "1.1.1.1", .device_cookie = cookie, .session_token = {}}));
}

TEST_F(AccountsTest, no_memory_for_the_hash_is_unavailable_and_no_wrong_password) {
  CommitBatch batch = empty_batch();
  // A hash that asks for more memory than there is.
  std::string hash = cheap_hash(password_);
  hash.replace(hash.find("m=8,"), 3, "m=4294967295");
  batch.credentials.push_back({to_string(user_.id), hash, false});
  commit(batch);
  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(sign_in(password_).error().code, wire::ErrorCode::unavailable) << i;
  }
  EXPECT_TRUE(stores_.auth->failures()->empty());
}

TEST_F(AccountsTest, any_allocation_of_a_sign_in_may_fail) {
  std::string token;
  const auto act = [&] {
    token.clear();
    if (auto signed_in = sign_in(password_)) token = signed_in->session.token;
  };
  const auto check = [&](long nth) {
    EXPECT_TRUE(token.empty() || is_signed_in(token)) << nth;
    EXPECT_TRUE(stores_.auth->failures()->empty()) << "a right password was counted, " << nth;
    for (int i = 0; i < 4; ++i) {
      ASSERT_EQ(sign_in("wrong wrong wrong").error().code, wire::ErrorCode::wrong_credentials)
          << nth;
    }
    ASSERT_TRUE(sign_in(password_)) << nth;
  };
  EXPECT_GT(with_each_allocation_failing(act, check), 20);
}

TEST_F(AccountsTest, any_allocation_of_a_refused_sign_in_may_fail) {
  const auto act = [&] { EXPECT_FALSE(sign_in("wrong wrong wrong")); };
  const auto check = [&](long nth) {
    const auto failures = stores_.auth->failures().value();
    for (const FailureRecord& record : failures) EXPECT_LE(record.count, 1) << nth;
    parts_->guard.forgive(to_string(user_.id));
    ASSERT_TRUE(sign_in(password_)) << nth;
    parts_->guard.prune(machine_time_ms() + 24LL * 60 * 60 * 1000);
  };
  EXPECT_GT(with_each_allocation_failing(act, check), 20);
}

TEST_F(AccountsTest, any_allocation_of_a_look_up_a_change_and_a_sign_out_may_fail) {
  const std::string token = sign_in(password_)->session.token;
  with_each_allocation_failing([&] { is_signed_in(token); },
                               [&](long nth) { EXPECT_TRUE(is_signed_in(token)) << nth; });

  int changes = 0;
  std::string current = password_;
  const auto change = [&] {
    const std::string wanted = "a good password " + std::to_string(++changes);
    const auto session = sign_in(current);
    if (!session) return;
    const auto renewed =
        parts_->accounts.change_password(session->session.session, current, wanted, "1.1.1.1");
    EXPECT_TRUE(!renewed || is_signed_in(renewed->token));
  };
  const auto one_of_both = [&](long nth) {
    const std::string wanted = "a good password " + std::to_string(changes);
    const bool changed = sign_in(wanted).has_value();
    EXPECT_NE(changed, sign_in(current).has_value()) << nth;
    if (changed) set_password(current);
    parts_->guard.forgive(to_string(user_.id));
    parts_->guard.prune(machine_time_ms() + 24LL * 60 * 60 * 1000);
  };
  EXPECT_GT(with_each_allocation_failing(change, one_of_both), 40);

  std::string ended;
  const auto sign_out = [&] {
    [[maybe_unused]] const auto done = parts_->accounts.sign_out(session_of(ended), "1.1.1.1");
  };
  ended = sign_in(current)->session.token;
  const auto is_out = [&](long nth) {
    // Either nothing has happened, or it has happened for good.
    parts_->sessions.keep_trying();
    const bool lives = is_signed_in(ended);
    bool is_stored = false;
    const auto sessions = stores_.auth->sessions().value();
    for (const SessionRecord& record : sessions) {
      is_stored = is_stored || record.token_hash == token_hash_of(ended);
    }
    EXPECT_EQ(lives, is_stored) << nth;
    ended = sign_in(current)->session.token;
  };
  EXPECT_GT(with_each_allocation_failing(sign_out, is_out), 2);
}

}  // namespace
}  // namespace yuanyue
