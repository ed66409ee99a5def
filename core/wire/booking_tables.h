// Fields and limits of blocks, bookings, the waitlist, notifications and the ledger; rows and their
// keys. Private to core/wire.
#pragma once

#include "core/model/rows.h"
#include "core/wire/catalog_tables.h"

namespace yuanyue::wire {

inline constexpr Field block_key_fields[] = {
    YUANYUE_FIELD(BlockKey, date, date()),
    YUANYUE_FIELD(BlockKey, service, slug<ServiceId>()),
    YUANYUE_FIELD(BlockKey, start, time_of_day_codec()),
};
static_assert(ascending(block_key_fields));
inline constexpr StructTable block_key_table{block_key_fields};
inline constexpr auto block_key_codec = object<BlockKey>(block_key_table);

inline constexpr auto seats_codec = integer<int>(0, max_block_capacity);

inline constexpr Field block_override_fields[] = {
    YUANYUE_FIELD(BlockOverride, capacity, optional(seats_codec)),
    YUANYUE_FIELD(BlockOverride, closed, boolean()),
    YUANYUE_FIELD(BlockOverride, key, block_key_codec),
    YUANYUE_FIELD(BlockOverride, reason, text(0, max_note_bytes)),
};
static_assert(ascending(block_override_fields));
inline constexpr StructTable block_override_table{block_override_fields};
inline constexpr auto block_override_codec = object<BlockOverride>(block_override_table);

inline constexpr Field queue_place_fields[] = {
    YUANYUE_FIELD(QueuePlace, entry, uuid<WaitlistEntryId>()),
    YUANYUE_FIELD(QueuePlace, since, instant()),
    YUANYUE_FIELD(QueuePlace, tier, enumerator<Tier>(tier_names)),
};
static_assert(ascending(queue_place_fields));
inline constexpr StructTable queue_place_table{queue_place_fields};
inline constexpr auto queue_place_codec = object<QueuePlace>(queue_place_table);

inline constexpr Field block_fields[] = {
    YUANYUE_FIELD(Block, booked, seats_codec),
    YUANYUE_FIELD(Block, end, time_of_day_codec()),
    YUANYUE_FIELD(Block, held, seats_codec),
    YUANYUE_FIELD(Block, key, block_key_codec),
    YUANYUE_FIELD(Block, queue, list(queue_place_codec, 0, max_queue_places)),
    YUANYUE_FIELD(Block, reserve_release_at, instant_or_never()),
};
static_assert(ascending(block_fields));
inline constexpr StructTable block_table{block_fields};

inline constexpr Field booking_fields[] = {
    YUANYUE_FIELD(Booking, block, block_key_codec),
    YUANYUE_FIELD(Booking, booked_by, uuid_or_none<UserId>()),
    YUANYUE_FIELD(Booking, changes_used, integer<int>(0, 1'000'000)),
    YUANYUE_FIELD(Booking, code, text(1, 16)),
    YUANYUE_FIELD(Booking, created_at, instant()),
    YUANYUE_FIELD(Booking, end, time_of_day_codec()),
    YUANYUE_FIELD(Booking, enterprise, uuid<EnterpriseId>()),
    YUANYUE_FIELD(Booking, id, uuid<BookingId>()),
    YUANYUE_FIELD(Booking, needs_relocation, boolean()),
    YUANYUE_FIELD(Booking, previous_block, optional(block_key_codec)),
    YUANYUE_FIELD(Booking, rescheduled_at, instant_or_zero()),
    YUANYUE_FIELD(Booking, status, enumerator<BookingStatus>(booking_status_names)),
};
static_assert(ascending(booking_fields));
inline constexpr StructTable booking_table{booking_fields};

inline constexpr Field wish_fields[] = {
    YUANYUE_FIELD(Wish, date, date()),
    YUANYUE_FIELD(Wish, part, enumerator<PartOfDay>(part_of_day_names)),
    YUANYUE_FIELD(Wish, start, optional(optional_time_codec_inner)),
};
static_assert(ascending(wish_fields));
inline constexpr StructTable wish_table{wish_fields};
inline constexpr auto wish_codec = object<Wish>(wish_table);
inline constexpr auto wishes_codec = list(wish_codec, 1, max_wishes);

inline constexpr Field waitlist_entry_fields[] = {
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
    YUANYUE_FIELD(WaitlistEntry, promote_at, instant_or_never()),
    YUANYUE_FIELD(WaitlistEntry, service, slug<ServiceId>()),
    YUANYUE_FIELD(WaitlistEntry, status, enumerator<WaitlistStatus>(waitlist_status_names)),
    YUANYUE_FIELD(WaitlistEntry, swap_booking, uuid_or_none<BookingId>()),
    YUANYUE_FIELD(WaitlistEntry, tier, enumerator<Tier>(tier_names)),
    YUANYUE_FIELD(WaitlistEntry, wishes, wishes_codec),
};
static_assert(ascending(waitlist_entry_fields));
inline constexpr StructTable waitlist_entry_table{waitlist_entry_fields};

inline constexpr Field offer_fields[] = {
    YUANYUE_FIELD(Offer, block, block_key_codec),
    YUANYUE_FIELD(Offer, end, time_of_day_codec()),
    YUANYUE_FIELD(Offer, enterprise, uuid<EnterpriseId>()),
    YUANYUE_FIELD(Offer, entry, uuid<WaitlistEntryId>()),
    YUANYUE_FIELD(Offer, expires_at, instant()),
    YUANYUE_FIELD(Offer, id, uuid<OfferId>()),
    YUANYUE_FIELD(Offer, made_at, instant()),
    YUANYUE_FIELD(Offer, status, enumerator<OfferStatus>(offer_status_names)),
    YUANYUE_FIELD(Offer, swap_booking, uuid_or_none<BookingId>()),
};
static_assert(ascending(offer_fields));
inline constexpr StructTable offer_table{offer_fields};

inline constexpr Field notification_fields[] = {
    YUANYUE_FIELD(Notification, at, instant()),
    YUANYUE_FIELD(Notification, block, optional(block_key_codec)),
    YUANYUE_FIELD(Notification, booking, uuid_or_none<BookingId>()),
    YUANYUE_FIELD(Notification, end_reason,
                  enumerator<WaitlistEndReason>(waitlist_end_reason_names)),
    YUANYUE_FIELD(Notification, enterprise, uuid<EnterpriseId>()),
    YUANYUE_FIELD(Notification, entry, uuid_or_none<WaitlistEntryId>()),
    YUANYUE_FIELD(Notification, id, uuid<NotificationId>()),
    YUANYUE_FIELD(Notification, kind, enumerator<NotificationKind>(notification_kind_names)),
    YUANYUE_FIELD(Notification, offer, uuid_or_none<OfferId>()),
    YUANYUE_FIELD(Notification, read_at, instant_or_zero()),
    YUANYUE_FIELD(Notification, until, instant_or_zero()),
};
static_assert(ascending(notification_fields));
inline constexpr StructTable notification_table{notification_fields};

inline constexpr Field ledger_entry_fields[] = {
    YUANYUE_FIELD(LedgerEntry, actor, uuid_or_none<UserId>()),
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
};
static_assert(ascending(ledger_entry_fields));
inline constexpr StructTable ledger_entry_table{ledger_entry_fields};
inline constexpr auto ledger_entry_codec = object<LedgerEntry>(ledger_entry_table);

// --- rows and keys -----------------------------------------------------------------------------

inline constexpr Alternative row_alternatives[] = {
    alternative<Row, CalendarYear>("calendar_year", calendar_year_table),
    alternative<Row, Park>("park", park_table),
    alternative<Row, Hall>("hall", hall_table),
    alternative<Row, Department>("department", department_table),
    alternative<Row, Service>("service", service_table),
    alternative<Row, BlockOverride>("block_override", block_override_table),
    alternative<Row, Enterprise>("enterprise", enterprise_table),
    alternative<Row, User>("user", user_table),
    alternative<Row, Block>("block", block_table),
    alternative<Row, Booking>("booking", booking_table),
    alternative<Row, WaitlistEntry>("waitlist_entry", waitlist_entry_table),
    alternative<Row, Offer>("offer", offer_table),
    alternative<Row, Notification>("notification", notification_table),
};
static_assert(std::size(row_alternatives) == std::variant_size_v<Row>);
inline constexpr VariantTable row_table{row_alternatives, variant_index<Row>};
inline constexpr auto row_codec = variant<Row>(row_table);

inline constexpr Field calendar_year_key_fields[] = {
    YUANYUE_FIELD(CalendarYearKey, year, integer<int>(1970, 2199)),
};
inline constexpr StructTable calendar_year_key_table{calendar_year_key_fields};
// A key that is one id stands as {"id": …}.
inline constexpr Field slug_key_fields[] = {{"id", 0, slug<ParkId>().codec}};
inline constexpr StructTable slug_key_table{slug_key_fields};
inline constexpr Field uuid_key_fields[] = {{"id", 0, uuid<BookingId>().codec}};
inline constexpr StructTable uuid_key_table{uuid_key_fields};

inline constexpr Alternative row_key_alternatives[] = {
    alternative<RowKey, CalendarYearKey>("calendar_year", calendar_year_key_table),
    alternative<RowKey, ParkId>("park", slug_key_table),
    alternative<RowKey, HallId>("hall", slug_key_table),
    alternative<RowKey, DepartmentId>("department", slug_key_table),
    alternative<RowKey, ServiceId>("service", slug_key_table),
    // A BlockOverrideKey is its BlockKey.
    alternative<RowKey, BlockOverrideKey>("block_override", block_key_table),
    alternative<RowKey, EnterpriseId>("enterprise", uuid_key_table),
    alternative<RowKey, UserId>("user", uuid_key_table),
    alternative<RowKey, BlockKey>("block", block_key_table),
    alternative<RowKey, BookingId>("booking", uuid_key_table),
    alternative<RowKey, WaitlistEntryId>("waitlist_entry", uuid_key_table),
    alternative<RowKey, OfferId>("offer", uuid_key_table),
    alternative<RowKey, NotificationId>("notification", uuid_key_table),
};
static_assert(std::size(row_key_alternatives) == std::variant_size_v<RowKey>);
static_assert(sizeof(BlockOverrideKey) == sizeof(BlockKey));
inline constexpr VariantTable row_key_table{row_key_alternatives, variant_index<RowKey>};
inline constexpr auto row_key_codec = variant<RowKey>(row_key_table);

}  // namespace yuanyue::wire
