#include "backend/http/guards.h"
#include "backend/http/routes.h"
#include "core/people/grants.h"

namespace yuanyue {

namespace {

using wire::ErrorCode;

constexpr std::size_t max_sign_in_bytes = 4 * 1024;
constexpr std::string_view session_path = "/api/v1/session";

Reply account_error_reply(const AccountError& error) {
  return error_reply(error.code, error.message, {}, error.retry_after_ms);
}

Reply session_reply(const AppServices& services, const Session& session, const User& user) {
  wire::SessionResponse response;
  response.server_now = services.clock.now();
  response.csrf_token = session.csrf_token;
  response.must_change_password = session.must_change_password;
  response.user = user;
  if (user.enterprise) response.enterprise = services.directory.enterprise(user.enterprise);
  return json_reply(wire::encode(response));
}

std::string cookie(const AppServices& services, std::string_view name, std::string_view value,
                   std::string_view path, std::int64_t max_age_seconds) {
  std::string text(name);
  text += '=';
  text += value;
  text += "; Path=";
  text += path;
  text += "; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(max_age_seconds);
  if (services.options.secure_cookies) text += "; Secure";
  return text;
}

std::string session_cookie(const AppServices& services, std::string_view token,
                           std::int64_t max_age_seconds) {
  return cookie(services, session_cookie_name(services.options), token, "/", max_age_seconds);
}

std::string session_cookie(const AppServices& services, std::string_view token) {
  return session_cookie(services, token, services.sessions.limits().absolute_ms / 1000);
}

// Sent with sign-ins only.
std::string_view device_cookie_name(const HttpOptions& options) {
  return options.secure_cookies ? "__Secure-yuanyue_device" : "yuanyue_device";
}

Reply sign_in(const AppServices& services, const Call& call) {
  const auto request = wire::decode_sign_in_request(call.request.body);
  if (!request) return decode_error_reply(request.error());
  auto signed_in = services.accounts.sign_in(
      request->name, request->password,
      {.address = call.address,
       .device_cookie = cookie_value(call.request, device_cookie_name(services.options)),
       .session_token = cookie_value(call.request, session_cookie_name(services.options))});
  if (!signed_in) return account_error_reply(signed_in.error());
  const Session& session = signed_in->session.session;
  const auto user = services.directory.user(session.user);
  if (!user) return error_reply(ErrorCode::unauthenticated);
  Reply reply = session_reply(services, session, *user);
  reply.headers.emplace_back("Set-Cookie", session_cookie(services, signed_in->session.token));
  reply.headers.emplace_back(
      "Set-Cookie", cookie(services, device_cookie_name(services.options), signed_in->device_cookie,
                           session_path, KnownDevices::kept_ms / 1000));
  return reply;
}

// The browser is signed out whatever the disk says: its cookie goes, and the session with it.
Reply sign_out(const AppServices& services, const Call& call) {
  const auto ended = services.accounts.sign_out(call.session, call.address);
  Reply reply = ended ? json_reply("{}") : account_error_reply(ended.error());
  reply.headers.emplace_back("Set-Cookie", session_cookie(services, "", 0));
  return reply;
}

Reply change_password(const AppServices& services, const Call& call) {
  const auto request = wire::decode_change_password_request(call.request.body);
  if (!request) return decode_error_reply(request.error());
  const auto renewed = services.accounts.change_password(call.session, request->current_password,
                                                         request->new_password, call.address);
  if (!renewed) return account_error_reply(renewed.error());
  Reply reply = session_reply(services, renewed->session, call.user);
  reply.headers.emplace_back("Set-Cookie", session_cookie(services, renewed->token));
  return reply;
}

}  // namespace

std::string_view session_cookie_name(const HttpOptions& options) {
  return options.secure_cookies ? "__Host-yuanyue_session" : "yuanyue_session";
}

std::vector<Route> session_routes(AppServices services) {
  const std::string path(session_path);
  return {
      {.method = Method::post,
       .path = path,
       .summary = "Sign in with a user name or an enterprise's credit code",
       .access = Access::anyone,
       .lane = Lane::slow,
       .max_body_bytes = max_sign_in_bytes,
       .errors = {ErrorCode::malformed, ErrorCode::wrong_credentials, ErrorCode::csrf,
                  ErrorCode::too_large, ErrorCode::unsupported_media_type, ErrorCode::locked_out,
                  ErrorCode::unavailable},
       .request_schema = "SignInRequest",
       .response_schema = "SessionResponse",
       .handle = [services](const Call& call) { return sign_in(services, call); }},
      {.method = Method::get,
       .path = path,
       .summary = "Who is signed in, and the CSRF token",
       .access = Access::visitor_or_session,
       .response_schema = "SessionResponse",
       .no_content = "Nobody is signed in",
       .handle =
           [services](const Call& call) {
             return call.user.id ? session_reply(services, call.session, call.user)
                                 : Reply{.status = 204, .content_type = {}};
           }},
      {.method = Method::delete_,
       .path = path,
       .summary = "Sign out",
       .access = Access::session_with_first_password,
       .lane = Lane::slow,
       .errors = {ErrorCode::malformed, ErrorCode::unauthenticated, ErrorCode::csrf,
                  ErrorCode::unavailable},
       .response_schema = "Empty",
       .handle = [services](const Call& call) { return sign_out(services, call); }},
      {.method = Method::post,
       .path = "/api/v1/password",
       .summary = "Change one's own password; ends the user's sessions, this one goes on under a "
                  "new token",
       .access = Access::session_with_first_password,
       .lane = Lane::slow,
       .max_body_bytes = max_sign_in_bytes,
       .errors = {ErrorCode::malformed, ErrorCode::unauthenticated, ErrorCode::wrong_credentials,
                  ErrorCode::csrf, ErrorCode::too_large, ErrorCode::unsupported_media_type,
                  ErrorCode::weak_password, ErrorCode::locked_out, ErrorCode::unavailable},
       .request_schema = "ChangePasswordRequest",
       .response_schema = "SessionResponse",
       .handle = [services](const Call& call) { return change_password(services, call); }},
  };
}

}  // namespace yuanyue
