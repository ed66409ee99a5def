// Does the judge notice? It and the engine are given parks that differ in one row, so that one of
// them is too generous for the other; or what the engine wrote is altered before the judge sees it.
#include "tests/core/support/judge.h"

#include <functional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/kernel/engine.h"
#include "core/kernel/notice.h"
#include "core/kernel/row.h"
#include "core/messages/notification.h"
#include "core/people/user.h"
#include "tests/core/support/full_wednesday.h"
#include "tests/core/support/kinds.h"

namespace yuanyue::worlds {
namespace {

class Court {
 public:
  Court() {
    for (const AnyRow& row : park_rows()) put(row);
    for (const AnyRow& row : official_years()) put(row);
    judge_.begin(engine_);
  }

  // One and the same in both parks, or only in one of them.
  void put(const AnyRow& row) {
    engine_.put(row);
    judge_.put(row);
  }
  void put_for_engine(const AnyRow& row) { engine_.put(row); }
  void put_for_judge(const AnyRow& row) { judge_.put(row); }

  using Alter = std::function<void(Outcome&)>;
  // What the judge says of it, in one text; `alter` changes what was written first.
  std::string run(const Actor& who, const AnyCommand& command, const Alter& alter = {}) {
    now_ = now_ + ms_per_second;
    const Envelope envelope{CommandId(uuid(7, ++ids_)), who, now_, command};
    Result<Outcome> result = execute(engine_, envelope);
    accepted_ = result.has_value();
    if (accepted_ && alter) alter(*result);
    std::string said;
    for (const std::string& sentence : judge_.see(envelope, result)) said += sentence + "\n";
    return said;
  }
  // The clock moves and all that is due happens, the archiving of finished rows with it.
  void wait(std::int64_t ms) {
    now_ = now_ + ms;
    do {
      EXPECT_EQ(run(system_actor, RunDue{}), "");
    } while (next_due(engine_) <= now_);
  }
  bool was_accepted() const { return accepted_; }
  const State& state() const { return engine_; }

  BookingId book(const Member& who, const BlockKey& key) {
    const BookingId id(uuid(8, ++ids_));
    EXPECT_EQ(run(actor(who), BookAppointment{id, key}), "");
    return id;
  }
  WaitlistEntryId join(const Member& who, const BlockKey& key) {
    const WaitlistEntryId id(uuid(8, ++ids_));
    const JoinWaitlist command{.entry = id, .service = key.service, .wishes = {wish(key)}};
    EXPECT_EQ(run(actor(who), command), "");
    return id;
  }

