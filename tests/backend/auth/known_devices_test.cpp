#include "backend/auth/known_devices.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include "backend/store/sqlite_stores.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

constexpr std::int64_t day = 24LL * 60 * 60 * 1000;
constexpr std::int64_t now = 20'000 * day;

UserId user(std::uint64_t n) { return UserId({1, n}); }

class KnownDevicesTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_GE(sodium_init(), 0); }
  KnownDevices devices_;
};

TEST_F(KnownDevicesTest, a_device_is_known_to_those_who_signed_in_on_it_and_to_nobody_else) {
  const std::string first = devices_.remember("", user(1), now);
  EXPECT_FALSE(devices_.recognise(first, user(1), now).empty());
  EXPECT_TRUE(devices_.recognise(first, user(2), now).empty());
  const std::string both = devices_.remember(first, user(2), now);
  EXPECT_EQ(devices_.recognise(both, user(1), now), devices_.recognise(first, user(1), now));
  EXPECT_FALSE(devices_.recognise(both, user(2), now).empty());
}

TEST_F(KnownDevicesTest, signing_in_again_keeps_its_id_and_renews_it) {
  const std::string first = devices_.remember("", user(1), now);
  const std::string again = devices_.remember(first, user(1), now + 100 * day);
  EXPECT_EQ(again.size(), first.size()) << "one entry of each account";
  EXPECT_EQ(devices_.recognise(again, user(1), now), devices_.recognise(first, user(1), now));
  EXPECT_TRUE(devices_.recognise(first, user(1), now + 181 * day).empty());
  EXPECT_FALSE(devices_.recognise(again, user(1), now + 181 * day).empty());
}

TEST_F(KnownDevicesTest, nobody_can_make_or_change_one) {
  const std::string good = devices_.remember("", user(1), now);
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = changed[i] == '0' ? '1' : '0';
    EXPECT_TRUE(devices_.recognise(changed, user(1), now).empty()) << i;
  }
  EXPECT_TRUE(devices_.recognise(KnownDevices().remember("", user(1), now), user(1), now).empty());
  for (const char* rubbish : {"", ".", "....", "abc", "00000000000000000000000000"}) {
    EXPECT_TRUE(devices_.recognise(rubbish, user(1), now).empty());
  }
}

TEST_F(KnownDevicesTest, the_cookie_of_a_shared_computer_stays_short) {
  std::string cookie;
  for (std::uint64_t n = 1; n <= 100; ++n) cookie = devices_.remember(cookie, user(n), now);
  EXPECT_LT(cookie.size(), 500U);
  EXPECT_FALSE(devices_.recognise(cookie, user(93), now).empty()) << "the last eight";
  EXPECT_TRUE(devices_.recognise(cookie, user(92), now).empty());
}

TEST_F(KnownDevicesTest, a_restart_knows_them_still) {
  TempFolder folder;
  std::string cookie;
  for (int start = 0; start < 2; ++start) {
    const auto stores = open_sqlite_stores({.path = folder.file("yuanyue.db")});
    KnownDevices devices;
    ASSERT_TRUE(devices.load(*stores->auth));
    if (start == 0) cookie = devices.remember("", user(1), now);
    EXPECT_FALSE(devices.recognise(cookie, user(1), now).empty());
  }
}

}  // namespace
}  // namespace yuanyue
