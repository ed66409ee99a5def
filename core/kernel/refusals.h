// Refusals that any command may meet, the way forward that is always open, and how refusals are put
// together.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/kernel/kind.h"
#include "core/kernel/outcome.h"

namespace yuanyue {

struct Invalid {
  std::string field;        // a path such as "wishes[2].date"
  std::string reason_name;  // the day that is missing
  bool operator==(const Invalid&) const = default;
};

struct Stale {
  AnyKey row;  // what has moved or changed since the sender looked
  bool operator==(const Stale&) const = default;
};

namespace refusals {
extern const RefusalKind<NoDetail> not_permitted;   // not yours, or not your role's
extern const RefusalKind<NoDetail> not_found;       // it does not exist (for you)
extern const RefusalKind<NoDetail> already_exists;  // an id or unique name is taken
extern const RefusalKind<Invalid> invalid;          // malformed
extern const RefusalKind<Stale> stale;              // it has moved since the sender looked
// What it would make is beyond what can be stored and read again.
extern const RefusalKind<NoDetail> cannot_be_kept;
}  // namespace refusals

namespace ways {
extern const WayKind<NoDetail> refresh;  // look again, then decide
}  // namespace ways

template <class Detail>
Rejection refuse(const RefusalKind<Detail>& kind, std::type_identity_t<Detail> detail) {
  return {{kind, std::move(detail)}, {}};
}
// With the one way that is always open.
Rejection refuse_for_now(const RefusalKind<NoDetail>& kind);
Rejection refuse_invalid(std::string_view field);
// `field` of an `invalid` one; else empty.
std::string_view invalid_field(const Rejection& rejection);

// The kinds of the kernel itself, for Domains.
extern const std::span<const RefusalKindBase* const> kernel_refusals;
extern const std::span<const WayKindBase* const> kernel_ways;

}  // namespace yuanyue
