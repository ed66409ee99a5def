// Fields and limits of the waitlist and its offers, and of the commands about them.
#pragma once

#include "core/appointments/answer_offer.h"
#include "core/appointments/block_tables.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/calendar_tables.h"

namespace yuanyue::wire {

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

inline constexpr auto wish_fields =
    fields_of(YUANYUE_FIELD(Wish, date, date()),
              YUANYUE_FIELD(Wish, part, enumerator<PartOfDay>(part_of_day_names)),
              YUANYUE_FIELD(Wish, start, optional(optional_time_codec_inner)));
inline constexpr TableOf wish_table{wish_fields};
inline constexpr auto wish_codec = object<Wish>(wish_table);
inline constexpr auto wishes_codec = list(wish_codec, 1, max_wishes);

inline constexpr auto waitlist_entry_fields = fields_of(
    YUANYUE_FIELD(WaitlistEntry, auto_accept, boolean()),
    YUANYUE_FIELD(WaitlistEntry, blocks, list(block_key_codec, 0, max_entry_blocks)),
    YUANYUE_FIELD(WaitlistEntry, closes_at, instant_or_never()),
    YUANYUE_FIELD(WaitlistEntry, end_reason,
                  enumerator<WaitlistEndReason>(waitlist_end_reason_names)),
    YUANYUE_FIELD(WaitlistEntry, enterprise, uuid<EnterpriseId>()),
    YUANYUE_FIELD(WaitlistEntry, id, uuid<WaitlistEntryId>()),
    YUANYUE_FIELD(WaitlistEntry, joined_at, instant()),
    YUANYUE_FIELD(WaitlistEntry, joined_by, uuid_or_none<UserId>()),
    YUANYUE_FIELD(WaitlistEntry, joined_tier, enumerator<Tier>(tier_names)),
    YUANYUE_FIELD(WaitlistEntry, offer, uuid_or_none<OfferId>()),
    YUANYUE_FIELD(WaitlistEntry, offered_block, optional(block_key_codec)),
    YUANYUE_FIELD(WaitlistEntry, promote_at, instant_or_never()),
    YUANYUE_FIELD(WaitlistEntry, service, slug<ServiceId>()),
    YUANYUE_FIELD(WaitlistEntry, status, enumerator<WaitlistStatus>(waitlist_status_names)),
    YUANYUE_FIELD(WaitlistEntry, swap_booking, uuid_or_none<BookingId>()),
    YUANYUE_FIELD(WaitlistEntry, tier, enumerator<Tier>(tier_names)),
    YUANYUE_FIELD(WaitlistEntry, wishes, wishes_codec));
inline constexpr TableOf waitlist_entry_table{waitlist_entry_fields};

inline constexpr auto waiting_place_key_fields =
    fields_of(YUANYUE_FIELD(WaitingPlaceKey, date, date()),
              YUANYUE_FIELD(WaitingPlaceKey, entry, uuid<WaitlistEntryId>()),
              YUANYUE_FIELD(WaitingPlaceKey, start, time_of_day_codec()));
inline constexpr TableOf waiting_place_key_table{waiting_place_key_fields};
inline constexpr auto waiting_place_key_codec = object<WaitingPlaceKey>(waiting_place_key_table);

inline constexpr auto waiting_place_fields =
    fields_of(YUANYUE_FIELD(WaitingPlace, ahead, by_tier_codec),
              YUANYUE_FIELD(WaitingPlace, enterprise, uuid<EnterpriseId>()),
              YUANYUE_FIELD(WaitingPlace, key, waiting_place_key_codec));
inline constexpr TableOf waiting_place_table{waiting_place_fields};

inline constexpr auto offer_fields = fields_of(
    YUANYUE_FIELD(Offer, block, block_key_codec), YUANYUE_FIELD(Offer, end, time_of_day_codec()),
    YUANYUE_FIELD(Offer, enterprise, uuid<EnterpriseId>()),
    YUANYUE_FIELD(Offer, entry, uuid<WaitlistEntryId>()),
    YUANYUE_FIELD(Offer, expires_at, instant()), YUANYUE_FIELD(Offer, id, uuid<OfferId>()),
    YUANYUE_FIELD(Offer, made_at, instant()),
    YUANYUE_FIELD(Offer, status, enumerator<OfferStatus>(offer_status_names)),
    YUANYUE_FIELD(Offer, swap_booking, uuid_or_none<BookingId>()));
inline constexpr TableOf offer_table{offer_fields};

inline constexpr auto join_waitlist_fields =
    fields_of(YUANYUE_FIELD(JoinWaitlist, auto_accept, boolean()),
              YUANYUE_FIELD(JoinWaitlist, entry, uuid<WaitlistEntryId>()),
              YUANYUE_FIELD(JoinWaitlist, service, slug<ServiceId>()),
              YUANYUE_FIELD(JoinWaitlist, swap_booking, uuid_or_none<BookingId>()),
              YUANYUE_FIELD(JoinWaitlist, swap_from, optional(block_key_codec)),
              YUANYUE_FIELD(JoinWaitlist, wishes, wishes_codec));
inline constexpr TableOf join_waitlist_table{join_waitlist_fields};

inline constexpr auto seen_entry_fields =
    fields_of(YUANYUE_FIELD(SeenEntry, auto_accept, boolean()),
              YUANYUE_FIELD(SeenEntry, offer, uuid_or_none<OfferId>()),
              YUANYUE_FIELD(SeenEntry, wishes, list(wish_codec, 0, max_wishes)));
inline constexpr TableOf seen_entry_table{seen_entry_fields};
inline constexpr auto seen_entry_codec = object<SeenEntry>(seen_entry_table);

inline constexpr auto change_waitlist_entry_fields =
    fields_of(YUANYUE_FIELD(ChangeWaitlistEntry, auto_accept, boolean()),
              YUANYUE_FIELD(ChangeWaitlistEntry, entry, uuid<WaitlistEntryId>()),
              YUANYUE_FIELD(ChangeWaitlistEntry, seen, seen_entry_codec),
              YUANYUE_FIELD(ChangeWaitlistEntry, wishes, wishes_codec));
inline constexpr TableOf change_waitlist_entry_table{change_waitlist_entry_fields};

inline constexpr auto leave_waitlist_fields =
    fields_of(YUANYUE_FIELD(LeaveWaitlist, entry, uuid<WaitlistEntryId>()),
              YUANYUE_FIELD(LeaveWaitlist, seen, seen_entry_codec));
inline constexpr TableOf leave_waitlist_table{leave_waitlist_fields};

inline constexpr auto accept_offer_fields =
    fields_of(YUANYUE_FIELD(AcceptOffer, offer, uuid<OfferId>()),
              YUANYUE_FIELD(AcceptOffer, swap_from, optional(block_key_codec)));
inline constexpr TableOf accept_offer_table{accept_offer_fields};

inline constexpr auto decline_offer_fields =
    fields_of(YUANYUE_FIELD(DeclineOffer, offer, uuid<OfferId>()));
inline constexpr TableOf decline_offer_table{decline_offer_fields};

}  // namespace yuanyue::wire
