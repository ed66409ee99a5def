#include "backend/engine_loop/push_session.h"

#include <utility>

#include "backend/engine_loop/keepable.h"
#include "backend/log/log.h"
#include "core/kernel/refusals.h"

namespace yuanyue {

namespace {

std::string kept_text(wire::CommandResult result) {
  if (const auto problem = unreadable_part(result)) {
    log_event(LogLevel::error, "result_cannot_be_kept", {{"problem", *problem}});
    result.rejection = Rejection{RefusalOf(result.rejection->code.kind()), {}};
  }
  return wire::encode(result);
}

}  // namespace

void PushSession::look_up(Store& store, const std::vector<std::string>& commands) {
  known_results_.look_up(store, commands);
}

// As this batch would leave it.
ClientWrite PushSession::client_of(const PushTask& task, const Batch& batch) const {
  const std::string id = to_string(task.request.client);
  const auto pending = batch.clients.find(id);
  if (pending != batch.clients.end()) return pending->second;
  const StoredClient* known = clients_.find(id);
  if (known != nullptr) return {known->client, known->user, known->last_sequence};
  return {id, to_string(task.user), 0};
}

bool PushSession::answer(const PushTask& task, const Decide& decide, Batch& batch,
                         PushReply& reply) {
  ClientWrite client = client_of(task, batch);
  if (client.user != to_string(task.user)) {
    reply.error = wire::ErrorCode::wrong_user;
    return true;
  }
  const auto first_seq = static_cast<std::int64_t>(task.request.commands.front().seq);
  const std::int64_t before = client.last_sequence;
  if (first_seq > before + 1) {
    reply.error = before == 0 ? wire::ErrorCode::unknown_client : wire::ErrorCode::sequence_gap;
    return true;
  }
  Step step = Step::done;
  for (const wire::PushedCommand& pushed : task.request.commands) {
    step = answer_one(pushed, client, decide, task.user, batch, reply);
    if (step != Step::done) break;
  }
  // What was decided before it ended stays decided; the client sends the rest again.
  if (client.last_sequence > before) batch.clients[client.client] = client;
  reply.last_seq = static_cast<std::uint64_t>(client.last_sequence);
  return step != Step::not_in_this_batch;
}

PushSession::Step PushSession::answer_one(const wire::PushedCommand& pushed, ClientWrite& client,
                                          const Decide& decide, const UserId& user, Batch& batch,
                                          PushReply& reply) {
  if (known_results_.fault()) {
    reply.error = wire::ErrorCode::unavailable;
    reply.fault = known_results_.fault();
    return Step::refused;
  }
  const auto seq = static_cast<std::int64_t>(pushed.seq);
  auto text = known_results_.answer(user, pushed);
  if (seq <= client.last_sequence && !text) {
    // A number that was used for another command, or an answer older than the retention.
    reply.error = wire::ErrorCode::unknown_client;
    return Step::refused;
  }
  if (!text) {
    auto result = decide(pushed);
    if (!result) return Step::not_in_this_batch;
    text = kept_text(*std::move(result));
  }
  reply.results.push_back(*text);
  if (seq <= client.last_sequence) return Step::done;
  client.last_sequence = seq;
  ResultWrite write{to_string(pushed.id), client.client, client.user, *std::move(text)};
  if (known_results_.add(write)) batch.results.push_back(std::move(write));
  return Step::done;
}

std::vector<std::string> PushSession::surplus(const std::vector<ClientWrite>& written) const {
  return clients_.surplus(written, clients_per_user_);
}

void PushSession::committed(const CommitBatch& commit) {
  for (const std::string& client : commit.forgotten_clients) clients_.forget(client);
  for (const ClientWrite& client : commit.clients) clients_.put(client, commit.now_ms);
}

}  // namespace yuanyue
