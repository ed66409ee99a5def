// Kinds as values that tests can keep, compare and print, and the details of judged rows.
#pragma once

#include <compare>
#include <ostream>
#include <string_view>

#include "core/appointments/kinds.h"
#include "core/catalog/kinds.h"
#include "core/kernel/domain.h"
#include "core/kernel/refusals.h"
#include "core/messages/notification.h"
#include "core/people/kinds.h"

namespace yuanyue {

inline std::ostream& operator<<(std::ostream& out, const KindBase& kind) {
  return out << kind.name;
}

template <class Kind, template <class> class KindOf>
class Named {
 public:
  Named(const Kind& kind) : kind_(&kind) {}
  Named(const Said<Kind, KindOf>& said) : kind_(&said.kind()) {}
  std::string_view name() const { return kind_->name; }
  const Kind& kind() const { return *kind_; }
  friend bool operator==(const Named& a, const Named& b) { return a.kind_ == b.kind_; }
  friend auto operator<=>(const Named& a, const Named& b) { return a.name() <=> b.name(); }
  friend std::ostream& operator<<(std::ostream& out, const Named& named) {
    return out << named.name();
  }

 private:
  const Kind* kind_;
};
using EventName = Named<EventKindBase, EventKind>;
using NoticeName = Named<NoticeKindBase, NoticeKind>;
using RefusalName = Named<RefusalKindBase, RefusalKind>;
using WayName = Named<WayKindBase, WayKind>;

inline const AppointmentNotice& about(const Notification& message) {
  static const AppointmentNotice none;
  const auto* detail = message.kind.get_if<AppointmentNotice>();
  return detail == nullptr ? none : *detail;
}
// Requires that they are about appointments.
inline AppointmentEvent& detail_of(LedgerEntry& entry) {
  require(entry.kind.get_if<AppointmentEvent>() != nullptr);
  return *entry.kind.get_if<AppointmentEvent>();
}
inline AppointmentNotice& detail_of(Notification& message) {
  require(message.kind.get_if<AppointmentNotice>() != nullptr);
  return *message.kind.get_if<AppointmentNotice>();
}

}  // namespace yuanyue
