// Decoders of the protocol's messages, of cookies and of a pull's query.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include "core/kernel/run_due.h"
#include "core/protocol/history.h"
#include "tests/fuzz/wire_trials.h"

namespace yuanyue::fuzz {
namespace {

void try_cookie(std::string_view text) {
  const auto cookie = wire::parse_cookie(text);
  if (!cookie) return;
  require(wire::to_string(*cookie) == text, "a cookie is taken only as it is printed");
}

// The values of a query, separated by newlines; a missing one is not in the query.
void try_pull_query(std::string_view text) {
  std::array<std::optional<std::string_view>, 4> values;
  for (auto& value : values) {
    const auto end = text.find('\n');
    value = text.substr(0, end);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  const auto request = wire::decode_pull_query(values[0], values[1], values[2], values[3]);
  if (!request) {
    check_error(request.error());
    return;
  }
  require(request->wait_ms >= 0 && request->wait_ms <= wire::max_wait_ms, "a wait is bounded");
  require(request->cookie.size() <= wire::max_cookie_bytes, "a cookie is bounded");
  require(!wire::pull_query(*request).empty(), "a query can be written");
}

void try_history_cursors(std::string_view text) {
  const auto cursor = wire::parse_history_cursor(text);
  if (cursor) require(wire::to_string(*cursor) == text, "a cursor is taken only as it is printed");
  const auto number = wire::parse_timeline_cursor(text);
  if (number) require(wire::timeline_cursor(*number) == text, "and so is a timeline's");
}

// "name=value" a line, without encoding.
void try_history_query(std::string_view text) {
  std::map<std::string, std::string> values;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const auto equals = line.find('=');
    if (equals != std::string_view::npos) {
      values.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  const auto query =
      wire::decode_history_query([&](const char* name) -> std::optional<std::string> {
        const auto found = values.find(name);
        if (found == values.end()) return std::nullopt;
        return found->second;
      });
  if (!query) {
    check_error(query.error());
    return;
  }
  require(query->limit >= 1 && query->limit <= wire::max_history_page, "a page is bounded");
  const int subjects =
      (query->kind.empty() ? 0 : 1) + (query->booking ? 1 : 0) + (query->entry ? 1 : 0);
  require(subjects == 1, "one thing is asked for");
  require(!wire::history_query(*query).empty(), "a query can be written");
}

void try_push_request(std::string_view text) {
  check_decoder(text, wire::decode_push_request);
  const auto body = wire::read_push_body(text);
  const auto& request = body.request;
  require(body.protocol >= 0, "a protocol is a number");
  if (!request) return;
  require(body.protocol == request->protocol, "it is read the same both ways");
  require(!request->commands.empty() && request->commands.size() <= wire::max_push_commands,
          "a push is bounded");
  for (std::size_t i = 0; i < request->commands.size(); ++i) {
    require(request->commands[i].seq == request->commands[0].seq + i, "numbers have no gap");
    require(!request->commands[i].command.is<RunDue>(), "timers never come from outside");
  }
}

constexpr std::array<Trial, 14> trials = {
    try_push_request,
    [](std::string_view text) { check_decoder(text, wire::decode_push_response); },
    [](std::string_view text) { check_decoder(text, wire::decode_command_result); },
    [](std::string_view text) { check_decoder(text, wire::decode_pull_response); },
    [](std::string_view text) { check_decoder(text, wire::decode_error_body); },
    [](std::string_view text) { check_decoder(text, wire::decode_sign_in_request); },
    [](std::string_view text) { check_decoder(text, wire::decode_change_password_request); },
    [](std::string_view text) { check_decoder(text, wire::decode_session_response); },
    try_cookie,
    try_pull_query,
    [](std::string_view text) { check_decoder(text, wire::decode_history_page); },
    [](std::string_view text) { check_decoder(text, wire::decode_timeline_page); },
    try_history_query,
    try_history_cursors,
};

}  // namespace
}  // namespace yuanyue::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return yuanyue::fuzz::run(yuanyue::fuzz::trials, data, size);
}
