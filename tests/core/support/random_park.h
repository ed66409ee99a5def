// Random commands for a busy park: three services, a dozen enterprises, administrators who close
// and change things, and now and then somebody who asks for what is not theirs. The same seed gives
// the same commands in every build.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/kernel/envelope.h"
#include "core/kernel/outcome.h"
#include "tests/core/support/park.h"
#include "tests/core/support/random.h"

namespace yuanyue::worlds {

struct RandomStep {
  std::int64_t pause_ms = 0;  // before the command
  Actor who;
  Command command;
};

class RandomPark {
 public:
  RandomPark(std::uint64_t seed, std::int64_t longest_pause_ms);

  // The rows to begin with, official calendar included, and when.
  static std::vector<Row> rows();
  static Instant start() { return at("2026-09-21 08:00"); }

  RandomStep next(const State& state, Instant now);
  // What this enterprise, or an administrator, could want given what its replica holds.
  // Requires the rows of rows() that are not an enterprise's own.
  Command enterprise_command(const State& state, const Member& who, Instant now);
  Command administrator_command(const State& state, Instant now);
  // What a command or timer changed: the ids that later commands may name.
  void remember(const Outcome& outcome);

 private:
  Member someone();
  ServiceId some_service();
  BlockKey some_block(const State& state, const ServiceId& id, Instant now);
  Uuid fresh_id();
  template <class IdType>
  IdType new_id(const std::vector<IdType>& taken);
  BookingId some_booking(const State& state, const Member& who);
  WaitlistEntryId some_entry(const State& state, const Member& who);
  OfferId some_offer(const State& state, const Member& who);
  BlockKey some_free_block(const State& state, const ServiceId& service, Instant now);
  // Mostly free.
  BlockKey some_target(const State& state, const ServiceId& service, Instant now);
  BlockKey some_full_block(const State& state, const ServiceId& service, Instant now);
  std::vector<Wish> some_wishes(const State& state, const ServiceId& service, Instant now);

  Command join(const State& state, const Member& who, Instant now);
  Command entry_command(const State& state, const Member& who, Instant now);
  MarkNotificationsRead mark_read(const State& state, const Member& who);
  Command cancel(const State& state, const Member& who, Instant now);
  Command reschedule(const State& state, const Member& who, Instant now);
  SaveCatalog change_hall(const State& state, Instant now);
  SaveCatalog change_service(const State& state);
  Command change_calendar(const State& state, Instant now);
  OverrideBlock override_block(const State& state, Instant now);
  Command save_people(const State& state);

  Random random_;
  std::uint64_t longest_pause_ms_;
  std::vector<BookingId> bookings_;
  std::vector<WaitlistEntryId> entries_;
  std::vector<OfferId> offers_;
  std::vector<NotificationId> notifications_;
  std::vector<BlockKey> overridden_;
};

}  // namespace yuanyue::worlds
