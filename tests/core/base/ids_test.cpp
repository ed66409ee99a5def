#include "core/base/ids.h"

#include <set>

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

TEST(Ids, UuidsGoBothWaysInExactlyOneForm) {
  const Uuid id{0x0123456789abcdefULL, 0xfedcba9876543210ULL};
  EXPECT_EQ(to_string(id), "01234567-89ab-cdef-fedc-ba9876543210");
  EXPECT_EQ(parse_uuid(to_string(id)), id);
  for (const char* text :
       {"", "01234567-89AB-cdef-fedc-ba9876543210", "0123456789abcdeffedcba9876543210",
        "01234567-89ab-cdef-fedc-ba987654321", "01234567-89ab-cdef-fedc-ba98765432100",
        "0123456-789ab-cdef-fedc-ba9876543210", "g1234567-89ab-cdef-fedc-ba9876543210",
        "00000000-0000-0000-0000-000000000000"}) {
    EXPECT_FALSE(parse_uuid(text)) << text;
  }
}

TEST(Ids, DerivedIdsAreNeverNoneAndDiffer) {
  const Uuid base{1, 2};
  std::set<Uuid> seen{base};
  for (std::uint64_t n = 0; n < 10'000; ++n) {
    const Uuid id = derive(base, n);
    EXPECT_TRUE(id);
    EXPECT_TRUE(seen.insert(id).second) << n;
    EXPECT_EQ(derive(base, n), id);
  }
  EXPECT_NE(derive({1, 2}, 0), derive({2, 1}, 0));
}

TEST(Ids, TimeOrderedIdsAreUuidsOfVersionSevenInTheOrderOfTime) {
  const Uuid random{0xffffffffffffffffULL, 0xffffffffffffffffULL};
  // The time of the RFC's own example: 2022-02-22 14:22:22 in New York.
  EXPECT_EQ(to_string(time_ordered(random, 1'645'557'742'000)),
            "017f22e2-79b0-7fff-bfff-ffffffffffff");
  EXPECT_EQ(to_string(time_ordered({}, 0)), "00000000-0000-7000-8000-000000000000");
  EXPECT_LT(time_ordered(random, 1'000), time_ordered({}, 1'001));
}

TEST(Ids, DerivedIdsLieBesideTheirBase) {
  const Uuid base = time_ordered({3, 4}, 1'645'557'742'000);
  for (std::uint64_t n = 0; n < 100; ++n) {
    EXPECT_EQ(to_string(derive(base, n)).substr(0, 15), "017f22e2-79b0-7");
    EXPECT_EQ(derive(base, n).low >> 62, 2U);
  }
}

TEST(Ids, SlugsAreShortLowerCaseNames) {
  for (const char* text : {"a", "hall-1", "9", "abcdefghijklmnopqrstuvw"}) {
    const auto slug = parse_slug(text);
    ASSERT_TRUE(slug) << text;
    EXPECT_EQ(slug->view(), text);
  }
  for (const char* text : {"", "-a", "A", "a_b", "a b", "大厅", "abcdefghijklmnopqrstuvwx"}) {
    EXPECT_FALSE(parse_slug(text)) << text;
  }
  EXPECT_FALSE(SlugText{});
}

}  // namespace
}  // namespace yuanyue
