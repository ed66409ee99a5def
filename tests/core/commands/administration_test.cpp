// What administrators may save, and where a fault is said to be.
#include <functional>

#include <gtest/gtest.h>

#include "core/base/visible_text.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

// A whole catalog that is accepted; each line breaks one thing.
SaveCatalog whole_catalog() {
  return {.parks = {Park{park, {"经开区", ""}}},
          .halls = {hall_row()},
          .departments = {Department{department, park, {"资质认定科", ""}, ""}},
          .services = {licence_row()}};
}

struct Line {
  const char* field;
  std::function<void(SaveCatalog&)> break_it;
};

ServicePolicy& policy(SaveCatalog& catalog) { return catalog.services[0].policy; }
TemplateBlock& block_line(SaveCatalog& catalog) { return catalog.services[0].weekly[1]; }

TEST(SaveCatalog, SaysWhatIsWrongWhere) {
  using C = SaveCatalog;
  const Line lines[] = {
      {"parks[0].id", [](C& c) { c.parks[0].id = {}; }},
      {"parks[0].name.zh", [](C& c) { c.parks[0].name.zh = ""; }},
      {"halls[0].name.zh", [](C& c) { c.halls[0].name.zh = ""; }},
      {"halls[0].park", [](C& c) { c.halls[0].park = ParkId::of("none"); }},
      {"halls[0].schedule.weekly_hours[2]",
       [](C& c) {
         std::swap(c.halls[0].schedule.weekly_hours[2][0], c.halls[0].schedule.weekly_hours[2][1]);
       }},
      {"halls[0].schedule.weekly_hours[0]",
       [](C& c) { c.halls[0].schedule.weekly_hours[0][0].end = clock("13:30"); }},
      {"halls[0].schedule.closures",
       [](C& c) {
         c.halls[0].schedule.closures = {{day("2026-11-02"), ""}, {day("2026-11-02"), ""}};
       }},
      {"halls[0].schedule.extra_days",
       [](C& c) {
         c.halls[0].schedule.extra_days = {{day("2026-11-07"), {span("12:00", "12:00")}, ""}};
       }},
      {"departments[0].park", [](C& c) { c.departments[0].park = ParkId::of("none"); }},
      {"services[0].id", [](C& c) { c.services[0].id = {}; }},
      {"services[0].name.zh", [](C& c) { c.services[0].name.zh = ""; }},
      {"services[0].hall", [](C& c) { c.services[0].hall = HallId::of("none"); }},
      {"services[0].department", [](C& c) { c.services[0].department = {}; }},
      {"services[0].statutory_business_days",
       [](C& c) { c.services[0].statutory_business_days = -1; }},
      {"services[0].policy.notice.business_days",
       [](C& c) { policy(c).notice.business_days = 61; }},
      {"services[0].policy.window_days", [](C& c) { policy(c).window_days = 0; }},
      {"services[0].policy.cutoff_ms", [](C& c) { policy(c).cutoff_ms = -1; }},
      {"services[0].policy.reserve_release_ms", [](C& c) { policy(c).reserve_release_ms = -1; }},
      {"services[0].policy.max_changes", [](C& c) { policy(c).max_changes = 101; }},
      {"services[0].policy.max_open", [](C& c) { policy(c).max_open = 0; }},
      {"services[0].policy.max_waitlist_entries",
       [](C& c) { policy(c).max_waitlist_entries = -1; }},
      {"services[0].policy.max_waiting", [](C& c) { policy(c).max_waiting = 501; }},
      {"services[0].policy.promote_after_business_days",
       [](C& c) { policy(c).promote_after_business_days = -1; }},
      {"services[0].policy.hold_ms", [](C& c) { policy(c).hold_ms = 8 * ms_per_day; }},
      {"services[0].policy.hold_min_ms", [](C& c) { policy(c).hold_min_ms = 0; }},
      {"services[0].policy.undo_ms", [](C& c) { policy(c).undo_ms = -1; }},
      {"services[0].weekly[1].weekdays", [](C& c) { block_line(c).weekdays = 0; }},
      {"services[0].weekly[1].weekdays", [](C& c) { block_line(c).weekdays = 0b100000; }},
      {"services[0].weekly[1].span", [](C& c) { block_line(c).span = span("16:00", "14:00"); }},
      {"services[0].weekly[1].span", [](C& c) { block_line(c).span = span("11:30", "14:00"); }},
      {"services[0].weekly[1].span", [](C& c) { block_line(c).span = span("10:00", "11:30"); }},
      {"services[0].weekly[1].capacity", [](C& c) { block_line(c).capacity = 1001; }},
      {"services[0].weekly[1].emergency_reserve",
       [](C& c) { block_line(c).emergency_reserve = 3; }},
  };
  for (const Line& line : lines) {
    TestWorld world({administrator_row()}, at("2026-11-02 09:00"));
    SaveCatalog catalog = whole_catalog();
    line.break_it(catalog);
    const Attempt attempt = world.administer(catalog);
    ASSERT_EQ(attempt.code(), RejectionCode::invalid) << line.field;
    EXPECT_EQ(attempt.refusal->field, line.field);
    EXPECT_EQ(world.state().count<Service>(), 0U);
  }
}

