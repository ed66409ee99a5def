// docs/rules.md "Permissions": who sees which rows.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
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
#include "core/people/people_tables.h"
#include "core/people/user.h"
#include "tests/core/support/park.h"

namespace yuanyue::worlds {
namespace {

// Somebody who may look at rows; without an account: nobody whom the server knows.
struct Reader {
  std::string_view name;
  std::optional<User> account;
};

User of_alpha(std::uint64_t number) {
  User user = user_row(alpha, number);
  user.id = UserId(uuid(5, number));
  return user;
}
User disabled(User user) {
  user.disabled = true;
  return user;
}

// In the order of a line's columns.
std::array<Reader, 8> readers() {
  return {{{"an administrator", administrator_row()},
           {"a disabled administrator", disabled(administrator_row())},
           {"the user itself", user_row(alpha, 1)},
           {"another user of its enterprise", of_alpha(2)},
           {"a disabled user of its enterprise", disabled(of_alpha(3))},
           {"a member of another enterprise", user_row(beta, 2)},
           {"a visitor", std::nullopt},
           {"the system", std::nullopt}}};
}

// A row, and who sees it: one sign a reader, '+' or '-'.
struct Line {
  AnyRow row;
  std::string_view seen;
};
constexpr std::string_view everybody_signed_in = "+-++-+--";
constexpr std::string_view its_enterprise = "+-++----";
constexpr std::string_view its_user = "+-+-----";
constexpr std::string_view administrators_only = "+-------";

// A row that says whose it is: alpha's, of which "the user itself" is one.
template <class Row>
Row of_its_enterprise() {
  Row row;
  row.enterprise = alpha.enterprise;
  return row;
}

// A type that is new gets a line here, and one in rights_oracle.cpp.
std::vector<Line> lines() {
  return {
      {OfficialYear{}, everybody_signed_in},
      {Park{}, everybody_signed_in},
      {Hall{}, everybody_signed_in},
      {Department{}, everybody_signed_in},
      {Service{}, everybody_signed_in},
      {enterprise_row(alpha, 1), its_enterprise},
      {user_row(alpha, 1), its_user},
      {administrator_row(), administrators_only},
      {BlockOverride{}, everybody_signed_in},
      {Block{}, everybody_signed_in},
      {of_its_enterprise<Booking>(), its_enterprise},
      {of_its_enterprise<WaitlistEntry>(), its_enterprise},
      {of_its_enterprise<Offer>(), its_enterprise},
      {of_its_enterprise<WaitingPlace>(), its_enterprise},
      {of_its_enterprise<Notification>(), its_enterprise},
  };
}

// As the server answers a pull: by the account's own row.
bool sees(const Reader& reader, const Audiences& audiences) {
  if (!reader.account) return false;
  const auto own = audiences_for(*reader.account);
  return std::ranges::any_of(audiences, [&](const Audience& audience) {
    return std::ranges::find(own, audience) != own.end();
  });
}
bool sees(const Reader& reader, const RowRef& row) {
  return sees(reader, audiences_of(State(), row));
}

TEST(Visibility, EveryRowForEveryReader) {
  std::set<std::string_view> named;
  for (const Line& line : lines()) {
    const std::string_view type = line.row.type().name;
    named.insert(type);
    ASSERT_EQ(line.seen.size(), readers().size()) << type << ": a sign for each reader";
    for (std::size_t i = 0; i < readers().size(); ++i) {
      const bool should = line.seen[i] == '+';
      EXPECT_EQ(sees(readers()[i], line.row), should)
          << readers()[i].name << (should ? " must see a " : " must not see a ") << type;
    }
  }
  for (const RowTypeBase* type : known_domains().rows()) {
    EXPECT_TRUE(named.contains(type->name))
        << "no line of this table says who sees a " << type->name << ": add one to lines()";
  }
}

TEST(Visibility, EveryRoleIsAmongTheReaders) {
  for (std::size_t role = 0; role < wire::role_names.size(); ++role) {
    EXPECT_TRUE(std::ranges::any_of(readers(),
                                    [&](const Reader& reader) {
                                      return reader.account && !reader.account->disabled &&
                                             reader.account->role == static_cast<Role>(role);
                                    }))
        << "no column of this table is a " << wire::role_names[role] << ": add one to readers()";
  }
}

TEST(Visibility, ALedgerEntryBelongsToItsEnterpriseOrToAdministration) {
  LedgerEntry entry;
  const auto expect = [&](std::string_view seen) {
    for (std::size_t i = 0; i < readers().size(); ++i)
      EXPECT_EQ(sees(readers()[i], audiences_of(entry)), seen[i] == '+') << readers()[i].name;
  };
  expect(administrators_only);
  entry.enterprise = alpha.enterprise;
  expect(its_enterprise);
}

TEST(Visibility, ADisabledUserSeesNothing) {
  EXPECT_TRUE(audiences_for(disabled(user_row(alpha, 1))).empty());
  EXPECT_TRUE(audiences_for(disabled(administrator_row())).empty());
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
