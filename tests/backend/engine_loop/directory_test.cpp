// Who is meant by what is typed at the sign-in, through every order in which rows can change.
#include "backend/engine_loop/directory.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

constexpr std::string_view code_one = "91310115MA1KQDMQ34";
constexpr std::string_view code_two = "91310000MA1FL0LD0X";

Enterprise enterprise(std::uint64_t n, std::string_view code) {
  return {.id = EnterpriseId({1, n}),
          .name = "企业" + std::to_string(n),
          .credit_code = std::string(code)};
}

User user(std::uint64_t n, std::string_view name, std::uint64_t enterprise = 0) {
  User row{.id = UserId({2, n}), .name = std::string(name)};
  if (enterprise != 0) row.enterprise = EnterpriseId({1, enterprise});
  return row;
}

// The number of the user who signs in, 0 for nobody.
std::uint64_t signing_in(const Directory& directory, std::string_view name) {
  const auto found = directory.user_signing_in(name);
  return found ? found->id.low : 0;
}

TEST(DirectoryTest, two_names_swapped_in_one_commit_are_both_kept) {
  for (const bool first_comes_first : {true, false}) {
    Directory directory;
    directory.load({enterprise(1, code_one), user(1, "one", 1), user(2, "two", 1)});
    std::vector<AnyRow> swapped{user(1, "two", 1), user(2, "one", 1)};
    if (!first_comes_first) std::ranges::reverse(swapped);
    directory.put(swapped);
    EXPECT_EQ(signing_in(directory, "one"), 2U);
    EXPECT_EQ(signing_in(directory, "two"), 1U);
  }
}

TEST(DirectoryTest, a_name_that_passes_on_belongs_to_the_new_bearer) {
  for (const bool giver_comes_first : {true, false}) {
    Directory directory;
    directory.load({user(1, "clerk"), user(2, "other")});
    std::vector<AnyRow> rows{user(1, "retired"), user(2, "clerk")};
    if (!giver_comes_first) std::ranges::reverse(rows);
    directory.put(rows);
    EXPECT_EQ(signing_in(directory, "Clerk"), 2U);
    EXPECT_EQ(signing_in(directory, "RETIRED"), 1U);
    EXPECT_EQ(signing_in(directory, "other"), 0U);
  }
}

TEST(DirectoryTest, two_codes_swapped_in_one_commit_are_both_kept) {
  for (const bool first_comes_first : {true, false}) {
    Directory directory;
    directory.load(
        {enterprise(1, code_one), enterprise(2, code_two), user(1, "one", 1), user(2, "two", 2)});
    std::vector<AnyRow> swapped{enterprise(1, code_two), enterprise(2, code_one)};
    if (!first_comes_first) std::ranges::reverse(swapped);
    directory.put(swapped);
    EXPECT_EQ(signing_in(directory, code_one), 2U);
    EXPECT_EQ(signing_in(directory, code_two), 1U);
  }
}

TEST(DirectoryTest, a_code_means_its_own_enterprise_whoever_bears_it_as_a_name) {
  Directory directory;
  directory.load({enterprise(1, code_one), enterprise(2, code_two), user(1, "one", 1),
                  user(2, "91310115ma1kqdmq34", 2)});
  EXPECT_EQ(signing_in(directory, code_one), 1U);
  EXPECT_EQ(signing_in(directory, code_two), 2U);
  directory.put({user(3, "three", 1), user(1, "one", 1)});
  EXPECT_EQ(signing_in(directory, "one"), 1U);
  EXPECT_EQ(signing_in(directory, "three"), 3U);
}

TEST(DirectoryTest, a_code_goes_on_meaning_the_first_account_that_can_sign_in) {
  Directory directory;
  directory.load({enterprise(1, code_one), user(2, "second", 1), user(1, "first", 1)});
  EXPECT_EQ(signing_in(directory, code_one), 1U);
  directory.put({user(3, "third", 1)});
  EXPECT_EQ(signing_in(directory, code_one), 1U);
  User left = user(1, "first", 1);
  left.disabled = true;
  directory.put({left});
  EXPECT_EQ(signing_in(directory, code_one), 2U);
  directory.put({user(4, "91310115ma1kqdmq34", 1)});
  EXPECT_EQ(signing_in(directory, code_one), 4U) << "the account of that name";
}

TEST(DirectoryTest, a_name_is_found_as_an_input_method_writes_it) {
  Directory directory;
  directory.load({enterprise(1, code_one), user(1, "one", 1), user(2, "two", 1)});
  EXPECT_EQ(signing_in(directory, "\xE3\x80\x80ｏｎｅ "), 1U);
  EXPECT_EQ(signing_in(directory, "ＴＷＯ"), 2U);
  directory.load({enterprise(1, code_one), user(1, "one", 1)});
  EXPECT_EQ(signing_in(directory, "９１３１０１１５ＭＡ１ＫＱＤＭＱ３４"), 1U);
}

TEST(DirectoryTest, members_are_not_counted_twice_when_a_row_changes) {
  Directory directory;
  directory.load({enterprise(1, code_one), user(1, "one", 1)});
  directory.put({user(1, "one", 1)});
  directory.put({user(1, "uno", 1)});
  EXPECT_EQ(signing_in(directory, code_one), 1U);
}

TEST(DirectoryTest, what_is_loaded_takes_the_place_of_all_that_was_known) {
  Directory directory;
  directory.load({enterprise(1, code_one), user(1, "one", 1)});
  directory.load({enterprise(2, code_two), user(2, "two", 2)});
  EXPECT_EQ(signing_in(directory, "one"), 0U);
  EXPECT_EQ(signing_in(directory, code_one), 0U);
  EXPECT_EQ(signing_in(directory, code_two), 2U);
}

TEST(DirectoryTest, names_near_a_user_are_those_of_places_enterprise_and_person) {
  Directory directory;
  directory.load({enterprise(1, code_one),
                  Park{ParkId::of("lingang"), {"临港园区", "Lingang Park"}},
                  Hall{.id = HallId::of("main-hall"), .name = {"服务大厅", ""}}});
  User person = user(1, "wanglihua", 1);
  person.display_name = "王丽华";
  const auto names = directory.names_near(person);
  for (const std::string_view name : {"wanglihua", "王丽华", "企业1", "91310115MA1KQDMQ34",
                                      "lingang", "临港园区", "Lingang Park", "服务大厅"}) {
    EXPECT_NE(std::ranges::find(names, name), names.end()) << name;
  }
}

}  // namespace
}  // namespace yuanyue
