#include "core/appointments/book_appointment.h"

#include "core/appointments/booking_rules.h"
#include "core/appointments/booking_tables.h"
#include "core/appointments/kinds.h"
#include "core/appointments/permissions.h"
#include "core/appointments/seats.h"
#include "core/kernel/refusals.h"
#include "core/kernel/transaction.h"
#include "core/people/acting_enterprise.h"

namespace yuanyue {
namespace {

Refusal book(Transaction& transaction, const BookAppointment& command) {
  const State& state = transaction.state();
  const EnterpriseId enterprise = enterprise_of(state, transaction.actor());
  if (!command.booking) return refuse_invalid("booking");
  if (state.find(command.booking) != nullptr) return refuse(refusals::already_exists, no_detail);
  auto refusal = check_can_take_seat(state, enterprise, command.block, {}, transaction.now());
  if (refusal) return refusal;

  const Service* service = state.find(command.block.service);
  const BlockFacts block = *block_facts(state, *service, command.block, transaction.now());
  take_seat(transaction, block);
  transaction.put(make_booking(state, command.booking, enterprise, transaction.actor().user, block,
                               transaction.now()));
  transaction.record(events::booking_made, enterprise,
                     {.booking = command.booking, .block = command.block});
  return std::nullopt;
}

}  // namespace

constinit const CommandType<BookAppointment> BookAppointment::type =
    CommandAnswers<BookAppointment>{
        .name = "book_appointment",
        .fields = wire::book_appointment_table,
        .origin = Origin::outside,
        .needs = [](const State& state, const Actor& actor,
                    const BookAppointment&) { return own_need(manage_bookings, state, actor); },
        .decide = book,
    };

}  // namespace yuanyue