 private:
  State engine_;
  Judge judge_;
  Instant now_ = at("2026-11-02 09:00");
  std::uint64_t ids_ = 0;
  bool accepted_ = false;
};

const BlockKey thursday_in_summer = licence_block("2027-05-27 09:00");
const BookingId own{uuid(8, 900)};
const WaitlistEntryId entry{uuid(8, 901)};

struct RuleRow {
  const char* code;
  std::function<void(Service&)> stricter;
  std::function<void(Court&)> before;
  std::function<AnyCommand(const Court&)> command;
};

void have_own(Court& court) {
  ASSERT_EQ(court.run(actor(alpha), BookAppointment{own, wednesday}), "");
}
void have_a_full_wednesday(Court& court) {
  court.book(beta, wednesday);
  court.book(gamma_works, wednesday);
}
AnyCommand book_wednesday(const Court&) { return BookAppointment{own, wednesday}; }
AnyCommand book_thursday(const Court&) {
  return BookAppointment{BookingId(uuid(8, 902)), thursday};
}
AnyCommand move_own(const Court&) { return RescheduleBooking{own, wednesday, thursday}; }
AnyCommand wait(const Court&) {
  return JoinWaitlist{.entry = entry, .service = licence, .wishes = {wish(wednesday)}};
}
void nothing(Court&) {}

const RuleRow rule_rows[] = {
    {"service_inactive", [](Service& row) { row.active = false; }, nothing, book_wednesday},
    {"service_inactive", [](Service& row) { row.active = false; }, have_own, move_own},
    {"service_inactive", [](Service& row) { row.active = false; }, have_a_full_wednesday, wait},
    {"outside_window", [](Service& row) { row.policy.window_days = 5; }, nothing, book_wednesday},
    {"past_cutoff", [](Service& row) { row.policy.cutoff_ms = 30 * ms_per_day; }, nothing,
     book_wednesday},
    {"block_full", [](Service& row) { row.weekly[0].capacity = 0; }, nothing, book_wednesday},
    {"block_full", [](Service& row) { row.weekly[0].emergency_reserve = 2; }, nothing,
     book_wednesday},
    {"block_closed", [](Service& row) { row.weekly[0].weekdays = 0b00010; }, nothing,
     book_wednesday},
    {"too_many_open", [](Service& row) { row.policy.max_open = 1; }, have_own, book_thursday},
    {"past_deadline", [](Service& row) { row.policy.notice.business_days = 40; }, have_own,
     move_own},
    {"too_many_changes", [](Service& row) { row.policy.max_changes = 0; }, have_own, move_own},
    {"too_many_entries", [](Service& row) { row.policy.max_waitlist_entries = 0; },
     have_a_full_wednesday, wait},
    {"waitlist_full", [](Service& row) { row.policy.max_waiting = 0; }, have_a_full_wednesday,
     wait},
};

Service stricter(const RuleRow& rule) {
  Service row = licence_row();
  rule.stricter(row);
  return row;
}

TEST(Judge, FindsEveryRuleThatTheEngineIsTooGenerousWith) {
  for (const RuleRow& rule : rule_rows) {
    Court court;
    rule.before(court);
    court.put_for_judge(stricter(rule));
    const std::string said = court.run(actor(alpha), rule.command(court));
    EXPECT_TRUE(court.was_accepted()) << rule.code;
    EXPECT_NE(said.find(std::string("too generous: accepted against ") + rule.code),
              std::string::npos)
        << rule.code << ": " << said;
  }
}

TEST(Judge, FindsEveryRuleThatTheEngineIsTooStrictWith) {
  for (const RuleRow& rule : rule_rows) {
    Court court;
    rule.before(court);
    court.put_for_engine(stricter(rule));
    const std::string said = court.run(actor(alpha), rule.command(court));
    EXPECT_FALSE(court.was_accepted()) << rule.code;
    EXPECT_NE(said.find(std::string("too strict: refused with ") + rule.code), std::string::npos)
        << rule.code << ": " << said;
  }
}

TEST(Judge, AgreesWhenBothHaveTheSameRules) {
  for (const RuleRow& rule : rule_rows) {
    Court court;
    rule.before(court);
    court.put(stricter(rule));
    EXPECT_EQ(court.run(actor(alpha), rule.command(court)), "");
    EXPECT_FALSE(court.was_accepted()) << rule.code;
  }
}

TEST(Judge, FindsIdsThatAreTaken) {
  Court court;
  Booking theirs;
  theirs.id = own;
  theirs.enterprise = beta.enterprise;
  theirs.block = friday;
  theirs.end = clock("11:00");
  court.put_for_judge(theirs);
  const std::string said = court.run(actor(alpha), BookAppointment{own, wednesday});
  EXPECT_NE(said.find("too generous: accepted against already_exists"), std::string::npos) << said;
  EXPECT_NE(said.find("does not begin with what was there"), std::string::npos) << said;
}

// Core alone cannot know them; the server asks its store.
TEST(Judge, KnowsTheIdsThatTheArchiveHolds) {
  Court court;
  const BookingId once = court.book(alpha, wednesday);
  court.wait(200 * ms_per_day);
  ASSERT_EQ(court.state().find(once), nullptr);
  const std::string said = court.run(actor(beta), BookAppointment{once, thursday_in_summer});
  EXPECT_NE(said.find("too generous: accepted against already_exists"), std::string::npos) << said;
}

TEST(Judge, FindsWhoeverActsForAnother) {
  Court court;
  const BookingId theirs = court.book(beta, wednesday);
  User turned = user_row(alpha, 1);
  turned.enterprise = beta.enterprise;
  court.put_for_engine(turned);
  const std::string said = court.run(actor(alpha), CancelBooking{theirs, wednesday, ""});
  EXPECT_NE(said.find("too generous: accepted against not_found"), std::string::npos) << said;
  EXPECT_NE(said.find("its enterprise did not cancel"), std::string::npos) << said;

  User disabled = user_row(gamma_works, 3);
  disabled.disabled = true;
  court.put_for_judge(disabled);
  EXPECT_NE(court.run(actor(gamma_works), BookAppointment{own, friday}).find("not_permitted"),
            std::string::npos);
}

// alpha and then beta wait for the seat that gamma_works gives up.
struct Queue : Court {
  Queue() {
    book(high_tech, wednesday);
    leaving = book(gamma_works, wednesday);
    first = join(alpha, wednesday);
    second = join(beta, wednesday);
  }
  std::string free_one(const Alter& alter = {}) {
    return run(actor(gamma_works), CancelBooking{leaving, wednesday, "出差"}, alter);
  }
  BookingId leaving;
  WaitlistEntryId first;
  WaitlistEntryId second;
};

TEST(Judge, FindsWhoIsServedBeforeHisTurn) {
  Queue queue;
  WaitlistEntry promoted = *queue.state().find(queue.second);
  promoted.tier = Tier::key_project;
  queue.put_for_judge(promoted);
  EXPECT_NE(queue.free_one().find("somebody is served before his turn"), std::string::npos);
}

TEST(Judge, FindsWhoIsServedAndMayNotBe) {
  Queue queue;
  Service row = licence_row();
  row.policy.max_open = 0;
  queue.put_for_judge(row);
  EXPECT_NE(queue.free_one().find("somebody is served who may not be"), std::string::npos);
}

TEST(Judge, FindsHoldsThatAreNotTheRule) {
  for (const std::int64_t hold_ms : {ms_per_hour, 3 * ms_per_hour}) {
    Queue queue;
    Service row = licence_row();
    row.policy.hold_ms = hold_ms;
    queue.put_for_judge(row);
    EXPECT_NE(queue.free_one().find("held shorter or longer than the rule"), std::string::npos);
  }
}

// Calls `spoil` with each row of this type that was put.
template <class Row, class Spoil>
void spoil_each(Outcome& outcome, Spoil spoil) {
  for (const RowChange& change : outcome.changes()) {
    if (change.after_if<Row>() != nullptr) spoil(*static_cast<Row*>(change.after_row));
  }
}

TEST(Judge, ReadsEveryWordOfTheLedger) {
  const std::pair<const char*, void (*)(LedgerEntry&)> changes[] = {
      {"reason", [](LedgerEntry& fact) { fact.note = "别的"; }},
      {"instant", [](LedgerEntry& fact) { fact.at = fact.at + 1; }},
      {"actor", [](LedgerEntry& fact) { fact.actor = beta.user; }},
      {"command", [](LedgerEntry& fact) { fact.command = {}; }},
      {"kind", [](LedgerEntry& fact) { fact.kind = {events::booking_ended, about(fact)}; }},
      {"enterprise", [](LedgerEntry& fact) { fact.enterprise = beta.enterprise; }},
      {"booking", [](LedgerEntry& fact) { detail_of(fact).booking = own; }},
      {"block", [](LedgerEntry& fact) { detail_of(fact).from_block = friday; }},
  };
  for (const auto& [what, change] : changes) {
    Queue queue;
    const std::string said =
        queue.free_one([&](Outcome& outcome) { change(outcome.ledger.front()); });
    EXPECT_NE(said.find("the ledger says what did not happen so"), std::string::npos) << what;
    EXPECT_NE(said.find("the ledger lacks"), std::string::npos) << what;
  }
  Queue queue;
  EXPECT_NE(
      queue.free_one([](Outcome& outcome) { outcome.ledger.pop_back(); }).find("the ledger lacks"),
      std::string::npos);
}

TEST(Judge, ReadsEveryWordOfAMessage) {
  const std::pair<const char*, void (*)(Notification&)> changes[] = {
      {"until", [](Notification& row) { detail_of(row).until = detail_of(row).until + 1; }},
      {"kind", [](Notification& row) { row.kind = {notices::offer_expired, about(row)}; }},
      {"whose", [](Notification& row) { row.enterprise = gamma_works.enterprise; }},
      {"block", [](Notification& row) { detail_of(row).block = friday; }},
      {"offer", [](Notification& row) { detail_of(row).offer = {}; }},
      {"reason",
       [](Notification& row) { detail_of(row).end_reason = WaitlistEndReason::booking_gone; }},
  };
  for (const auto& [what, change] : changes) {
    Queue queue;
    const std::string said =
        queue.free_one([&](Outcome& outcome) { spoil_each<Notification>(outcome, change); });
    EXPECT_NE(said.find("a message"), std::string::npos) << what << ": " << said;
  }
}

TEST(Judge, ReadsEveryPlaceInAQueue) {
  const std::pair<const char*, void (*)(WaitingPlace&)> changes[] = {
      {"a place counts others than those before it", [](WaitingPlace& row) { ++row.ahead[2]; }},
      {"a place is told to another enterprise",
       [](WaitingPlace& row) { row.enterprise = gamma_works.enterprise; }},
      {"a place where nobody waits", [](WaitingPlace& row) { row.key.date = row.key.date + 1; }},
  };
  for (const auto& [what, change] : changes) {
    Queue queue;
    const std::string said =
        queue.free_one([&](Outcome& outcome) { spoil_each<WaitingPlace>(outcome, change); });
    EXPECT_NE(said.find(what), std::string::npos) << what << ": " << said;
  }
}

TEST(Judge, FindsNumbersThatDoNotWait) {
  Queue queue;
  const std::string said = queue.free_one([](Outcome& outcome) {
    spoil_each<Block>(outcome, [](Block& row) { row.waiting = {0, 1, 0, 0, 0}; });
  });
  EXPECT_NE(said.find("a block's count of who waits is wrong"), std::string::npos) << said;
}

TEST(Judge, FindsWhatWasAcceptedAndNotDone) {
  Court court;
  const std::string said = court.run(actor(alpha), BookAppointment{own, wednesday},
                                     [](Outcome& outcome) { outcome = {}; });
  EXPECT_NE(said.find("accepted, but not done"), std::string::npos) << said;
}

}  // namespace
}  // namespace yuanyue::worlds
