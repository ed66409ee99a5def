// docs/rules.md "Permissions": every command against every kind of actor.
#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/import_calendar_year.h"
#include "core/kernel/authorize.h"
#include "core/kernel/command.h"
#include "core/kernel/domain.h"
#include "core/kernel/notice.h"
#include "core/messages/mark_notifications_read.h"
#include "core/people/erase.h"
#include "core/people/people_tables.h"
#include "core/people/user.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

// In the order of a line's columns. "Its" is of whom the named row is: beta.
struct Sender {
  std::string_view name;
  Actor who;
};
const std::array<Sender, 10>& senders() {
  static const std::array<Sender, 10> all = {{
      {"its member", actor(beta)},
      {"another member of it", {ActorKind::user, UserId(uuid(5, 31))}},
      {"a disabled member of it", {ActorKind::user, UserId(uuid(5, 32))}},
      {"a member of another", actor(alpha)},
      {"a member of none", {ActorKind::user, UserId(uuid(5, 33))}},
      {"an administrator", admin_actor},
      {"a disabled administrator", {ActorKind::user, UserId(uuid(5, 34))}},
      {"the console", console},
      {"a visitor", {ActorKind::user, {}}},
      {"the system", system_actor},
  }};
  return all;
}

// One sign a sender: '+' permitted, '-' refused, '0' not_found: as if what it names did not exist.
struct Line {
  std::string_view name;
  AnyCommand command;
  std::string_view verdicts;
};
constexpr std::string_view every_member = "++-+------";
constexpr std::string_view its_members = "++-0------";
constexpr std::string_view of_nobody = "00-0------";
constexpr std::string_view administrators_only = "-----+-+--";
constexpr std::string_view console_only = "-------+--";
constexpr std::string_view system_only = "---------+";

char verdict(const State& state, const Actor& who, const AnyCommand& command) {
  const auto refusal = authorize(state, who, command);
  if (!refusal) return '+';
  return refusal->code == refusals::not_found ? '0' : '-';
}

class Authorize : public testing::Test {
 protected:
  Authorize() {
    world_.fill(key_, 100, 1);
    const Attempt made = world_.book(alpha, key_);
    waiting_ = world_.join(beta, key_).entry;
    world_.cancel(alpha, made.booking);
    offer_ = world_.offer_of(waiting_)->id;
    message_ = world_.notifications(beta, notices::offer_made).at(0).id;
    kept_ = world_.book(beta, licence_block("2026-11-26 09:00")).booking;
    put_account(31, beta.enterprise, Role::member, false);
    put_account(32, beta.enterprise, Role::member, true);
    put_account(33, {}, Role::member, false);
    put_account(34, {}, Role::administrator, true);
  }

  void put_account(std::uint64_t number, const EnterpriseId& of, Role role, bool disabled) {
    User account = user_row(Member{of, UserId(uuid(5, number))}, number);
    account.role = role;
    account.disabled = disabled;
    world_.put(account);
  }

