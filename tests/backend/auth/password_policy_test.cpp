#include <set>

#include <gtest/gtest.h>

#include "backend/auth/password.h"

namespace yuanyue {
namespace {

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

}  // namespace
}  // namespace yuanyue
