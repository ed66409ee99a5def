#include "core/domains/authorize.h"

#include <algorithm>

#include "core/kernel/rejections.h"
#include "core/people/acting_enterprise.h"

namespace yuanyue {
namespace {

using Refusal = std::optional<Rejection>;

bool is_administrator(const State& state, const Actor& actor) {
  if (actor.kind == ActorKind::console) return true;
  if (actor.kind != ActorKind::user) return false;
  const User* user = state.find(actor.user);
  return user != nullptr && !user->disabled && user->role == Role::administrator;
}

// A member acts for its own enterprise only; a row of another does not exist for it.
struct MemberMay {
  const State& state;
  const EnterpriseId& enterprise;

  template <class RowType>
  Refusal owns(const RowType* row) const {
    if (row != nullptr && row->enterprise == enterprise) return std::nullopt;
    return reject(RejectionCode::not_found);
  }

  Refusal operator()(const BookAppointment&) const { return std::nullopt; }
  Refusal operator()(const RescheduleBooking& c) const { return owns(state.find(c.booking)); }
  Refusal operator()(const UndoReschedule& c) const { return owns(state.find(c.booking)); }
  Refusal operator()(const CancelBooking& c) const { return owns(state.find(c.booking)); }
  Refusal operator()(const JoinWaitlist& c) const {
    return c.swap_booking ? owns(state.find(c.swap_booking)) : std::nullopt;
  }
  Refusal operator()(const ChangeWaitlistEntry& c) const { return owns(state.find(c.entry)); }
  Refusal operator()(const LeaveWaitlist& c) const { return owns(state.find(c.entry)); }
  Refusal operator()(const AcceptOffer& c) const { return owns(state.find(c.offer)); }
  Refusal operator()(const DeclineOffer& c) const { return owns(state.find(c.offer)); }
  Refusal operator()(const MarkNotificationsRead& c) const {
    for (const NotificationId& id : c.notifications) {
      if (auto refusal = owns(state.find(id))) return refusal;
    }
    return std::nullopt;
  }
  template <class Other>
  Refusal operator()(const Other&) const {
    return reject(RejectionCode::not_permitted);
  }
};

struct AdministratorMay {
  const State& state;
  const Actor& actor;

  Refusal operator()(const ImportCalendarYear&) const { return std::nullopt; }
  Refusal operator()(const SaveCatalog&) const { return std::nullopt; }
  Refusal operator()(const OverrideBlock&) const { return std::nullopt; }
  Refusal operator()(const RemoveBlockOverride&) const { return std::nullopt; }
  Refusal operator()(const SaveEnterprise&) const { return std::nullopt; }
  // An account is made at the console, which makes its first password with it: one without could
  // not sign in, and would count as somebody who can.
  Refusal operator()(const SaveUser& c) const {
    if (actor.kind == ActorKind::console || state.find(c.user.id) != nullptr) return std::nullopt;
    return reject(RejectionCode::not_permitted);
  }
  template <class Other>
  Refusal operator()(const Other&) const {
    return reject(RejectionCode::not_permitted);
  }
};

}  // namespace

std::optional<Rejection> authorize(const State& state, const Actor& actor, const Command& command) {
  if (std::holds_alternative<RunDue>(command)) {
    if (actor.kind == ActorKind::system) return std::nullopt;
    return reject(RejectionCode::not_permitted);
  }
  if (const EnterpriseId enterprise = enterprise_of(state, actor)) {
    return std::visit(MemberMay{state, enterprise}, command);
  }
  if (is_administrator(state, actor)) return std::visit(AdministratorMay{state, actor}, command);
  return reject(RejectionCode::not_permitted);
}

}  // namespace yuanyue
