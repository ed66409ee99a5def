// docs/rules.md "Permissions": an enterprise sees its own rows and the public block counters.
#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waiting_place.h"
#include "core/catalog/calendar_year.h"
#include "core/kernel/domain.h"
#include "core/kernel/ledger.h"
#include "core/kernel/row.h"
#include "core/messages/notification.h"
#include "core/people/grants.h"
#include "core/people/user.h"
#include "tests/core/support/park.h"

namespace yuanyue::worlds {
namespace {

struct Line {
  AnyRow row;
  std::array<bool, 3> seen_by;  // its member, another member, an administrator
};

template <class RowType>
RowType owned() {
  RowType row;
  row.enterprise = alpha.enterprise;
  return row;
}

bool is_among(const User& user, const Audiences& audiences) {
  const auto own = audiences_for(user);
  return std::ranges::any_of(audiences, [&](const Audience& audience) {
    return std::ranges::find(own, audience) != own.end();
  });
}
bool sees(const User& user, const LedgerEntry& entry) {
  return is_among(user, audiences_of(entry));
}
bool sees(const User& user, const RowRef& row) {
  return is_among(user, audiences_of(State(), row));
}

TEST(Visibility, EveryRowForEveryReader) {
  const User its_member = user_row(alpha, 1);
  const User another = user_row(beta, 2);
  const User admin = administrator_row();
  const Line lines[] = {
      {OfficialYear{}, {true, true, true}},
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
      {owned<WaitingPlace>(), {true, false, true}},
      {owned<Notification>(), {true, false, true}},
  };
  std::set<std::string_view> seen;
  for (const Line& line : lines) {
    const std::string_view name = line.row.type().name;
    seen.insert(name);
    EXPECT_EQ(sees(its_member, line.row), line.seen_by[0]) << name;
    EXPECT_EQ(sees(another, line.row), line.seen_by[1]) << name;
    EXPECT_EQ(sees(admin, line.row), line.seen_by[2]) << name;
  }
  for (const RowTypeBase* type : known_domains().rows()) {
    EXPECT_TRUE(seen.contains(type->name)) << "no line says who sees " << type->name;
  }
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
  EXPECT_FALSE(sees(colleague, AnyRow(user_row(alpha, 1))));
}

// The store and the change hub know audiences by these names.
TEST(Visibility, AudiencesHaveNames) {
  const std::string id = to_string(uuid(0xA0, 1));
  EXPECT_EQ(to_string(Audience{&everyone_kind, {}}), "everyone");
  EXPECT_EQ(to_string(Audience{&administrators_kind, {}}), "administrators");
  EXPECT_EQ(to_string(Audience{&enterprise_kind, uuid(0xA0, 1)}), "enterprise:" + id);
  EXPECT_EQ(to_string(Audience{&user_kind, uuid(0xA0, 1)}), "user:" + id);
}

}  // namespace
}  // namespace yuanyue::worlds
