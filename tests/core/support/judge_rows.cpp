// Bookings, blocks, messages, and what administrators write.
#include <algorithm>
#include <type_traits>
#include <variant>

#include "core/appointments/block_override.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/override_block.h"
#include "core/appointments/reschedule_booking.h"
#include "core/catalog/catalog.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "core/kernel/command.h"
#include "core/kernel/notice.h"
#include "core/kernel/row.h"
#include "core/messages/mark_notifications_read.h"
#include "core/messages/notification.h"
#include "core/people/enterprise.h"
#include "core/people/erase.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "tests/core/support/archive_rules.h"
#include "tests/core/support/judge_book.h"
#include "tests/core/support/judge_trial.h"
#include "tests/core/support/kinds.h"

namespace yuanyue::worlds {
namespace {

std::string in_small_letters(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool names_row(const AnyCommand& command, const RowRef& row) {
  const auto lists = [](const auto& rows, const auto& wanted) {
    return std::ranges::find(rows, wanted) != rows.end();
  };
  const auto in_catalog = [&](const auto& wanted) {
    const auto* c = command.get_if<SaveCatalog>();
    if (c == nullptr) return false;
    using Wanted = std::decay_t<decltype(wanted)>;
    if constexpr (std::is_same_v<Wanted, Park>) return lists(c->parks, wanted);
    if constexpr (std::is_same_v<Wanted, Hall>) return lists(c->halls, wanted);
    if constexpr (std::is_same_v<Wanted, Department>) return lists(c->departments, wanted);
    if constexpr (std::is_same_v<Wanted, Service>) return lists(c->services, wanted);
    return false;
  };
  if (const auto* c = command.get_if<ImportCalendarYear>())
    return RowRef(OfficialYear{c->year}) == row;
  if (const auto* c = command.get_if<OverrideBlock>()) return RowRef(c->block) == row;
  if (const auto* c = command.get_if<SaveEnterprise>()) return RowRef(c->enterprise) == row;
  if (const auto* c = command.get_if<SaveUser>()) return RowRef(c->user) == row;
  bool is_in = false;
  EveryRow::visit(row, [&](const auto& wanted) { is_in = in_catalog(wanted); });
  return is_in;
}

}  // namespace

// The account that bears its enterprise's credit code bears the new one.
template <class RowType>
bool Trial::is_renamed_account(const RowType* before, const RowType& after) {
  if constexpr (std::is_same_v<RowType, User>) {
    const auto* saved = command<SaveEnterprise>();
    if (before == nullptr || saved == nullptr) return false;
    const Enterprise& enterprise = saved->enterprise;
    const auto* known = park_.find<Enterprise>(enterprise.id);
    if (known == nullptr || before->name != in_small_letters(known->credit_code)) return false;
    User expected = *before;
    expected.name = in_small_letters(enterprise.credit_code);
    expect(before->enterprise == enterprise.id && after == expected,
           "an account is renamed that does not bear its enterprise's code");
    LedgerEntry& entry = fact(events::user_saved, enterprise.id);
    entry.kind.get_if<AccountEvent>()->user = expected.id;
    entry.note = expected.name;
    return true;
  }
  return false;
}

void Trial::judge(const RowChange& change) {
  expect(park_.row(key_of(change.row())) == change.before(),
         "a change does not begin with what was there");
  if (change.archived) return judge_archived(change.before());
  if (!change.after() && is_of_erased(change.before())) return judge_erased(change.before());
  EveryRow::visit(change.row(), [&]<class Row>(const Row&) {
    judge(change.before_if<Row>(), change.after_if<Row>());
  });
}

void Trial::judge_archived(const RowRef& row) {
  const std::int64_t kept = kept_ms([&](const auto& see) {
    for (const auto& [id, park] : park_.all<Park>()) see(park);
  });
  const auto done = done_at(row);
  expect(is_timer(), "a command archives");
  expect(done && *done + kept <= now_, "a row is archived that is open or has not had its time");
}

// An enterprise's rows say so, and its accounts; an account is its user's.
bool Trial::is_of_erased(const RowRef& row) const {
  const auto* user = command<EraseUser>();
  if (user != nullptr) return row.is<User>() && row.as<User>().id == user->user;
  bool is_its = false;
  EveryRow::visit(row, [&]<class Row>(const Row& value) {
    if constexpr (std::is_same_v<Row, Enterprise>) {
      is_its = leaves(value.id);
    } else if constexpr (requires { value.enterprise; }) {
      is_its = leaves(value.enterprise);
    }
  });
  return is_its;
}

// Last of all, so that nothing of it is judged any more.
void Trial::judge_erased(const RowRef& row) {
  expect(envelope_.actor.kind == ActorKind::console, "somebody else than the console erases");
  if (const auto* account = row.get_if<User>()) {
    fact(events::user_erased, account->enterprise).kind.get_if<AccountEvent>()->user = account->id;
  } else if (const auto* enterprise = row.get_if<Enterprise>()) {
    fact(events::enterprise_erased, enterprise->id);
  } else if (const auto* booking = row.get_if<Booking>()) {
    expect(booking->status != BookingStatus::confirmed, "a booking is erased that is open");
    touched_bookings_.erase(booking->id);
  } else if (const auto* entry = row.get_if<WaitlistEntry>()) {
    expect(!park_.open_entries().contains(entry->id), "an entry is erased that is open");
    touched_entries_.erase(entry->id);
  } else if (const auto* offer = row.get_if<Offer>()) {
    expect(offer->status != OfferStatus::open, "an offer is erased that is open");
    withdrawn_.erase(offer->id);
  }
}

template <class RowType>
void Trial::judge(const RowType* before, const RowType* after) {
  if (after != nullptr) {
    if (is_renamed_account(before, *after)) return;
    expect(names_row(envelope_.command, *after), "a row that the command does not carry");
    return;
  }
  const auto* removal = command<RemoveBlockOverride>();
  const AnyKey key = key_of(*before);
  expect(removal != nullptr && key == AnyKey(BlockOverrideKey{removal->block}),
         "a row is removed that the command does not name");
}

void Trial::judge(const Notification* before, const Notification* after) {
  if (after == nullptr) return void(expect(false, "a message is removed"));
  if (before == nullptr) {
    expect(after->at == now_ && after->read_at.ms == 0, "a new message is not of now and unread");
    written_messages_.push_back(*after);
    return;
  }
  const auto* mark = command<MarkNotificationsRead>();
  Notification expected = *before;
  expected.read_at = now_;
  expect(mark != nullptr && before->read_at.ms == 0 && before->enterprise == own_ &&
             std::ranges::find(mark->notifications, before->id) != mark->notifications.end(),
         "a message is marked that the command may not mark");
  expect(*after == expected, "a message is changed");
}

// --- blocks ------------------------------------------------------------------------------------

void Trial::judge(const Block* before, const Block* after) {
  touched_blocks_.insert(after != nullptr ? after->key : before->key);
  if (after == nullptr) {
    expect(is_timer() && to_instant(before->key.date, before->end) <= now_,
           "a block is forgotten before its end");
    return;
  }
  const auto seats = book::seats_of(park_, after->key, now_);
  if (before == nullptr) {
    if (!expect(seats.has_value(), "counters of a block that does not exist")) return;
    expect(after->end == seats->end, "a block's end is not the template's");
    expect(after->reserve_release_at == (now_ < seats->release_at ? seats->release_at : never),
           "a reserve goes to the public at another time than the rule's");
    return;
  }
  expect(after->end == before->end, "a block's end is moved under its bookings");
  if (after->reserve_release_at == before->reserve_release_at) return;
  if (is_timer()) {
    expect(before->reserve_release_at <= now_ && after->reserve_release_at == never,
           "a reserve is released too early");
    return;
  }
  expect(is_administration() && seats.has_value() &&
             after->reserve_release_at == (now_ < seats->release_at ? seats->release_at : never),
         "a reserve's release is moved for no reason");
}

// --- bookings ----------------------------------------------------------------------------------

void Trial::judge(const Booking* before, const Booking* after) {
  if (after == nullptr) return void(expect(false, "a booking is removed"));
  touched_bookings_.insert(after->id);
  if (before == nullptr) return judge_new_booking(*after);
  if (!expect(before->status == BookingStatus::confirmed, "a finished booking is changed")) return;
  if (after->block != before->block) return judge_moved(*before, *after);
  if (after->needs_relocation != before->needs_relocation) return judge_flag(*before, *after);

  Booking expected = *before;
  expected.status = after->status;
  expected.previous_block.reset();
  if (after->status == BookingStatus::cancelled) {
    const auto* cancel = command<CancelBooking>();
    const bool is_its_own =
        cancel != nullptr && cancel->booking == before->id && before->enterprise == own_;
    if (!expect(is_its_own || leaves(before->enterprise),
                "a booking is cancelled that its enterprise did not cancel")) {
      return;
    }
    expect(*after == expected, "cancelling changes more than it says");
    LedgerEntry& entry = fact(events::booking_cancelled, before->enterprise);
    detail_of(entry).booking = before->id;
    detail_of(entry).from_block = before->block;
    if (is_its_own) entry.note = cancel->reason;
    did_it_ = true;
    return;
  }
  const bool is_over = to_instant(before->block.date, before->end) <= now_;
  expect(after->status == BookingStatus::ended && is_timer() && is_over,
         "a booking ends before its time or changes for no reason");
  expect(*after == expected, "the end of a booking changes more than it says");
  LedgerEntry& entry = fact(events::booking_ended, before->enterprise);
  detail_of(entry).booking = before->id;
  detail_of(entry).block = before->block;
}

void Trial::judge_new_booking(const Booking& row) {
  const auto seats = book::seats_of(park_, row.block, now_);
  if (!expect(seats.has_value(), "a booking in a block that does not exist")) return;
  Booking expected;
  expected.id = row.id;
  expected.code = row.code;  // its form and uniqueness are an invariant
  expected.block = row.block;
  expected.end = seats->end;
  expected.created_at = now_;
  LedgerEntry& entry = fact(events::booking_made, row.enterprise);
  detail_of(entry).booking = row.id;
  detail_of(entry).block = row.block;
  if (served_) {
    expected.enterprise = served_->entry.enterprise;
    expected.booked_by = served_->entry.joined_by;
    detail_of(entry).entry = served_->entry.id;
    expect(!served_->entry.swap_booking, "a swap becomes a second booking");
    judge_served(row.block, row.id);
  } else {
    const auto* made = command<BookAppointment>();
    expect(made != nullptr && made->booking == row.id && made->block == row.block,
           "a booking that nobody made");
    expected.enterprise = own_;
    expected.booked_by = envelope_.actor.user;
    judge_seat_is_there(row.block);
    did_it_ = true;
  }
  expect(row == expected, "a new booking is not what was asked for");
}

void Trial::judge_moved(const Booking& before, const Booking& after) {
  const auto seats = book::seats_of(park_, after.block, now_);
  if (!expect(seats.has_value(), "a booking is moved into a block that does not exist")) return;
  Booking expected = before;
  expected.block = after.block;
  expected.end = seats->end;
  expected.needs_relocation = false;
  expected.previous_block.reset();
  const EventKindBase* kind = &events::booking_rescheduled;
  WaitlistEntryId by_entry;
  const auto* move = command<RescheduleBooking>();
  const auto* undo = command<UndoReschedule>();
  if (served_) {
    by_entry = served_->entry.id;
    expect(served_->entry.swap_booking == before.id, "another booking than the entry's is moved");
    expected.changes_used += before.needs_relocation ? 0 : 1;
    judge_served(after.block, before.id);
  } else if (move != nullptr && move->booking == before.id && before.enterprise == own_) {
    expect(move->to == after.block, "a booking is moved elsewhere than asked");
    judge_seat_is_there(after.block);
    if (!before.needs_relocation) {
      ++expected.changes_used;
      expected.previous_block = before.block;
      expected.rescheduled_at = now_;
    }
    did_it_ = true;
  } else if (undo != nullptr && undo->booking == before.id && before.enterprise == own_) {
    expect(before.previous_block == after.block, "undo goes elsewhere than back");
    judge_seat_is_there(after.block);
    --expected.changes_used;
    kind = &events::booking_reschedule_undone;
    did_it_ = true;
  } else {
    expect(false, "a booking is moved that its enterprise did not move");
  }
  expect(after == expected, "moving a booking changes more or less than the rule");
  LedgerEntry& entry = fact(*kind, before.enterprise);
  detail_of(entry).booking = before.id;
  detail_of(entry).entry = by_entry;
  detail_of(entry).from_block = before.block;
  detail_of(entry).block = after.block;
}

void Trial::judge_flag(const Booking& before, const Booking& after) {
  Booking expected = before;
  expected.needs_relocation = after.needs_relocation;
  expect(after == expected, "a relocation flag changes more than itself");
  expect(is_administration(), "a relocation flag changes although nothing was closed or opened");
  expect(book::is_closed(park_, before.block, now_) == after.needs_relocation,
         "a relocation flag says otherwise than the calendar");
  const bool is_set = after.needs_relocation;
  LedgerEntry& entry =
      fact(is_set ? events::booking_relocation_flagged : events::booking_relocation_cleared,
           before.enterprise);
  detail_of(entry).booking = before.id;
  detail_of(entry).block = before.block;
  Notification& told =
      message(is_set ? notices::relocation_needed : notices::relocation_cleared, before.enterprise);
  detail_of(told).booking = before.id;
  detail_of(told).block = before.block;
}

void Trial::judge_seat_is_there(const BlockKey& key) {
  const auto seats = book::seats_of(park_, key, now_);
  expect(seats && seats->free() > 0, "a seat is given that is not free");
}

// --- when all is written -----------------------------------------------------------------------

void Trial::judge_touched() {
  for (const BookingId& id : touched_bookings_) {
    const auto* booking = park_.find<Booking>(id);
    if (booking == nullptr || booking->status != BookingStatus::confirmed) continue;
    expect(booking->needs_relocation == book::is_closed(park_, booking->block, now_),
           "a booking's relocation flag is not what the calendar says");
  }
  for (const BlockKey& key : touched_blocks_) {
    const auto* block = park_.find<Block>(key);
    if (block == nullptr) continue;
    int booked = 0;
    int held = 0;
    for (const BookingId& id : park_.confirmed()) booked += park_.find<Booking>(id)->block == key;
    for (const OfferId& id : park_.open_offers()) held += park_.find<Offer>(id)->block == key;
    expect(block->booked == booked, "a block's count of bookings is wrong");
    expect(block->held == held, "a block's count of held seats is wrong");
  }
}

void Trial::judge_administration() {
  const auto all_there = [&](const auto& rows) {
    for (const auto& row : rows) {
      expect(park_.row(key_of(row)) == RowRef(row), "a row of the command was not written");
    }
  };
  if (const auto* imported = command<ImportCalendarYear>()) {
    all_there(std::vector{OfficialYear{imported->year}});
    fact(events::calendar_imported, {}).note = std::to_string(imported->year.year);
  } else if (const auto* catalog = command<SaveCatalog>()) {
    all_there(catalog->parks);
    all_there(catalog->halls);
    all_there(catalog->departments);
    all_there(catalog->services);
    fact(events::catalog_changed, {});
  } else if (const auto* set = command<OverrideBlock>()) {
    all_there(std::vector{set->block});
    LedgerEntry& entry = fact(events::block_overridden, {});
    detail_of(entry).block = set->block.key;
    entry.note = set->block.reason;
  } else if (const auto* removed = command<RemoveBlockOverride>()) {
    expect(park_.find<BlockOverride>(BlockOverrideKey{removed->block}) == nullptr,
           "an override that was removed is still there");
    detail_of(fact(events::block_overridden, {})).block = removed->block;
  } else if (const auto* saved = command<SaveEnterprise>()) {
    all_there(std::vector{saved->enterprise});
    fact(events::enterprise_saved, saved->enterprise.id);
  } else if (const auto* user = command<SaveUser>()) {
    all_there(std::vector{user->user});
    LedgerEntry& entry = fact(events::user_saved, user->user.enterprise);
    entry.kind.get_if<AccountEvent>()->user = user->user.id;
    entry.note = user->user.name;
  } else if (command<EraseEnterprise>() != nullptr || command<EraseUser>() != nullptr) {
    EveryRow::for_each([&]<class Row>() {
      for (const auto& [key, row] : park_.all<Row>()) {
        expect(!is_of_erased(row), "something of who was erased is left");
      }
    });
  }
  if (!is_administration()) return;
  for (const BookingId& id : park_.confirmed()) {
    const auto* booking = park_.find<Booking>(id);
    expect(booking->needs_relocation == book::is_closed(park_, booking->block, now_),
           "a closed day's booking is not flagged, or an open one's is");
  }
}

}  // namespace yuanyue::worlds
