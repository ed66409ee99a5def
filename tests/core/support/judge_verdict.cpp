#include "tests/core/support/judge_verdict.h"

#include <algorithm>
#include <string_view>
#include <variant>

#include "core/appointments/answer_offer.h"
#include "core/appointments/block.h"
#include "core/appointments/block_override.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/ids.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/override_block.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/base/check_character.h"
#include "core/catalog/catalog.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "core/kernel/command.h"
#include "core/kernel/run_due.h"
#include "core/messages/ids.h"
#include "core/messages/mark_notifications_read.h"
#include "core/messages/notification.h"
#include "core/people/enterprise.h"
#include "core/people/erase.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "core/people/user.h"
#include "core/wire/text_limits.h"
#include "tests/core/support/every_type.h"
#include "tests/core/support/judge_book.h"

namespace yuanyue::worlds {
namespace {

namespace Code = refusals;

struct Rules {
  const Picture& park;
  Instant now;
  EnterpriseId own;  // whose member asks
  Verdict& verdict;

  // --- what several commands ask
  template <class RowType>
  const RowType* owned(const RowType* row) const {
    if (row != nullptr && row->enterprise == own) return row;
    verdict.add(Code::not_found);
    return nullptr;
  }

  void take_seat(const BlockKey& key, const BookingId& given_up) const {
    const auto* service = park.find<Service>(key.service);
    if (service == nullptr) return verdict.add(Code::not_found);
    if (!service->active) return verdict.add(Code::service_inactive);
    const auto seats = book::seats_of(park, key, now);
    if (!seats) return verdict.add(Code::block_closed);
    verdict.add(Code::block_closed, seats->closed);
    verdict.add(Code::outside_window, now < seats->opens_at);
    verdict.add(Code::past_cutoff, now >= seats->cutoff_at);
    verdict.add(Code::overlaps_own_booking, book::has_clash(park, own, key, seats->end, given_up));
    verdict.add(Code::too_many_open, !given_up && book::open_bookings(park, own, key.service) >=
                                                      service->policy.max_open);
    verdict.add(Code::block_full, seats->free() == 0);
  }
  bool can_take_seat(const BlockKey& key, const BookingId& given_up) const {
    Verdict alone;
    Rules{park, now, own, alone}.take_seat(key, given_up);
    return alone.broken.empty();
  }

  void move(const Booking& booking) const {
    verdict.add(Code::not_confirmed, booking.status != BookingStatus::confirmed);
    const auto* service = park.find<Service>(booking.block.service);
    verdict.add(Code::service_inactive, !service->active);
    if (booking.needs_relocation) return;
    const auto closes_at = book::change_closes_at(park, booking);
    verdict.add(Code::past_deadline, !closes_at || now >= *closes_at);
    verdict.add(Code::too_many_changes, booking.changes_used >= service->policy.max_changes);
  }

  void wait(const Service& service, const std::vector<Wish>& wishes, const BookingId& swap,
            const WaitlistEntryId& entry) const {
    if (wishes.empty() || wishes.size() > max_wishes) return verdict.add(Code::invalid);
    std::vector<BlockKey> blocks = book::blocks_of(park, service, wishes, now);
    if (const auto* booking = park.find<Booking>(swap)) std::erase(blocks, booking->block);
    if (blocks.empty()) return verdict.add(Code::block_closed);
    verdict.add(Code::too_many_blocks, blocks.size() > max_entry_blocks);
    verdict.add(Code::seat_is_free, std::ranges::any_of(blocks, [&](const BlockKey& key) {
                  return can_take_seat(key, swap);
                }));
    std::erase_if(blocks, [&](const BlockKey& key) { return is_full(service, key, entry); });
    if (blocks.empty()) return verdict.add(Code::waitlist_full);
    int open = 0;
    for (const WaitlistEntryId& id : park.open_entries()) {
      const auto* other = park.find<WaitlistEntry>(id);
      if (other->enterprise != own || other->service != service.id || id == entry) continue;
      ++open;
      verdict.add(Code::already_waiting, std::ranges::any_of(blocks, [&](const BlockKey& key) {
                    return std::ranges::find(other->blocks, key) != other->blocks.end();
                  }));
    }
    verdict.add(Code::too_many_entries, open >= service.policy.max_waitlist_entries);
  }
  bool is_full(const Service& service, const BlockKey& key, const WaitlistEntryId& entry) const {
    const auto* waiting = park.find<WaitlistEntry>(entry);
    const bool has_place =
        waiting != nullptr && std::ranges::find(waiting->blocks, key) != waiting->blocks.end();
    return !has_place && std::ssize(book::places_in(park, key)) >= service.policy.max_waiting;
  }

