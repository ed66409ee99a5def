// Everything that can be asked of Yuanyue. A command is an imperative with all it needs: ids are
// made by who sends it, the instant and the actor come in its envelope. Each is decided in the .cpp
// beside its header.
//
// A command on something that its sender saw carries what was seen of it, as far as that may have
// changed meanwhile and matters for the decision; seen otherwise it is answered with `stale`.
#pragma once

#include <variant>

#include "core/appointments/answer_offer.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/override_block.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/run_due.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "core/messages/mark_notifications_read.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"

namespace yuanyue {

using Command = std::variant<BookAppointment, RescheduleBooking, UndoReschedule, CancelBooking,
                             JoinWaitlist, ChangeWaitlistEntry, LeaveWaitlist, AcceptOffer,
                             DeclineOffer, MarkNotificationsRead, ImportCalendarYear, SaveCatalog,
                             OverrideBlock, RemoveBlockOverride, SaveEnterprise, SaveUser, RunDue>;

}  // namespace yuanyue