  // A command that is new gets a line here, and one in rights_oracle.cpp.
  std::vector<Line> lines() const {
    JoinWaitlist swap{.entry = WaitlistEntryId(uuid(5, 1)), .service = licence};
    swap.swap_booking = kept_;
    JoinWaitlist swap_of_nobody = swap;
    swap_of_nobody.swap_booking = BookingId(nobodys_);
    return {
        {"book", BookAppointment{BookingId(uuid(5, 2)), key_}, every_member},
        {"reschedule", RescheduleBooking{kept_, key_, key_}, its_members},
        {"reschedule nothing", RescheduleBooking{BookingId(nobodys_), key_, key_}, of_nobody},
        {"undo", UndoReschedule{kept_, key_, key_}, its_members},
        {"undo nothing", UndoReschedule{BookingId(nobodys_), key_, key_}, of_nobody},
        {"cancel", CancelBooking{kept_, key_, ""}, its_members},
        {"cancel nothing", CancelBooking{BookingId(nobodys_), key_, ""}, of_nobody},
        {"join", JoinWaitlist{.service = licence}, every_member},
        {"swap", swap, its_members},
        {"swap nothing", swap_of_nobody, of_nobody},
        {"change entry", ChangeWaitlistEntry{waiting_, {}, {}, true}, its_members},
        {"change nothing", ChangeWaitlistEntry{WaitlistEntryId(nobodys_), {}, {}, true}, of_nobody},
        {"leave", LeaveWaitlist{waiting_, {}}, its_members},
        {"leave nothing", LeaveWaitlist{WaitlistEntryId(nobodys_), {}}, of_nobody},
        {"accept", AcceptOffer{offer_}, its_members},
        {"accept nothing", AcceptOffer{OfferId(nobodys_)}, of_nobody},
        {"decline", DeclineOffer{offer_}, its_members},
        {"decline nothing", DeclineOffer{OfferId(nobodys_)}, of_nobody},
        {"read", MarkNotificationsRead{{message_}}, its_members},
        // What has gone is in the archive.
        {"read what has gone", MarkNotificationsRead{{message_, NotificationId(nobodys_)}},
         its_members},
        {"import year", ImportCalendarYear{{.year = 2027}}, administrators_only},
        {"catalog", SaveCatalog{}, administrators_only},
        {"override", OverrideBlock{{key_, true, {}, ""}}, administrators_only},
        {"remove override", RemoveBlockOverride{key_}, administrators_only},
        {"enterprise", SaveEnterprise{}, administrators_only},
        {"user", SaveUser{user_row(alpha, 1)}, administrators_only},
        {"new user", SaveUser{user_row(Member{alpha.enterprise, UserId(nobodys_)}, 70)},
         console_only},
        {"erase enterprise", EraseEnterprise{alpha.enterprise}, console_only},
        {"erase user", EraseUser{beta.user}, console_only},
        {"run due", RunDue{}, system_only},
    };
  }

  TestWorld world_;
  const BlockKey key_ = licence_block("2026-11-25 09:00");
  const Uuid nobodys_ = uuid(5, 70);
  WaitlistEntryId waiting_;
  OfferId offer_;
  NotificationId message_;
  BookingId kept_;
};

TEST_F(Authorize, EveryCommandForEveryActor) {
  std::set<std::string_view> named;
  for (const Line& line : lines()) {
    named.insert(line.command.type().name);
    ASSERT_EQ(line.verdicts.size(), senders().size()) << line.name << ": a sign for each sender";
    for (std::size_t i = 0; i < senders().size(); ++i) {
      EXPECT_EQ(verdict(world_.state(), senders()[i].who, line.command), line.verdicts[i])
          << line.name << " by " << senders()[i].name;
    }
  }
  for (const CommandTypeBase* type : known_domains().commands()) {
    EXPECT_TRUE(named.contains(type->name))
        << "no line of this table says who may " << type->name << ": add one to lines()";
  }
}

TEST_F(Authorize, EveryRoleIsAmongTheSenders) {
  for (std::size_t role = 0; role < wire::role_names.size(); ++role) {
    EXPECT_TRUE(std::ranges::any_of(senders(),
                                    [&](const Sender& sender) {
                                      const User* account = world_.state().find(sender.who.user);
                                      return account != nullptr && !account->disabled &&
                                             account->role == static_cast<Role>(role);
                                    }))
        << "no column of this table is a " << wire::role_names[role] << ": add one to senders()";
  }
}

TEST_F(Authorize, UnknownAndDisabledUsersMayNothing) {
  const AnyCommand book = BookAppointment{BookingId(uuid(5, 1)), licence_block("2026-11-25 09:00")};
  const AnyCommand save = SaveCatalog{};
  EXPECT_TRUE(authorize(world_.state(), {ActorKind::user, UserId(uuid(5, 9))}, book));
  User member_row = user_row(alpha, 1);
  member_row.disabled = true;
  world_.put(member_row);
  EXPECT_TRUE(authorize(world_.state(), actor(alpha), book));
  User admin = administrator_row();
  admin.disabled = true;
  world_.put(admin);
  EXPECT_TRUE(authorize(world_.state(), admin_actor, save));
}

TEST_F(Authorize, WhatDoesNotExistLooksLikeWhatIsAnothers) {
  const auto refusal_of = [&](const BookingId& booking) {
    return authorize(world_.state(), actor(alpha), UndoReschedule{.booking = booking});
  };
  ASSERT_TRUE(refusal_of(kept_));
  EXPECT_EQ(refusal_of(kept_), refusal_of(BookingId(nobodys_)));
}

}  // namespace
}  // namespace yuanyue::worlds