TEST(SaveCatalog, ReferencesResolveInTheCommandOrTheState) {
  TestWorld empty({administrator_row()}, at("2026-11-02 09:00"));
  EXPECT_EQ(empty.administer(whole_catalog()).code(), accepted);
  EXPECT_EQ(empty.administer(SaveCatalog{.services = {tax_row()}}).code(), accepted);
  EXPECT_EQ(empty.state().count<Service>(), 2U);
}

TEST(OverrideBlock, IsForBlocksOfTheTemplateWithinReason) {
  struct Case {
    BlockOverride row;
    std::optional<RejectionCode> answer;
  };
  const BlockKey key = licence_block("2026-11-25 09:00");
  const Case cases[] = {
      {{key, false, 1000, ""}, accepted},
      {{key, false, 1001, ""}, RejectionCode::invalid},
      {{key, false, -1, ""}, RejectionCode::invalid},
      {{licence_block("2026-11-25 10:00"), true, {}, ""}, RejectionCode::block_closed},
      {{licence_block("2026-11-28 09:00"), true, {}, ""}, RejectionCode::block_closed},
      {{block(ServiceId::of("none"), "2026-11-25 09:00"), true, {}, ""}, RejectionCode::not_found},
  };
  for (const Case& each : cases) {
    TestWorld world;
    EXPECT_EQ(world.administer(OverrideBlock{each.row}).code(), each.answer);
  }
}

TEST(SaveEnterprise, NeedsANameAndACodeOfItsOwn) {
  TestWorld world;
  Enterprise row = enterprise_row(member(50), 50);
  const auto code = [&](auto change) {
    Enterprise changed = row;
    change(changed);
    return world.administer(SaveEnterprise{changed}).code();
  };
  EXPECT_EQ(code([](Enterprise& e) { e.id = {}; }), RejectionCode::invalid);
  EXPECT_EQ(code([](Enterprise& e) { e.name = ""; }), RejectionCode::invalid);
  EXPECT_EQ(code([](Enterprise& e) { e.credit_code = "123"; }), RejectionCode::invalid);
  EXPECT_EQ(code([](Enterprise& e) { e.credit_code = credit_code(1); }),
            RejectionCode::already_exists);
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
    return world.administer(SaveUser{changed}).code();
  };
  EXPECT_EQ(code([](User& u) { u.id = {}; }), RejectionCode::invalid);
  EXPECT_EQ(code([](User& u) { u.name = "ab"; }), RejectionCode::invalid);
  EXPECT_EQ(code([](User& u) { u.name = "Capital"; }), RejectionCode::invalid);
  EXPECT_EQ(code([](User& u) { u.name = "member-1"; }), RejectionCode::already_exists);
  EXPECT_EQ(code([](User& u) { u.enterprise = {}; }), RejectionCode::invalid);
  EXPECT_EQ(code([](User& u) { u.enterprise = EnterpriseId(uuid(5, 5)); }), RejectionCode::invalid);
  EXPECT_EQ(code([](User& u) { u.role = Role::administrator; }), RejectionCode::invalid);
  // Regression: an administrator could belong to an enterprise that does not exist.
  EXPECT_EQ(code([](User& u) {
              u.role = Role::administrator;
              u.enterprise = EnterpriseId(uuid(5, 5));
            }),
            RejectionCode::invalid);
  EXPECT_EQ(code([](User&) {}), accepted);
  EXPECT_EQ(world.state().user_by_name("member-60"), UserId(uuid(5, 60)));
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
    return world.administer(SaveUser{changed}).code();
  };
  const std::string own = account_name_of(world.state().find(alpha.enterprise)->credit_code);
  const std::string others = account_name_of(world.state().find(beta.enterprise)->credit_code);
  const std::string nobodys = account_name_of(credit_code(77));
  EXPECT_EQ(code(others), RejectionCode::invalid);
  EXPECT_EQ(code(nobodys), RejectionCode::invalid);
  EXPECT_EQ(code(others, Role::administrator), RejectionCode::invalid);
  EXPECT_EQ(code(own, Role::administrator), RejectionCode::invalid);
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
  EXPECT_EQ(world.administer(SaveEnterprise{row}).code(), RejectionCode::already_exists);
}

