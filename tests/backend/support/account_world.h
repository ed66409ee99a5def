// A store with people in it, and everything that signs them in.
#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <sodium.h>

#include "backend/auth/accounts.h"
#include "backend/store/sqlite_stores.h"
#include "core/domains/codec.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {

// A hash that is cheap to check, so that a test can check it a thousand times.
inline std::string cheap_hash(std::string_view password) {
  char hash[crypto_pwhash_STRBYTES];
  const int code =
      crypto_pwhash_str_alg(hash, password.data(), password.size(), crypto_pwhash_OPSLIMIT_MIN,
                            crypto_pwhash_MEMLIMIT_MIN, crypto_pwhash_ALG_ARGON2ID13);
  return code == 0 ? hash : "";
}

class AccountWorld : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_GE(sodium_init(), 0);
    restart();
    user_.id = UserId({7, 7});
    user_.name = "lingang";
    user_.display_name = "临港企业";
    user_.enterprise = EnterpriseId({1, 1});
    save_user();
    set_password(password_);
  }

  // Everything but the store's file begins anew.
  void restart() {
    parts_.reset();
    stores_ = {};
    stores_ = open_sqlite_stores({.path = folder_.file("yuanyue.db")}).value();
    parts_ = std::make_unique<Parts>(*stores_.auth, limits_);
    ASSERT_TRUE(parts_->sessions.load(machine_time_ms()));
    ASSERT_TRUE(parts_->guard.load(machine_time_ms()));
    ASSERT_TRUE(parts_->devices.load(*stores_.auth));
    if (user_.id) parts_->directory.put({AnyRow(user_)});
  }

  // As the engine commits it.
  void save_user(bool ends_sessions = false) {
    CommitBatch batch = empty_batch();
    batch.rows.push_back(
        {"user", wire::encode(AnyKey(user_.id)), wire::encode(AnyRow(user_)), {}, {}});
    if (ends_sessions) batch.ended_users.push_back(to_string(user_.id));
    commit(batch);
    parts_->directory.put({AnyRow(user_)});
  }
  void set_password(std::string_view password, bool must_change = false) {
    CommitBatch batch = empty_batch();
    batch.credentials.push_back({to_string(user_.id), cheap_hash(password), must_change});
    batch.ended_users.push_back(to_string(user_.id));
    commit(batch);
  }
  CommitBatch empty_batch() {
    CommitBatch batch;
    batch.revision = stores_.store->head().revision + 1;
    batch.now_ms = 1;
    return batch;
  }
  void commit(const CommitBatch& batch) {
    ASSERT_TRUE(stores_.store->commit(batch));
    if (!batch.ended_users.empty()) parts_->sessions.ended_in_store(user_.id);
  }

  std::expected<SignedIn, AccountError> sign_in(std::string_view password,
                                                const SignInFrom& from = {.address = "1.1.1.1",
                                                                          .device_cookie = {},
                                                                          .session_token = {}}) {
    return parts_->accounts.sign_in("lingang", password, from);
  }
  bool is_signed_in(const std::string& token) {
    return parts_->sessions.find(token, machine_time_ms()).has_value();
  }

  struct Parts {
    Parts(AuthStore& store, const SessionLimits& limits)
        : sessions(store, limits),
          guard(store, {}),
          accounts(store, directory, sessions, guard, devices, hasher) {}
    Directory directory;
    Sessions sessions;
    SignInGuard guard;
    KnownDevices devices;
    PasswordHasher hasher;
    Accounts accounts;
  };

  const std::string password_ = "correct horse battery";
  SessionLimits limits_;
  TempFolder folder_;
  Stores stores_;
  std::unique_ptr<Parts> parts_;
  User user_;
};

}  // namespace yuanyue
