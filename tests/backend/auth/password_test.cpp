// Which passwords are refused: the common ones, what people make of them, and names of the park.
#include "backend/auth/password.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include "backend/auth/common_passwords.h"

namespace yuanyue {
namespace {

class PasswordTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_GE(sodium_init(), 0); }
};

using CommonPasswordTest = PasswordTest;
using NamesInPasswordTest = PasswordTest;

TEST_F(CommonPasswordTest, more_than_ten_thousand_are_known) {
  EXPECT_GE(common_password_count(), 10'000U);
}

TEST_F(CommonPasswordTest, those_that_everybody_tries_first_are_refused) {
  for (const char* password :
       {"1234567890",    "12345678910",  "0123456789", "9876543210",   "1111111111",   "qwertyuiop",
        "1qaz2wsx3edc",  "1q2w3e4r5t",   "password12", "password123",  "passw0rd123",  "admin12345",
        "administrator", "letmein1234",  "welcome123", "woaini1314",   "woaini520520", "a123456789",
        "abc1234567",    "qq123456789",  "yuanyue123", "basketball",   "manchester",   "motherlode",
        "123456789a",    "qazwsxedcrfv", "1029384756", "gfhjkmgfhjkm", "enterprise"}) {
    EXPECT_TRUE(password_problem(password, "somebody", {})) << password;
  }
}

TEST_F(CommonPasswordTest, what_is_made_of_them_to_please_a_rule_is_refused) {
  for (const char* password : {"P@ssw0rd2026", "Password!!!", "$unshine2026", "dragon20261126",
                               "2026monkey!", "**letmein**", "QWERTYUIOP", "ＰＡＳＳＷＯＲＤ１２",
                               "iloveyou!!", "m1chael1999", "Shad0w12345"}) {
    EXPECT_TRUE(password_problem(password, "somebody", {})) << password;
  }
  for (const char* password : {"abcabcabcabc", "passwordpassword", "zzzzzzzzzzzz", "xkqxkqxkq123",
                               "abcdefghijkl", "zyxwvutsrq", "8901234567"}) {
    EXPECT_TRUE(is_common_password(password)) << password;
  }
}

TEST_F(CommonPasswordTest, others_are_taken) {
  for (const char* password :
       {"correct horse battery", "落霞与孤鹜齐飞，秋水", "tr0ub4dor&3-kite", "7193-horse-88421",
        "vLq8-x2mZ-p", "ottersswimatdawn", "lichen.on.a.roof"}) {
    EXPECT_FALSE(password_problem(password, "somebody", {})) << password;
  }
}

const std::vector<std::string> names = {"wanglihua",
                                        "王丽华",
                                        "临港新能源动力电池系统（上海）有限公司",
                                        "91310115MA1KQDMQ34",
                                        "王女士 021-5555 0101",
                                        "lingang",
                                        "上海临港产业园",
                                        "Lingang Industrial Park"};

TEST_F(NamesInPasswordTest, names_of_park_hall_enterprise_and_person_count_for_nothing) {
  for (const char* password :
       {"lingang-2026", "LINGANG2026!!", "临港产业园2026年", "上海临港新能源动力电池",
        "91310115ma1kqdmq34", "mA1KqDmQ34-1", "021-5555 0101", "王丽华王女士2026",
        "industrialpark9", "Ｌｉｎｇａｎｇ-2026"}) {
    EXPECT_TRUE(password_problem(password, "somebody", names)) << password;
  }
}

TEST_F(NamesInPasswordTest, enough_beside_them_is_enough) {
  for (const char* password : {"sparkling-river-9", "lingang beneath the moon",
                               "落霞与孤鹜齐飞于上海临港", "battery-horse-wang"}) {
    EXPECT_FALSE(password_problem(password, "somebody", names)) << password;
  }
  EXPECT_FALSE(password_problem("lingang-2026xy", "somebody", {})) << "elsewhere it is no name";
}

}  // namespace
}  // namespace yuanyue
