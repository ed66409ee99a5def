// Erasing an enterprise or a person: what is open ends, what was theirs goes, others lose nothing.
#include "core/people/erase.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/domain.h"
#include "core/messages/notification.h"
#include "core/people/accounts.h"
#include "core/people/enterprise.h"
#include "core/people/grants.h"
#include "core/people/user.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

std::vector<std::string_view> rows_of(const State& state, const Owner& owner) {
  std::vector<std::string_view> types;
  for_each_row(state, known_domains().rows(), [&](const RowRef& row) {
    if (owner_of(row) == owner) types.push_back(row.type().name);
  });
  std::ranges::sort(types);
  return types;
}

class Erase : public testing::Test {
 protected:
  std::vector<LedgerEntry> facts(const EventKindBase& kind) {
    std::vector<LedgerEntry> found;
    for (const LedgerEntry& entry : seen_.ledger) {
      if (entry.kind == kind) found.push_back(entry);
    }
    return found;
  }
  Attempt erase(const EnterpriseId& enterprise) {
    world_.take_seen();
    Attempt attempt = world_.execute(console, EraseEnterprise{enterprise});
    seen_ = world_.take_seen();
    return attempt;
  }
  Attempt erase(const UserId& user) {
    world_.take_seen();
    Attempt attempt = world_.execute(console, EraseUser{user});
    seen_ = world_.take_seen();
    return attempt;
  }

  TestWorld world_;
  Outcome seen_;
};

TEST_F(Erase, AnEnterpriseGoesWithAllThatIsIts) {
  const BlockKey key = licence_block("2026-11-25 09:00");
  const BlockKey other = licence_block("2026-11-26 09:00");
  const BookingId kept = world_.book(alpha, other).booking;
  world_.fill(key, 100, 2);
  const Attempt waits = world_.join(alpha, key);
  ASSERT_TRUE(waits);
  const Attempt done = world_.book(alpha, licence_block("2026-11-27 09:00"));
  world_.cancel(alpha, done.booking);

  ASSERT_TRUE(erase(alpha.enterprise));
  EXPECT_TRUE(rows_of(world_.state(), owner_of(alpha.enterprise)).empty());
  EXPECT_TRUE(rows_of(world_.state(), owner_of(alpha.user)).empty());
  EXPECT_EQ(world_.state().find(alpha.user), nullptr);
  EXPECT_EQ(world_.booked(other), 0);
  EXPECT_EQ(world_.booked(key), 2);
  EXPECT_TRUE(world_.queue(key).empty());
  EXPECT_FALSE(enterprise_by_credit_code(world_.state(), credit_code(1)));

  const auto cancelled = facts(events::booking_cancelled);
  ASSERT_EQ(cancelled.size(), 1U);
  EXPECT_EQ(cancelled[0].kind.get_if<AppointmentEvent>()->booking, kept);
  EXPECT_TRUE(cancelled[0].note.empty());
  EXPECT_EQ(facts(events::waitlist_left).size(), 1U);
  const auto erased = facts(events::enterprise_erased);
  ASSERT_EQ(erased.size(), 1U);
  EXPECT_EQ(erased_by(erased[0]), owner_of(alpha.enterprise));
  EXPECT_TRUE(erased[0].note.empty()) << "nobody is called by name";
  const auto accounts = facts(events::user_erased);
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(erased_by(accounts[0]), owner_of(alpha.user));
}

TEST_F(Erase, SeatsAndOffersGoOnToWhoWaits) {
  const BlockKey key = licence_block("2026-11-25 09:00");
  world_.fill(key, 100, 1);
  world_.book(alpha, key);
  const WaitlistEntryId waiting = world_.join(beta, key).entry;
  const WaitlistEntryId next = world_.join(gamma_works, key).entry;
  ASSERT_TRUE(erase(alpha.enterprise));
  ASSERT_NE(world_.offer_of(waiting), nullptr) << "the seat of its booking";
  ASSERT_TRUE(erase(beta.enterprise));
  EXPECT_EQ(facts(events::offer_withdrawn).size(), 1U);
  EXPECT_NE(world_.offer_of(next), nullptr) << "the seat that was held for it";
  EXPECT_EQ(world_.held(key), 1);
  EXPECT_TRUE(world_.notifications(beta, notices::offer_made).empty());
}

