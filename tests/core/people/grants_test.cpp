// docs/rules.md "Permissions": every command against every kind of actor.
#include <array>
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/notice.h"
#include "core/appointments/offer.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/import_calendar_year.h"
#include "core/kernel/authorize.h"
#include "core/kernel/command.h"
#include "core/kernel/domain.h"
#include "core/messages/mark_notifications_read.h"
#include "core/people/user.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

enum class Verdict : std::uint8_t { yes, hidden, no };  // hidden: not_found, as if it did not exist

struct Actors {
  const char* name;
  Actor who;
};

struct Line {
  const char* name;
  AnyCommand command;
  // member it belongs to, another member, administrator, console, system
  std::array<Verdict, 5> verdicts;
};

Verdict verdict(const State& state, const Actor& who, const AnyCommand& command) {
  const auto refusal = authorize(state, who, command);
  if (!refusal) return Verdict::yes;
  return refusal->code == RejectionCode::not_found ? Verdict::hidden : Verdict::no;
}

TEST(Authorize, EveryCommandForEveryActor) {
  TestWorld world;
  const BlockKey key = licence_block("2026-11-25 09:00");
  world.fill(key, 100, 1);
  const Attempt made = world.book(alpha, key);
  const Attempt waiting = world.join(beta, key);
  world.cancel(alpha, made.booking);
  const OfferId offer = world.offer_of(waiting.entry)->id;
  const auto messages = world.notifications(beta, NotificationKind::offer_made);
  ASSERT_EQ(messages.size(), 1U);
  const Attempt kept = world.book(beta, licence_block("2026-11-26 09:00"));

  constexpr Verdict yes = Verdict::yes;
  constexpr Verdict hidden = Verdict::hidden;
  constexpr Verdict no = Verdict::no;
  JoinWaitlist swap{.entry = WaitlistEntryId(uuid(5, 1)), .service = licence};
  swap.swap_booking = kept.booking;
  const Line lines[] = {
      {"book", BookAppointment{BookingId(uuid(5, 2)), key}, {yes, yes, no, no, no}},
      {"reschedule", RescheduleBooking{kept.booking, key, key}, {yes, hidden, no, no, no}},
      {"undo", UndoReschedule{kept.booking, key, key}, {yes, hidden, no, no, no}},
      {"cancel", CancelBooking{kept.booking, key, ""}, {yes, hidden, no, no, no}},
      {"join", JoinWaitlist{.service = licence}, {yes, yes, no, no, no}},
      {"swap", swap, {yes, hidden, no, no, no}},
      {"change entry", ChangeWaitlistEntry{waiting.entry, {}, {}, true}, {yes, hidden, no, no, no}},
      {"leave", LeaveWaitlist{waiting.entry, {}}, {yes, hidden, no, no, no}},
      {"accept", AcceptOffer{offer}, {yes, hidden, no, no, no}},
      {"decline", DeclineOffer{offer}, {yes, hidden, no, no, no}},
      {"read", MarkNotificationsRead{{messages[0].id}}, {yes, hidden, no, no, no}},
      {"import year", ImportCalendarYear{{.year = 2027}}, {no, no, yes, yes, no}},
      {"catalog", SaveCatalog{}, {no, no, yes, yes, no}},
      {"override", OverrideBlock{{key, true, {}, ""}}, {no, no, yes, yes, no}},
      {"remove override", RemoveBlockOverride{key}, {no, no, yes, yes, no}},
      {"enterprise", SaveEnterprise{}, {no, no, yes, yes, no}},
      {"user", SaveUser{user_row(alpha, 1)}, {no, no, yes, yes, no}},
      {"new user",
       SaveUser{user_row(Member{alpha.enterprise, UserId(uuid(5, 70))}, 70)},
       {no, no, no, yes, no}},
      {"run due", RunDue{}, {no, no, no, no, yes}},
  };
  const Actors actors[] = {{"its member", actor(beta)},
                           {"another member", actor(alpha)},
                           {"administrator", admin_actor},
                           {"console", console},
                           {"system", system_actor}};
  std::set<std::string_view> seen;
  for (const Line& line : lines) {
    seen.insert(line.command.type().name);
    for (std::size_t i = 0; i < std::size(actors); ++i) {
      EXPECT_EQ(verdict(world.state(), actors[i].who, line.command), line.verdicts[i])
          << line.name << " by " << actors[i].name;
    }
  }
  for (const CommandTypeBase* type : known_domains().commands()) {
    EXPECT_TRUE(seen.contains(type->name)) << "no line says who may " << type->name;
  }
}

TEST(Authorize, UnknownAndDisabledUsersMayNothing) {
  TestWorld world;
  const AnyCommand book = BookAppointment{BookingId(uuid(5, 1)), licence_block("2026-11-25 09:00")};
  const AnyCommand save = SaveCatalog{};
  EXPECT_TRUE(authorize(world.state(), {ActorKind::user, UserId(uuid(5, 9))}, book));
  User member_row = user_row(alpha, 1);
  member_row.disabled = true;
  world.put(member_row);
  EXPECT_TRUE(authorize(world.state(), actor(alpha), book));
  User admin = administrator_row();
  admin.disabled = true;
  world.put(admin);
  EXPECT_TRUE(authorize(world.state(), admin_actor, save));
}

TEST(Authorize, WhatDoesNotExistLooksLikeWhatIsAnothers) {
  TestWorld world;
  const Attempt made = world.book(alpha, licence_block("2026-11-25 09:00"));
  const auto others =
      authorize(world.state(), actor(beta), UndoReschedule{.booking = made.booking});
  const auto nobodys =
      authorize(world.state(), actor(beta), UndoReschedule{.booking = BookingId(uuid(5, 1))});
  ASSERT_TRUE(others && nobodys);
  EXPECT_EQ(*others, *nobodys);
}

}  // namespace
}  // namespace yuanyue::worlds
