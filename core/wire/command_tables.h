// Fields and limits of commands. Private to core/wire.
#pragma once

#include "core/commands/command.h"
#include "core/wire/booking_tables.h"

namespace yuanyue::wire {

inline constexpr Field book_appointment_fields[] = {
    YUANYUE_FIELD(BookAppointment, block, block_key_codec),
    YUANYUE_FIELD(BookAppointment, booking, uuid<BookingId>()),
};
static_assert(ascending(book_appointment_fields));
inline constexpr StructTable book_appointment_table{book_appointment_fields};

inline constexpr Field reschedule_booking_fields[] = {
    YUANYUE_FIELD(RescheduleBooking, booking, uuid<BookingId>()),
    YUANYUE_FIELD(RescheduleBooking, from, block_key_codec),
    YUANYUE_FIELD(RescheduleBooking, to, block_key_codec),
};
static_assert(ascending(reschedule_booking_fields));
inline constexpr StructTable reschedule_booking_table{reschedule_booking_fields};

inline constexpr Field undo_reschedule_fields[] = {
    YUANYUE_FIELD(UndoReschedule, booking, uuid<BookingId>()),
    YUANYUE_FIELD(UndoReschedule, from, block_key_codec),
    YUANYUE_FIELD(UndoReschedule, to, block_key_codec),
};
static_assert(ascending(undo_reschedule_fields));
inline constexpr StructTable undo_reschedule_table{undo_reschedule_fields};

inline constexpr Field cancel_booking_fields[] = {
    YUANYUE_FIELD(CancelBooking, block, block_key_codec),
    YUANYUE_FIELD(CancelBooking, booking, uuid<BookingId>()),
    YUANYUE_FIELD(CancelBooking, reason, text(0, max_note_bytes)),
};
static_assert(ascending(cancel_booking_fields));
inline constexpr StructTable cancel_booking_table{cancel_booking_fields};

inline constexpr Field join_waitlist_fields[] = {
    YUANYUE_FIELD(JoinWaitlist, auto_accept, boolean()),
    YUANYUE_FIELD(JoinWaitlist, entry, uuid<WaitlistEntryId>()),
    YUANYUE_FIELD(JoinWaitlist, service, slug<ServiceId>()),
    YUANYUE_FIELD(JoinWaitlist, swap_booking, uuid_or_none<BookingId>()),
    YUANYUE_FIELD(JoinWaitlist, swap_from, optional(block_key_codec)),
    YUANYUE_FIELD(JoinWaitlist, wishes, wishes_codec),
};
static_assert(ascending(join_waitlist_fields));
inline constexpr StructTable join_waitlist_table{join_waitlist_fields};

inline constexpr Field seen_entry_fields[] = {
    YUANYUE_FIELD(SeenEntry, auto_accept, boolean()),
    YUANYUE_FIELD(SeenEntry, offer, uuid_or_none<OfferId>()),
    YUANYUE_FIELD(SeenEntry, wishes, list(wish_codec, 0, max_wishes)),
};
static_assert(ascending(seen_entry_fields));
inline constexpr StructTable seen_entry_table{seen_entry_fields};
inline constexpr auto seen_entry_codec = object<SeenEntry>(seen_entry_table);

inline constexpr Field change_waitlist_entry_fields[] = {
    YUANYUE_FIELD(ChangeWaitlistEntry, auto_accept, boolean()),
    YUANYUE_FIELD(ChangeWaitlistEntry, entry, uuid<WaitlistEntryId>()),
    YUANYUE_FIELD(ChangeWaitlistEntry, seen, seen_entry_codec),
    YUANYUE_FIELD(ChangeWaitlistEntry, wishes, wishes_codec),
};
static_assert(ascending(change_waitlist_entry_fields));
inline constexpr StructTable change_waitlist_entry_table{change_waitlist_entry_fields};

inline constexpr Field leave_waitlist_fields[] = {
    YUANYUE_FIELD(LeaveWaitlist, entry, uuid<WaitlistEntryId>()),
    YUANYUE_FIELD(LeaveWaitlist, seen, seen_entry_codec),
};
static_assert(ascending(leave_waitlist_fields));
inline constexpr StructTable leave_waitlist_table{leave_waitlist_fields};

inline constexpr Field accept_offer_fields[] = {
    YUANYUE_FIELD(AcceptOffer, offer, uuid<OfferId>()),
    YUANYUE_FIELD(AcceptOffer, swap_from, optional(block_key_codec)),
};
static_assert(ascending(accept_offer_fields));
inline constexpr StructTable accept_offer_table{accept_offer_fields};

inline constexpr Field decline_offer_fields[] = {
    YUANYUE_FIELD(DeclineOffer, offer, uuid<OfferId>()),
};
inline constexpr StructTable decline_offer_table{decline_offer_fields};

inline constexpr auto notification_id_codec = uuid<NotificationId>();
inline constexpr Field mark_notifications_read_fields[] = {
    YUANYUE_FIELD(MarkNotificationsRead, notifications,
                  list(notification_id_codec, 1, max_marked_at_once)),
};
inline constexpr StructTable mark_notifications_read_table{mark_notifications_read_fields};

inline constexpr Field import_calendar_year_fields[] = {
    YUANYUE_FIELD(ImportCalendarYear, force, boolean()),
    YUANYUE_FIELD(ImportCalendarYear, year, calendar_year_codec),
};
static_assert(ascending(import_calendar_year_fields));
inline constexpr StructTable import_calendar_year_table{import_calendar_year_fields};

inline constexpr Field save_catalog_fields[] = {
    YUANYUE_FIELD(SaveCatalog, departments, list(department_codec, 0, 100)),
    YUANYUE_FIELD(SaveCatalog, halls, list(hall_codec, 0, 50)),
    YUANYUE_FIELD(SaveCatalog, parks, list(park_codec, 0, 10)),
    YUANYUE_FIELD(SaveCatalog, services, list(service_codec, 0, 500)),
};
static_assert(ascending(save_catalog_fields));
inline constexpr StructTable save_catalog_table{save_catalog_fields};

inline constexpr Field override_block_fields[] = {
    YUANYUE_FIELD(OverrideBlock, block, block_override_codec),
    YUANYUE_FIELD(OverrideBlock, seen, optional(block_override_codec)),
};
static_assert(ascending(override_block_fields));
inline constexpr StructTable override_block_table{override_block_fields};

inline constexpr Field remove_block_override_fields[] = {
    YUANYUE_FIELD(RemoveBlockOverride, block, block_key_codec),
    YUANYUE_FIELD(RemoveBlockOverride, seen, optional(block_override_codec)),
};
static_assert(ascending(remove_block_override_fields));
inline constexpr StructTable remove_block_override_table{remove_block_override_fields};

inline constexpr Field save_enterprise_fields[] = {
    YUANYUE_FIELD(SaveEnterprise, enterprise, enterprise_codec),
    YUANYUE_FIELD(SaveEnterprise, seen, optional(enterprise_codec)),
};
static_assert(ascending(save_enterprise_fields));
inline constexpr StructTable save_enterprise_table{save_enterprise_fields};

inline constexpr Field save_user_fields[] = {
    YUANYUE_FIELD(SaveUser, seen, optional(user_codec)),
    YUANYUE_FIELD(SaveUser, user, user_codec),
};
static_assert(ascending(save_user_fields));
inline constexpr StructTable save_user_table{save_user_fields};

inline constexpr StructTable run_due_table{};

inline constexpr Alternative command_alternatives[] = {
    alternative<Command, BookAppointment>("book_appointment", book_appointment_table),
    alternative<Command, RescheduleBooking>("reschedule_booking", reschedule_booking_table),
    alternative<Command, UndoReschedule>("undo_reschedule", undo_reschedule_table),
    alternative<Command, CancelBooking>("cancel_booking", cancel_booking_table),
    alternative<Command, JoinWaitlist>("join_waitlist", join_waitlist_table),
    alternative<Command, ChangeWaitlistEntry>("change_waitlist_entry", change_waitlist_entry_table),
    alternative<Command, LeaveWaitlist>("leave_waitlist", leave_waitlist_table),
    alternative<Command, AcceptOffer>("accept_offer", accept_offer_table),
    alternative<Command, DeclineOffer>("decline_offer", decline_offer_table),
    alternative<Command, MarkNotificationsRead>("mark_notifications_read",
                                                mark_notifications_read_table),
    alternative<Command, ImportCalendarYear>("import_calendar_year", import_calendar_year_table),
    alternative<Command, SaveCatalog>("save_catalog", save_catalog_table),
    alternative<Command, OverrideBlock>("override_block", override_block_table),
    alternative<Command, RemoveBlockOverride>("remove_block_override", remove_block_override_table),
    alternative<Command, SaveEnterprise>("save_enterprise", save_enterprise_table),
    alternative<Command, SaveUser>("save_user", save_user_table),
    alternative<Command, RunDue>("run_due", run_due_table, Origin::inside_only),
};
static_assert(std::size(command_alternatives) == std::variant_size_v<Command>);
inline constexpr VariantTable command_table{command_alternatives, variant_index<Command>};
inline constexpr auto command_codec = new_variant<Command>(command_table);

}  // namespace yuanyue::wire
