// Every row and row key by its name.
#pragma once

#include "core/appointments/booking_tables.h"
#include "core/appointments/waitlist_tables.h"
#include "core/catalog/catalog_tables.h"
#include "core/domains/rows.h"
#include "core/messages/message_tables.h"
#include "core/people/people_tables.h"

namespace yuanyue::wire {

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
