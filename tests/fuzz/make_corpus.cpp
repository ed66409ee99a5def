// Writes what the fuzz targets start from into FOLDER/TARGET/: fuzz_corpus FOLDER. Made from the
// samples of the wire tests; the first byte is the place of the trial in the target's table.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/domains/codec.h"
#include "core/protocol/history.h"
#include "core/protocol/protocol.h"
#include "tests/core/support/samples.h"

namespace {

using namespace yuanyue;

constexpr std::size_t longest_seed = 1'200;

class Corpus {
 public:
  Corpus(const std::filesystem::path& folder, const std::string& target)
      : folder_(folder / target) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void add(int character, const std::string& text) {
    write(std::string(1, static_cast<char>('0' + character)), text);
  }
  void add_request(char route, char caller, const std::string& text) {
    write({route, caller}, text);
  }

 private:
  void write(const std::string& head, const std::string& text) {
    if (text.size() > longest_seed) return;
    std::ofstream file(folder_ / (std::to_string(++count_) + ".seed"), std::ios::binary);
    file << head << text;
  }
  std::filesystem::path folder_;
  int count_ = 0;
};

// One of each alternative, the first that is short enough to be a seed.
template <class Value>
std::vector<std::string> one_of_each(const std::vector<Value>& values) {
  std::vector<std::string> texts;
  std::set<std::string_view> seen;
  for (const Value& value : values) {
    const std::string text = wire::encode(value);
    if (text.size() > longest_seed || !seen.insert(value.type().name).second) continue;
    texts.push_back(text);
  }
  return texts;
}

// libFuzzer takes the first byte modulo the number of trials.
int trial(int index, int count) {
  int character = 0;
  while (('0' + character) % count != index) ++character;
  return character;
}

void values(const std::filesystem::path& folder) {
  namespace samples = wire::samples;
  Corpus corpus(folder, "values_fuzz");
  const auto at = [](int index) { return trial(index, 7); };
  for (const auto& text : one_of_each(samples::commands())) corpus.add(at(0), text);
  for (const auto& text : one_of_each(samples::rows())) corpus.add(at(1), text);
  for (const auto& text : one_of_each(samples::row_keys())) corpus.add(at(2), text);
  corpus.add(at(3), wire::encode(samples::ledger().front()));
  corpus.add(at(3), wire::encode(samples::ledger().back()));
  corpus.add(at(4), wire::encode(samples::rejections().front()));
  corpus.add(at(4), wire::encode(samples::rejections().back()));
  corpus.add(at(5), wire::encode(samples::deadline()));
  corpus.add(at(6), "{\"changes\":[],\"ledger\":[]}");
}

void protocol(const std::filesystem::path& folder) {
  namespace samples = wire::samples;
  Corpus corpus(folder, "messages_fuzz");
  const auto at = [](int index) { return trial(index, 14); };
  wire::PushRequest push = samples::push_request();
  push.commands.resize(1);
  corpus.add(at(0), wire::encode(push));
  wire::PushResponse answer = samples::push_response();
  corpus.add(at(1), wire::encode(answer));
  for (const auto& result : answer.results) corpus.add(at(2), wire::encode(result));
  wire::PullResponse pull;
  pull.cookie = "1.1.0.5";
  corpus.add(at(3), wire::encode(pull));
  corpus.add(at(4), wire::encode(wire::ErrorBody{wire::ErrorCode::malformed, "m", "a[0].b"}));
  corpus.add(at(5), wire::encode(wire::SignInRequest{"name", "password"}));
  corpus.add(at(6), wire::encode(wire::ChangePasswordRequest{"one", "another one"}));
  corpus.add(at(7), wire::encode(samples::session_response()));
  corpus.add(at(8), wire::to_string(wire::Cookie{255, 1, 2, 77}));
  corpus.add(at(9), "00000000-0000-abcd-0000-000000000001\n1.1.0.5\n1\n25000");
  wire::HistoryPage page{{5}, {samples::rows()[11]}, "1f.2"};
  corpus.add(at(10), wire::encode(page));
  wire::TimelinePage timeline{{5}, samples::rows()[11], {samples::ledger().front()}, "ff"};
  corpus.add(at(11), wire::encode(timeline));
  corpus.add(at(12),
             "kind=booking\nservice=tax\nfrom=2026-12-01\nto=2026-12-31\nlimit=7\nbefore=1f.2");
  corpus.add(at(12), "booking=00000000-0000-abcd-0000-000000000001\nbefore=ff\nlimit=100");
  corpus.add(at(13), "19d2a5b2c00.f4240");
  corpus.add(at(13), "f4240");
}

void files(const std::filesystem::path& folder) {
  Corpus corpus(folder, "files_fuzz");
  const auto at = [](int index) { return trial(index, 5); };
  corpus.add(at(0), R"({"source":"s","years":{"2026":{"paper":["https://example.org/a"],)"
                    R"("off":[{"date":"2026-01-01","name":"元旦"}],)"
                    R"("work":[{"date":"2026-01-04","name":"元旦","note":"n"}],"pending":"p"}}})");
  corpus.add(at(1), R"({"parks":[{"id":"park","name":{"zh":"园","en":"P"}}],"halls":[],)"
                    R"("departments":[],"services":[]})");
  corpus.add(at(2),
             "name,credit_code,tags,contact\n\"A \"\"b\"\", c\",91310115MA1KQDMQ34,"
             "high_tech;key_project,\"x\ny\"\n");
  corpus.add(at(2),
             "\xEF\xBB\xBF企业名称,统一社会信用代码,标签,联系人\r\n企业,91310115MA1KQDMQ34,"
             "高新技术企业,王\r\n");
  corpus.add(at(3), R"({"rows":[{"line":2,"name":"n","credit_code":"91310115MA1KQDMQ34",)"
                    R"("key_project":true,"high_tech":false,"contact":""}]})");
  for (const char* text : {"2026-11-25", "24:00", "2026-11-23T09:00:00.250+08:00",
                           "00000000-0000-abcd-0000-000000000001", "lingang-hall",
                           "91310115MA1KQDMQ34", "K7M2-9QXD"}) {
    corpus.add(at(4), text);
  }
}

void http(const std::filesystem::path& folder) {
  Corpus corpus(folder, "http_fuzz");
  for (char route = '0'; route <= '9'; ++route) {
    corpus.add_request(route, '0', "");
    corpus.add_request(route, '1', "{\"now\":\"2026-11-24T09:00:00+08:00\"}");
    corpus.add_request(route, '0', "{\"name\":\"someone\",\"password\":\"secret secret\"}");
    corpus.add_request(route, '0',
                       "client=00000000-0000-abcd-0000-000000000001&cookie=1.1.0.5&protocol=2");
    corpus.add_request(route, '1',
                       R"({"client":"00000000-0000-abcd-0000-000000000001","commands":[{"command":)"
                       R"({"block":{"date":"2026-12-01","service":"tax","start":"09:00"},)"
                       R"("booking":"00000000-0000-abcd-0000-000000000005",)"
                       R"("type":"book_appointment"},)"
                       R"("id":"00000000-0000-abcd-0000-000000000009","seq":1}],"protocol":2})");
  }
  corpus.add_request('0', 'h',
                     "Host: a\nOrigin: https://a\nCookie: b=1; yuanyue_session=x\n"
                     "Content-Type: application/json\nContent-Length: 2\n\n{}");
  for (char route = '0'; route <= '9'; ++route) {
    corpus.add_request(route, '1', "kind=booking&limit=2&before=1f.2");
  }
}

void framing(const std::filesystem::path& folder) {
  Corpus corpus(folder, "framing_fuzz");
  const std::string post = "POST /a?b=c HTTP/1.1\r\nHost: x\r\n";
  std::string two = post + "Content-Length: 3\r\n\r\nabc";
  two.append(post).append("Content-Length: 0\r\n\r\n");
  for (const std::string& text : {
           std::string("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
           two,
           post + "Transfer-Encoding: chunked\r\n\r\n3;e=f\r\nabc\r\n0\r\nX: 1\r\n\r\n",
           post + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
           post + "Content-Type: multipart/form-data; boundary=y\r\nContent-Length: 3\r\n\r\nabc",
           post + "Expect: 100-continue\r\nContent-Length: 1\r\n\r\na",
           std::string("DELETE http://y:1/d HTTP/1.1\r\nHost: x\r\nConnection: close, z\r\n\r\n"),
           std::string("OPTIONS * HTTP/1.1\r\nHost: x\r\nX-A: %0d%0a\r\n\r\n"),
           std::string("\r\nHEAD /%2e HTTP/1.0\r\nCookie: a=b; c=d\r\nRange: bytes=0-\r\n\r\n"),
       }) {
    corpus.add_request('0', '?', text);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: fuzz_corpus FOLDER\n");
    return 2;
  }
  values(arguments[1]);
  protocol(arguments[1]);
  files(arguments[1]);
  http(arguments[1]);
  framing(arguments[1]);
  return 0;
}
