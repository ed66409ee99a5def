// Random commands for a busy park: three services, a dozen enterprises, administrators who close
// and change things, and now and then somebody who asks for what is not theirs. The same seed gives
// the same commands in every build.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/appointments/override_block.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/save_catalog.h"
#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "core/messages/ids.h"
#include "core/messages/mark_notifications_read.h"
#include "tests/core/support/park.h"
#include "tests/core/support/random.h"

namespace yuanyue::worlds {

struct RandomStep {
  std::int64_t pause_ms = 0;  // before the command
  Actor who;
  AnyCommand command;
};

class RandomPark {
 public:
  RandomPark(std::uint64_t seed, std::int64_t longest_pause_ms);

  // The rows to begin with, official calendar included, and when.
  static std::vector<AnyRow> rows();
  static Instant start() { return at("2026-09-21 08:00"); }

  RandomStep next(const State& state, Instant now);
  // What this enterprise, or an administrator, could want given what its replica holds.
  // Requires the rows of rows() that are not an enterprise's own.
  AnyCommand enterprise_command(const State& state, const Member& who, Instant now);
  AnyCommand administrator_command(const State& state, Instant now);
  // What a command or timer changed: the ids that later commands may name.
  void remember(const Outcome& outcome);

 private:
  Member someone();
  // Who lives under this number now: after an erasing somebody new moves in.
  Member tenant(std::uint64_t number) const;
  std::optional<AnyCommand> missing_tenant(const State& state) const;
  AnyCommand erase();
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

  AnyCommand join(const State& state, const Member& who, Instant now);
  AnyCommand entry_command(const State& state, const Member& who, Instant now);
  MarkNotificationsRead mark_read(const State& state, const Member& who);
  AnyCommand cancel(const State& state, const Member& who, Instant now);
  AnyCommand reschedule(const State& state, const Member& who, Instant now);
  SaveCatalog change_hall(const State& state, Instant now);
  SaveCatalog change_service(const State& state);
  AnyCommand change_calendar(const State& state, Instant now);
  OverrideBlock override_block(const State& state, Instant now);
  AnyCommand save_people(const State& state);

  Random random_;
  std::uint64_t longest_pause_ms_;
  static constexpr std::uint64_t members = 12;
  // How often it was somebody new, by number.
  std::array<std::uint64_t, members + 1> enterprises_erased_{};
  std::array<std::uint64_t, members + 1> users_erased_{};
  std::vector<BookingId> bookings_;
  std::vector<WaitlistEntryId> entries_;
  std::vector<OfferId> offers_;
  std::vector<NotificationId> notifications_;
  std::vector<BlockKey> overridden_;
};

}  // namespace yuanyue::worlds
