// Collects what a group of commands changed and turns it into one commit of the store.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "backend/store/store.h"
#include "core/kernel/engine.h"
#include "core/people/grants.h"

namespace yuanyue {

class Batch {
 public:
  // An outcome already written into State.
  void add(Outcome outcome) { outcomes_.push_back(std::move(outcome)); }
  // Takes the outcomes after the first `count` out of State and of the batch.
  void revert_to(State& state, std::size_t count);
  void revert_all(State& state) { revert_to(state, 0); }

  std::size_t outcome_count() const { return outcomes_.size(); }
  bool empty() const {
    return outcomes_.empty() && results.empty() && clients.empty() && credentials.empty();
  }

  // Whether a row of this key leaves State for the archive with it.
  bool archives(const AnyKey& key) const;

  bool erases(const Owner& owner) const;

  // Each changed row once, with the audiences it has and those it lost; the ledger; view epochs of
  // the users whose rights changed. Call once, at the end.
  CommitBatch finish(const State& state, std::int64_t revision, Instant now);

  // Rows that were not decided on, as the state has them: for a store that has them otherwise.
  // Their audiences are those that they had.
  static CommitBatch as_they_are(const State& state, const std::vector<AnyKey>& rows,
                                 std::int64_t revision, Instant now);

  // After finish(): everyone who sees something new, and the changed rows that the directory
  // keeps.
  const std::unordered_set<std::string>& touched_audiences() const { return touched_; }
  const std::vector<AnyRow>& for_directory() const { return for_directory_; }
  const std::vector<AnyRow>& gone_from_directory() const { return gone_from_directory_; }
  // Whose sessions end: users who were disabled or got another password.
  const std::vector<UserId>& ended_users() const { return ended_users_; }

  std::vector<ResultWrite> results;
  std::unordered_map<std::string, ClientWrite> clients;  // by client
  std::vector<CredentialWrite> credentials;

 private:
  struct Net {
    RowRef before;  // as it was before the batch
    RowRef after;
    RowRef archived;  // as it left
  };
  void forget_erased(const CommitBatch& commit);
  void add_row(const State& state, const std::string& key, const Net& net, CommitBatch& commit);

  std::vector<Outcome> outcomes_;
  std::unordered_set<std::string> touched_;
  std::vector<AnyRow> for_directory_;
  std::vector<AnyRow> gone_from_directory_;
  std::vector<UserId> ended_users_;
};

}  // namespace yuanyue
