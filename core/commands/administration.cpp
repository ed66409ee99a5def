// Administrators' commands: catalog, block overrides, enterprises and accounts.
#include <algorithm>
#include <utility>

#include "core/commands/catalog_rules.h"
#include "core/commands/closures.h"
#include "core/commands/decide.h"
#include "core/model/sign_in_name.h"
#include "core/rules/blocks.h"
#include "core/rules/rejections.h"

namespace yuanyue {
namespace {

// Whether the row is what its sender saw; what nobody looked at cannot be seen wrong.
template <class RowType>
bool is_seen(const std::optional<RowType>& seen, const RowType* row) {
  return !seen || (row != nullptr && *row == *seen);
}

// A name may have the form of a credit code only where it means its own enterprise.
bool is_anothers_credit_code(const State& state, const User& user) {
  const auto code = credit_code_in_name(user.name);
  if (!code) return false;
  const Enterprise* enterprise = state.find(user.enterprise);
  return enterprise == nullptr || enterprise->credit_code != *code;
}

bool may_administer(const User& user) { return user.role == Role::administrator && !user.disabled; }

// Would nobody be left to administer the park when `after` takes its row's place?
bool ends_the_last_administrator(const State& state, const User& after) {
  const User* before = state.find(after.id);
  if (before == nullptr || !may_administer(*before) || may_administer(after)) return false;
  bool is_last = true;
  state.for_each<User>([&](const User& other) {
    if (other.id != after.id && may_administer(other)) is_last = false;
  });
  return is_last;
}

// A code that is somebody else's sign-in name would mean that user. The account that bears the old
// code bears the new one.
Refusal give_code_to_account(Transaction& transaction, const Enterprise& row) {
  const State& state = transaction.state();
  const std::string name = account_name_of(row.credit_code);
  const auto namesake = state.user_by_name(name);
  if (namesake && state.find(*namesake)->enterprise != row.id) {
    return reject(RejectionCode::already_exists);
  }
  const Enterprise* before = state.find(row.id);
  if (before == nullptr || before->credit_code == row.credit_code) return std::nullopt;
  const auto bearer = state.user_by_name(account_name_of(before->credit_code));
  if (!bearer || state.find(*bearer)->enterprise != row.id) return std::nullopt;
  if (namesake) return reject(RejectionCode::already_exists);
  User account = *state.find(*bearer);
  account.name = name;
  transaction.put(std::move(account));
  transaction.record(LedgerKind::user_saved, row.id).note = name;
  return std::nullopt;
}

void record_override(Transaction& transaction, const BlockKey& key, std::string_view reason) {
  LedgerEntry& fact = transaction.record(LedgerKind::block_overridden, {});
  fact.block = key;
  fact.note = reason;
}

}  // namespace

Refusal decide(Transaction& transaction, const SaveCatalog& command) {
  if (auto refusal = check_catalog(transaction.state(), command)) return refusal;
  for (const Park& row : command.parks) transaction.put(row);
  for (const Hall& row : command.halls) transaction.put(row);
  for (const Department& row : command.departments) transaction.put(row);
  for (const Service& row : command.services) transaction.put(row);
  transaction.record(LedgerKind::catalog_changed, {});
  for (const Service& row : command.services) review_closings(transaction, row);
  const State& state = transaction.state();
  review_blocks(transaction, [&](const BlockKey& key) {
    const Service* service = state.find(key.service);
    const auto is_service = [&](const Service& row) { return row.id == key.service; };
    const auto is_its_hall = [&](const Hall& row) { return row.id == service->hall; };
    return std::ranges::any_of(command.services, is_service) ||
           std::ranges::any_of(command.halls, is_its_hall);
  });
  return std::nullopt;
}

Refusal decide(Transaction& transaction, const OverrideBlock& command) {
  const State& state = transaction.state();
  const BlockKey key = command.block.key;
  const Service* service = state.find(key.service);
  if (service == nullptr) return reject(RejectionCode::not_found);
  if (!block_facts(state, *service, key, transaction.now())) {
    return reject_about(RejectionCode::block_closed, key);
  }
  if (!is_seen(command.seen, state.find(BlockOverrideKey{key}))) {
    return reject_about(RejectionCode::stale, key);
  }
  const int capacity = command.block.capacity.value_or(0);
  if (capacity < 0 || capacity > max_block_capacity) return reject_invalid("block.capacity");
  if (command.block.reason.size() > max_note_bytes) return reject_invalid("block.reason");
  transaction.put(command.block);
  record_override(transaction, key, command.block.reason);
  review_blocks(transaction, [&](const BlockKey& other) { return other == key; });
  return std::nullopt;
}

Refusal decide(Transaction& transaction, const RemoveBlockOverride& command) {
  const BlockOverride* found = transaction.state().find(BlockOverrideKey{command.block});
  if (found == nullptr) return reject(RejectionCode::not_found);
  if (!is_seen(command.seen, found)) return reject_about(RejectionCode::stale, command.block);
  transaction.erase(BlockOverrideKey{command.block});
  record_override(transaction, command.block, "");
  review_blocks(transaction, [&](const BlockKey& other) { return other == command.block; });
  return std::nullopt;
}

Refusal decide(Transaction& transaction, const SaveEnterprise& command) {
  const Enterprise& row = command.enterprise;
  if (!row.id) return reject_invalid("enterprise.id");
  if (row.name.empty() || row.name.size() > max_name_bytes) {
    return reject_invalid("enterprise.name");
  }
  if (row.contact.size() > max_name_bytes) return reject_invalid("enterprise.contact");
  if (check_credit_code(row.credit_code) == CreditCodeCheck::malformed) {
    return reject_invalid("enterprise.credit_code");
  }
  if (!is_seen(command.seen, transaction.state().find(row.id))) {
    return reject(RejectionCode::stale);
  }
  const auto holder = transaction.state().enterprise_by_credit_code(row.credit_code);
  if (holder && *holder != row.id) return reject(RejectionCode::already_exists);
  if (auto refusal = give_code_to_account(transaction, row)) return refusal;
  transaction.put(row);
  transaction.record(LedgerKind::enterprise_saved, row.id);
  return std::nullopt;
}

Refusal decide(Transaction& transaction, const SaveUser& command) {
  const State& state = transaction.state();
  const User& row = command.user;
  if (!row.id) return reject_invalid("user.id");
  if (!is_sign_in_name(row.name)) return reject_invalid("user.name");
  if (row.display_name.size() > max_name_bytes) return reject_invalid("user.display_name");
  const bool has_its_enterprise =
      row.role == Role::member ? state.find(row.enterprise) != nullptr : !row.enterprise;
  if (!has_its_enterprise) return reject_invalid("user.enterprise");
  if (!is_seen(command.seen, state.find(row.id))) return reject(RejectionCode::stale);
  const auto holder = state.user_by_name(row.name);
  if (holder && *holder != row.id) return reject(RejectionCode::already_exists);
  if (is_anothers_credit_code(state, row)) return reject_invalid("user.name");
  if (ends_the_last_administrator(state, row)) return reject(RejectionCode::last_administrator);
  const User* found = state.find(row.id);
  const EnterpriseId before = found == nullptr ? EnterpriseId() : found->enterprise;
  const bool could_before = state.can_sign_in(before);
  const bool could_after = state.can_sign_in(row.enterprise);
  transaction.put(row);
  transaction.record(LedgerKind::user_saved, row.enterprise).note = row.name;
  review_sign_in(transaction, row.enterprise, could_after);
  if (before != row.enterprise) review_sign_in(transaction, before, could_before);
  return std::nullopt;
}

}  // namespace yuanyue
