#include "core/appointments/booking.h"

#include "core/appointments/booking_tables.h"
#include "core/appointments/open_work.h"
#include "core/kernel/any_codec.h"
#include "core/kernel/row_type.h"
#include "core/people/grants.h"

namespace yuanyue {
namespace {

Finished finished(const Booking& row) {
  return row.status == BookingStatus::confirmed ? never : to_instant(row.block.date, row.end);
}

}  // namespace

constinit const RowType<Booking> Booking::type = RowAnswers<Booking>{
    .name = "booking",
    .fields = wire::booking_table,
    .key_fields = wire::uuid_key<BookingId>,
    .audiences = [](const State&,
                    const Booking& row) { return audiences_of_enterprise(row.enterprise); },
    .due = no_due<Booking>,
    .finished = finished,
    .indexes =
        Indexes<Booking>{.add = add_booking, .remove = remove_booking, .change = change_booking},
    .owner = [](const Booking& row) { return owner_of(row.enterprise); },
    .history = HistoryOf<Booking>{[](const Booking& row) -> SlugText { return row.block.service; }},
};

}  // namespace yuanyue
