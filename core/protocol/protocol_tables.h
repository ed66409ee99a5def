// Fields and limits of the protocol's messages. Private to core/wire.
#pragma once

#include "core/domains/outcome_tables.h"
#include "core/kernel/any_codec.h"
#include "core/people/people_tables.h"
#include "core/protocol/protocol.h"

namespace yuanyue::wire {

// Integers that every JSON reader keeps exact.
inline constexpr std::int64_t max_exact_integer = 9'007'199'254'740'991;
inline constexpr std::int64_t max_password_bytes = 256;

inline constexpr std::string_view error_code_list[] = {"malformed",
                                                       "unauthenticated",
                                                       "wrong_credentials",
                                                       "csrf",
                                                       "forbidden",
                                                       "wrong_user",
                                                       "password_change_required",
                                                       "not_found",
                                                       "method_not_allowed",
                                                       "unknown_client",
                                                       "sequence_gap",
                                                       "too_large",
                                                       "unsupported_media_type",
                                                       "weak_password",
                                                       "protocol_too_old",
                                                       "too_many_requests",
                                                       "locked_out",
                                                       "internal",
                                                       "unavailable"};
inline constexpr Names error_code_names{error_code_list};
static_assert(ends_with(error_code_names, ErrorCode::unavailable));

bool check_push_request(const PushRequest& request, DecodeContext& context);  // seq ascending by 1
bool check_command_result(const CommandResult& result,
                          DecodeContext& context);  // a rejection says why

inline constexpr auto pushed_command_fields =
    fields_of(YUANYUE_FIELD(PushedCommand, command, command_codec),
              YUANYUE_FIELD(PushedCommand, id, uuid<CommandId>()),
              YUANYUE_FIELD(PushedCommand, seq, integer<std::uint64_t>(1, max_exact_integer)));
inline constexpr TableOf pushed_command_table{pushed_command_fields};
inline constexpr auto pushed_command_codec = object<PushedCommand>(pushed_command_table);

inline constexpr auto push_request_fields = fields_of(
    YUANYUE_FIELD(PushRequest, client, uuid<ClientId>()),
    YUANYUE_FIELD(PushRequest, commands, list(pushed_command_codec, 1, max_push_commands)),
    YUANYUE_FIELD(PushRequest, protocol, integer<int>(1, 1'000'000)));
inline constexpr TableOf push_request_table{push_request_fields, checked_by<check_push_request>};
inline constexpr auto push_request_codec = object<PushRequest>(push_request_table);

inline constexpr auto command_result_fields =
    fields_of(YUANYUE_FIELD(CommandResult, accepted, boolean()),
              YUANYUE_FIELD(CommandResult, id, uuid<CommandId>()),
              YUANYUE_FIELD(CommandResult, rejection, optional(rejection_codec)),
              YUANYUE_FIELD(CommandResult, revision, integer<std::uint64_t>(0, max_exact_integer)),
              YUANYUE_FIELD(CommandResult, seq, integer<std::uint64_t>(1, max_exact_integer)));
inline constexpr TableOf command_result_table{command_result_fields,
                                              checked_by<check_command_result>};
inline constexpr auto command_result_codec = object<CommandResult>(command_result_table);

inline constexpr auto push_response_fields = fields_of(
    YUANYUE_FIELD(PushResponse, last_seq, integer<std::uint64_t>(0, max_exact_integer)),
    YUANYUE_FIELD(PushResponse, results, list(command_result_codec, 0, max_push_commands)),
    YUANYUE_FIELD(PushResponse, server_now, instant()));
inline constexpr TableOf push_response_table{push_response_fields};
inline constexpr auto push_response_codec = object<PushResponse>(push_response_table);

inline constexpr std::int64_t max_pulled = 10'000'000;

inline constexpr auto pull_response_fields =
    fields_of(YUANYUE_FIELD(PullResponse, cookie, text(0, max_cookie_bytes)),
              YUANYUE_FIELD(PullResponse, deletes, list(row_key_codec, 0, max_pulled)),
              YUANYUE_FIELD(PullResponse, last_seq, integer<std::uint64_t>(0, max_exact_integer)),
              YUANYUE_FIELD(PullResponse, ledger, list(ledger_entry_codec, 0, max_pulled)),
              YUANYUE_FIELD(PullResponse, reset, boolean()),
              YUANYUE_FIELD(PullResponse, results, list(command_result_codec, 0, max_pulled)),
              YUANYUE_FIELD(PullResponse, rows, list(row_codec, 0, max_pulled)),
              YUANYUE_FIELD(PullResponse, server_now, instant()));
inline constexpr TableOf pull_response_table{pull_response_fields};
inline constexpr auto pull_response_codec = object<PullResponse>(pull_response_table);

inline constexpr auto error_body_fields =
    fields_of(YUANYUE_FIELD(ErrorBody, code, enumerator<ErrorCode>(error_code_names)),
              YUANYUE_FIELD(ErrorBody, field, text(0, 2000)),
              YUANYUE_FIELD(ErrorBody, message, text(0, 2000)));
inline constexpr TableOf error_body_table{error_body_fields};
inline constexpr auto error_body_codec = object<ErrorBody>(error_body_table);

inline constexpr auto sign_in_request_fields =
    fields_of(YUANYUE_FIELD(SignInRequest, name, text(1, 64)),
              YUANYUE_FIELD(SignInRequest, password, text(1, max_password_bytes)));
inline constexpr TableOf sign_in_request_table{sign_in_request_fields};
inline constexpr auto sign_in_request_codec = object<SignInRequest>(sign_in_request_table);

inline constexpr auto change_password_request_fields =
    fields_of(YUANYUE_FIELD(ChangePasswordRequest, current_password, text(1, max_password_bytes)),
              YUANYUE_FIELD(ChangePasswordRequest, new_password, text(1, max_password_bytes)));
inline constexpr TableOf change_password_request_table{change_password_request_fields};
inline constexpr auto change_password_request_codec =
    object<ChangePasswordRequest>(change_password_request_table);

inline constexpr auto session_response_fields =
    fields_of(YUANYUE_FIELD(SessionResponse, csrf_token, text(1, 200)),
              YUANYUE_FIELD(SessionResponse, enterprise, optional(enterprise_codec)),
              YUANYUE_FIELD(SessionResponse, must_change_password, boolean()),
              YUANYUE_FIELD(SessionResponse, server_now, instant()),
              YUANYUE_FIELD(SessionResponse, user, user_codec));
inline constexpr TableOf session_response_table{session_response_fields};
inline constexpr auto session_response_codec = object<SessionResponse>(session_response_table);

}  // namespace yuanyue::wire
