// No refusal is a dead end, and no way forward leads into another: in random worlds every way of
// every refusal is followed. A command that a way stands for must be accepted, a screen must show
// what it promises.
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/appointments/blocks.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/reschedule_booking.h"
#include "core/domains/codec.h"
#include "core/kernel/authorize.h"
#include "core/kernel/engine.h"
#include "core/people/acting_enterprise.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/random_park.h"
#include "tests/core/support/seen.h"

namespace yuanyue::worlds {
namespace {

constexpr std::int64_t longest_pause_ms = 14 * ms_per_hour;
#ifdef __EMSCRIPTEN__
constexpr std::uint64_t worlds_count = 6;
#else
constexpr std::uint64_t worlds_count = 24;
#endif
constexpr int steps = 1500;

class Walk {
 public:
  explicit Walk(std::uint64_t seed) : park_(seed, longest_pause_ms) {
    for (AnyRow& row : RandomPark::rows()) state_.put(std::move(row));
  }

  void run() {
    for (int number = 0; number < steps && fault_.empty(); ++number) {
      const RandomStep step = park_.next(state_, now_);
      pass(step.pause_ms);
      auto result = execute(state_, envelope(step.who, step.command));
      if (result) {
        park_.remember(*result);
      } else {
        reached_.insert(result.error().code);
        follow_all(step.who, step.command, result.error());
      }
    }
  }

  const std::string& fault() const { return fault_; }
  const std::set<RefusalName>& reached() const { return reached_; }
  const std::set<WayName>& followed() const { return followed_; }

 private:
  Uuid next_id() { return uuid(7, ++ids_); }
  Envelope envelope(const Actor& who, const AnyCommand& command) {
    return {CommandId(next_id()), who, now_, command};
  }
  void pass(std::int64_t duration_ms) {
    now_ = now_ + duration_ms;
    while (const auto outcome = run_due(state_, now_, CommandId(next_id())))
      park_.remember(*outcome);
  }

  void follow_all(const Actor& who, const AnyCommand& command, const Rejection& rejection) {
    const std::string what =
        std::string(command.type().name) + " refused with " + std::string(rejection.code.name());
    if (rejection.ways.empty()) fault_ = what + " has no way forward";
    for (const WayForward& way : rejection.ways) {
      followed_.insert(way.kind);
      const std::string trouble = follow(who, rejection, way);
      if (trouble.empty()) continue;
      fault_ = what;
      fault_.append(", ").append(way.kind.name()).append(": ").append(trouble);
      fault_.append("\n  ").append(wire::encode(command));
      fault_.append("\n  ").append(wire::encode(rejection));
      fault_.append("\n  at ").append(to_string(now_));
    }
  }

  std::string give(const Actor& who, const AnyCommand& command) {
    const auto result = decide(state_, envelope(who, command));
    if (result) return {};
    return "refused with " + std::string(result.error().code.name());
  }

  template <class RowType>
  std::string shows_own(const Actor& who, const RowType* row) {
    if (row == nullptr) return "nothing to show";
    return row->enterprise == enterprise_of(state_, who) ? "" : "another enterprise's";
  }

  std::string follow(const Actor& who, const Rejection& rejection, const WayForward& way) {
    const auto place = place_of(state_, about(way).booking);
    const AppointmentWay& its = about(way);
    if (way.kind == ways::choose_block) {
      const auto facts = block_facts(state_, *state_.find(its.block->service), *its.block, now_);
      if (!facts || facts->free_seats() != its.free_seats) return "other seats than it says";
      if (!its.booking) return give(who, BookAppointment{BookingId(next_id()), *its.block});
      return give(who, RescheduleBooking{its.booking, *place, *its.block});
    }
    if (way.kind == ways::join_waitlist) {
      return give(who, JoinWaitlist{.entry = WaitlistEntryId(next_id()),
                                    .service = its.block->service,
                                    .wishes = {wish(*its.block)},
                                    .swap_booking = its.booking,
                                    .swap_from = place});
    }
    if (way.kind == ways::leave_waitlist) return give(who, leave_seen(state_, its.entry));
    if (way.kind == ways::view_booking || way.kind == ways::emergency_channel)
      return shows_own(who, state_.find(its.booking));
    if (way.kind == ways::view_entry) return shows_own(who, state_.find(its.entry));
    if (way.kind == ways::choose_other_day) return calendar(who, rejection, way);
    if (way.kind == ways::choose_other_service || way.kind == ways::refresh) return {};
    return "unknown";
  }

  // The calendar in which a time can be chosen: for the booking, or for a new one.
  std::string calendar(const Actor& who, const Rejection& rejection, const WayForward& way) {
    if (const Booking* booking = state_.find(about(way).booking)) {
      const auto refusal = check_can_reschedule(state_, *booking, now_);
      return refusal ? "no time can be chosen there" : "";
    }
    if (!about(rejection).block) return "of which service";
    const Service* service = state_.find(about(rejection).block->service);
    if (service == nullptr || !service->active) return "nothing is taken there";
    const BlockKey no_time{service->id, date_of(now_), TimeOfDay{}};
    const auto limit =
        check_own_limits(state_, *service, enterprise_of(state_, who), no_time, no_time.start, {});
    return limit ? "every time is refused" : "";
  }

  State state_;
  RandomPark park_;
  Instant now_ = RandomPark::start();
  std::uint64_t ids_ = 0;
  std::string fault_;
  std::set<RefusalName> reached_;
  std::set<WayName> followed_;
};

TEST(WaysForward, AreAcceptedWhenFollowed) {
  std::set<RefusalName> reached;
  std::set<WayName> followed;
  for (std::uint64_t seed = 1; seed <= worlds_count; ++seed) {
    Walk walk(seed);
    walk.run();
    ASSERT_EQ(walk.fault(), "") << "seed " << seed;
    reached.insert(walk.reached().begin(), walk.reached().end());
    followed.insert(walk.followed().begin(), walk.followed().end());
  }
  // What its own tests reach: what the store cannot keep, and more blocks than this park has.
  const std::set<RefusalName> elsewhere{refusals::cannot_be_kept, refusals::too_many_blocks};
  for (const RefusalKindBase* each : known_domains().refusals()) {
    EXPECT_NE(reached.contains(*each), elsewhere.contains(*each)) << each->name;
  }
  EXPECT_EQ(reached.size() + elsewhere.size(), known_domains().refusals().size());
  EXPECT_EQ(followed.size(), known_domains().ways().size());
}

}  // namespace
}  // namespace yuanyue::worlds
