#include "backend/connections/request_reader.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

using State = RequestReader::State;
using namespace std::string_literals;

constexpr std::size_t max_body = 1'000;

RequestLimits limits() {
  RequestLimits limits;
  limits.body_bytes = max_body;
  return limits;
}

// What becomes of a conversation: the canonical texts, then the status of the refusal, if any.
struct Outcomes {
  std::vector<std::string> texts;
  int refused = 0;
  bool is_complete = true;  // nothing is left half read
  bool operator==(const Outcomes&) const = default;
};

// `cuts` says how many bytes come at a time.
Outcomes read_all(std::string_view bytes, const std::function<std::size_t()>& cut) {
  auto reader = std::make_unique<RequestReader>(limits());
  Outcomes outcomes;
  while (!bytes.empty()) {
    std::string_view piece = bytes.substr(0, cut());
    bytes.remove_prefix(piece.size());
    while (!piece.empty()) {
      piece.remove_prefix(reader->read(piece));
      if (reader->state() == State::complete) {
        outcomes.texts.push_back(reader->take().text);
        reader = std::make_unique<RequestReader>(limits());
      }
      if (reader->state() == State::refused) {
        outcomes.refused = reader->refusal().status;
        return outcomes;
      }
    }
  }
  outcomes.is_complete = reader->state() == State::nothing;
  return outcomes;
}

Outcomes read_whole(std::string_view bytes) {
  return read_all(bytes, [&] { return bytes.size(); });
}

struct Odd {
  const char* what;
  std::string bytes;
  int status;  // 0: it is taken
};

