#include "core/people/enterprise.h"

#include "core/kernel/any_codec.h"
#include "core/kernel/row_type.h"
#include "core/people/accounts.h"
#include "core/people/grants.h"
#include "core/people/people_tables.h"

namespace yuanyue {
namespace {

void add(Indexing& indexing, const Enterprise& row) {
  if (!row.credit_code.empty())
    indexing.part<AccountIndex>().by_credit_code[row.credit_code] = row.id;
}

void remove(Indexing& indexing, const Enterprise& row) {
  erase_text(indexing.part<AccountIndex>().by_credit_code, row.credit_code, row.id);
}

}  // namespace

constinit const RowType<Enterprise> Enterprise::type = RowAnswers<Enterprise>{
    .name = "enterprise",
    .fields = wire::enterprise_table,
    .key_fields = wire::uuid_key<EnterpriseId>,
    .audiences = [](const State&,
                    const Enterprise& row) { return audiences_of_enterprise(row.id); },
    .due = no_due<Enterprise>,
    .finished = never_finished<Enterprise>,
    .indexes = Indexes<Enterprise>{.add = add, .remove = remove},
    .owner = [](const Enterprise& row) { return owner_of(row.id); },
    .history = no_history<Enterprise>,
};

}  // namespace yuanyue
