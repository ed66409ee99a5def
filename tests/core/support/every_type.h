// Every row and command as closed lists, which judges and samples go by so that a forgotten type is
// noticed: kept apart from the domains' own lists, and EveryTypeTest holds the two together.
#pragma once

#include <map>
#include <tuple>
#include <utility>

#include "core/appointments/answer_offer.h"
#include "core/appointments/block.h"
#include "core/appointments/block_override.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/override_block.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/calendar_year.h"
#include "core/catalog/catalog.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "core/kernel/run_due.h"
#include "core/messages/mark_notifications_read.h"
#include "core/messages/notification.h"
#include "core/people/enterprise.h"
#include "core/people/erase.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "core/people/user.h"

namespace yuanyue::worlds {

template <class... Type>
struct TypeList {
  static constexpr std::size_t size = sizeof...(Type);
  // visit.operator()<Type>() for each.
  template <class Visit>
  static void for_each(Visit visit) {
    (visit.template operator()<Type>(), ...);
  }
  // Calls `visit` with the value as its own type. Requires that its type is listed.
  template <class Any, class Visit>
  static void visit(const Any& any, Visit visit) {
    const auto visit_if = [&]<class One>() {
      const One* value = any.template get_if<One>();
      if (value != nullptr) visit(*value);
      return value != nullptr;
    };
    require((visit_if.template operator()<Type>() || ...));
  }
};

// A map by key for each row type of a list.
template <class List>
struct MapsOf;
template <class... Row>
struct MapsOf<TypeList<Row...>> {
  using Type = std::tuple<std::map<KeyOf<Row>, Row>...>;
};

using EveryRow = TypeList<OfficialYear, Park, Hall, Department, Service, BlockOverride, Enterprise,
                          User, Block, Booking, WaitlistEntry, Offer, WaitingPlace, Notification>;
using EveryCommand =
    TypeList<BookAppointment, RescheduleBooking, UndoReschedule, CancelBooking, JoinWaitlist,
             ChangeWaitlistEntry, LeaveWaitlist, AcceptOffer, DeclineOffer, MarkNotificationsRead,
             ImportCalendarYear, SaveCatalog, OverrideBlock, RemoveBlockOverride, SaveEnterprise,
             SaveUser, EraseEnterprise, EraseUser, RunDue>;

}  // namespace yuanyue::worlds
