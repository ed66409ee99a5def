// The bytes of a connection: whatever is taken is one request to whoever reads its canonical text,
// with the same method, target and body, and where the bytes are cut makes no difference. The
// input's first two bytes choose the cuts.
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "backend/connections/request_reader.h"
#include "backend/http/request_runner.h"
#include "tests/fuzz/fuzz.h"

namespace yuanyue::fuzz {
namespace {

constexpr std::size_t max_body_bytes = 4'096;

struct Conversation {
  std::vector<CanonicalRequest> requests;
  int refused = 0;
};

template <class Cut>
Conversation converse(std::string_view bytes, const Cut& cut) {
  RequestLimits limits;
  limits.body_bytes = max_body_bytes;
  Conversation conversation;
  auto reader = std::make_unique<RequestReader>(limits);
  while (!bytes.empty()) {
    std::string_view piece = bytes.substr(0, cut());
    bytes.remove_prefix(piece.size());
    while (!piece.empty()) {
      piece.remove_prefix(reader->read(piece));
      if (reader->state() == RequestReader::State::complete) {
        conversation.requests.push_back(reader->take());
        reader = std::make_unique<RequestReader>(limits);
      } else if (reader->state() == RequestReader::State::refused) {
        conversation.refused = reader->refusal().status;
        return conversation;
      }
    }
  }
  return conversation;
}

bool is_same(const Conversation& a, const Conversation& b) {
  if (a.refused != b.refused || a.requests.size() != b.requests.size()) return false;
  for (std::size_t i = 0; i < a.requests.size(); ++i) {
    if (a.requests[i].text != b.requests[i].text ||
        a.requests[i].close_after != b.requests[i].close_after) {
      return false;
    }
  }
  return true;
}

// The library's side: what it has read out of a text.
class Library {
 public:
  Library() {
    const auto keep = [this](const httplib::Request& request, httplib::Response& response) {
      ++calls_;
      seen_ = request;
      response.set_content("ok", "text/plain");
    };
    runner_.Get(".*", keep);
    runner_.Options(".*", keep);
    runner_.Post(".*", keep);
    runner_.Put(".*", keep);
    runner_.Patch(".*", keep);
    runner_.Delete(".*", keep);
  }

  void check(const CanonicalRequest& request) {
    calls_ = 0;
    seen_ = {};
    RequestJob job;
    job.text = request.text;
    const RequestAnswer answer = runner_.run_in_memory(job, [](const auto&) {});
    require(!answer.bytes.empty() && !answer.close, "the library reads it to its end");
    const auto end = request.text.find("\r\n\r\n") + 4;
    if (calls_ == 0) {  // it takes neither coded nor malformed multipart bodies
      require(answer.bytes.starts_with("HTTP/1.1 4"), "what is not served is refused");
      return;
    }
    require(calls_ == 1, "it is one request");
    require(seen_.method == request.method, "with its method");
    require(seen_.target == request.target, "with its target");
    require(seen_.get_header_value_count("Host") <= 1, "with one Host");
    require(seen_.get_header_value_count("Content-Length") <= 1, "with one length");
    require(!seen_.has_header("Transfer-Encoding") && !seen_.has_header("Connection"),
            "without fields of the connection");
    if (!seen_.is_multipart_form_data()) {
      require(seen_.body == request.text.substr(end), "with its body");
    }
  }

 private:
  RequestRunner runner_;
  int calls_ = 0;
  httplib::Request seen_;
};

}  // namespace
}  // namespace yuanyue::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace yuanyue;
  using namespace yuanyue::fuzz;
  if (size < 2) return 0;
  static Library library;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const Conversation whole = converse(bytes, [&] { return bytes.size(); });
  for (const CanonicalRequest& request : whole.requests) library.check(request);
  std::minstd_rand random(data[0] + 1U);
  const std::size_t most = 1 + data[1] % 64;
  const Conversation cut = converse(bytes, [&] { return 1 + random() % most; });
  require(is_same(whole, cut), "where the bytes are cut makes no difference");
  return 0;
}
