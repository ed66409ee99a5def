#include "backend/http/route.h"

namespace yuanyue {

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::post:
      return "POST";
    case Method::delete_:
      break;
  }
  return "DELETE";
}

Reply json_reply(std::string body) {
  Reply reply;
  reply.body = std::move(body);
  return reply;
}

Reply error_reply(wire::ErrorCode code, std::string message, std::string field,
                  std::int64_t retry_after_ms) {
  Reply reply;
  reply.status = wire::http_status(code);
  reply.body = wire::encode(wire::ErrorBody{code, std::move(message), std::move(field)});
  if (retry_after_ms > 0) {
    reply.headers.emplace_back("Retry-After", std::to_string((retry_after_ms + 999) / 1000));
  }
  return reply;
}

Reply decode_error_reply(const wire::DecodeError& error) {
  const auto code = error.code == wire::DecodeErrorCode::too_large ? wire::ErrorCode::too_large
                                                                   : wire::ErrorCode::malformed;
  std::string message(wire::to_string(error.code));
  if (!error.detail.empty()) message += ": " + error.detail;
  return error_reply(code, std::move(message), error.path);
}

}  // namespace yuanyue
