// Enumerators as text, in the order of their enums. Private to core/wire.
#pragma once

#include <string_view>

#include "core/engine/outcome.h"
#include "core/wire/field_table.h"

namespace yuanyue::wire {

template <class Enum>
consteval bool ends_with(Names names, Enum last) {
  return names.size() == static_cast<std::size_t>(last) + 1;
}

inline constexpr std::string_view counting_list[] = {"include_appointment_day",
                                                     "exclude_appointment_day"};
inline constexpr Names counting_names{counting_list};
static_assert(ends_with(counting_names, Counting::exclude_appointment_day));

inline constexpr std::string_view day_reason_list[] = {
    "weekday", "weekend", "holiday", "makeup_workday", "hall_closed", "hall_extra_day"};
inline constexpr Names day_reason_names{day_reason_list};
static_assert(ends_with(day_reason_names, DayReason::hall_extra_day));

inline constexpr std::string_view role_list[] = {"member", "administrator"};
inline constexpr Names role_names{role_list};
static_assert(ends_with(role_names, Role::administrator));

inline constexpr std::string_view tier_list[] = {"emergency", "relocation", "key_project",
                                                 "high_tech", "ordinary"};
inline constexpr Names tier_names{tier_list};
static_assert(ends_with(tier_names, Tier::ordinary));

inline constexpr std::string_view booking_status_list[] = {"confirmed", "cancelled", "ended"};
inline constexpr Names booking_status_names{booking_status_list};
static_assert(ends_with(booking_status_names, BookingStatus::ended));

inline constexpr std::string_view part_of_day_list[] = {"any", "morning", "afternoon"};
inline constexpr Names part_of_day_names{part_of_day_list};
static_assert(ends_with(part_of_day_names, PartOfDay::afternoon));

inline constexpr std::string_view waitlist_status_list[] = {"waiting", "offered", "fulfilled",
                                                            "left", "ended"};
inline constexpr Names waitlist_status_names{waitlist_status_list};
static_assert(ends_with(waitlist_status_names, WaitlistStatus::ended));

inline constexpr std::string_view waitlist_end_reason_list[] = {
    "none",         "left_by_enterprise", "blocks_passed",
    "booking_gone", "offer_declined",     "offer_expired"};
inline constexpr Names waitlist_end_reason_names{waitlist_end_reason_list};
static_assert(ends_with(waitlist_end_reason_names, WaitlistEndReason::offer_expired));

inline constexpr std::string_view offer_status_list[] = {"open", "accepted", "declined", "expired",
                                                         "withdrawn"};
inline constexpr Names offer_status_names{offer_status_list};
static_assert(ends_with(offer_status_names, OfferStatus::withdrawn));

inline constexpr std::string_view notification_kind_list[] = {
    "offer_made",     "offer_expired", "offer_withdrawn",   "auto_accepted",
    "waitlist_ended", "tier_promoted", "relocation_needed", "relocation_cleared"};
inline constexpr Names notification_kind_names{notification_kind_list};
static_assert(ends_with(notification_kind_names, NotificationKind::relocation_cleared));

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
                                                        "user_saved"};
inline constexpr Names ledger_kind_names{ledger_kind_list};
static_assert(ends_with(ledger_kind_names, LedgerKind::user_saved));

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

}  // namespace yuanyue::wire
