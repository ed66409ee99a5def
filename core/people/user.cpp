#include "core/people/user.h"

#include "core/kernel/any_codec.h"
#include "core/kernel/row_type.h"
#include "core/people/accounts.h"
#include "core/people/grants.h"
#include "core/people/people_tables.h"

namespace yuanyue {
namespace {

void add(Indexing& indexing, const User& row) {
  AccountIndex& accounts = indexing.part<AccountIndex>();
  accounts.by_name[row.name] = row.id;
  if (row.enterprise && !row.disabled) ++accounts.that_can_sign_in[row.enterprise];
}

void remove(Indexing& indexing, const User& row) {
  AccountIndex& accounts = indexing.part<AccountIndex>();
  erase_text(accounts.by_name, row.name, row.id);
  if (!row.enterprise || row.disabled) return;
  const auto count = accounts.that_can_sign_in.find(row.enterprise);
  if (--count.value() == 0) accounts.that_can_sign_in.erase(count);
}

}  // namespace

constinit const RowType<User> User::type = RowAnswers<User>{
    .name = "user",
    .fields = wire::user_table,
    .key_fields = wire::uuid_key<UserId>,
    .audiences = [](const State&,
                    const User& row) { return Audiences{{&user_kind, row.id}, administrators}; },
    .due = no_due<User>,
    .finished = never_finished<User>,
    .indexes = Indexes<User>{.add = add, .remove = remove},
    .owner = [](const User& row) { return owner_of(row.id); },
    .history = no_history<User>,
};

}  // namespace yuanyue
