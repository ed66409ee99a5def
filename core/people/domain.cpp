#include "core/people/domain.h"

#include "core/kernel/row_type.h"
#include "core/people/accounts.h"
#include "core/people/enterprise.h"
#include "core/people/erase.h"
#include "core/people/kinds.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"

namespace yuanyue::people {
namespace {

constexpr PartType indexes[] = {part_type<AccountIndex>()};
static_assert(differ<Enterprise, User, AccountIndex>(), "two parts have the same number");

}  // namespace

constinit const Domain domain{
    .name = "people",
    .stands_on = no_elements,
    .rows = row_types<Enterprise, User>,
    .indexes = indexes,
    .commands = command_types<SaveEnterprise, SaveUser, EraseEnterprise, EraseUser>,
    .events = event_kinds<events::enterprise_saved, events::user_saved, events::enterprise_erased,
                          events::user_erased>,
    .notices = no_elements,
    .refusals = refusal_kinds<refusals::last_administrator>,
    .ways = no_elements,
    .reactions = no_elements,
    .prefetch = no_prefetch,
};

}  // namespace yuanyue::people
