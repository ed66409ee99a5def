#include "core/protocol/protocol.h"

#include <algorithm>
#include <utility>

#include "core/people/enterprise.h"
#include "core/protocol/protocol_tables.h"
#include "core/protocol/query_text.h"

namespace yuanyue::wire {
namespace {

constexpr JsonLimits push_limits{.max_bytes = max_push_bytes, .max_values = max_push_values};
constexpr JsonLimits answer_limits{.max_bytes = max_pull_bytes};
constexpr JsonLimits small_limits{.max_bytes = 16 * 1024};

constexpr int error_statuses[] = {400, 401, 401, 403, 403, 403, 403, 404, 405, 409,
                                  409, 413, 415, 422, 426, 429, 429, 500, 503};
static_assert(std::size(error_statuses) == std::size(error_code_list));

}  // namespace

bool check_push_request(const PushRequest& request, DecodeContext& context) {
  const auto& commands = request.commands;
  for (std::size_t i = 1; i < commands.size(); ++i) {
    if (commands[i].seq != commands[i - 1].seq + 1) {
      return context.fail_at("commands[" + std::to_string(i) + "].seq",
                             DecodeErrorCode::inconsistent, "not one more than the seq before it");
    }
  }
  return true;
}

bool check_command_result(const CommandResult& result, DecodeContext& context) {
  return result.accepted != result.rejection.has_value() ||
         context.fail_at("rejection", DecodeErrorCode::inconsistent, "exactly when not accepted");
}

std::string to_string(const Cookie& cookie) {
  std::string out;
  append_hex(out, cookie.epoch);
  out += '.';
  append_hex(out, static_cast<std::uint64_t>(cookie.schema));
  out += '.';
  append_hex(out, cookie.view);
  out += '.';
  append_hex(out, cookie.revision);
  return out;
}

std::optional<Cookie> parse_cookie(std::string_view text) {
  if (text.size() > max_cookie_bytes) return std::nullopt;
  std::uint64_t parts[4] = {};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (i == 3)) return std::nullopt;
    const auto part = parse_integer<std::uint64_t>(text.substr(0, dot), 16);
    if (!part) return std::nullopt;
    parts[i] = *part;
    if (i < 3) text.remove_prefix(dot + 1);
  }
  if (parts[1] > INT32_MAX) return std::nullopt;
  return Cookie{parts[0], static_cast<int>(parts[1]), parts[2], parts[3]};
}

std::string_view to_string(ErrorCode code) {
  return error_code_names[static_cast<std::size_t>(code)];
}
int http_status(ErrorCode code) { return error_statuses[static_cast<std::size_t>(code)]; }

std::string encode(const PushRequest& request) {
  return encode_text_of(push_request_codec, request);
}
std::string encode(const PushResponse& response) {
  return encode_text_of(push_response_codec, response);
}
std::string encode(const CommandResult& result) {
  return encode_text_of(command_result_codec, result);
}
std::string encode(const PullResponse& response) {
  return encode_text_of(pull_response_codec, response);
}
std::string encode(const ErrorBody& error) { return encode_text_of(error_body_codec, error); }
std::string encode(const SignInRequest& request) {
  return encode_text_of(sign_in_request_codec, request);
}
std::string encode(const ChangePasswordRequest& request) {
  return encode_text_of(change_password_request_codec, request);
}
std::string encode(const SessionResponse& response) {
  return encode_text_of(session_response_codec, response);
}

Decoded<PushRequest> decode_push_request(std::string_view json) {
  return read_push_body(json).request;
}

PushBody read_push_body(std::string_view json) {
  PushBody body;
  const auto document = JsonDocument::parse(json, push_limits);
  if (!document) {
    body.request = std::unexpected(document.error());
    return body;
  }
  if (const auto protocol = document->root().find("protocol")) {
    const auto version = protocol->integer();
    if (version && *version >= 0) {
      body.protocol = static_cast<int>(std::min<std::int64_t>(*version, INT32_MAX));
    }
  }
  DecodeError error;
  if (!decode_document(push_request_codec.codec, *document, &*body.request, error)) {
    body.request = std::unexpected(std::move(error));
  }
  return body;
}

