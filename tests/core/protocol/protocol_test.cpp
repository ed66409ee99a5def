#include "core/protocol/protocol.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "core/catalog/catalog.h"
#include "core/catalog/save_catalog.h"
#include "core/domains/codec.h"
#include "core/protocol/state_hash.h"
#include "core/wire/json.h"
#include "tests/core/support/park.h"
#include "tests/core/support/random.h"
#include "tests/core/support/samples.h"

namespace yuanyue::wire {
namespace {

template <class Message, class Decode>
void expect_same_text(const Message& message, Decode decode) {
  const std::string text = encode(message);
  const auto back = decode(text);
  ASSERT_TRUE(back.has_value()) << to_string(back.error().code) << " at " << back.error().path;
  EXPECT_EQ(encode(*back), text);
}

TEST(Protocol, MessagesComeBackAsTheyWent) {
  expect_same_text(samples::push_request(), decode_push_request);
  expect_same_text(samples::push_response(), decode_push_response);
  expect_same_text(samples::push_response().results.back(), decode_command_result);
  expect_same_text(samples::pull_response(), decode_pull_response);
  expect_same_text(samples::session_response(), decode_session_response);
  expect_same_text(SignInRequest{"name", "密码"}, decode_sign_in_request);
  expect_same_text(ChangePasswordRequest{"old", "new"}, decode_change_password_request);
  expect_same_text(ErrorBody{ErrorCode::malformed, "wrong_type", "commands[0].id"},
                   decode_error_body);
}

TEST(Protocol, PushedCommandsAreWithoutGap) {
  PushRequest request = samples::push_request();
  request.commands[2].seq += 1;
  const auto back = decode_push_request(encode(request));
  ASSERT_FALSE(back.has_value());
  EXPECT_EQ(back.error().code, DecodeErrorCode::inconsistent);
  EXPECT_EQ(back.error().path, "commands[2].seq");
}

TEST(Protocol, PushesAreBounded) {
  PushRequest request = samples::push_request();
  const PushedCommand one = request.commands[2];
  request.commands.assign(max_push_commands + 1, one);
  EXPECT_EQ(decode_push_request(encode(request)).error().code, DecodeErrorCode::too_many);
  request.commands.clear();
  EXPECT_EQ(decode_push_request(encode(request)).error().code, DecodeErrorCode::too_few);
}

TEST(Protocol, APushThatCannotBeReadStillSaysItsProtocol) {
  PushRequest request = samples::push_request();
  request.protocol = 7;
  std::string text = encode(request);
  EXPECT_EQ(read_push_body(text).protocol, 7);
  EXPECT_TRUE(read_push_body(text).request);
  // What another version may write: a field that this one does not know.
  text.insert(1, "\"another\":{\"protocol\":3},");
  const PushBody body = read_push_body(text);
  EXPECT_EQ(body.protocol, 7);
  ASSERT_FALSE(body.request);
  EXPECT_EQ(body.request.error().code, DecodeErrorCode::unknown_field);
  const std::pair<const char*, int> versions[] = {{"99999999999", INT32_MAX},
                                                  {"-1", protocol_version},
                                                  {"1.5", protocol_version},
                                                  {"\"7\"", protocol_version}};
  for (const auto& [written, meant] : versions) {
    EXPECT_EQ(read_push_body("{\"protocol\":" + std::string(written) + "}").protocol, meant);
  }
  for (const char* nothing : {"", "[", "[7]", "{}", "{\"protocol\":7", "null"}) {
    EXPECT_EQ(read_push_body(nothing).protocol, protocol_version) << nothing;
  }
}

TEST(Protocol, APushOfTooManyValuesIsRefusedBeforeTheyFillTheMemory) {
  std::string many = "[0";
  for (std::size_t i = 2; i < max_push_values; ++i) many += ",0";
  const PushBody at_the_bound = read_push_body(many + "]");
  EXPECT_EQ(at_the_bound.request.error().code, DecodeErrorCode::wrong_type) << "it was read whole";
  const PushBody beyond = read_push_body(many + ",0]");
  EXPECT_EQ(beyond.request.error().code, DecodeErrorCode::too_many);
  // A single command is never denser: the bound takes nothing from anybody.
  SaveCatalog catalog;
  Service& service = catalog.services.emplace_back();
  service.id = ServiceId::of("a");
  service.steps.resize(50, Text{.zh = "x"});
  const std::string dense = encode(AnyCommand(catalog));
  const std::size_t quotes_and_braces = static_cast<std::size_t>(
      std::ranges::count_if(dense, [](char c) { return c == '{' || c == '[' || c == ','; }));
  EXPECT_LT(max_command_bytes * quotes_and_braces / dense.size(), max_push_values);
}

TEST(Protocol, ARefusalSaysWhyAndAnAcceptanceDoesNot) {
  CommandResult result = samples::push_response().results.back();
  result.accepted = true;
  EXPECT_EQ(decode_command_result(encode(result)).error().path, "rejection");
  result.accepted = false;
  result.rejection.reset();
  EXPECT_EQ(decode_command_result(encode(result)).error().path, "rejection");
}

TEST(Protocol, QueriesEncodeAllThatIsNotPlain) {
  struct Line {
    std::string cookie;
    std::string query;
  };
  for (const Line& line :
       {Line{"azAZ09-._", "cookie=azAZ09-._"}, Line{"a b&c=d", "cookie=a%20b%26c%3Dd"},
        Line{"@[`{/:", "cookie=%40%5B%60%7B%2F%3A"}, Line{"约", "cookie=%E7%BA%A6"}}) {
    PullRequest request;
    request.cookie = line.cookie;
    const std::string query = pull_query(request);
    EXPECT_NE(query.find(line.query), std::string::npos) << query;
  }
}

TEST(Protocol, AnAnswerIsEmptyUntilSomethingIsInIt) {
  using Add = void (PullResponseText::*)(std::string_view);
  EXPECT_TRUE(PullResponseText().empty());
  for (const Add add : {&PullResponseText::add_row, &PullResponseText::add_delete,
                        &PullResponseText::add_ledger, &PullResponseText::add_result}) {
    PullResponseText text;
    (text.*add)("{}");
    EXPECT_FALSE(text.empty());
  }
}

TEST(Protocol, Cookies) {
  const Cookie cookie{0xFEDCBA9876543210, 1, 3, 1'000'000};
  EXPECT_EQ(to_string(cookie), "fedcba9876543210.1.3.f4240");
  EXPECT_EQ(parse_cookie(to_string(cookie)), cookie);
  for (const char* text :
       {"", ".", "1.2.3", "1.2.3.4.5", "1.2.3.", "1.2.3.G", "1.2.3.-4", "1.2.3.04", "1.2.3.+4",
        "1.2.3.A", " 1.2.3.4", "1.80000000.3.4", "1.2.3.10000000000000000"}) {
    EXPECT_EQ(parse_cookie(text), std::nullopt) << text;
  }
}

TEST(Protocol, PullQueries) {
  const PullRequest request{2, ClientId(Uuid{1, 2}), "1f.1.0.64", 25'000};
  EXPECT_EQ(
      pull_query(request),
      "client=00000000-0000-0001-0000-000000000002&cookie=1f.1.0.64&protocol=2&wait_ms=25000");
  const auto back =
      decode_pull_query("00000000-0000-0001-0000-000000000002", "1f.1.0.64", "2", "25000");
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(pull_query(*back), pull_query(request));
  const std::string client = to_string(request.client);
  EXPECT_TRUE(decode_pull_query(client, {}, {}, {}).has_value());
  EXPECT_EQ(decode_pull_query({}, {}, {}, {}).error().path, "client");
  EXPECT_EQ(decode_pull_query("x", {}, {}, {}).error().path, "client");
  EXPECT_EQ(decode_pull_query(client, std::string(129, 'x'), {}, {}).error().path, "cookie");
  EXPECT_EQ(decode_pull_query(client, {}, "0", {}).error().path, "protocol");
  for (const char* wait : {"", "-1", "-0", "1.5", "60001", "99999999999999999999", "0x10", "01"}) {
    EXPECT_EQ(decode_pull_query(client, {}, {}, wait).error().path, "wait_ms") << wait;
  }
  EXPECT_EQ(
      pull_query({2, {}, "a b&%\xE5", 0}),
      "client=00000000-0000-0000-0000-000000000000&cookie=a%20b%26%25%E5&protocol=2&wait_ms=0");
}

TEST(Protocol, StoredTextsJoinIntoTheSameBytes) {
  const PullResponse pull = samples::pull_response();
  PullResponseText text;
  EXPECT_TRUE(text.empty());
  for (const AnyRow& row : pull.rows) text.add_row(encode(row));
  for (const AnyKey& key : pull.deletes) text.add_delete(encode(key));
  for (const LedgerEntry& entry : pull.ledger) text.add_ledger(encode(entry));
  for (const CommandResult& result : pull.results) text.add_result(encode(result));
  EXPECT_EQ(text.finish(pull.server_now, pull.cookie, pull.reset, pull.last_seq), encode(pull));
  const PushResponse push = samples::push_response();
  EXPECT_EQ(push_response_text(push.server_now, push.last_seq,
                               {encode(push.results[0]), encode(push.results[1])}),
            encode(push));
  EXPECT_EQ(PullResponseText().finish({}, "", false, 0), encode(PullResponse{}));
}

TEST(Protocol, EveryErrorHasItsStatus) {
  EXPECT_EQ(http_status(ErrorCode::malformed), 400);
  EXPECT_EQ(http_status(ErrorCode::unauthenticated), 401);
  EXPECT_EQ(http_status(ErrorCode::wrong_user), 403);
  EXPECT_EQ(http_status(ErrorCode::sequence_gap), 409);
  EXPECT_EQ(http_status(ErrorCode::too_large), 413);
  EXPECT_EQ(http_status(ErrorCode::protocol_too_old), 426);
  EXPECT_EQ(http_status(ErrorCode::locked_out), 429);
  EXPECT_EQ(http_status(ErrorCode::unavailable), 503);
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(ErrorCode::unavailable); ++code) {
    names.insert(to_string(static_cast<ErrorCode>(code)));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(ErrorCode::unavailable) + 1);
}

TEST(StateHash, DoesNotDependOnOrderButOnEveryRow) {
  std::vector<AnyRow> rows = worlds::park_rows();
  State forward, backward;
  for (const AnyRow& row : rows) forward.put(row);
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) backward.put(*row);
  EXPECT_EQ(state_hash(forward), state_hash(backward));
  std::set<std::uint64_t> hashes{state_hash(forward)};
  for (const AnyRow& row : rows) {
    backward.erase(key_of(row));
    EXPECT_TRUE(hashes.insert(state_hash(backward)).second);
  }
  EXPECT_EQ(state_hash(backward), 0u);
}

TEST(Json, WritesTheShortestEscapes) {
  std::string out;
  append_json_string(out, "\"\\/\b\f\n\r\t\x01\x1F\x7F 园");
  EXPECT_EQ(out, "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F 园\"");
  const auto back = JsonDocument::parse(out);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->root().string(), "\"\\/\b\f\n\r\t\x01\x1F\x7F 园");
}

