#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "backend/http/compress.h"
#include "backend/http/conditions.h"
#include "backend/http/guards.h"
#include "backend/http/openapi.h"
#include "backend/http/openapi_schemas.h"
#include "backend/http/static_files.h"

namespace yuanyue {
namespace {

TEST(CompressTest, codings_by_their_quality_values) {
  constexpr auto br = ContentCoding::brotli;
  constexpr auto gzip = ContentCoding::gzip;
  constexpr auto identity = ContentCoding::identity;
  const std::vector<std::pair<std::string, std::vector<ContentCoding>>> cases = {
      {"gzip, deflate, br", {br, gzip, identity}},
      {"gzip", {gzip, identity}},
      {"GZIP", {gzip, identity}},
      {"br;q=0, gzip;q=0.1", {gzip, identity}},
      {"br;q=0.0", {identity}},
      {"br;q=0.5, gzip;q=0.8", {gzip, br, identity}},
      {"br;q=0.001, gzip ; q = 1.000", {gzip, br, identity}},
      {"gzip;q=0.5, identity", {identity, gzip}},
      {"gzip, identity;q=0", {gzip}},
      {"*", {br, gzip, identity}},
      {"*;q=0, gzip", {gzip}},
      {"gzip;q=0, *;q=0.3", {br, identity}},
      {"identity;q=0", {identity}},  // nothing is left: better than no answer
      {"br;q=abc", {identity}},
      {"brand, gzipped", {identity}},
      {"", {identity}},
  };
  for (const auto& [header, codings] : cases)
    EXPECT_EQ(accepted_codings(header), codings) << header;
}

TEST(ConditionsTest, tags_are_compared_weakly_and_in_lists) {
  for (const char* header : {"\"a\"", "W/\"a\"", "*", "\"b\", \"a\"", "W/\"b,c\",W/\"a\"", " * "}) {
    EXPECT_TRUE(names_tag(header, "\"a\"")) << header;
  }
  for (const char* header : {"", "\"b\"", "a", "\"a", "\"b,\\\"a\"", "w/\"a\"", "\"aa\""}) {
    EXPECT_FALSE(names_tag(header, "\"a\"")) << header;
  }
  EXPECT_TRUE(names_tag("\"a\"", "W/\"a\""));
}

TEST(ConditionsTest, dates_have_the_form_of_the_rfc) {
  const std::chrono::system_clock::time_point at{std::chrono::seconds(784'111'777)};
  EXPECT_EQ(http_date(at), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(CompressTest, makes_repetition_small) {
  const std::string text(10'000, 'x');
  EXPECT_LT(compress(text, ContentCoding::gzip)->size(), 200U);
  EXPECT_LT(compress(text, ContentCoding::brotli)->size(), 200U);
  EXPECT_FALSE(compress(text, ContentCoding::identity));
}

httplib::Request request_with(const char* name, const std::string& value) {
  httplib::Request request;
  request.method = "POST";
  request.set_header(name, value);
  return request;
}

TEST(GuardsTest, cookies_are_found_by_their_whole_name) {
  const auto request = request_with("Cookie", "a=1; xyuanyue_session=no; yuanyue_session=abc; b=2");
  EXPECT_EQ(cookie_value(request, "yuanyue_session"), "abc");
  EXPECT_EQ(cookie_value(request, "session"), "");
  EXPECT_EQ(cookie_value(httplib::Request(), "a"), "");
}

TEST(GuardsTest, requests_of_other_sites_are_refused) {
  EXPECT_FALSE(check_origin(httplib::Request())) << "not from a browser";
  httplib::Request own = request_with("Origin", "https://park.example");
  own.set_header("Host", "park.example");
  EXPECT_FALSE(check_origin(own));
  for (const char* origin : {"https://evil.example", "null", "https://park.example.evil.example",
                             "https://park.example:444", "park.example"}) {
    httplib::Request other = request_with("Origin", origin);
    other.set_header("Host", "park.example");
    EXPECT_TRUE(check_origin(other)) << origin;
  }
  EXPECT_TRUE(check_origin(request_with("Sec-Fetch-Site", "cross-site")));
  EXPECT_FALSE(check_origin(request_with("Sec-Fetch-Site", "same-origin")));
}

TEST(GuardsTest, with_a_public_address_only_its_own_origin_and_host_count) {
  const auto url = parse_public_url("https://Park.Example:443/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->origin, "https://park.example");
  for (const char* host : {"park.example", "PARK.example:443"}) {
    EXPECT_FALSE(check_host(request_with("Host", host), url)) << host;
  }
  for (const char* host :
       {"", "evil.example", "park.example:80", "park.example.", "127.0.0.1:8080"}) {
    const auto refused = check_host(request_with("Host", host), url);
    ASSERT_TRUE(refused) << host;
    EXPECT_EQ(refused->status, 421);
    EXPECT_FALSE(check_host(request_with("Host", host), std::nullopt)) << host;
  }
  httplib::Request health = request_with("Host", "10.0.0.7:8080");
  health.path = "/readyz";
  EXPECT_FALSE(check_host(health, url));

  httplib::Request own = request_with("Origin", "https://park.example");
  own.set_header("Host", "park.example:443");
  EXPECT_FALSE(check_origin(own, url));
  httplib::Request plain = request_with("Origin", "http://park.example");
  plain.set_header("Host", "park.example");
  EXPECT_TRUE(check_origin(plain, url)) << "without TLS it is another origin";
}

TEST(PublicUrlTest, is_a_scheme_and_a_host_and_perhaps_a_port) {
  EXPECT_EQ(parse_public_url("http://[::1]:8080")->authority, "[::1]:8080");
  EXPECT_EQ(parse_public_url("https://10.0.0.7")->authority, "10.0.0.7");
  EXPECT_EQ(parse_public_url("http://a.example:443")->authority, "a.example:443");
  for (const char* text : {"", "park.example", "ftp://park.example", "https://", "https://a/b",
                           "https://a?b", "https://u@a", "https://a:", "https://a:123456",
                           "https://[::1", "https://[]", "https://a b", "https://园.example"}) {
    EXPECT_FALSE(parse_public_url(text)) << text;
  }
}

TEST(GuardsTest, bodies_are_json_and_bounded) {
  httplib::Request request = request_with("Content-Type", "Application/JSON ; charset=utf-8");
  request.body = "{}";
  EXPECT_FALSE(check_body(request, 2));
  EXPECT_EQ(check_body(request, 1)->status, 413);
  EXPECT_EQ(check_body(request, 0)->status, 400);
  request.headers.clear();
  EXPECT_EQ(check_body(request, 2)->status, 415);
}

TEST(GuardsTest, the_csrf_token_must_be_the_sessions) {
  Session session;
  session.csrf_token = std::string(64, 'a');
  EXPECT_FALSE(check_csrf(request_with("X-Yuanyue-CSRF", session.csrf_token), session));
  EXPECT_TRUE(check_csrf(request_with("X-Yuanyue-CSRF", std::string(64, 'b')), session));
  EXPECT_TRUE(check_csrf(request_with("X-Yuanyue-CSRF", "a"), session));
  EXPECT_TRUE(check_csrf(httplib::Request(), session));
}

TEST(ErrorReplyTest, retry_after_is_in_whole_seconds) {
  const Reply reply = error_reply(wire::ErrorCode::locked_out, "", "", 1'001);
  EXPECT_EQ(reply.status, 429);
  ASSERT_EQ(reply.headers.size(), 1U);
  EXPECT_EQ(reply.headers[0].second, "2");
}

TEST(OpenApiTest, the_schemas_are_json) {
  EXPECT_TRUE(nlohmann::json::parse(openapi_schemas, nullptr, false).is_object());
}

TEST(StaticFilesTest, types) {
  EXPECT_EQ(mime_type_of("a.wasm"), "application/wasm");
  EXPECT_EQ(mime_type_of("a.mjs"), "text/javascript; charset=utf-8");
  EXPECT_EQ(mime_type_of("a.unknown"), "application/octet-stream");
}

}  // namespace
}  // namespace yuanyue
