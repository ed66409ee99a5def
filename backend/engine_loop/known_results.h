// What was answered to the commands of one batch before: in earlier commits, or earlier in the
// batch. So a command that comes again gets the answer it has. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "backend/store/store.h"
#include "core/protocol/protocol.h"

namespace yuanyue {

class KnownResults {
 public:
  // Looks these commands up anew, in the ledger too, which remembers those whose answers were
  // forgotten: they were accepted. `fault` says why it could not be done.
  void look_up(Store& store, const std::vector<std::string>& commands);
  std::optional<StoreFault> fault() const { return fault_; }

  // The answer to this command with the sequence number that it came with; nothing is told of
  // another user's. nullopt: it is new.
  std::optional<std::string> answer(const UserId& user, const wire::PushedCommand& pushed) const;
  // False when the command is another user's, whose answer stays.
  bool add(const ResultWrite& result);

 private:
  void look_up_forgotten(Store& store, const std::vector<std::string>& commands);
  void failed(const StoreError& error);

  std::unordered_map<std::string, StoredResult> results_;  // by command
  std::optional<StoreFault> fault_;
};

}  // namespace yuanyue
