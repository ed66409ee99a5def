#include "backend/engine_loop/batch.h"

#include <algorithm>

#include "backend/engine_loop/directory.h"
#include "backend/store/ledger_facts.h"
#include "core/domains/codec.h"
#include "core/domains/history.h"

namespace yuanyue {

namespace {

std::vector<std::string> names_of(const Audiences& audiences) {
  std::vector<std::string> names;
  names.reserve(audiences.size());
  for (const Audience& audience : audiences) names.push_back(to_string(audience));
  return names;
}

bool rights_differ(const RowRef& before, const RowRef& after) {
  const User* old_user = before.get_if<User>();
  const User* new_user = after.get_if<User>();
  return old_user != nullptr && new_user != nullptr &&
         (old_user->role != new_user->role || old_user->enterprise != new_user->enterprise ||
          old_user->disabled != new_user->disabled);
}

// The user who could sign in before and no longer can; without an id: none.
UserId shut_out(const RowRef& before, const RowRef& after) {
  const User* old_user = before.get_if<User>();
  const User* new_user = after.get_if<User>();
  if (old_user == nullptr || old_user->disabled) return {};
  return new_user == nullptr || new_user->disabled ? old_user->id : UserId();
}

}  // namespace

void Batch::revert_to(State& state, std::size_t count) {
  while (outcomes_.size() > count) {
    revert(state, outcomes_.back());
    outcomes_.pop_back();
  }
}

void Batch::add_row(const State& state, const std::string& key, const Net& net,
                    CommitBatch& commit) {
  const RowRef left = net.after ? net.after : net.archived;  // as it stays in the store
  if (!net.before && !left) return;                          // came and went
  RowWrite write;
  write.key = key;
  write.kind = (left ? left : net.before).type().name;
  if (left) {
    write.json = wire::encode(left);
    write.audiences = names_of(audiences_of(state, left));
  }
  if (net.archived) {
    write.archived = ArchiveWrite{net.archived.type().finished(net.archived.get()).ms,
                                  std::string(service_of(net.archived).view()),
                                  to_string(owner_of(net.archived))};
  }
  if (net.before) {
    for (std::string& name : names_of(audiences_of(state, net.before))) {
      if (std::ranges::find(write.audiences, name) == write.audiences.end()) {
        write.lost_audiences.push_back(std::move(name));
      }
    }
  }
  touched_.insert(write.audiences.begin(), write.audiences.end());
  touched_.insert(write.lost_audiences.begin(), write.lost_audiences.end());
  if (net.after) {
    if (net.before && rights_differ(net.before, net.after)) {
      const auto& user = net.after.as<User>();
      commit.view_epochs.push_back({to_string(user.id), commit.revision});
    }
    if (is_in_directory(net.after)) for_directory_.emplace_back(net.after);
  } else if (is_in_directory(net.before)) {
    gone_from_directory_.emplace_back(net.before);
  }
  commit.rows.push_back(std::move(write));
}

CommitBatch Batch::as_they_are(const State& state, const std::vector<AnyKey>& rows,
                               std::int64_t revision, Instant now) {
  CommitBatch commit;
  commit.revision = revision;
  commit.now_ms = now.ms;
  for (const AnyKey& key : rows) {
    const RowRef row = state.find(key);
    commit.rows.push_back({.kind = std::string(row.type().name),
                           .key = wire::encode(key),
                           .json = wire::encode(row),
                           .audiences = names_of(audiences_of(state, row)),
                           .lost_audiences = {}});
  }
  return commit;
}

bool Batch::erases(const Owner& owner) const {
  return std::ranges::any_of(outcomes_, [&](const Outcome& outcome) {
    return std::ranges::any_of(outcome.ledger,
                               [&](const LedgerEntry& entry) { return erased_by(entry) == owner; });
  });
}

// Their replicas and passwords of this batch go with them. Their results reach the store, which
// notes the greatest command before it forgets them.
void Batch::forget_erased(const CommitBatch& commit) {
  const auto is_erased = [&](const std::string& user) {
    return std::ranges::find(commit.erased_owners, "user:" + user) != commit.erased_owners.end();
  };
  if (commit.erased_owners.empty()) return;
  std::erase_if(clients, [&](const auto& each) { return is_erased(each.second.user); });
  std::erase_if(credentials, [&](const CredentialWrite& each) { return is_erased(each.user); });
}

bool Batch::archives(const AnyKey& key) const {
  return std::ranges::any_of(outcomes_, [&](const Outcome& outcome) {
    return std::ranges::any_of(outcome.changes(), [&](const RowChange& change) {
      return change.archived && key_of(change.before()) == key;
    });
  });
}

CommitBatch Batch::finish(const State& state, std::int64_t revision, Instant now) {
  CommitBatch commit;
  commit.revision = revision;
  commit.now_ms = now.ms;

  std::unordered_map<std::string, Net> nets;
  std::vector<std::string> order;  // of first change, so that equal batches write equal stores
  for (const Outcome& outcome : outcomes_) {
    for (const RowChange& change : outcome.changes()) {
      std::string key = wire::encode(key_of(change.row()));
      const auto [net, is_new] = nets.try_emplace(std::move(key));
      if (is_new) {
        net->second.before = change.before();
        order.push_back(net->first);
      }
      net->second.after = change.after();
      net->second.archived = change.archived ? change.before() : RowRef();
      // Also when a later command lets the user in again.
      if (const UserId user = shut_out(change.before(), change.after()))
        ended_users_.push_back(user);
    }
    for (const LedgerEntry& entry : outcome.ledger) {
      LedgerFacts facts = ledger_facts(entry);
      if (!facts.erased.empty()) commit.erased_owners.push_back(std::move(facts.erased));
      commit.ledger.push_back({wire::encode(entry), names_of(audiences_of(entry)), facts.at_ms,
                               std::move(facts.subjects), std::move(facts.owners)});
      touched_.insert(commit.ledger.back().audiences.begin(), commit.ledger.back().audiences.end());
    }
  }
  for (const std::string& key : order) add_row(state, key, nets.at(key), commit);

  forget_erased(commit);
  commit.results = std::move(results);
  for (const CredentialWrite& credential : credentials) {
    if (const auto user = parse_uuid(credential.user)) ended_users_.emplace_back(*user);
  }
  for (const UserId& user : ended_users_) commit.ended_users.push_back(to_string(user));
  commit.credentials = std::move(credentials);
  for (auto& [id, client] : clients) commit.clients.push_back(std::move(client));
  return commit;
}

}  // namespace yuanyue
