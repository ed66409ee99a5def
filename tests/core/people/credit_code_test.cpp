// The code of GB 32100-2015.
#include "core/people/credit_code.h"

#include <gtest/gtest.h>

namespace yuanyue::worlds {
namespace {

TEST(CreditCode, IsCheckedByGb32100) {
  struct Line {
    const char* code;
    CreditCodeCheck check;
  };
  const Line lines[] = {
      {"91350100M000100Y43", CreditCodeCheck::ok},            // the example of the standard
      {"91350100M000100Y44", CreditCodeCheck::bad_checksum},  //
      {"91350100M00010Y043", CreditCodeCheck::bad_checksum},  //
      {"91350100M000100Y4", CreditCodeCheck::malformed},      // short
      {"91350100M000100Y430", CreditCodeCheck::malformed},    // long
      {"91350100M000100I43", CreditCodeCheck::malformed},     // I is not of the alphabet
      {"91350100m000100y43", CreditCodeCheck::malformed},     // small letters
      {"91350100M000100Y4O", CreditCodeCheck::malformed},     //
      {"", CreditCodeCheck::malformed},
  };
  for (const Line& line : lines) EXPECT_EQ(check_credit_code(line.code), line.check) << line.code;
}

}  // namespace
}  // namespace yuanyue::worlds
