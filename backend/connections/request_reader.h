// Reads one request out of the bytes of a connection. Whatever a proxy before this server could
// frame otherwise is refused; what is accepted becomes one canonical text, so that whoever reads
// that text cannot disagree about where the request ends. Touches no socket; one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "backend/connections/chunked_body.h"

namespace yuanyue {

struct RequestLimits {
  std::size_t request_line_bytes = 8 * 1024;  // beyond: 414
  std::size_t field_line_bytes = 8 * 1024;    // beyond: 431, as for the next two
  std::size_t fields = 100;
  std::size_t head_bytes = 32 * 1024;
  std::size_t body_bytes = 512 * 1024;  // beyond: 413
};

// Why a request is not served. The bytes behind it may mean anything: the connection ends.
struct RequestRefusal {
  int status = 400;
  std::string reason;  // a sentence for the log and the answer
};

// HTTP/1.1 with CRLF, its target in origin form (or "*"), one Host, no hop-by-hop field, no folded
// line, no trailer, and exactly one Content-Length where the method may have a body.
struct CanonicalRequest {
  std::string text;
  std::string method;
  std::string target;
  bool close_after = false;  // asked for, or HTTP/1.0
};

class RequestReader {
 public:
  enum class State : std::uint8_t { nothing, head, body, complete, taken, refused };

  explicit RequestReader(const RequestLimits& limits);

  // Takes bytes up to the end of the request; how many they were. After `complete` or `refused`
  // nothing is taken any more.
  std::size_t read(std::string_view bytes);
  State state() const { return state_; }
  // Whether the other side waits for "100 Continue" before it sends the body; says so once.
  bool must_continue();
  // With `complete`, once.
  CanonicalRequest take();
  // With `refused`.
  const RequestRefusal& refusal() const { return refusal_; }
  // Bytes that are kept for the request under way.
  std::size_t kept_bytes() const;

 private:
  std::size_t read_head(std::string_view bytes);
  std::size_t read_body(std::string_view bytes);
  bool take_character(char c);
  bool end_line();
  void finish_head();
  void finish_body();
  void refuse(int status, std::string reason);

  RequestLimits limits_;
  State state_ = State::nothing;
  std::string head_;  // as it came
  std::size_t line_bytes_ = 0;
  std::size_t lines_ = 0;
  bool skipped_empty_line_ = false;
  CanonicalRequest request_;  // its head, once that is done
  bool may_have_body_ = false;
  bool is_chunked_ = false;
  std::size_t left_ = 0;  // of a body with a length
  ChunkedBody body_;
  bool must_continue_ = false;
  RequestRefusal refusal_;
};

}  // namespace yuanyue
