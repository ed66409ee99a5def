// One table of routes: the dispatcher serves it and the OpenAPI document describes it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backend/auth/sessions.h"
#include "backend/connections/request_handler.h"
#include "backend/http/httplib_config.h"
#include "core/people/enterprise.h"
#include "core/people/user.h"
#include "core/protocol/protocol.h"

namespace yuanyue {

enum class Method : std::uint8_t { get, post, delete_ };
std::string_view name_of(Method method);  // "GET"

// Who may call. State-changing methods with a session also need its CSRF token.
enum class Access : std::uint8_t {
  anyone,
  visitor_or_session,           // anyone; the session is given if there is one
  session_with_first_password,  // even while the first password waits to be changed
  session,
};

struct Call {
  const httplib::Request& request;
  std::string address;
  Session session;  // with Access::anyone, and for visitors: empty, and the user has no id
  User user;
};

struct Reply {
  int status = 200;
  std::string body;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
  // Ask again when this has changed; without it, or when the request cannot be held, the rest of
  // the reply is the answer.
  std::optional<Hold> hold;
  // Begins what the answer depends on and gives it a ReplyOutcome when it is done, so that no
  // thread waits meanwhile. The rest of the reply is then nothing.
  std::function<void(Resume)> later;
};

// What came of `Reply::later`.
struct ReplyOutcome : RequestOutcome {
  explicit ReplyOutcome(std::string user_id)
      : user(std::move(user_id)), began(std::chrono::steady_clock::now()) {}
  virtual Reply reply() const = 0;

  const std::string user;  // for the log, as the next
  const std::chrono::steady_clock::time_point began;
};

struct Route {
  Method method = Method::get;
  std::string path;
  std::string summary;
  Access access = Access::anyone;
  Lane lane = Lane::quick;
  std::size_t max_body_bytes = 0;  // 0: takes no body
  std::vector<wire::ErrorCode> errors;
  std::string request_schema;  // name in openapi_schemas.h; empty: none
  std::string response_schema;
  std::string response_type = "application/json";
  std::string no_content;  // what 204 means; empty: it does not come
  std::vector<std::pair<std::string, std::string>> query;  // name, description
  std::function<Reply(const Call&)> handle;
};

Reply json_reply(std::string body);
// `retry_after_ms` > 0 adds Retry-After in whole seconds, rounded up.
Reply error_reply(wire::ErrorCode code, std::string message = {}, std::string field = {},
                  std::int64_t retry_after_ms = 0);
Reply decode_error_reply(const wire::DecodeError& error);

}  // namespace yuanyue