TEST(Json, ReadsValuesOfEveryKind) {
  const auto document =
      JsonDocument::parse(R"({"a":[1,-2,true,null,1.0,"x",{}],"b":{"c":9223372036854775808}})");
  ASSERT_TRUE(document.has_value());
  const JsonValue list = *document->root().find("a");
  EXPECT_EQ(list.size(), 7u);
  auto element = list.first();
  EXPECT_EQ(element->integer(), 1);
  element = element->next();
  EXPECT_EQ(element->integer(), -2);
  element = element->next();
  EXPECT_EQ(element->boolean(), true);
  element = element->next();
  EXPECT_TRUE(element->is(JsonKind::null));
  element = element->next();
  EXPECT_TRUE(element->is(JsonKind::fraction));
  EXPECT_EQ(element->integer(), std::nullopt);
  element = element->next();
  EXPECT_EQ(element->string(), "x");
  element = element->next();
  EXPECT_TRUE(element->is(JsonKind::object));
  EXPECT_FALSE(element->first().has_value());
  EXPECT_FALSE(element->next().has_value());
  const JsonValue big = *document->root().find("b")->find("c");
  EXPECT_TRUE(big.is(JsonKind::integer));
  EXPECT_EQ(big.integer(), std::nullopt);
  EXPECT_FALSE(document->root().find("z").has_value());
}

// What a decoder takes from spoilt bytes it must write back as the same value; nothing may crash.
TEST(Json, SpoiltBytesNeverPassForSomethingElse) {
  worlds::Random random(42);
  std::vector<std::string> texts;
  for (const AnyCommand& command : samples::commands()) texts.push_back(encode(command));
  for (int round = 0; round < 20'000; ++round) {
    std::string text = random.pick(texts);
    for (std::uint64_t change = random.below(3) + 1; change > 0; --change) {
      const std::size_t at = static_cast<std::size_t>(random.below(text.size()));
      switch (random.below(3)) {
        case 0:
          text[at] = static_cast<char>(random.below(256));
          break;
        case 1:
          text.erase(at, static_cast<std::size_t>(random.below(8)));
          break;
        default:
          text.insert(at, 1, "{}[]\",:0"[random.below(8)]);
      }
      if (text.empty()) text = " ";
    }
    const auto value = decode_command(text);
    if (!value) continue;
    const std::string again = encode(*value);
    const auto back = decode_command(again);
    ASSERT_TRUE(back.has_value()) << text;
    EXPECT_EQ(*back, *value) << text;
  }
}

}  // namespace
}  // namespace yuanyue::wire
