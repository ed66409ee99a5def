#include "core/appointments/domain.h"

#include "core/appointments/answer_offer.h"
#include "core/appointments/block.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/closures.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/kinds.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/override_block.h"
#include "core/appointments/prefetch_open_work.h"
#include "core/appointments/queues.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/domain.h"
#include "core/kernel/row_type.h"

namespace yuanyue::appointments {
namespace {

constexpr const Domain* stands_on[] = {&catalog::domain};
constexpr PartType indexes[] = {part_type<OpenWork>(), part_type<Queues>()};
static_assert(
    differ<BlockOverride, Block, Booking, WaitlistEntry, Offer, WaitingPlace, OpenWork, Queues>(),
    "two parts have the same number");
constexpr Reaction reactions[] = {reaction<review_offers>, reaction<review_catalog>,
                                  reaction<review_year>, reaction<end_open_work>,
                                  reaction<write_places>};

}  // namespace

constinit const Domain domain{
    .name = "appointments",
    .stands_on = stands_on,
    .rows = row_types<BlockOverride, Block, Booking, WaitlistEntry, Offer, WaitingPlace>,
    .indexes = indexes,
    .commands = command_types<BookAppointment, RescheduleBooking, UndoReschedule, CancelBooking,
                              JoinWaitlist, ChangeWaitlistEntry, LeaveWaitlist, AcceptOffer,
                              DeclineOffer, OverrideBlock, RemoveBlockOverride>,
    .events = event_kinds<
        events::booking_made, events::booking_rescheduled, events::booking_reschedule_undone,
        events::booking_cancelled, events::booking_ended, events::booking_relocation_flagged,
        events::booking_relocation_cleared, events::waitlist_joined, events::waitlist_changed,
        events::waitlist_left, events::waitlist_ended, events::waitlist_promoted,
        events::offer_made, events::offer_accepted, events::offer_declined, events::offer_expired,
        events::offer_withdrawn, events::seat_auto_accepted, events::block_overridden>,
    .notices = notice_kinds<notices::offer_made, notices::offer_expired, notices::offer_withdrawn,
                            notices::auto_accepted, notices::waitlist_ended, notices::tier_promoted,
                            notices::relocation_needed, notices::relocation_cleared>,
    .refusals =
        refusal_kinds<refusals::not_confirmed, refusals::past_deadline, refusals::too_many_changes,
                      refusals::block_full, refusals::block_closed, refusals::outside_window,
                      refusals::past_cutoff, refusals::same_block, refusals::overlaps_own_booking,
                      refusals::too_many_open, refusals::waitlist_full, refusals::too_many_entries,
                      refusals::already_waiting, refusals::seat_is_free, refusals::offer_closed,
                      refusals::undo_expired, refusals::nothing_to_undo, refusals::service_inactive,
                      refusals::too_many_blocks>,
    .ways = way_kinds<ways::choose_block, ways::join_waitlist, ways::choose_other_day,
                      ways::emergency_channel, ways::view_booking, ways::view_entry,
                      ways::leave_waitlist, ways::choose_other_service>,
    .reactions = reactions,
    .prefetch = prefetch_open_work,
};

}  // namespace yuanyue::appointments
