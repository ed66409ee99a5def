// Who is signed in, and the requests that change it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/protocol/protocol.h"
#include "web/bridge/platform.h"

namespace yuanyue::web::app {

// Why a request did not work.
struct RequestFailure {
  int status = 0;  // 0: no answer
  wire::ErrorCode code = wire::ErrorCode::unavailable;
  std::string field;
  Instant retry_at{};  // device clock; ms == 0: at once
};

// A request of a form: under way, failed, or neither.
struct RequestState {
  bool busy = false;
  std::optional<RequestFailure> failure;
};

class Session {
 public:
  enum class Status : std::uint8_t {
    checking,  // asking the server whether a session is open; retried while there is no answer
    signed_out,
    signed_in,  // or, while proven() is false, remembered by this browser
  };

  struct Listener {
    // A session is open; `sent_at` and `received_at` by the device's clock.
    std::function<void(const wire::SessionResponse&, Instant sent_at, Instant received_at)> opened;
    std::function<void()> checked;  // the server has been asked: there is no session, or no answer
  };
  explicit Session(Listener listener) : listener_(std::move(listener)) {}

  Status status() const { return status_; }
  // The server has said so since the page was opened. Until then it is asked again and again.
  bool proven() const { return status_ != Status::checking && !remembered_; }
  // Not the first try to reach the server any more.
  bool unreachable() const { return failed_checks_ > 0; }
  bool must_change_password() const { return info_ && info_->must_change_password; }
  // While checking: this browser knows who was signed in last.
  void remember(const User& user, const std::optional<Enterprise>& enterprise);
  // Requires signed_in.
  const User& user() const { return info_->user; }
  const std::optional<Enterprise>& enterprise() const { return info_->enterprise; }

  void check();
  // The server has refused the session: is there another one, or none? Not proven() until then.
  void doubt();
  void sign_in(const std::string& name, const std::string& password);
  void change_password(const std::string& current, const std::string& wanted);
  // The user leaves: signed out at once. The server is told until it has heard it, by a page that
  // is opened later too.
  void sign_out();
  // The user has left and the server has not confirmed it; `late` when a try has failed.
  bool is_leaving() const;
  bool is_leaving_late() const { return end_failures_ > 0; }
  // Another tab began it, or this page did before it was opened anew.
  void finish_sign_out();
  // The server says that the session is over, or that the password must be changed first.
  void ended();
  void require_password_change();

  const RequestState& sign_in_state() const { return sign_in_state_; }
  const RequestState& password_state() const { return password_state_; }
  // Password changes that have worked since the page was opened.
  int passwords_changed() const { return passwords_changed_; }
  void clear_failures();

 private:
  void check_answered(const platform::HttpResponse& response, Instant sent_at);
  void open(const platform::HttpResponse& response, Instant sent_at, RequestState* state);
  void end_asked(const platform::HttpResponse& response, Instant sent_at);
  void end_answered(bool done);
  void pause_ending();
  void stop_ending();

  Listener listener_;
  Status status_ = Status::checking;
  bool remembered_ = false;
  bool check_under_way_ = false;
  std::optional<wire::SessionResponse> info_;
  int failed_checks_ = 0;
  int passwords_changed_ = 0;
  RequestState sign_in_state_, password_state_;
  // Of the sign-out: the token, the request under way, tries that have failed.
  std::string csrf_token_;
  std::uint32_t end_request_ = 0, end_timer_ = 0;
  int end_failures_ = 0;
  std::uint64_t end_attempt_ = 0;
};

RequestFailure failure_of(const platform::HttpResponse& response, Instant received_at);

}  // namespace yuanyue::web::app
