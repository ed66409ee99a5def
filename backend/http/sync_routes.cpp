#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>

#include "backend/http/audience_names.h"
#include "backend/http/quotas.h"
#include "backend/http/routes.h"
#include "core/domains/codec.h"

namespace yuanyue {

namespace {

using wire::ErrorCode;

constexpr std::int64_t busy_retry_ms = 1'000;

Reply unavailable() {
  return error_reply(ErrorCode::unavailable, "The server is busy; try again.", {}, busy_retry_ms);
}

std::optional<Reply> check_protocol(int protocol) {
  if (protocol < wire::protocol_version) return error_reply(ErrorCode::protocol_too_old);
  // A newer page than this server: it was taken back to an older version, or is just being updated.
  if (protocol > wire::protocol_version) return unavailable();
  return std::nullopt;
}

std::int64_t steady_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

// A push that cannot be read counts as one command.
std::optional<Reply> over_quota(Quotas& quotas, const Call& call, std::size_t commands) {
  const std::int64_t wait_ms =
      quotas.take(to_string(call.user.id), quota_address(call.address),
                  static_cast<std::int64_t>(std::max<std::size_t>(commands, 1)), steady_ms());
  if (wait_ms == 0) return std::nullopt;
  return error_reply(ErrorCode::too_many_requests,
                     "More commands than one user or one address may give.", {}, wait_ms);
}

struct PushOutcome : ReplyOutcome {
  using ReplyOutcome::ReplyOutcome;
  Reply reply() const override { return push_reply(decided); }

