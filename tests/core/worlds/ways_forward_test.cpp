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
  const std::set<RejectionCode>& reached() const { return reached_; }
  const std::set<WayKind>& followed() const { return followed_; }

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
    const std::string what = std::string(command.type().name) + " refused with " +
                             std::string(wire::name_of(rejection.code));
    if (rejection.ways.empty()) fault_ = what + " has no way forward";
    for (const WayForward& way : rejection.ways) {
      followed_.insert(way.kind);
      const std::string trouble = follow(who, rejection, way);
      if (trouble.empty()) continue;
      fault_ = what;
      fault_.append(", ").append(wire::name_of(way.kind)).append(": ").append(trouble);
      fault_.append("\n  ").append(wire::encode(command));
      fault_.append("\n  ").append(wire::encode(rejection));
      fault_.append("\n  at ").append(to_string(now_));
    }
  }

  std::string give(const Actor& who, const AnyCommand& command) {
    const auto result = decide(state_, envelope(who, command));
    if (result) return {};
    return "refused with " + std::string(wire::name_of(result.error().code));
  }

  template <class RowType>
  std::string shows_own(const Actor& who, const RowType* row) {
    if (row == nullptr) return "nothing to show";
    return row->enterprise == enterprise_of(state_, who) ? "" : "another enterprise's";
  }

  std::string follow(const Actor& who, const Rejection& rejection, const WayForward& way) {
    const auto place = place_of(state_, way.booking);
    switch (way.kind) {
      case WayKind::choose_block: {
        const auto facts = block_facts(state_, *state_.find(way.block->service), *way.block, now_);
        if (!facts || facts->free_seats() != way.free_seats) return "other seats than it says";
        if (!way.booking) {
          return give(who, BookAppointment{BookingId(next_id()), *way.block});
        }
        return give(who, RescheduleBooking{way.booking, *place, *way.block});
      }
      case WayKind::join_waitlist:
        return give(who, JoinWaitlist{.entry = WaitlistEntryId(next_id()),
                                      .service = way.block->service,
                                      .wishes = {wish(*way.block)},
                                      .swap_booking = way.booking,
                                      .swap_from = place});
      case WayKind::leave_waitlist:
        return give(who, leave_seen(state_, way.entry));
      case WayKind::view_booking:
      case WayKind::emergency_channel:
        return shows_own(who, state_.find(way.booking));
      case WayKind::view_entry:
        return shows_own(who, state_.find(way.entry));
      case WayKind::choose_other_day:
        return calendar(who, rejection, way);
      case WayKind::choose_other_service:
      case WayKind::refresh:
        return {};
    }
    return "unknown";
  }

  // The calendar in which a time can be chosen: for the booking, or for a new one.
  std::string calendar(const Actor& who, const Rejection& rejection, const WayForward& way) {
    if (const Booking* booking = state_.find(way.booking)) {
      const auto refusal = check_can_reschedule(state_, *booking, now_);
      return refusal ? "no time can be chosen there" : "";
    }
    if (!rejection.block) return "of which service";
    const Service* service = state_.find(rejection.block->service);
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
  std::set<RejectionCode> reached_;
  std::set<WayKind> followed_;
};

TEST(WaysForward, AreAcceptedWhenFollowed) {
  std::set<RejectionCode> reached;
  std::set<WayKind> followed;
  for (std::uint64_t seed = 1; seed <= worlds_count; ++seed) {
    Walk walk(seed);
    walk.run();
    ASSERT_EQ(walk.fault(), "") << "seed " << seed;
    reached.insert(walk.reached().begin(), walk.reached().end());
    followed.insert(walk.followed().begin(), walk.followed().end());
  }
  // What its own tests reach: what the store cannot keep, and more blocks than this park has.
  const std::set<RejectionCode> elsewhere{RejectionCode::cannot_be_kept,
                                          RejectionCode::too_many_blocks};
  for (int code = 0; code <= static_cast<int>(RejectionCode::too_many_blocks); ++code) {
    const auto each = static_cast<RejectionCode>(code);
    EXPECT_NE(reached.contains(each), elsewhere.contains(each)) << wire::name_of(each);
  }
  EXPECT_EQ(followed.size(), static_cast<std::size_t>(WayKind::choose_other_service) + 1);
}

}  // namespace
}  // namespace yuanyue::worlds
