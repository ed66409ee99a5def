#include "core/appointments/domain.h"

#include "core/appointments/answer_offer.h"
#include "core/appointments/block.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/closures.h"
#include "core/appointments/join_waitlist.h"
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
    .reactions = reactions,
    .prefetch = prefetch_open_work,
};

}  // namespace yuanyue::appointments
