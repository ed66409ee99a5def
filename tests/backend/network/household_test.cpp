#include "backend/network/household.h"

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

TEST(HouseholdTest, has_one_address_of_version_4_and_64_bits_of_version_6) {
  EXPECT_EQ(household_of("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(household_of("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(household_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(household_of("2001:DB8:1:2::9"), "2001:db8:1:2::/64");
  EXPECT_EQ(household_of("2001:db8:1:3::9"), "2001:db8:1:3::/64");
  EXPECT_EQ(household_of("::1"), "::/64");
  EXPECT_EQ(household_of("no address"), "no address");
  EXPECT_EQ(household_of(""), "");
}

}  // namespace
}  // namespace yuanyue
