// What the replicas that push are told. A client belongs to one user, its commands are numbered
// without gaps, and a command that comes again gets the answer it has had. Writer thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "backend/engine_loop/batch.h"
#include "backend/engine_loop/clients.h"
#include "backend/engine_loop/engine_tasks.h"
#include "backend/engine_loop/known_results.h"

namespace yuanyue {

class PushSession {
 public:
  // Beyond so many clients of a user, those not heard for longest go.
  explicit PushSession(std::size_t clients_per_user) : clients_per_user_(clients_per_user) {}
  void load(std::vector<StoredClient> clients) { clients_.load(std::move(clients)); }

  // What was answered before to these commands, which are those of the batch that follows.
  void look_up(Store& store, const std::vector<std::string>& commands);

  // Decides a command that is new. nullopt: not in this batch.
  using Decide = std::function<std::optional<wire::CommandResult>(const wire::PushedCommand&)>;
  // Answers a push and notes in the batch what is to be kept of it. False when `decide` has given
  // up: what was decided before stays decided, and the whole push has to come again, after the
  // commit.
  bool answer(const PushTask& task, const Decide& decide, Batch& batch, PushReply& reply);

  // Call for every commit, before and after it.
  std::vector<std::string> surplus(const std::vector<ClientWrite>& written) const;
  std::vector<std::string> clients_of(const std::string& user) const { return clients_.of(user); }
  void committed(const CommitBatch& commit);
  // Forgets the clients not heard since (milliseconds of the server clock).
  void forget_before(std::int64_t seen_ms) { clients_.forget_before(seen_ms); }

 private:
  enum class Step : std::uint8_t { done, refused, not_in_this_batch };
  ClientWrite client_of(const PushTask& task, const Batch& batch) const;
  Step answer_one(const wire::PushedCommand& pushed, ClientWrite& client, const Decide& decide,
                  const UserId& user, Batch& batch, PushReply& reply);

  const std::size_t clients_per_user_;
  Clients clients_;
  KnownResults known_results_;  // of the commands of this batch
};

}  // namespace yuanyue
