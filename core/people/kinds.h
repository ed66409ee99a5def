// What this domain writes into the ledger and refuses.
#pragma once

#include "core/kernel/ids.h"
#include "core/kernel/kind.h"

namespace yuanyue {

// What happened to an account.
struct AccountEvent {
  UserId user;  // none: the entry is older than this field
  bool operator==(const AccountEvent&) const = default;
};

namespace events {
extern const EventKind<NoDetail> enterprise_saved;
extern const EventKind<AccountEvent> user_saved;
extern const EventKind<NoDetail> enterprise_erased;
extern const EventKind<AccountEvent> user_erased;
}  // namespace events

namespace refusals {
extern const RefusalKind<NoDetail> last_administrator;  // nobody could administer the park any more
}  // namespace refusals

}  // namespace yuanyue