  static bool is_seen(const WaitlistEntry& entry, const SeenEntry& seen) {
    return entry.wishes == seen.wishes && entry.auto_accept == seen.auto_accept &&
           entry.offer == seen.offer;
  }

  // --- an enterprise's commands
  void operator()(const BookAppointment& c) const {
    verdict.add(Code::invalid, !c.booking);
    verdict.add(Code::already_exists, park.is_used(AnyKey(c.booking)));
    take_seat(c.block, {});
  }
  void operator()(const RescheduleBooking& c) const {
    const auto* booking = owned(park.find<Booking>(c.booking));
    if (booking == nullptr) return;
    move(*booking);
    verdict.add(Code::stale, c.from != booking->block);
    verdict.add(Code::same_block, c.to == booking->block);
    verdict.add(Code::invalid, c.to.service != booking->block.service);
    take_seat(c.to, c.booking);
  }
  void operator()(const UndoReschedule& c) const {
    const auto* booking = owned(park.find<Booking>(c.booking));
    if (booking == nullptr) return;
    verdict.add(Code::not_confirmed, booking->status != BookingStatus::confirmed);
    verdict.add(Code::stale, c.from != booking->block);
    if (!booking->previous_block) return verdict.add(Code::nothing_to_undo);
    verdict.add(Code::stale, c.to != *booking->previous_block);
    const auto* service = park.find<Service>(booking->block.service);
    verdict.add(Code::undo_expired, now >= booking->rescheduled_at + service->policy.undo_ms);
    take_seat(*booking->previous_block, c.booking);
  }
  void operator()(const CancelBooking& c) const {
    const auto* booking = owned(park.find<Booking>(c.booking));
    if (booking == nullptr) return;
    verdict.add(Code::not_confirmed, booking->status != BookingStatus::confirmed);
    verdict.add(Code::past_cutoff, now >= to_instant(booking->block.date, booking->block.start));
    verdict.add(Code::stale, c.block != booking->block);
    verdict.add(Code::invalid, c.reason.size() > max_note_bytes);
  }
  void operator()(const JoinWaitlist& c) const {
    const Booking* swap = nullptr;
    if (c.swap_booking) {
      swap = owned(park.find<Booking>(c.swap_booking));
      if (swap == nullptr) return;
      verdict.add(Code::stale, c.swap_from && *c.swap_from != swap->block);
    }
    const auto* service = park.find<Service>(c.service);
    if (service == nullptr) return verdict.add(Code::not_found);
    if (!service->active) return verdict.add(Code::service_inactive);
    verdict.add(Code::invalid, !c.entry || c.swap_from.has_value() != (swap != nullptr));
    verdict.add(Code::already_exists, park.is_used(AnyKey(c.entry)));
    if (swap != nullptr) {
      verdict.add(Code::invalid, swap->block.service != c.service);
      move(*swap);
    } else {
      verdict.add(Code::too_many_open,
                  book::open_bookings(park, own, c.service) >= service->policy.max_open);
    }
    wait(*service, c.wishes, c.swap_booking, {});
  }
  void operator()(const ChangeWaitlistEntry& c) const {
    const auto* entry = owned(park.find<WaitlistEntry>(c.entry));
    if (entry == nullptr) return;
    verdict.add(Code::not_confirmed, entry->status != WaitlistStatus::waiting);
    verdict.add(Code::stale, !is_seen(*entry, c.seen));
    const auto* service = park.find<Service>(entry->service);
    verdict.add(Code::service_inactive, !service->active);
    wait(*service, c.wishes, entry->swap_booking, c.entry);
  }
  void operator()(const LeaveWaitlist& c) const {
    const auto* entry = owned(park.find<WaitlistEntry>(c.entry));
    if (entry == nullptr) return;
    verdict.add(Code::not_confirmed, !park.open_entries().contains(c.entry));
    verdict.add(Code::stale, !is_seen(*entry, c.seen));
  }
  const Offer* open_offer(const OfferId& id) const {
    const auto* offer = owned(park.find<Offer>(id));
    if (offer == nullptr) return nullptr;
    verdict.add(Code::offer_closed, offer->status != OfferStatus::open || now >= offer->expires_at);
    return offer;
  }
  void operator()(const AcceptOffer& c) const {
    const Offer* offer = open_offer(c.offer);
    if (offer == nullptr) return;
    const auto* service = park.find<Service>(offer->block.service);
    const auto* swap = park.find<Booking>(offer->swap_booking);
    if (swap != nullptr) {
      verdict.add(Code::invalid, !c.swap_from);
      verdict.add(Code::stale, c.swap_from && *c.swap_from != swap->block);
    }
    if (swap != nullptr && !swap->needs_relocation) {
      verdict.add(Code::not_confirmed, swap->status != BookingStatus::confirmed);
      verdict.add(Code::past_cutoff, now >= to_instant(swap->block.date, swap->block.start));
      verdict.add(Code::too_many_changes, swap->changes_used >= service->policy.max_changes);
    }
    verdict.add(Code::overlaps_own_booking,
                book::has_clash(park, own, offer->block, offer->end, offer->swap_booking));
    verdict.add(Code::too_many_open,
                !offer->swap_booking && book::open_bookings(park, own, offer->block.service) >=
                                            service->policy.max_open);
    verdict.add(Code::block_closed, book::is_closed(park, offer->block, now));
  }
  void operator()(const DeclineOffer& c) const { open_offer(c.offer); }
  void operator()(const MarkNotificationsRead& c) const {
    verdict.add(Code::invalid, c.notifications.empty() || c.notifications.size() > 100);
    // One that is not here any more is passed over.
    for (const NotificationId& id : c.notifications) {
      if (const auto* row = park.find<Notification>(id)) owned(row);
    }
  }
  template <class Other>
  void operator()(const Other&) const {
    verdict.add(Code::not_permitted);
  }
};

bool has_code_form(std::string_view code) {
  return code.size() == 18 && std::ranges::all_of(code, [](char c) {
           return check_alphabet.find(c) != std::string_view::npos;
         });
}

struct AdministratorRules {
  const Picture& park;
  Instant now;
  bool is_console;
  Verdict& verdict;

