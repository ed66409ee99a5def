#include "core/kernel/kind_codec.h"

#include "core/kernel/domain.h"

namespace yuanyue::wire {

template <>
const EventKindBase* find_kind<EventKindBase>(std::string_view name) {
  return known_domains().event(name);
}
template <>
const NoticeKindBase* find_kind<NoticeKindBase>(std::string_view name) {
  return known_domains().notice(name);
}
template <>
const RefusalKindBase* find_kind<RefusalKindBase>(std::string_view name) {
  return known_domains().refusal(name);
}
template <>
const WayKindBase* find_kind<WayKindBase>(std::string_view name) {
  return known_domains().way(name);
}

}  // namespace yuanyue::wire
