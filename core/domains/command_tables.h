// Every command by its name.
#pragma once

#include "core/domains/commands.h"
#include "core/domains/row_tables.h"

namespace yuanyue::wire {

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
