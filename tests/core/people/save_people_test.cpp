// Which enterprises and accounts administrators may save.
#include <functional>

#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/base/visible_text.h"
#include "core/people/accounts.h"
#include "core/people/credit_code.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "core/people/user.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

TEST(SaveEnterprise, NeedsANameAndACodeOfItsOwn) {
  TestWorld world;
  Enterprise row = enterprise_row(member(50), 50);
  const auto code = [&](auto change) {
    Enterprise changed = row;
    change(changed);
    return world.administer(SaveEnterprise{changed}).code();
  };
  EXPECT_EQ(code([](Enterprise& e) { e.id = {}; }), refusals::invalid);
  EXPECT_EQ(code([](Enterprise& e) { e.name = ""; }), refusals::invalid);
  EXPECT_EQ(code([](Enterprise& e) { e.credit_code = "123"; }), refusals::invalid);
  EXPECT_EQ(code([](Enterprise& e) { e.credit_code = credit_code(1); }), refusals::already_exists);
  // A wrong check character is somebody's real number, badly issued: kept, with a warning
  // elsewhere.
  EXPECT_EQ(
      code([](Enterprise& e) { e.credit_code.back() = e.credit_code.back() == 'X' ? 'Y' : 'X'; }),
      accepted);
  EXPECT_EQ(code([](Enterprise&) {}), accepted);
}

TEST(SaveUser, BelongsToAnEnterpriseExactlyWhenAMember) {
  TestWorld world;
  const User row = user_row(alpha, 60);
  const auto code = [&](auto change) {
    User changed = row;
    changed.id = UserId(uuid(5, 60));
    change(changed);
    return world.execute(console, SaveUser{changed}).code();
  };
  EXPECT_EQ(code([](User& u) { u.id = {}; }), refusals::invalid);
  EXPECT_EQ(code([](User& u) { u.name = "ab"; }), refusals::invalid);
  EXPECT_EQ(code([](User& u) { u.name = "Capital"; }), refusals::invalid);
  EXPECT_EQ(code([](User& u) { u.name = "member-1"; }), refusals::already_exists);
  EXPECT_EQ(code([](User& u) { u.enterprise = {}; }), refusals::invalid);
  EXPECT_EQ(code([](User& u) { u.enterprise = EnterpriseId(uuid(5, 5)); }), refusals::invalid);
  EXPECT_EQ(code([](User& u) { u.role = Role::administrator; }), refusals::invalid);
  // Regression: an administrator could belong to an enterprise that does not exist.
  EXPECT_EQ(code([](User& u) {
              u.role = Role::administrator;
              u.enterprise = EnterpriseId(uuid(5, 5));
            }),
            refusals::invalid);
  EXPECT_EQ(code([](User&) {}), accepted);
  EXPECT_EQ(user_by_name(world.state(), "member-60"), UserId(uuid(5, 60)));
}

// Somebody named like another enterprise's code would sign in where that enterprise types it.
TEST(SaveUser, ANameOfTheFormOfACreditCodeIsItsOwnEnterprises) {
  TestWorld world;
  User user = user_row(alpha, 60);
  user.id = UserId(uuid(5, 60));
  const auto code = [&](const std::string& name, Role role = Role::member) {
    User changed = user;
    changed.name = name;
    changed.role = role;
    if (role == Role::administrator) changed.enterprise = {};
    return world.execute(console, SaveUser{changed}).code();
  };
  const std::string own = account_name_of(world.state().find(alpha.enterprise)->credit_code);
  const std::string others = account_name_of(world.state().find(beta.enterprise)->credit_code);
  const std::string nobodys = account_name_of(credit_code(77));
  EXPECT_EQ(code(others), refusals::invalid);
  EXPECT_EQ(code(nobodys), refusals::invalid);
  EXPECT_EQ(code(others, Role::administrator), refusals::invalid);
  EXPECT_EQ(code(own, Role::administrator), refusals::invalid);
  EXPECT_EQ(code(own), accepted);
  EXPECT_EQ(code("abcdefghijklmnopqr"), accepted) << "i and o stand in no code";
}

TEST(SaveEnterprise, ACodeThatSomebodyElseSignsInWithIsRefused) {
  TestWorld world;
  Enterprise row = enterprise_row(member(50), 50);
  User stranger = user_row(beta, 61);
  stranger.id = UserId(uuid(5, 61));
  stranger.name = account_name_of(row.credit_code);
  world.put(stranger);  // of a time when such a name was taken
  EXPECT_EQ(world.administer(SaveEnterprise{row}).code(), refusals::already_exists);
}

TEST(SaveEnterprise, TheAccountNamedByTheCodeFollowsIt) {
  TestWorld world;
  Enterprise row = *world.state().find(alpha.enterprise);
  User account = user_row(alpha, 62);
  account.id = UserId(uuid(5, 62));
  account.name = account_name_of(row.credit_code);
  ASSERT_EQ(world.execute(console, SaveUser{account}).code(), accepted);
  const std::string old_name = account.name;
  row.credit_code = credit_code(78);
  ASSERT_EQ(world.administer(SaveEnterprise{row}).code(), accepted);
  EXPECT_EQ(user_by_name(world.state(), old_name), std::nullopt);
  EXPECT_EQ(user_by_name(world.state(), account_name_of(credit_code(78))), account.id);
  // The old code is free for others.
  Enterprise other = enterprise_row(member(50), 50);
  other.credit_code = ascii_upper(old_name);
  EXPECT_EQ(world.administer(SaveEnterprise{other}).code(), accepted);
}

