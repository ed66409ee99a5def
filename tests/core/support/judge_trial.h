// One decision before the judge: each changed row in its order, against the park as it stood just
// then. Collects what must be in the ledger and in the inboxes because of it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/appointments/waitlist_entry.h"
#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "core/kernel/run_due.h"
#include "core/messages/notification.h"
#include "tests/core/support/judge_picture.h"
#include "tests/core/support/kinds.h"

namespace yuanyue::worlds {

class Trial {
 public:
  // Writes the outcome's changes into the picture.
  Trial(Picture& park, const Envelope& envelope);
  void run(const Outcome& outcome);
  std::vector<std::string> take_sentences() { return std::move(wrong_); }

 private:
  // One row each, in judge_rows.cpp and judge_waitlist.cpp; before or after may be missing.
  void judge(const Booking* before, const Booking* after);
  void judge(const WaitlistEntry* before, const WaitlistEntry* after);
  void judge(const Offer* before, const Offer* after);
  void judge(const Notification* before, const Notification* after);
  void judge(const Block* before, const Block* after);
  void judge(const WaitingPlace* before, const WaitingPlace* after);
  template <class RowType>
  void judge(const RowType* before, const RowType* after);  // what administrators write
  void judge(const RowChange& change);
  void judge_archived(const RowRef& row);
  bool is_of_erased(const RowRef& row) const;
  void judge_erased(const RowRef& row);
  template <class RowType>
  bool is_renamed_account(const RowType* before, const RowType& after);

  void judge_new_booking(const Booking& row);
  void judge_moved(const Booking& before, const Booking& after);
  void judge_flag(const Booking& before, const Booking& after);
  void judge_new_entry(const WaitlistEntry& row);
  void judge_waiting(const WaitlistEntry& before, const WaitlistEntry& after);
  void judge_closing(const WaitlistEntry& before, const WaitlistEntry& after);
  void judge_fulfilled(const WaitlistEntry& before, const WaitlistEntry& after);
  void judge_served(const BlockKey& key, const BookingId& booking);
  std::vector<BlockKey> queues_for(const Service& service, const std::vector<Wish>& wishes,
                                   const BookingId& swap, const WaitlistEntry* present) const;
  void judge_tier(const WaitlistEntry& before, const WaitlistEntry& after);
  void judge_ended(const WaitlistEntry& before, const WaitlistEntry& after);
  bool may_end(const WaitlistEntry& entry, WaitlistEndReason reason);
  void judge_new_offer(const Offer& row);
  bool has_swap_gone(const Offer& offer) const;
  void judge_turn(const WaitlistEntry& entry, const BlockKey& key);
  void judge_seat_is_there(const BlockKey& key);
  // When everything is written.
  void judge_touched();
  void judge_places();
  void judge_withdrawn();
  void judge_administration();

  template <class CommandType>
  const CommandType* command() const {
    return envelope_.command.get_if<CommandType>();
  }
  bool is_timer() const { return command<RunDue>() != nullptr; }
  bool is_administration() const;
  // The command erases this enterprise.
  bool leaves(const EnterpriseId& enterprise) const;
  bool expect(bool holds, std::string_view what);
  LedgerEntry& fact(const EventKindBase& kind, const EnterpriseId& enterprise);
  Notification& message(const NoticeKindBase& kind, const EnterpriseId& enterprise);
  LedgerEntry& offer_fact(const EventKindBase& kind, const Offer& offer);
  LedgerEntry& entry_fact(const EventKindBase& kind, const WaitlistEntry& entry);

  Picture& park_;
  const Envelope& envelope_;
  const Instant now_;
  const EnterpriseId own_;  // whose member asks

  // An entry that was fulfilled and whose booking is not written yet.
  struct Served {
    WaitlistEntry entry;  // as it waited
    std::optional<BlockKey> offered;
  };
  std::optional<Served> served_;
  std::set<BookingId> touched_bookings_;
  std::set<BlockKey> touched_blocks_;
  std::set<WaitlistEntryId> touched_entries_;
  std::set<OfferId> withdrawn_;
  bool did_it_ = false;  // what the command asked for
  std::vector<LedgerEntry> facts_;
  std::vector<Notification> messages_;
  std::vector<Notification> written_messages_;
  std::vector<std::string> wrong_;
};

}  // namespace yuanyue::worlds
