#include "core/appointments/kinds.h"

#include <string_view>

#include "core/appointments/block_tables.h"
#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_tables.h"
#include "core/catalog/calendar_tables.h"
#include "core/kernel/state.h"
#include "core/wire/text_limits.h"

namespace yuanyue {
namespace wire {
namespace {

constexpr auto event_fields =
    fields_of(YUANYUE_FIELD(AppointmentEvent, block, optional(block_key_codec)),
              YUANYUE_FIELD(AppointmentEvent, booking, uuid_or_none<BookingId>()),
              YUANYUE_FIELD(AppointmentEvent, entry, uuid_or_none<WaitlistEntryId>()),
              YUANYUE_FIELD(AppointmentEvent, from_block, optional(block_key_codec)),
              YUANYUE_FIELD(AppointmentEvent, offer, uuid_or_none<OfferId>()));
constexpr TableOf event_table{event_fields};

constexpr auto notice_fields =
    fields_of(YUANYUE_FIELD(AppointmentNotice, block, optional(block_key_codec)),
              YUANYUE_FIELD(AppointmentNotice, booking, uuid_or_none<BookingId>()),
              YUANYUE_FIELD(AppointmentNotice, end_reason,
                            enumerator<WaitlistEndReason>(waitlist_end_reason_names)),
              YUANYUE_FIELD(AppointmentNotice, entry, uuid_or_none<WaitlistEntryId>()),
              YUANYUE_FIELD(AppointmentNotice, offer, uuid_or_none<OfferId>()),
              YUANYUE_FIELD(AppointmentNotice, until, instant_or_zero()));
constexpr TableOf notice_table{notice_fields};

constexpr auto day_reason_codec = enumerator<DayReason>(day_reason_names);
constexpr auto instant_codec = instant();

constexpr auto refusal_fields =
    fields_of(YUANYUE_FIELD(AppointmentRefusal, at, optional(instant_codec)),
              YUANYUE_FIELD(AppointmentRefusal, block, optional(block_key_codec)),
              YUANYUE_FIELD(AppointmentRefusal, booking, uuid_or_none<BookingId>()),
              YUANYUE_FIELD(AppointmentRefusal, deadline, optional(deadline_codec)),
              YUANYUE_FIELD(AppointmentRefusal, entry, uuid_or_none<WaitlistEntryId>()),
              YUANYUE_FIELD(AppointmentRefusal, limit, integer_or_usual<0>(1, 1'000'000)),
              YUANYUE_FIELD(AppointmentRefusal, reason, optional(day_reason_codec)),
              YUANYUE_FIELD(AppointmentRefusal, reason_name, text_or_none(max_note_bytes)));
constexpr TableOf refusal_table{refusal_fields};

constexpr auto way_fields =
    fields_of(YUANYUE_FIELD(AppointmentWay, block, optional(block_key_codec)),
              YUANYUE_FIELD(AppointmentWay, booking, uuid_or_none<BookingId>()),
              YUANYUE_FIELD(AppointmentWay, entry, uuid_or_none<WaitlistEntryId>()),
              YUANYUE_FIELD(AppointmentWay, free_seats, integer_or_usual<0>(1, 1'000'000)));
constexpr TableOf way_table{way_fields};

}  // namespace
}  // namespace wire

namespace {

// An offer's timeline is its entry's.
Subjects subjects_of(const AppointmentEvent& event) {
  Subjects subjects;
  if (event.booking) subjects.push_back({"booking", event.booking});
  if (event.entry) subjects.push_back({"entry", event.entry});
  return subjects;
}

consteval EventAnswers<AppointmentEvent> event(std::string_view name) {
  return EventAnswers<AppointmentEvent>{
      .name = name, .fields = wire::event_table, .subjects = subjects_of};
}

// The booking need not be moved any more, or was.
bool has_its_place(const State& state, const AppointmentNotice& notice) {
  const Booking* booking = state.find(notice.booking);
  return booking == nullptr || booking->status != BookingStatus::confirmed ||
         !booking->needs_relocation || booking->block != notice.block;
}

bool offer_is_closed(const State& state, const AppointmentNotice& notice) {
  const Offer* offer = state.find(notice.offer);
  return offer == nullptr || offer->status != OfferStatus::open;
}

consteval NoticeAnswers<AppointmentNotice> notice(std::string_view name,
                                                  bool (*settled)(const State&,
                                                                  const AppointmentNotice&)) {
  return NoticeAnswers<AppointmentNotice>{
      .name = name, .fields = wire::notice_table, .settled = settled};
}

consteval RefusalAnswers<AppointmentRefusal> refusal(std::string_view name) {
  return RefusalAnswers<AppointmentRefusal>{.name = name, .fields = wire::refusal_table};
}

consteval WayAnswers<AppointmentWay> way(std::string_view name) {
  return WayAnswers<AppointmentWay>{.name = name, .fields = wire::way_table};
}

}  // namespace

namespace events {
constinit const EventKind<AppointmentEvent> booking_made = event("booking_made");
constinit const EventKind<AppointmentEvent> booking_rescheduled = event("booking_rescheduled");
constinit const EventKind<AppointmentEvent> booking_reschedule_undone =
    event("booking_reschedule_undone");
constinit const EventKind<AppointmentEvent> booking_cancelled = event("booking_cancelled");
constinit const EventKind<AppointmentEvent> booking_ended = event("booking_ended");
constinit const EventKind<AppointmentEvent> booking_relocation_flagged =
    event("booking_relocation_flagged");
constinit const EventKind<AppointmentEvent> booking_relocation_cleared =
    event("booking_relocation_cleared");
constinit const EventKind<AppointmentEvent> waitlist_joined = event("waitlist_joined");
constinit const EventKind<AppointmentEvent> waitlist_changed = event("waitlist_changed");
constinit const EventKind<AppointmentEvent> waitlist_left = event("waitlist_left");
constinit const EventKind<AppointmentEvent> waitlist_ended = event("waitlist_ended");
constinit const EventKind<AppointmentEvent> waitlist_promoted = event("waitlist_promoted");
constinit const EventKind<AppointmentEvent> offer_made = event("offer_made");
constinit const EventKind<AppointmentEvent> offer_accepted = event("offer_accepted");
constinit const EventKind<AppointmentEvent> offer_declined = event("offer_declined");
constinit const EventKind<AppointmentEvent> offer_expired = event("offer_expired");
constinit const EventKind<AppointmentEvent> offer_withdrawn = event("offer_withdrawn");
constinit const EventKind<AppointmentEvent> seat_auto_accepted = event("seat_auto_accepted");
constinit const EventKind<AppointmentEvent> block_overridden = event("block_overridden");
}  // namespace events

namespace notices {
constinit const NoticeKind<AppointmentNotice> offer_made = notice("offer_made", offer_is_closed);
constinit const NoticeKind<AppointmentNotice> offer_expired =
    notice("offer_expired", never_settled<AppointmentNotice>);
constinit const NoticeKind<AppointmentNotice> offer_withdrawn =
    notice("offer_withdrawn", never_settled<AppointmentNotice>);
constinit const NoticeKind<AppointmentNotice> auto_accepted =
    notice("auto_accepted", never_settled<AppointmentNotice>);
constinit const NoticeKind<AppointmentNotice> waitlist_ended =
    notice("waitlist_ended", never_settled<AppointmentNotice>);
constinit const NoticeKind<AppointmentNotice> tier_promoted =
    notice("tier_promoted", never_settled<AppointmentNotice>);
constinit const NoticeKind<AppointmentNotice> relocation_needed =
    notice("relocation_needed", has_its_place);
constinit const NoticeKind<AppointmentNotice> relocation_cleared =
    notice("relocation_cleared", never_settled<AppointmentNotice>);
}  // namespace notices

namespace refusals {
constinit const RefusalKind<AppointmentRefusal> not_confirmed = refusal("not_confirmed");
constinit const RefusalKind<AppointmentRefusal> past_deadline = refusal("past_deadline");
constinit const RefusalKind<AppointmentRefusal> too_many_changes = refusal("too_many_changes");
constinit const RefusalKind<AppointmentRefusal> block_full = refusal("block_full");
constinit const RefusalKind<AppointmentRefusal> block_closed = refusal("block_closed");
constinit const RefusalKind<AppointmentRefusal> outside_window = refusal("outside_window");
constinit const RefusalKind<AppointmentRefusal> past_cutoff = refusal("past_cutoff");
constinit const RefusalKind<AppointmentRefusal> same_block = refusal("same_block");
constinit const RefusalKind<AppointmentRefusal> overlaps_own_booking =
    refusal("overlaps_own_booking");
constinit const RefusalKind<AppointmentRefusal> too_many_open = refusal("too_many_open");
constinit const RefusalKind<AppointmentRefusal> waitlist_full = refusal("waitlist_full");
constinit const RefusalKind<AppointmentRefusal> too_many_entries = refusal("too_many_entries");
constinit const RefusalKind<AppointmentRefusal> already_waiting = refusal("already_waiting");
constinit const RefusalKind<AppointmentRefusal> seat_is_free = refusal("seat_is_free");
constinit const RefusalKind<AppointmentRefusal> offer_closed = refusal("offer_closed");
constinit const RefusalKind<AppointmentRefusal> undo_expired = refusal("undo_expired");
constinit const RefusalKind<AppointmentRefusal> nothing_to_undo = refusal("nothing_to_undo");
constinit const RefusalKind<AppointmentRefusal> service_inactive = refusal("service_inactive");
constinit const RefusalKind<AppointmentRefusal> too_many_blocks = refusal("too_many_blocks");
}  // namespace refusals

namespace ways {
constinit const WayKind<AppointmentWay> choose_block = way("choose_block");
constinit const WayKind<AppointmentWay> join_waitlist = way("join_waitlist");
constinit const WayKind<AppointmentWay> choose_other_day = way("choose_other_day");
constinit const WayKind<AppointmentWay> emergency_channel = way("emergency_channel");
constinit const WayKind<AppointmentWay> view_booking = way("view_booking");
constinit const WayKind<AppointmentWay> view_entry = way("view_entry");
constinit const WayKind<AppointmentWay> leave_waitlist = way("leave_waitlist");
constinit const WayKind<NoDetail> choose_other_service =
    WayAnswers<NoDetail>{.name = "choose_other_service", .fields = wire::no_fields<NoDetail>};
}  // namespace ways

const AppointmentEvent& about(const LedgerEntry& entry) {
  static const AppointmentEvent none;
  const auto* detail = entry.kind.get_if<AppointmentEvent>();
  return detail == nullptr ? none : *detail;
}

const AppointmentRefusal& about(const Rejection& rejection) {
  static const AppointmentRefusal none;
  const auto* detail = rejection.code.get_if<AppointmentRefusal>();
  return detail == nullptr ? none : *detail;
}

const AppointmentWay& about(const WayForward& way) {
  static const AppointmentWay none;
  const auto* detail = way.kind.get_if<AppointmentWay>();
  return detail == nullptr ? none : *detail;
}

AppointmentRefusal& detail_of(Rejection& rejection) {
  auto* detail = rejection.code.get_if<AppointmentRefusal>();
  require(detail != nullptr);
  return *detail;
}

Rejection refuse_about(const RefusalKind<AppointmentRefusal>& kind, const BlockKey& block) {
  return refuse(kind, {.block = block});
}

void offer_way(Rejection& rejection, const WayKind<AppointmentWay>& kind,
               const AppointmentWay& detail) {
  rejection.ways.push_back({{kind, detail}});
}

}  // namespace yuanyue