  // Its sender looked at a row that is not there so any more.
  template <class RowType, class Key>
  bool is_otherwise(const std::optional<RowType>& seen, const Key& key) const {
    const RowType* row = park.find<RowType>(key);
    return seen && (row == nullptr || *row != *seen);
  }

  // It was there and is no more: its id is nobody's again.
  template <class Key>
  bool has_gone(const Key& key) const {
    return !park.row(AnyKey(key)) && park.is_used(AnyKey(key));
  }
  // The one who can administer.
  bool is_last(const UserId& user) const {
    bool is_he = false;
    bool is_another = false;
    for (const auto& [id, row] : park.all<User>()) {
      const bool administers = row.role == Role::administrator && !row.disabled;
      (id == user ? is_he : is_another) |= administers;
    }
    return is_he && !is_another;
  }

  void operator()(const ImportCalendarYear& c) const {
    verdict.add(Code::invalid, c.year.year < 1970 || c.year.year > 2199);
    verdict.add(Code::invalid, !c.force && book::lacks_statutory_days(c.year));
  }
  void operator()(const SaveCatalog&) const { verdict.is_open = true; }
  void operator()(const OverrideBlock& c) const {
    const BlockKey& key = c.block.key;
    if (park.find<Service>(key.service) == nullptr) return verdict.add(Code::not_found);
    verdict.add(Code::block_closed, !book::seats_of(park, key, now));
    const int capacity = c.block.capacity.value_or(0);
    verdict.add(Code::invalid, capacity < 0 || capacity > 1000);
    verdict.add(Code::invalid, c.block.reason.size() > max_note_bytes);
    verdict.add(Code::stale, is_otherwise(c.seen, BlockOverrideKey{key}));
  }
  void operator()(const RemoveBlockOverride& c) const {
    verdict.add(Code::not_found, park.find<BlockOverride>(BlockOverrideKey{c.block}) == nullptr);
    verdict.add(Code::stale, is_otherwise(c.seen, BlockOverrideKey{c.block}));
  }
  void operator()(const SaveEnterprise& c) const {
    verdict.is_open = true;
    const Enterprise& row = c.enterprise;
    verdict.add(Code::stale, is_otherwise(c.seen, row.id));
    verdict.add(Code::invalid, !row.id || row.name.empty() || !has_code_form(row.credit_code));
    verdict.add(Code::already_exists, has_gone(row.id));
    for (const auto& [id, other] : park.all<Enterprise>()) {
      verdict.add(Code::already_exists, id != row.id && other.credit_code == row.credit_code);
    }
  }
  void operator()(const SaveUser& c) const {
    verdict.is_open = true;
    verdict.add(Code::not_permitted, !is_console && park.find<User>(c.user.id) == nullptr);
    const User& row = c.user;
    verdict.add(Code::stale, is_otherwise(c.seen, row.id));
    verdict.add(Code::already_exists, has_gone(row.id));
    const bool has_name = row.name.size() >= 3 && row.name.size() <= 32;
    const bool belongs = row.role == Role::member ? park.find<Enterprise>(row.enterprise) != nullptr
                                                  : !row.enterprise;
    verdict.add(Code::invalid, !row.id || !has_name || !belongs);
    for (const auto& [id, other] : park.all<User>()) {
      verdict.add(Code::already_exists, id != row.id && other.name == row.name);
    }
    const bool administers = row.role == Role::administrator && !row.disabled;
    verdict.add(Code::last_administrator, !administers && is_last(row.id));
  }
  void operator()(const EraseEnterprise& c) const {
    if (!is_console) return verdict.add(Code::not_permitted);
    verdict.add(Code::not_found, park.find<Enterprise>(c.enterprise) == nullptr);
  }
  void operator()(const EraseUser& c) const {
    if (!is_console) return verdict.add(Code::not_permitted);
    verdict.add(Code::not_found, park.find<User>(c.user) == nullptr);
    verdict.add(Code::last_administrator, is_last(c.user));
  }
  template <class Other>
  void operator()(const Other&) const {
    verdict.add(Code::not_permitted);
  }
};

}  // namespace

Verdict verdict_on(const Picture& park, const Envelope& envelope) {
  Verdict verdict;
  const Actor& actor = envelope.actor;
  if (envelope.command.is<RunDue>()) {
    verdict.add(Code::not_permitted, actor.kind != ActorKind::system);
  } else if (const EnterpriseId own = book::enterprise_of(park, actor)) {
    EveryCommand::visit(envelope.command, Rules{park, envelope.now, own, verdict});
  } else if (book::is_administrator(park, actor)) {
    EveryCommand::visit(
        envelope.command,
        AdministratorRules{park, envelope.now, actor.kind == ActorKind::console, verdict});
  } else {
    verdict.add(Code::not_permitted);
  }
  return verdict;
}

}  // namespace yuanyue::worlds