TEST_F(Erase, OthersLoseNothing) {
  const BlockKey key = licence_block("2026-11-25 09:00");
  world_.book(beta, key);
  world_.book(alpha, key);
  const auto before = rows_of(world_.state(), owner_of(beta.enterprise));
  ASSERT_TRUE(erase(alpha.enterprise));
  EXPECT_EQ(rows_of(world_.state(), owner_of(beta.enterprise)), before);
  EXPECT_NE(world_.state().find(beta.user), nullptr);
  EXPECT_EQ(world_.booked(key), 1);
}

TEST_F(Erase, APersonGoesWithoutWhatIsItsEnterprises) {
  const BlockKey key = licence_block("2026-11-25 09:00");
  const BookingId kept = world_.book(alpha, key).booking;
  ASSERT_TRUE(erase(alpha.user));
  EXPECT_EQ(world_.state().find(alpha.user), nullptr);
  EXPECT_EQ(world_.booking(kept).booked_by, alpha.user) << "an id that names nobody any more";
  EXPECT_NE(world_.state().find(alpha.enterprise), nullptr);
  EXPECT_EQ(world_.booked(key), 1);
}

// As when its last account is disabled.
TEST_F(Erase, OffersOfAnEnterpriseWithoutAccountsGoOn) {
  const BlockKey key = licence_block("2026-11-25 09:00");
  world_.fill(key, 100, 1);
  const Attempt seat = world_.book(alpha, key);
  const WaitlistEntryId waiting = world_.join(beta, key).entry;
  const WaitlistEntryId next = world_.join(gamma_works, key).entry;
  world_.cancel(alpha, seat.booking);
  ASSERT_NE(world_.offer_of(waiting), nullptr);
  ASSERT_TRUE(erase(beta.user));
  EXPECT_EQ(world_.offer_of(waiting), nullptr);
  EXPECT_EQ(world_.entry(waiting).status, WaitlistStatus::waiting);
  EXPECT_NE(world_.offer_of(next), nullptr);
}

TEST_F(Erase, TheLastAdministratorStays) {
  EXPECT_EQ(erase(administrator).code(), refusals::last_administrator);
  User second = administrator_row();
  second.id = UserId(uuid(9, 2));
  second.name = "second-admin";
  ASSERT_TRUE(world_.execute(console, SaveUser{second}));
  EXPECT_EQ(erase(administrator).code(), accepted);
  EXPECT_EQ(erase(second.id).code(), refusals::last_administrator);
}

TEST_F(Erase, NobodyIsErasedTwice) {
  EXPECT_EQ(erase(EnterpriseId(uuid(5, 9))).code(), refusals::not_found);
  EXPECT_EQ(erase(UserId(uuid(5, 9))).code(), refusals::not_found);
  ASSERT_TRUE(erase(alpha.enterprise));
  EXPECT_EQ(erase(alpha.enterprise).code(), refusals::not_found);
  EXPECT_EQ(erase(alpha.user).code(), refusals::not_found);
}

TEST(Owners, NamesAreReadAsTheyAreWritten) {
  for (const Owner& owner : {owner_of(alpha.enterprise), owner_of(alpha.user)}) {
    EXPECT_EQ(parse_owner(to_string(owner)), owner);
  }
  EXPECT_EQ(to_string(owner_of(EnterpriseId())), "");
  for (const char* wrong : {"", "enterprise", "enterprise:", "user:1", "block:x"}) {
    EXPECT_FALSE(parse_owner(wrong)) << wrong;
  }
}

// Of a note: the enterprise, and whose account it is about, or who wrote it for an enterprise.
TEST(Owners, OfANote) {
  LedgerEntry entry;
  entry.actor = administrator;
  EXPECT_TRUE(owners_of(entry).empty()) << "what administration says of the park is nobody's";
  entry.enterprise = alpha.enterprise;
  entry.actor = alpha.user;
  EXPECT_EQ(owners_of(entry), (Few<Owner, 3>{owner_of(alpha.enterprise), owner_of(alpha.user)}));
  entry.kind = Event(events::user_saved, {});
  EXPECT_EQ(owners_of(entry), (Few<Owner, 3>{owner_of(alpha.enterprise)}));
  entry.kind = Event(events::user_saved, {beta.user});
  EXPECT_EQ(owners_of(entry), (Few<Owner, 3>{owner_of(alpha.enterprise), owner_of(beta.user)}));
}

}  // namespace
}  // namespace yuanyue::worlds