TEST(SaveUser, TheLastAdministratorWhoCanSignInStays) {
  TestWorld world;
  const User only = administrator_row();
  const auto save = [&](const Actor& who, auto change) {
    User changed = *world.state().find(only.id);
    change(changed);
    return world.execute(who, SaveUser{changed}).code();
  };
  const auto disable = [](User& user) { user.disabled = true; };
  const auto demote = [](User& user) {
    user.role = Role::member;
    user.enterprise = alpha.enterprise;
  };
  for (const Actor& who : {Actor{ActorKind::user, only.id}, Actor{ActorKind::console, {}}}) {
    EXPECT_EQ(save(who, disable), refusals::last_administrator);
    EXPECT_EQ(save(who, demote), refusals::last_administrator);
    EXPECT_EQ(save(who, [](User& user) { user.display_name = "值班"; }), accepted);
  }
  User second = only;
  second.id = UserId(uuid(5, 63));
  second.name = "second-admin";
  second.disabled = true;
  EXPECT_EQ(world.administer(SaveUser{second}).code(), refusals::not_permitted)
      << "it would have no password";
  ASSERT_EQ(world.execute(console, SaveUser{second}).code(), accepted);
  EXPECT_EQ(save(admin_actor, disable), refusals::last_administrator);
  second.disabled = false;
  ASSERT_EQ(world.administer(SaveUser{second}).code(), accepted);
  EXPECT_EQ(save(admin_actor, demote), accepted);
  second.disabled = true;
  EXPECT_EQ(world.execute(Actor{ActorKind::user, second.id}, SaveUser{second}).code(),
            refusals::last_administrator);
}

// Two names are swapped over a third; each step leaves every name where it belongs.
TEST(SaveUser, NamesAreSwappedOverAThird) {
  TestWorld world;
  const auto rename = [&](const UserId& id, const std::string& name) {
    User changed = *world.state().find(id);
    changed.name = name;
    return world.administer(SaveUser{changed}).code();
  };
  ASSERT_EQ(rename(alpha.user, "between"), accepted);
  ASSERT_EQ(rename(beta.user, "member-1"), accepted);
  ASSERT_EQ(rename(alpha.user, "member-2"), accepted);
  EXPECT_EQ(user_by_name(world.state(), "member-1"), beta.user);
  EXPECT_EQ(user_by_name(world.state(), "member-2"), alpha.user);
  EXPECT_EQ(user_by_name(world.state(), "between"), std::nullopt);
}

// Every order of four changes of names, codes and rights that three people and two enterprises can
// see.
class PeopleInEveryOrder {
 public:
  PeopleInEveryOrder() {
    for (const AnyRow& row : park_rows()) state_.put(row);
    const std::string codes[] = {credit_code(1), credit_code(77)};
    for (const UserId& id : {alpha.user, beta.user, administrator}) {
      for (const std::string& name : {std::string("member-1"), std::string("third"),
                                      account_name_of(codes[0]), account_name_of(codes[1])}) {
        commands_.push_back([id, name](const State& state) -> AnyCommand {
          User row = *state.find(id);
          row.name = name;
          return SaveUser{row};
        });
      }
      commands_.push_back([id](const State& state) -> AnyCommand {
        User row = *state.find(id);
        row.disabled = !row.disabled;
        return SaveUser{row};
      });
    }
    for (const EnterpriseId& id : {alpha.enterprise, beta.enterprise}) {
      for (const std::string& code : codes) {
        commands_.push_back([id, code](const State& state) -> AnyCommand {
          Enterprise row = *state.find(id);
          row.credit_code = code;
          return SaveEnterprise{row};
        });
      }
    }
  }

  int explore(int depth) {
    if (depth == 0) return 0;
    int taken = 0;
    for (const auto& command : commands_) {
      const auto outcome = execute(
          state_, {CommandId(uuid(7, ++ids_)), console, at("2026-11-02 09:00"), command(state_)});
      if (!outcome) continue;
      check();
      taken += 1 + explore(depth - 1);
      revert(state_, *outcome);
    }
    return taken;
  }

 private:
  void check() const {
    int administrators = 0;
    state_.for_each<User>([&](const User& user) {
      EXPECT_EQ(user_by_name(state_, user.name), user.id) << user.name << " is lost";
      administrators += user.role == Role::administrator && !user.disabled ? 1 : 0;
      if (const auto code = credit_code_in_name(user.name)) {
        const Enterprise* own = state_.find(user.enterprise);
        EXPECT_TRUE(own != nullptr && own->credit_code == *code) << user.name << " is another's";
      }
    });
    EXPECT_GT(administrators, 0);
    state_.for_each<Enterprise>([&](const Enterprise& row) {
      EXPECT_EQ(enterprise_by_credit_code(state_, row.credit_code), row.id) << row.credit_code;
    });
  }

  State state_;
  std::vector<std::function<AnyCommand(const State&)>> commands_;
  std::uint64_t ids_ = 0;
};

TEST(SaveUser, NamesCodesAndTheAdministratorStayRightInEveryOrder) {
  PeopleInEveryOrder people;
  EXPECT_GT(people.explore(4), 5'000);
}

}  // namespace
}  // namespace yuanyue::worlds