std::vector<Odd> odd_heads() {
  const std::string get = "GET / HTTP/1.1\r\n";
  const std::string host = "Host: x\r\n";
  return {
      {"ordinary", get + host + "\r\n", 0},
      {"an empty line before", "\r\n" + get + host + "\r\n", 0},
      {"two empty lines before", "\r\n\r\n" + get + host + "\r\n", 400},
      {"no Host", get + "\r\n", 400},
      {"two Hosts", get + host + host + "\r\n", 400},
      {"two Hosts that differ", get + host + "Host: y\r\n\r\n", 400},
      {"an empty Host", get + "Host:\r\n\r\n", 400},
      {"a Host with a path", get + "Host: x/y\r\n\r\n", 400},
      {"a list of Hosts", get + "Host: x, y\r\n\r\n", 400},
      {"HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 0},
      {"bare LF after the request line", "GET / HTTP/1.1\nHost: x\r\n\r\n", 400},
      {"bare LF after a field", get + "Host: x\n\r\n", 400},
      {"bare LF at the end", get + host + "\n", 400},
      {"bare CR in a value", get + "Host: x\ry\r\n\r\n", 400},
      {"NUL in a value", get + host + "X: a\0b\r\n\r\n"s, 400},
      {"a control character in a value", get + host + "X: a\x01" + "b\r\n\r\n", 400},
      {"DEL in a value", get + host + "X: a\x7f\r\n\r\n", 400},
      {"a folded line", get + host + "X: a\r\n b\r\n\r\n", 400},
      {"a line folded by a tabulator", get + host + "X: a\r\n\tb\r\n\r\n", 400},
      {"a space before the first field", get + " Host: x\r\n\r\n", 400},
      {"a space before the colon", get + "Host : x\r\n\r\n", 400},
      {"a field without a name", get + host + ": x\r\n\r\n", 400},
      {"a line without a colon", get + host + "nonsense\r\n\r\n", 400},
      {"a space in a name", get + host + "X Y: a\r\n\r\n", 400},
  };
}

std::vector<Odd> odd_request_lines() {
  const std::string get = "GET / HTTP/1.1\r\n";
  const std::string host = "Host: x\r\n";
  return {
      {"no version", "GET /\r\nHost: x\r\n\r\n", 400},
      {"two spaces", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a space behind the version", "GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400},
      {"a space in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a tabulator for a space", "GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"HTTP/2.0", "PRI * HTTP/2.0\r\n\r\n", 505},
      {"HTTP/9.9", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: x\r\n\r\n", 505},
      {"http/1.1", "GET / http/1.1\r\nHost: x\r\n\r\n", 400},
      {"a handshake of TLS", "\x16\x03\x01\x02", 400},
      {"a method nobody knows", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"CONNECT", "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"a method in small letters", "get / HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"a method that is no token", "GE@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a relative target", "GET a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a fragment", "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"bytes beyond ASCII in the target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"the target of all", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 0},
      {"the target of all with GET", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"another scheme", "GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a name and a password", "GET http://a:b@x/ HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"no authority", "GET http:///a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"an unknown expectation", get + host + "Expect: more\r\n\r\n", 417},
      {"a long target", "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
      {"an endless target", "GET /" + std::string(9'000, 'a'), 414},
      {"a long field", get + host + "X: " + std::string(9'000, 'a') + "\r\n\r\n", 431},
      {"many fields",
       get + host +
           [] {
             std::string many;
             for (int i = 0; i < 100; ++i) many += "X: 1\r\n";
             return many;
           }() +
           "\r\n",
       431},
      {"much of everything",
       get + host +
           [] {
             std::string much;
             for (int i = 0; i < 5; ++i) much += "X: " + std::string(8'000, 'a') + "\r\n";
             return much;
           }() +
           "\r\n",
       431},
  };
}

std::vector<Odd> odd_bodies() {
  const std::string post = "POST /p HTTP/1.1\r\nHost: x\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  const std::string get = "GET / HTTP/1.1\r\nHost: x\r\n";
  return {
      {"a length", post + "Content-Length: 3\r\n\r\nabc", 0},
      {"no length", post + "\r\n", 411},
      {"two lengths", post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
      {"a list of lengths", post + "Content-Length: 3, 3\r\n\r\nabc", 400},
      {"a negative length", post + "Content-Length: -1\r\n\r\n", 400},
      {"a length with a sign", post + "Content-Length: +3\r\n\r\nabc", 400},
      {"a length in hexadecimal", post + "Content-Length: 0x3\r\n\r\nabc", 400},
      {"a length with an exponent", post + "Content-Length: 1e3\r\n\r\n", 400},
      {"an empty length", post + "Content-Length:\r\n\r\n", 400},
      {"a length beyond all numbers", post + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      {"a length beyond the limit", post + "Content-Length: 1001\r\n\r\n", 413},
      {"a length with a space before the colon", post + "Content-Length : 3\r\n\r\nabc", 400},
      {"length and coding", post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"coding and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", 400},
      {"two codings", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"a list of codings", post + "Transfer-Encoding: chunked, identity\r\n\r\n", 400},
      {"gzip, chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", 400},
      {"identity", post + "Transfer-Encoding: identity\r\n\r\n", 400},
      {"a coding that is almost chunked", post + "Transfer-Encoding: xchunked\r\n\r\n", 400},
      {"an empty coding", post + "Transfer-Encoding:\r\n\r\n", 400},
      {"a coding of HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400},
      {"GET with a body", get + "Content-Length: 3\r\n\r\nabc", 400},
      {"GET with an empty body", get + "Content-Length: 0\r\n\r\n", 0},
      {"GET in chunks", get + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"DELETE without a body", "DELETE / HTTP/1.1\r\nHost: x\r\n\r\n", 0},
      {"DELETE in chunks",
       "DELETE / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", 0},
      {"chunks", chunked + "3\r\nabc\r\n0\r\n\r\n", 0},
      {"an extension", chunked + "3;a=b\r\nabc\r\n0\r\n\r\n", 0},
      {"an empty body in chunks", chunked + "0\r\n\r\n", 0},
      {"a size of no digits", chunked + ";a\r\n\r\n", 400},
      {"a Host in the trailer", chunked + "0\r\nHost: y\r\n\r\n", 400},
      {"a trailer without a colon", chunked + "0\r\nX\r\n\r\n", 400},
      {"a trailer", chunked + "3\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n", 0},
      {"a size with a prefix", chunked + "0x3\r\nabc\r\n0\r\n\r\n", 400},
      {"a size with a sign", chunked + "+3\r\nabc\r\n0\r\n\r\n", 400},
      {"a size behind a space", chunked + " 3\r\nabc\r\n0\r\n\r\n", 400},
      {"no size", chunked + "\r\nabc\r\n0\r\n\r\n", 400},
      {"a size beyond all numbers", chunked + "fffffffffffffffff\r\nabc\r\n0\r\n\r\n", 400},
      {"more than the size", chunked + "3\r\nabcd\r\n0\r\n\r\n", 400},
      {"bare LF behind a size", chunked + "3\nabc\r\n0\r\n\r\n", 400},
      {"bare LF behind a chunk", chunked + "3\r\nabc\n0\r\n\r\n", 400},
      {"bare LF in an extension", chunked + "3;a=\"\nb\"\r\nabc\r\n0\r\n\r\n", 400},
      {"bare LF in a trailer", chunked + "3\r\nabc\r\n0\r\nX: a\nY: b\r\n\r\n", 400},
      {"a folded trailer", chunked + "3\r\nabc\r\n0\r\nX: a\r\n b\r\n\r\n", 400},
      {"a length in the trailer", chunked + "3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n", 400},
      {"a coding in the trailer", chunked + "3\r\nabc\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"chunks beyond the limit",
       chunked + "3e8\r\n" + std::string(1'000, 'a') + "\r\n1\r\nb\r\n0\r\n\r\n", 413},
      {"an endless extension", chunked + "3;" + std::string(9'000, 'a'), 400},
      {"an endless trailer", chunked + "0\r\nX: " + std::string(9'000, 'a'), 400},
  };
}

TEST(RequestReaderTest, odd_heads) {
  std::vector<Odd> heads = odd_heads();
  std::ranges::move(odd_request_lines(), std::back_inserter(heads));
  for (const Odd& odd : heads) {
    const Outcomes outcomes = read_whole(odd.bytes);
    EXPECT_EQ(outcomes.refused, odd.status) << odd.what;
    EXPECT_EQ(outcomes.texts.size(), odd.status == 0 ? 1U : 0U) << odd.what;
  }
}

TEST(RequestReaderTest, odd_bodies) {
  for (const Odd& odd : odd_bodies()) {
    const Outcomes outcomes = read_whole(odd.bytes);
    EXPECT_EQ(outcomes.refused, odd.status) << odd.what;
    EXPECT_EQ(outcomes.texts.size(), odd.status == 0 ? 1U : 0U) << odd.what;
  }
}

TEST(RequestReaderTest, what_becomes_of_a_request_does_not_depend_on_where_it_is_cut) {
  std::mt19937 random(9);
  std::vector<Odd> all = odd_heads();
  std::ranges::move(odd_request_lines(), std::back_inserter(all));
  for (Odd& odd : odd_bodies()) all.push_back(std::move(odd));
  for (const Odd& odd : all) {
    const Outcomes whole = read_whole(odd.bytes);
    EXPECT_EQ(read_all(odd.bytes, [] { return 1; }), whole) << odd.what;
    for (int i = 0; i < 20; ++i) {
      EXPECT_EQ(read_all(odd.bytes, [&] { return 1 + random() % 40; }), whole) << odd.what;
    }
  }
}

TEST(RequestReaderTest, conversations_are_the_same_wherever_they_are_cut) {
  std::mt19937 random(10);
  std::vector<std::string> taken;
  for (const auto& list : {odd_heads(), odd_request_lines(), odd_bodies()}) {
    for (const Odd& odd : list) {
      if (odd.status == 0) taken.push_back(odd.bytes);
    }
  }
  for (int i = 0; i < 120; ++i) {
    std::string bytes;
    std::vector<std::string> expected;
    for (std::size_t n = 1 + random() % 6; n > 0; --n) {
      const std::string& one = taken[random() % taken.size()];
      bytes += one;
      expected.push_back(read_whole(one).texts.at(0));
    }
    const Outcomes outcomes = read_all(bytes, [&] { return 1 + random() % 100; });
    EXPECT_EQ(outcomes.texts, expected) << bytes;
    EXPECT_TRUE(outcomes.is_complete);
  }
}

std::string text_of(std::string_view bytes) {
  const Outcomes outcomes = read_whole(bytes);
  return outcomes.texts.size() == 1 ? outcomes.texts[0] : "refused";
}

TEST(RequestReaderTest, the_canonical_text_has_one_length_and_no_field_of_the_connection) {
  EXPECT_EQ(text_of("POST /a?b=c HTTP/1.1\r\nhost:  x:80 \r\nConnection: keep-alive, Cookie\r\n"
                    "Keep-Alive: timeout=5\r\nTE: trailers\r\nTrailer: Cookie\r\nUpgrade: h2c\r\n"
                    "Transfer-Encoding: Chunked\r\nProxy-Connection: close\r\nCookie: a=b\r\n"
                    "Range: bytes=0-1\r\n\r\n"
                    "2\r\nab\r\n1\r\nc\r\n0\r\nCookie: c=d\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n"),
            "POST /a?b=c HTTP/1.1\r\nHost: x:80\r\nCookie: a=b\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_EQ(text_of("DELETE / HTTP/1.1\r\nHost: x\r\n\r\n"),
            "DELETE / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(text_of("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"),
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
}

TEST(RequestReaderTest, an_absolute_target_names_the_host) {
  EXPECT_EQ(text_of("GET http://park.example:8080/a?b HTTP/1.1\r\nHost: other\r\n\r\n"),
            "GET /a?b HTTP/1.1\r\nHost: park.example:8080\r\n\r\n");
  EXPECT_EQ(text_of("GET HTTPS://park.example HTTP/1.1\r\nHost: x\r\n\r\n"),
            "GET / HTTP/1.1\r\nHost: park.example\r\n\r\n");
  EXPECT_EQ(text_of("GET http://park.example?a HTTP/1.1\r\nHost: x\r\n\r\n"),
            "GET /?a HTTP/1.1\r\nHost: park.example\r\n\r\n");
}

TEST(RequestReaderTest, who_closes_after_the_answer) {
  const auto closes = [](const std::string& bytes) {
    RequestReader reader(limits());
    reader.read(bytes);
    return reader.take().close_after;
  };
  EXPECT_FALSE(closes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_TRUE(closes("GET / HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n"));
  EXPECT_TRUE(closes("GET / HTTP/1.1\r\nHost: x\r\nConnection: a, close\r\n\r\n"));
  EXPECT_TRUE(
      closes("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nConnection: keep-alive\r\n\r\n"));
  EXPECT_TRUE(closes("GET / HTTP/1.0\r\n\r\n"));
}

TEST(RequestReaderTest, who_expects_to_be_told_to_go_on_is_told_once) {
  const std::string head =
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\n";
  RequestReader waits(limits());
  waits.read(head);
  EXPECT_TRUE(waits.must_continue());
  EXPECT_FALSE(waits.must_continue());
  RequestReader sends_at_once(limits());
  sends_at_once.read(head + "a");
  EXPECT_FALSE(sends_at_once.must_continue()) << "the body comes without it";
  RequestReader has_all(limits());
  has_all.read(head + "abc");
  EXPECT_FALSE(has_all.must_continue());
}

TEST(RequestReaderTest, nothing_is_taken_behind_a_request) {
  RequestReader reader(limits());
  const std::string one = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
  EXPECT_EQ(reader.read(one + "GET"), one.size());
  EXPECT_EQ(reader.state(), State::complete);
  EXPECT_EQ(reader.read("GET"), 0U);
  EXPECT_EQ(reader.take().method, "POST");
  EXPECT_EQ(reader.read("GET"), 0U);
}

}  // namespace
}  // namespace yuanyue