TEST(SaveEnterprise, TheAccountNamedByTheCodeFollowsIt) {
  TestWorld world;
  Enterprise row = *world.state().find(alpha.enterprise);
  User account = user_row(alpha, 62);
  account.id = UserId(uuid(5, 62));
  account.name = account_name_of(row.credit_code);
  ASSERT_EQ(world.administer(SaveUser{account}).code(), accepted);
  const std::string old_name = account.name;
  row.credit_code = credit_code(78);
  ASSERT_EQ(world.administer(SaveEnterprise{row}).code(), accepted);
  EXPECT_EQ(world.state().user_by_name(old_name), std::nullopt);
  EXPECT_EQ(world.state().user_by_name(account_name_of(credit_code(78))), account.id);
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
    EXPECT_EQ(save(who, disable), RejectionCode::last_administrator);
    EXPECT_EQ(save(who, demote), RejectionCode::last_administrator);
    EXPECT_EQ(save(who, [](User& user) { user.display_name = "值班"; }), accepted);
  }
  User second = only;
  second.id = UserId(uuid(5, 63));
  second.name = "second-admin";
  second.disabled = true;
  ASSERT_EQ(world.administer(SaveUser{second}).code(), accepted);
  EXPECT_EQ(save(admin_actor, disable), RejectionCode::last_administrator);
  second.disabled = false;
  ASSERT_EQ(world.administer(SaveUser{second}).code(), accepted);
  EXPECT_EQ(save(admin_actor, demote), accepted);
  second.disabled = true;
  EXPECT_EQ(world.execute(Actor{ActorKind::user, second.id}, SaveUser{second}).code(),
            RejectionCode::last_administrator);
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
  EXPECT_EQ(world.state().user_by_name("member-1"), beta.user);
  EXPECT_EQ(world.state().user_by_name("member-2"), alpha.user);
  EXPECT_EQ(world.state().user_by_name("between"), std::nullopt);
}

// Every order of four changes of names, codes and rights that three people and two enterprises can
// see.
class PeopleInEveryOrder {
 public:
  PeopleInEveryOrder() {
    for (const Row& row : park_rows()) state_.put(row);
    const std::string codes[] = {credit_code(1), credit_code(77)};
    for (const UserId& id : {alpha.user, beta.user, administrator}) {
      for (const std::string& name : {std::string("member-1"), std::string("third"),
                                      account_name_of(codes[0]), account_name_of(codes[1])}) {
        commands_.push_back([id, name](const State& state) -> Command {
          User row = *state.find(id);
          row.name = name;
          return SaveUser{row};
        });
      }
      commands_.push_back([id](const State& state) -> Command {
        User row = *state.find(id);
        row.disabled = !row.disabled;
        return SaveUser{row};
      });
    }
    for (const EnterpriseId& id : {alpha.enterprise, beta.enterprise}) {
      for (const std::string& code : codes) {
        commands_.push_back([id, code](const State& state) -> Command {
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
      EXPECT_EQ(state_.user_by_name(user.name), user.id) << user.name << " is lost";
      administrators += user.role == Role::administrator && !user.disabled ? 1 : 0;
      if (const auto code = credit_code_in_name(user.name)) {
        const Enterprise* own = state_.find(user.enterprise);
        EXPECT_TRUE(own != nullptr && own->credit_code == *code) << user.name << " is another's";
      }
    });
    EXPECT_GT(administrators, 0);
    state_.for_each<Enterprise>([&](const Enterprise& row) {
      EXPECT_EQ(state_.enterprise_by_credit_code(row.credit_code), row.id) << row.credit_code;
    });
  }

  State state_;
  std::vector<std::function<Command(const State&)>> commands_;
  std::uint64_t ids_ = 0;
};

TEST(SaveUser, NamesCodesAndTheAdministratorStayRightInEveryOrder) {
  PeopleInEveryOrder people;
  EXPECT_GT(people.explore(4), 5'000);
}

TEST(MarkNotificationsRead, OnceAndForAll) {
  TestWorld world;
  const BlockKey key = licence_block("2026-11-25 09:00");
  world.fill(key, 100, 1);
  const Attempt made = world.book(alpha, key);
  const Attempt waiting = world.join_automatically(beta, key);
  world.cancel(alpha, made.booking);
  const NotificationId id = world.notifications(beta, NotificationKind::auto_accepted)[0].id;
  world.pass(ms_per_minute);
  const Instant read_at = world.now();
  EXPECT_EQ(world.execute(actor(beta), MarkNotificationsRead{{id, id}}).code(), accepted);
  world.pass(ms_per_minute);
  EXPECT_EQ(world.execute(actor(beta), MarkNotificationsRead{{id}}).code(), accepted);
  EXPECT_EQ(world.state().find(id)->read_at, read_at);
  EXPECT_EQ(world.execute(actor(beta), MarkNotificationsRead{}).code(), RejectionCode::invalid);
  EXPECT_EQ(world.execute(actor(beta), MarkNotificationsRead{std::vector(101, id)}).code(),
            RejectionCode::invalid);
}

}  // namespace
}  // namespace yuanyue::worlds
