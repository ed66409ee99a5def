// domain.md "Permissions": an enterprise sees its own rows and the public block counters.
#include "core/domains/visibility.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "tests/core/support/park.h"

namespace yuanyue::worlds {
namespace {

struct Line {
  Row row;
  std::array<bool, 3> seen_by;  // its member, another member, an administrator
};

template <class RowType>
RowType owned() {
  RowType row;
  row.enterprise = alpha.enterprise;
  return row;
}

template <class Thing>
bool sees(const User& user, const Thing& thing) {
  const auto own = audiences_for(user);
  return std::ranges::any_of(audiences_of(thing), [&](const Audience& audience) {
    return std::ranges::find(own, audience) != own.end();
  });
}

TEST(Visibility, EveryRowForEveryReader) {
  const User its_member = user_row(alpha, 1);
  const User another = user_row(beta, 2);
  const User admin = administrator_row();
  const Line lines[] = {
      {CalendarYear{}, {true, true, true}},
      {Park{}, {true, true, true}},
      {Hall{}, {true, true, true}},
      {Department{}, {true, true, true}},
      {Service{}, {true, true, true}},
      {BlockOverride{}, {true, true, true}},
      {enterprise_row(alpha, 1), {true, false, true}},
      {its_member, {true, false, true}},
      {Block{}, {true, true, true}},
      {owned<Booking>(), {true, false, true}},
      {owned<WaitlistEntry>(), {true, false, true}},
      {owned<Offer>(), {true, false, true}},
      {owned<Notification>(), {true, false, true}},
  };
  std::array<bool, std::variant_size_v<Row>> seen{};
  for (const Line& line : lines) {
    seen[line.row.index()] = true;
    EXPECT_EQ(sees(its_member, line.row), line.seen_by[0]) << line.row.index();
    EXPECT_EQ(sees(another, line.row), line.seen_by[1]) << line.row.index();
    EXPECT_EQ(sees(admin, line.row), line.seen_by[2]) << line.row.index();
  }
  EXPECT_TRUE(std::ranges::all_of(seen, [](bool each) { return each; }));
}

TEST(Visibility, ALedgerEntryBelongsToItsEnterpriseOrToAdministration) {
  LedgerEntry entry;
  EXPECT_FALSE(sees(user_row(alpha, 1), entry));
  EXPECT_TRUE(sees(administrator_row(), entry));
  entry.enterprise = alpha.enterprise;
  EXPECT_TRUE(sees(user_row(alpha, 1), entry));
  EXPECT_FALSE(sees(user_row(beta, 2), entry));
}

TEST(Visibility, ADisabledUserSeesNothing) {
  User user = user_row(alpha, 1);
  user.disabled = true;
  EXPECT_TRUE(audiences_for(user).empty());
}

TEST(Visibility, AColleagueDoesNotSeeAnAccount) {
  User colleague = user_row(alpha, 1);
  colleague.id = UserId(uuid(5, 1));
  EXPECT_FALSE(sees(colleague, Row(user_row(alpha, 1))));
}

// The store and the change hub know audiences by these names.
TEST(Visibility, AudiencesHaveNames) {
  const std::string id = to_string(uuid(0xA0, 1));
  EXPECT_EQ(to_string(Audience{AudienceKind::everyone, {}}), "everyone");
  EXPECT_EQ(to_string(Audience{AudienceKind::administrators, {}}), "administrators");
  EXPECT_EQ(to_string(Audience{AudienceKind::enterprise, uuid(0xA0, 1)}), "enterprise:" + id);
  EXPECT_EQ(to_string(Audience{AudienceKind::user, uuid(0xA0, 1)}), "user:" + id);
}

}  // namespace
}  // namespace yuanyue::worlds
