// What is said of commands on appointments.
#pragma once

#include <array>

#include "core/appointments/answer_offer.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/override_block.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/run_due.h"
#include "web/app/words.h"

namespace yuanyue::web::app {

std::string book_text(const App& app, const BookAppointment& command);
std::string reschedule_text(const App& app, const RescheduleBooking& command);
std::string undo_text(const App& app, const UndoReschedule& command);
std::string cancel_text(const App& app, const CancelBooking& command);
std::string join_text(const App& app, const JoinWaitlist& command);
std::string change_entry_text(const App& app, const ChangeWaitlistEntry& command);
std::string leave_text(const App& app, const LeaveWaitlist& command);
std::string accept_text(const App& app, const AcceptOffer& command);
std::string decline_text(const App& app, const DeclineOffer& command);
// With the nearest free seats in place of the one that was wanted.
Rejection with_nearest_blocks(const App& app, const RefusedCommand& refusal);
std::optional<AnyCommand> without_reason(const AnyCommand& cancel_booking);

inline constexpr std::array appointment_commands{
    CommandWords{.command = &BookAppointment::type,
                 .text = text_of<BookAppointment, book_text>,
                 .now = with_nearest_blocks,
                 .kept = kept_whole},
    CommandWords{.command = &RescheduleBooking::type,
                 .text = text_of<RescheduleBooking, reschedule_text>,
                 .now = with_nearest_blocks,
                 .kept = kept_whole},
    CommandWords{.command = &UndoReschedule::type,
                 .text = text_of<UndoReschedule, undo_text>,
                 .now = as_answered,
                 .kept = kept_whole},
    CommandWords{.command = &CancelBooking::type,
                 .text = text_of<CancelBooking, cancel_text>,
                 .now = as_answered,
                 .kept = without_reason},
    CommandWords{.command = &JoinWaitlist::type,
                 .text = text_of<JoinWaitlist, join_text>,
                 .now = as_answered,
                 .kept = kept_whole},
    CommandWords{.command = &ChangeWaitlistEntry::type,
                 .text = text_of<ChangeWaitlistEntry, change_entry_text>,
                 .now = as_answered,
                 .kept = kept_whole},
    CommandWords{.command = &LeaveWaitlist::type,
                 .text = text_of<LeaveWaitlist, leave_text>,
                 .now = as_answered,
                 .kept = kept_whole},
    CommandWords{.command = &AcceptOffer::type,
                 .text = text_of<AcceptOffer, accept_text>,
                 .now = as_answered,
                 .kept = kept_whole},
    CommandWords{.command = &DeclineOffer::type,
                 .text = text_of<DeclineOffer, decline_text>,
                 .now = as_answered,
                 .kept = kept_whole},
    CommandWords{.command = &OverrideBlock::type,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_whole},
    CommandWords{.command = &RemoveBlockOverride::type,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_whole},
    CommandWords{.command = &RunDue::type,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_whole},
};

}  // namespace yuanyue::web::app
