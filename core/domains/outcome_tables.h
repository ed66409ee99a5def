// Fields and limits of outcomes, ledger entries and refusals.
#pragma once

#include "core/appointments/block_tables.h"
#include "core/catalog/calendar_tables.h"
#include "core/kernel/any_codec.h"
#include "core/kernel/outcome.h"

namespace yuanyue::wire {

inline constexpr std::string_view ledger_kind_list[] = {"booking_made",
                                                        "booking_rescheduled",
                                                        "booking_reschedule_undone",
                                                        "booking_cancelled",
                                                        "booking_ended",
                                                        "booking_relocation_flagged",
                                                        "booking_relocation_cleared",
                                                        "waitlist_joined",
                                                        "waitlist_changed",
                                                        "waitlist_left",
                                                        "waitlist_ended",
                                                        "waitlist_promoted",
                                                        "offer_made",
                                                        "offer_accepted",
                                                        "offer_declined",
                                                        "offer_expired",
                                                        "offer_withdrawn",
                                                        "seat_auto_accepted",
                                                        "calendar_imported",
                                                        "catalog_changed",
                                                        "block_overridden",
                                                        "enterprise_saved",
                                                        "user_saved",
                                                        "enterprise_erased",
                                                        "user_erased"};
inline constexpr Names ledger_kind_names{ledger_kind_list};
static_assert(ends_with(ledger_kind_names, LedgerKind::user_erased));

inline constexpr std::string_view rejection_code_list[] = {"not_permitted",
                                                           "not_found",
                                                           "already_exists",
                                                           "invalid",
                                                           "stale",
                                                           "not_confirmed",
                                                           "past_deadline",
                                                           "too_many_changes",
                                                           "block_full",
                                                           "block_closed",
                                                           "outside_window",
                                                           "past_cutoff",
                                                           "same_block",
                                                           "overlaps_own_booking",
                                                           "too_many_open",
                                                           "waitlist_full",
                                                           "too_many_entries",
                                                           "already_waiting",
                                                           "seat_is_free",
                                                           "offer_closed",
                                                           "undo_expired",
                                                           "last_administrator",
                                                           "cannot_be_kept",
                                                           "nothing_to_undo",
                                                           "service_inactive",
                                                           "too_many_blocks"};
inline constexpr Names rejection_code_names{rejection_code_list};
static_assert(ends_with(rejection_code_names, RejectionCode::too_many_blocks));

inline constexpr std::string_view way_kind_list[] = {
    "choose_block", "join_waitlist",  "choose_other_day", "emergency_channel",   "view_booking",
    "view_entry",   "leave_waitlist", "refresh",          "choose_other_service"};
inline constexpr Names way_kind_names{way_kind_list};
static_assert(ends_with(way_kind_names, WayKind::choose_other_service));

inline constexpr auto ledger_entry_fields =
    fields_of(YUANYUE_FIELD(LedgerEntry, actor, uuid_or_none<UserId>()),
              YUANYUE_FIELD(LedgerEntry, at, instant()),
              YUANYUE_FIELD(LedgerEntry, block, optional(block_key_codec)),
              YUANYUE_FIELD(LedgerEntry, booking, uuid_or_none<BookingId>()),
              YUANYUE_FIELD(LedgerEntry, command, uuid_or_none<CommandId>()),
              YUANYUE_FIELD(LedgerEntry, enterprise, uuid_or_none<EnterpriseId>()),
              YUANYUE_FIELD(LedgerEntry, entry, uuid_or_none<WaitlistEntryId>()),
              YUANYUE_FIELD(LedgerEntry, from_block, optional(block_key_codec)),
              YUANYUE_FIELD(LedgerEntry, id, uuid<LedgerEntryId>()),
              YUANYUE_FIELD(LedgerEntry, kind, enumerator<LedgerKind>(ledger_kind_names)),
              YUANYUE_FIELD(LedgerEntry, note, text(0, max_note_bytes)),
              YUANYUE_FIELD(LedgerEntry, offer, uuid_or_none<OfferId>()),
              YUANYUE_FIELD(LedgerEntry, user, uuid_or_none<UserId>()));
inline constexpr TableOf ledger_entry_table{ledger_entry_fields};
inline constexpr auto ledger_entry_codec = object<LedgerEntry>(ledger_entry_table);

inline constexpr auto way_forward_fields =
    fields_of(YUANYUE_FIELD(WayForward, block, optional(block_key_codec)),
              YUANYUE_FIELD(WayForward, booking, uuid_or_none<BookingId>()),
              YUANYUE_FIELD(WayForward, entry, uuid_or_none<WaitlistEntryId>()),
              YUANYUE_FIELD(WayForward, free_seats, seats_codec),
              YUANYUE_FIELD(WayForward, kind, enumerator<WayKind>(way_kind_names)));
inline constexpr TableOf way_forward_table{way_forward_fields};
inline constexpr auto way_forward_codec = object<WayForward>(way_forward_table);

inline constexpr auto day_reason_codec = enumerator<DayReason>(day_reason_names);
inline constexpr auto instant_codec = instant();

inline constexpr auto rejection_fields =
    fields_of(YUANYUE_FIELD(Rejection, at, optional(instant_codec)),
              YUANYUE_FIELD(Rejection, block, optional(block_key_codec)),
              YUANYUE_FIELD(Rejection, booking, uuid_or_none<BookingId>()),
              YUANYUE_FIELD(Rejection, code, enumerator<RejectionCode>(rejection_code_names)),
              YUANYUE_FIELD(Rejection, deadline, optional(deadline_codec)),
              YUANYUE_FIELD(Rejection, entry, uuid_or_none<WaitlistEntryId>()),
              YUANYUE_FIELD(Rejection, field, text(0, max_name_bytes)),
              YUANYUE_FIELD(Rejection, limit, integer<int>(0, 1'000'000)),
              YUANYUE_FIELD(Rejection, reason, optional(day_reason_codec)),
              YUANYUE_FIELD(Rejection, reason_name, text(0, max_note_bytes)),
              YUANYUE_FIELD(Rejection, ways, list(way_forward_codec, 0, 100)));
inline constexpr TableOf rejection_table{rejection_fields};
inline constexpr auto rejection_codec = object<Rejection>(rejection_table);

// A change and an outcome as they stand in JSON.
struct RowChangeText {
  AnyRow before;
  AnyRow after;
  bool archived = false;
};
struct OutcomeText {
  std::vector<RowChangeText> changes;
  std::vector<LedgerEntry> ledger;
};
inline bool row_is_absent(const void* row) { return !*static_cast<const AnyRow*>(row); }
inline constexpr CodecOf<AnyRow> row_or_none_codec{
    {.encode = encode_row, .decode = decode_row, .is_absent = row_is_absent}};

inline constexpr auto row_change_fields =
    fields_of(YUANYUE_FIELD(RowChangeText, after, row_or_none_codec),
              YUANYUE_FIELD(RowChangeText, archived, true_or_absent()),
              YUANYUE_FIELD(RowChangeText, before, row_or_none_codec));
inline constexpr TableOf row_change_table{row_change_fields};
inline constexpr auto row_change_codec = object<RowChangeText>(row_change_table);

inline constexpr auto outcome_fields =
    fields_of(YUANYUE_FIELD(OutcomeText, changes, list(row_change_codec, 0, 1'000'000)),
              YUANYUE_FIELD(OutcomeText, ledger, list(ledger_entry_codec, 0, 1'000'000)));
inline constexpr TableOf outcome_table{outcome_fields};
inline constexpr auto outcome_codec = object<OutcomeText>(outcome_table);

}  // namespace yuanyue::wire