  std::optional<PushReply> decided;  // none: the engine took no more tasks
};

Reply push(const AppServices& services, Quotas& quotas, const Call& call) {
  auto read = read_push(call);
  const std::size_t commands = read ? read->request.commands.size() : 0;
  if (auto refusal = over_quota(quotas, call, commands)) return *std::move(refusal);
  if (!read) return std::move(read.error());
  Reply reply;
  reply.later = [&engine = services.engine, task = std::make_shared<PushTask>(std::move(*read)),
                 outcome =
                     std::make_shared<PushOutcome>(to_string(call.user.id))](const Resume& resume) {
    const auto decided = [outcome, resume](PushReply pushed) {
      outcome->decided = std::move(pushed);
      resume(outcome);
    };
    if (!engine.push(std::move(*task), decided)) resume(outcome);
  };
  return reply;
}

std::optional<std::string> parameter(const httplib::Request& request, const char* name) {
  if (!request.has_param(name)) return std::nullopt;
  return request.get_param_value(name);
}

bool has_news(const Delta& delta) {
  return delta.complete || !delta.rows.empty() || !delta.deletes.empty() || !delta.ledger.empty() ||
         !delta.results.empty();
}

DeltaRequest delta_request(const wire::PullRequest& pull, const UserId& user) {
  DeltaRequest request;
  request.audiences_of = audience_names;
  request.user_key = wire::encode(AnyKey(user));
  request.user = to_string(user);
  request.client = to_string(pull.client);
  const auto cookie = wire::parse_cookie(pull.cookie);
  if (!cookie || cookie->schema != wire::schema_version) {
    request.holds_nothing = true;
    return request;
  }
  request.epoch = static_cast<std::int64_t>(cookie->epoch);
  request.view_epoch = static_cast<std::int64_t>(cookie->view);
  request.revision = static_cast<std::int64_t>(cookie->revision);
  return request;
}

Reply pull_reply(const AppServices& services, const Delta& delta) {
  wire::PullResponseText text;
  for (const std::string& row : delta.rows) text.add_row(row);
  for (const std::string& key : delta.deletes) text.add_delete(key);
  for (const std::string& entry : delta.ledger) text.add_ledger(entry);
  for (const std::string& result : delta.results) text.add_result(result);
  wire::Cookie cookie;
  cookie.epoch = static_cast<std::uint64_t>(delta.head.epoch);
  cookie.view = static_cast<std::uint64_t>(delta.view_epoch);
  cookie.revision = static_cast<std::uint64_t>(delta.head.revision);
  const auto last_seq =
      delta.client ? static_cast<std::uint64_t>(delta.client->last_sequence) : std::uint64_t{0};
  return json_reply(
      text.finish(services.clock.now(), wire::to_string(cookie), delta.complete, last_seq));
}

Reply pull(const AppServices& services, const Call& call) {
  const auto client = parameter(call.request, "client");
  const auto cookie = parameter(call.request, "cookie");
  const auto protocol = parameter(call.request, "protocol");
  const auto wait = parameter(call.request, "wait_ms");
  const auto request = wire::decode_pull_query(client, cookie, protocol, wait);
  if (!request) return decode_error_reply(request.error());
  if (auto refusal = check_protocol(request->protocol)) return *std::move(refusal);

  const DeltaRequest wanted = delta_request(*request, call.user.id);
  const auto delta = services.store.reader()->delta(wanted);
  if (!delta) return unavailable();
  if (delta->audiences.empty()) return error_reply(ErrorCode::unauthenticated);  // disabled by now
  if (delta->client && delta->client->user != wanted.user) {
    return error_reply(ErrorCode::wrong_user);
  }
  Reply reply = pull_reply(services, *delta);
  if (request->wait_ms > 0 && !has_news(*delta)) {
    reply.hold = Hold{.audiences = delta->audiences,
                      .revision = delta->head.revision,
                      .wait = std::chrono::milliseconds(request->wait_ms),
                      .session = call.session.token_hash,
                      .user = to_string(call.user.id),
                      .address = call.address};
  }
  return reply;
}

}  // namespace

std::expected<PushTask, Reply> read_push(const Call& call) {
  auto body = wire::read_push_body(call.request.body);
  // A page of another version may write what this server cannot read; that is no fault of its
  // commands.
  if (auto refusal = check_protocol(body.protocol)) return std::unexpected(*std::move(refusal));
  if (!body.request) return std::unexpected(decode_error_reply(body.request.error()));
  return PushTask{call.user.id, std::move(*body.request)};
}

Reply push_reply(const std::optional<PushReply>& reply) {
  if (!reply) return unavailable();
  if (reply->error == ErrorCode::unavailable) {
    const std::string why = reply->fault ? std::string(name_of(*reply->fault)) : "other";
    return error_reply(ErrorCode::unavailable, "Nothing could be saved (" + why + "); try again.",
                       {}, busy_retry_ms);
  }
  if (reply->error) return error_reply(*reply->error);
  return json_reply(wire::push_response_text(reply->server_now, reply->last_seq, reply->results));
}

std::vector<Route> sync_routes(AppServices services) {
  const auto quotas = std::make_shared<Quotas>(services.options.quotas);
  std::vector<Route> routes = {
      {.method = Method::post,
       .path = std::string(wire::push_path),
       .summary = "Give commands; a business refusal is a result, not an error",
       .access = Access::session,
       .max_body_bytes = wire::max_push_bytes,
       .errors = {ErrorCode::malformed, ErrorCode::unauthenticated, ErrorCode::csrf,
                  ErrorCode::wrong_user, ErrorCode::password_change_required,
                  ErrorCode::unknown_client, ErrorCode::sequence_gap, ErrorCode::too_large,
                  ErrorCode::unsupported_media_type, ErrorCode::protocol_too_old,
                  ErrorCode::too_many_requests, ErrorCode::unavailable},
       .request_schema = "PushRequest",
       .response_schema = "PushResponse",
       .handle = [services, quotas](const Call& call) { return push(services, *quotas, call); }},
      {.method = Method::get,
       .path = std::string(wire::pull_path),
       .summary = "What is new for this replica; waits for news when asked to",
       .access = Access::session,
       .errors = {ErrorCode::malformed, ErrorCode::unauthenticated, ErrorCode::wrong_user,
                  ErrorCode::password_change_required, ErrorCode::protocol_too_old,
                  ErrorCode::unavailable},
       .response_schema = "PullResponse",
       .query = {{"client", "UUID of the replica"},
                 {"cookie", "from the last answer; none: everything"},
                 {"protocol", "version of the protocol; none: the current one"},
                 {"wait_ms", "how long to wait for news, at most 60000"}},
       .handle = [services](const Call& call) { return pull(services, call); }},
  };
  return routes;
}

}  // namespace yuanyue
