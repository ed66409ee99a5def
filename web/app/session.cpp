#include "web/app/session.h"

#include <algorithm>
#include <utility>

#include "web/app/app.h"

namespace yuanyue::web::app {
namespace {

constexpr std::string_view session_path = "/api/v1/session";
// The user who has left, until the server has confirmed it.
constexpr std::string_view end_mark = "session.end";
constexpr std::string_view password_path = "/api/v1/password";
constexpr std::int64_t request_timeout_ms = 15'000;
constexpr std::int64_t check_again_max_ms = 30'000;

}  // namespace

RequestFailure failure_of(const platform::HttpResponse& response, Instant received_at) {
  RequestFailure failure;
  failure.status = response.status;
  if (const auto error = wire::decode_error_body(response.body)) {
    failure.code = error->code;
    failure.field = error->field;
  }
  if (response.retry_after_ms > 0) failure.retry_at = received_at + response.retry_after_ms;
  return failure;
}

void Session::open(const platform::HttpResponse& response, Instant sent_at, RequestState* state) {
  const Instant received_at = device_now();
  auto info = wire::decode_session_response(response.body);
  if (!info) {
    // Neither a session nor a refusal: something between us and the server has answered.
    if (state != nullptr) state->failure = RequestFailure{};
    return;
  }
  stop_ending();  // a new session has taken the place of the one that was to end
  info_ = *std::move(info);
  status_ = Status::signed_in;
  remembered_ = false;
  failed_checks_ = 0;
  platform::set_csrf_token(info_->csrf_token);
  listener_.opened(*info_, sent_at, received_at);
}

void Session::check() {
  if (check_under_way_) return;
  if (is_leaving()) {
    ended();
    return finish_sign_out();
  }
  check_under_way_ = true;
  const Instant sent_at = device_now();
  platform::http_get(session_path, request_timeout_ms,
                     [this, sent_at](const platform::HttpResponse& response) {
                       check_under_way_ = false;
                       check_answered(response, sent_at);
                     });
}

void Session::check_answered(const platform::HttpResponse& response, Instant sent_at) {
  if (response.status == 200) open(response, sent_at, nullptr);
  if (response.status == 204 || response.status == 401) {
    failed_checks_ = 0;
    ended();
  }
  if (!proven()) {
    const std::int64_t wait_ms = 500LL << std::min(failed_checks_, 6);
    ++failed_checks_;
    platform::set_timer(std::min(wait_ms, check_again_max_ms), [this] {
      if (!proven()) check();
    });
  }
  if (response.status != 200) listener_.checked();
}

void Session::remember(const User& user, const std::optional<Enterprise>& enterprise) {
  if (status_ != Status::checking) return;
  status_ = Status::signed_in;
  remembered_ = true;
  info_.emplace();
  info_->user = user;
  info_->enterprise = enterprise;
}

void Session::sign_in(const std::string& name, const std::string& password) {
  if (sign_in_state_.busy) return;
  sign_in_state_ = {.busy = true};
  pause_ending();  // or it might end the new session
  const Instant sent_at = device_now();
  platform::http_post(session_path, wire::encode(wire::SignInRequest{name, password}),
                      request_timeout_ms, [this, sent_at](const platform::HttpResponse& response) {
                        sign_in_state_.busy = false;
                        if (response.status == 200) {
                          open(response, sent_at, &sign_in_state_);
                        } else {
                          sign_in_state_.failure = failure_of(response, device_now());
                          finish_sign_out();
                        }
                      });
}

void Session::change_password(const std::string& current, const std::string& wanted) {
  if (password_state_.busy) return;
  password_state_ = {.busy = true};
  const Instant sent_at = device_now();
  platform::http_post(password_path, wire::encode(wire::ChangePasswordRequest{current, wanted}),
                      request_timeout_ms, [this, sent_at](const platform::HttpResponse& response) {
                        password_state_.busy = false;
                        if (response.status < 200 || response.status >= 300) {
                          password_state_.failure = failure_of(response, device_now());
                          return;
                        }
                        open(response, sent_at, &password_state_);
                        if (!password_state_.failure) ++passwords_changed_;
                      });
}

void Session::sign_out() {
  if (info_) {
    platform::set_setting(end_mark, to_string(info_->user.id));
    csrf_token_ = info_->csrf_token;
  }
  ended();
  finish_sign_out();
}

bool Session::is_leaving() const { return !platform::setting(end_mark).empty(); }

void Session::finish_sign_out() {
  if (end_request_ != 0 || end_timer_ != 0 || !is_leaving()) return;
  const Instant sent_at = device_now();
  if (csrf_token_.empty()) {
    end_request_ = platform::http_get(
        session_path, request_timeout_ms,
        [this, sent_at, attempt = ++end_attempt_](const platform::HttpResponse& response) {
          if (attempt != end_attempt_) return;
          end_request_ = 0;
          end_asked(response, sent_at);
        });
    return;
  }
  platform::set_csrf_token(csrf_token_);
  end_request_ = platform::http_delete(
      session_path, request_timeout_ms,
      [this, attempt = ++end_attempt_](const platform::HttpResponse& response) {
        if (attempt != end_attempt_) return;
        end_request_ = 0;
        const bool done = response.status >= 200 && response.status < 300;
        end_answered(done || response.status == 401);
      });
  platform::set_csrf_token({});
}

// Whose session is still open.
void Session::end_asked(const platform::HttpResponse& response, Instant sent_at) {
  const auto info = wire::decode_session_response(response.body);
  if (response.status != 200 || !info) {
    return end_answered(response.status == 204 || response.status == 401);
  }
  if (to_string(info->user.id) != platform::setting(end_mark)) {
    return open(response, sent_at, nullptr);  // somebody else's, who has come since
  }
  csrf_token_ = info->csrf_token;
  finish_sign_out();
}

void Session::end_answered(bool done) {
  if (done) {
    stop_ending();
    return listener_.checked();
  }
  csrf_token_.clear();  // it may be that which is refused
  const std::int64_t wait_ms = 500LL << std::min(end_failures_, 6);
  ++end_failures_;
  end_timer_ = platform::set_timer(std::min(wait_ms, check_again_max_ms), [this] {
    end_timer_ = 0;
    finish_sign_out();
  });
}

void Session::pause_ending() {
  ++end_attempt_;
  if (end_request_ != 0) platform::http_abort(end_request_);
  if (end_timer_ != 0) platform::cancel_timer(end_timer_);
  end_request_ = end_timer_ = 0;
}

void Session::stop_ending() {
  pause_ending();
  end_failures_ = 0;
  csrf_token_.clear();
  platform::set_setting(end_mark, {});
}

void Session::doubt() {
  if (status_ == Status::signed_in) remembered_ = true;
  check();
}

void Session::ended() {
  status_ = Status::signed_out;
  remembered_ = false;
  info_.reset();
  platform::set_csrf_token({});
}

void Session::require_password_change() {
  if (info_) info_->must_change_password = true;
}

void Session::clear_failures() {
  sign_in_state_.failure.reset();
  password_state_.failure.reset();
}

}  // namespace yuanyue::web::app
