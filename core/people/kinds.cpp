#include "core/people/kinds.h"

namespace yuanyue {
namespace {

constexpr auto account_event_fields =
    wire::fields_of(YUANYUE_FIELD(AccountEvent, user, wire::uuid_or_none<UserId>()));
constexpr wire::TableOf account_event_table{account_event_fields};

}  // namespace

namespace events {
constinit const EventKind<NoDetail> enterprise_saved =
    EventAnswers<NoDetail>{.name = "enterprise_saved",
                           .fields = wire::no_fields<NoDetail>,
                           .subjects = no_subjects<NoDetail>};
constinit const EventKind<AccountEvent> user_saved = EventAnswers<AccountEvent>{
    .name = "user_saved", .fields = account_event_table, .subjects = no_subjects<AccountEvent>};
constinit const EventKind<NoDetail> enterprise_erased =
    EventAnswers<NoDetail>{.name = "enterprise_erased",
                           .fields = wire::no_fields<NoDetail>,
                           .subjects = no_subjects<NoDetail>};
constinit const EventKind<AccountEvent> user_erased = EventAnswers<AccountEvent>{
    .name = "user_erased", .fields = account_event_table, .subjects = no_subjects<AccountEvent>};
}  // namespace events

namespace refusals {
constinit const RefusalKind<NoDetail> last_administrator =
    RefusalAnswers<NoDetail>{.name = "last_administrator", .fields = wire::no_fields<NoDetail>};
}  // namespace refusals

}  // namespace yuanyue
