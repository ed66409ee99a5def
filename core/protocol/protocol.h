// The messages between a client and the server. What they promise is in docs/protocol.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "core/people/enterprise.h"
#include "core/people/user.h"
#include "core/wire/decode_error.h"

namespace yuanyue::wire {

// Of messages; the server refuses older ones, which it cannot serve.
inline constexpr int protocol_version = 4;
inline constexpr int schema_version = 2;  // of rows; another one in a cookie resets the replica

inline constexpr std::string_view push_path = "/api/v1/push";
inline constexpr std::string_view pull_path = "/api/v1/pull";

inline constexpr std::size_t max_push_commands = 50;
inline constexpr std::size_t max_push_bytes = 512 * 1024;
// Of its JSON. A single command never has as many: the densest, a catalog of one-letter names, has
// one in 6 bytes, and at most max_command_bytes.
inline constexpr std::size_t max_push_values = 64 * 1024;
inline constexpr std::size_t max_pull_bytes =
    256 * 1024 * 1024;  // a client's own bound on an answer
inline constexpr std::int64_t max_wait_ms = 60'000;
inline constexpr std::size_t max_cookie_bytes = 128;

// --- push --------------------------------------------------------------------------------------

struct PushedCommand {
  std::uint64_t seq = 0;  // 1.., gap-free per client
  CommandId id;
  AnyCommand command;
};

struct PushRequest {
  int protocol = protocol_version;
  ClientId client;
  std::vector<PushedCommand> commands;  // 1..max_push_commands, seq ascending by 1
};

struct CommandResult {
  std::uint64_t seq = 0;
  CommandId id;
  bool accepted = false;
  std::uint64_t revision = 0;          // of the commit that settled it
  std::optional<Rejection> rejection;  // exactly when not accepted
};

struct PushResponse {
  Instant server_now;
  std::uint64_t last_seq = 0;          // the client's last settled one
  std::vector<CommandResult> results;  // one for each pushed command, in its order
};

// --- pull --------------------------------------------------------------------------------------

struct PullRequest {
  int protocol = protocol_version;
  ClientId client;
  std::string cookie;        // empty: nothing yet
  std::int64_t wait_ms = 0;  // 0..max_wait_ms: how long the server may wait for news
};

// Complete or not at all: it describes one revision. An entry in `rows` replaces, one in `deletes`
// takes away; no key is in both. With `reset` the rows are all there is.
struct PullResponse {
  Instant server_now;
  std::string cookie;
  bool reset = false;
  std::vector<AnyRow> rows;
  std::vector<AnyKey> deletes;
  std::vector<LedgerEntry> ledger;  // new ones, oldest first; with `reset` all
  std::uint64_t last_seq = 0;       // this client's last settled command at this revision
  std::vector<CommandResult>
      results;  // of this client's commands settled since the request's cookie
};

// What the server keeps in a cookie. Opaque for clients.
struct Cookie {
  std::uint64_t epoch = 0;  // changes when the server's history is another one (restored backup)
  int schema = schema_version;
  std::uint64_t view = 0;      // changes when the user's rights do
  std::uint64_t revision = 0;  // of the last commit that the replica holds
  bool operator==(const Cookie&) const = default;
};
std::string to_string(const Cookie& cookie);  // "<epoch>.<schema>.<view>.<revision>", hex
std::optional<Cookie> parse_cookie(std::string_view text);  // exactly the printed form

// --- errors ------------------------------------------------------------------------------------

// With each the HTTP status it comes with.
enum class ErrorCode : std::uint8_t {
  malformed,                 // 400: `field` and `message` say what
  unauthenticated,           // 401: no session, or it has ended
  wrong_credentials,         // 401: sign-in refused
  csrf,                      // 403: the CSRF header is missing or not this session's
  forbidden,                 // 403: signed in, but not for this
  wrong_user,                // 403: the client id belongs to another user
  password_change_required,  // 403: the first password must be changed before anything else
  not_found,                 // 404: no such route or file
  method_not_allowed,        // 405
  unknown_client,  // 409: the server does not know this client and the push does not start at 1
  sequence_gap,    // 409: a command between the last settled one and the first pushed is missing
  too_large,       // 413: body or header over the limit
  unsupported_media_type,  // 415: not application/json
  weak_password,           // 422: the new password is too short or too common
  protocol_too_old,        // 426: reload the page
  too_many_requests,       // 429: after Retry-After
  locked_out,              // 429: too many failed sign-ins, after Retry-After
  internal,                // 500
  unavailable,             // 503: starting, stopping or overloaded; after Retry-After
};
std::string_view to_string(ErrorCode code);
int http_status(ErrorCode code);

struct ErrorBody {
  ErrorCode code = ErrorCode::internal;
  std::string message;  // English, may be empty
  std::string field;    // malformed: the path in the body; else empty
};

// --- session -----------------------------------------------------------------------------------

struct SignInRequest {
  std::string name;      // user name or the enterprise's credit code
  std::string password;  // <= 256 bytes
};

struct ChangePasswordRequest {
  std::string current_password;
  std::string new_password;
};

struct SessionResponse {
  Instant server_now;
  std::string csrf_token;
  bool must_change_password = false;
  User user;
  std::optional<Enterprise> enterprise;  // members
};

// --- texts -------------------------------------------------------------------------------------

std::string encode(const PushRequest& request);
std::string encode(const PushResponse& response);
std::string encode(const CommandResult& result);
std::string encode(const PullResponse& response);
std::string encode(const ErrorBody& error);
std::string encode(const SignInRequest& request);
std::string encode(const ChangePasswordRequest& request);
std::string encode(const SessionResponse& response);

Decoded<PushRequest> decode_push_request(std::string_view json);  // a gap in seq is `inconsistent`
// What a push says of itself, read in one bounded parse: its protocol too when the rest cannot be
// read, because it may be of another version; the present version when it does not say.
struct PushBody {
  int protocol = protocol_version;
  Decoded<PushRequest> request;
};
PushBody read_push_body(std::string_view json);
Decoded<PushResponse> decode_push_response(std::string_view json);
Decoded<CommandResult> decode_command_result(std::string_view json);
Decoded<PullResponse> decode_pull_response(std::string_view json);
Decoded<ErrorBody> decode_error_body(std::string_view json);
Decoded<SignInRequest> decode_sign_in_request(std::string_view json);
Decoded<ChangePasswordRequest> decode_change_password_request(std::string_view json);
Decoded<SessionResponse> decode_session_response(std::string_view json);

// "client=…&cookie=…&protocol=…&wait_ms=…": the query of a pull, and back from its values as they
// came, percent-decoded (nullopt: not in the query; all but client may be missing).
std::string pull_query(const PullRequest& request);
Decoded<PullRequest> decode_pull_query(std::optional<std::string_view> client,
                                       std::optional<std::string_view> cookie,
                                       std::optional<std::string_view> protocol,
                                       std::optional<std::string_view> wait_ms);

// --- composing answers from stored texts -------------------------------------------------------

// The server stores rows, ledger entries and results as the texts that encode() made; these join
// them into the same bytes as encode(PullResponse) or encode(PushResponse) would, without decoding.
class PullResponseText {
 public:
  void add_row(std::string_view json) { add(rows_, json); }
  void add_delete(std::string_view json) { add(deletes_, json); }
  void add_ledger(std::string_view json) { add(ledger_, json); }
  void add_result(std::string_view json) { add(results_, json); }
  bool empty() const {
    return rows_.empty() && deletes_.empty() && ledger_.empty() && results_.empty();
  }
  std::string finish(Instant server_now, std::string_view cookie, bool reset,
                     std::uint64_t last_seq) const;

 private:
  static void add(std::string& list, std::string_view json);
  std::string rows_, deletes_, ledger_, results_;
};

std::string push_response_text(Instant server_now, std::uint64_t last_seq,
                               const std::vector<std::string>& results);

}  // namespace yuanyue::wire