Decoded<PushResponse> decode_push_response(std::string_view json) {
  return decode_text_of(push_response_codec, json, answer_limits);
}
Decoded<CommandResult> decode_command_result(std::string_view json) {
  return decode_text_of(command_result_codec, json, answer_limits);
}
Decoded<PullResponse> decode_pull_response(std::string_view json) {
  return decode_text_of(pull_response_codec, json, answer_limits);
}
Decoded<ErrorBody> decode_error_body(std::string_view json) {
  return decode_text_of(error_body_codec, json, small_limits);
}
Decoded<SignInRequest> decode_sign_in_request(std::string_view json) {
  return decode_text_of(sign_in_request_codec, json, small_limits);
}
Decoded<ChangePasswordRequest> decode_change_password_request(std::string_view json) {
  return decode_text_of(change_password_request_codec, json, small_limits);
}
Decoded<SessionResponse> decode_session_response(std::string_view json) {
  return decode_text_of(session_response_codec, json, small_limits);
}

std::string pull_query(const PullRequest& request) {
  std::string out = "client=" + to_string(request.client) + "&cookie=";
  append_query_value(out, request.cookie);
  out += "&protocol=" + std::to_string(request.protocol);
  out += "&wait_ms=" + std::to_string(request.wait_ms);
  return out;
}

Decoded<PullRequest> decode_pull_query(std::optional<std::string_view> client,
                                       std::optional<std::string_view> cookie,
                                       std::optional<std::string_view> protocol,
                                       std::optional<std::string_view> wait_ms) {
  PullRequest request;
  if (!client) return query_error<PullRequest>(DecodeErrorCode::missing_field, "client");
  const auto id = parse_uuid(*client);
  if (!id) return query_error<PullRequest>(DecodeErrorCode::bad_format, "client");
  request.client = ClientId(*id);
  if (cookie) {
    if (cookie->size() > max_cookie_bytes) {
      return query_error<PullRequest>(DecodeErrorCode::too_long, "cookie");
    }
    request.cookie = *cookie;
  }
  if (protocol) {
    const auto version = parse_integer<int>(*protocol, 10);
    if (!version || *version < 1)
      return query_error<PullRequest>(DecodeErrorCode::bad_format, "protocol");
    request.protocol = *version;
  }
  if (wait_ms) {
    const auto wait = parse_integer<std::int64_t>(*wait_ms, 10);
    if (!wait) return query_error<PullRequest>(DecodeErrorCode::bad_format, "wait_ms");
    if (*wait > max_wait_ms)
      return query_error<PullRequest>(DecodeErrorCode::out_of_range, "wait_ms");
    request.wait_ms = *wait;
  }
  return request;
}

void PullResponseText::add(std::string& list, std::string_view json) {
  if (!list.empty()) list += ',';
  list += json;
}

std::string PullResponseText::finish(Instant server_now, std::string_view cookie, bool reset,
                                     std::uint64_t last_seq) const {
  std::string out;
  out.reserve(rows_.size() + deletes_.size() + ledger_.size() + results_.size() + 256);
  out += "{\"cookie\":";
  append_json_string(out, cookie);
  out += ",\"deletes\":[" + deletes_ + "],\"last_seq\":" + std::to_string(last_seq);
  out += ",\"ledger\":[" + ledger_;
  out += reset ? "],\"reset\":true" : "],\"reset\":false";
  out += ",\"results\":[" + results_ + "],\"rows\":[";
  out += rows_;
  out += "],\"server_now\":" + std::to_string(server_now.ms) + '}';
  return out;
}

std::string push_response_text(Instant server_now, std::uint64_t last_seq,
                               const std::vector<std::string>& results) {
  std::string out = "{\"last_seq\":" + std::to_string(last_seq) + ",\"results\":[";
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (i > 0) out += ',';
    out += results[i];
  }
  out += "],\"server_now\":" + std::to_string(server_now.ms) + '}';
  return out;
}

}  // namespace yuanyue::wire
