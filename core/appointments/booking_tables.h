// Fields and limits of bookings, and of the commands about them.
#pragma once

#include "core/appointments/block_tables.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/reschedule_booking.h"

namespace yuanyue::wire {

inline constexpr std::string_view booking_status_list[] = {"confirmed", "cancelled", "ended"};
inline constexpr Names booking_status_names{booking_status_list};
static_assert(ends_with(booking_status_names, BookingStatus::ended));

inline constexpr auto booking_fields = fields_of(
    YUANYUE_FIELD(Booking, block, block_key_codec),
    YUANYUE_FIELD(Booking, booked_by, uuid_or_none<UserId>()),
    YUANYUE_FIELD(Booking, changes_used, integer<int>(0, 1'000'000)),
    YUANYUE_FIELD(Booking, code, text(1, 16)), YUANYUE_FIELD(Booking, created_at, instant()),
    YUANYUE_FIELD(Booking, end, time_of_day_codec()),
    YUANYUE_FIELD(Booking, enterprise, uuid<EnterpriseId>()),
    YUANYUE_FIELD(Booking, id, uuid<BookingId>()),
    YUANYUE_FIELD(Booking, needs_relocation, boolean()),
    YUANYUE_FIELD(Booking, previous_block, optional(block_key_codec)),
    YUANYUE_FIELD(Booking, rescheduled_at, instant_or_zero()),
    YUANYUE_FIELD(Booking, status, enumerator<BookingStatus>(booking_status_names)));
inline constexpr TableOf booking_table{booking_fields};

inline constexpr auto book_appointment_fields =
    fields_of(YUANYUE_FIELD(BookAppointment, block, block_key_codec),
              YUANYUE_FIELD(BookAppointment, booking, uuid<BookingId>()));
inline constexpr TableOf book_appointment_table{book_appointment_fields};

inline constexpr auto reschedule_booking_fields =
    fields_of(YUANYUE_FIELD(RescheduleBooking, booking, uuid<BookingId>()),
              YUANYUE_FIELD(RescheduleBooking, from, block_key_codec),
              YUANYUE_FIELD(RescheduleBooking, to, block_key_codec));
inline constexpr TableOf reschedule_booking_table{reschedule_booking_fields};

inline constexpr auto undo_reschedule_fields =
    fields_of(YUANYUE_FIELD(UndoReschedule, booking, uuid<BookingId>()),
              YUANYUE_FIELD(UndoReschedule, from, block_key_codec),
              YUANYUE_FIELD(UndoReschedule, to, block_key_codec));
inline constexpr TableOf undo_reschedule_table{undo_reschedule_fields};

inline constexpr auto cancel_booking_fields =
    fields_of(YUANYUE_FIELD(CancelBooking, block, block_key_codec),
              YUANYUE_FIELD(CancelBooking, booking, uuid<BookingId>()),
              YUANYUE_FIELD(CancelBooking, reason, text(0, max_note_bytes)));
inline constexpr TableOf cancel_booking_table{cancel_booking_fields};

}  // namespace yuanyue::wire
