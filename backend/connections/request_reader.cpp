#include "backend/connections/request_reader.h"

#include <algorithm>
#include <utility>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "backend/connections/request_rules.h"

namespace yuanyue {

namespace {

namespace http = boost::beast::http;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool is_continuation(char c) { return c == ' ' || c == '\t'; }

}  // namespace

RequestReader::RequestReader(const RequestLimits& limits)
    : limits_(limits), body_(limits.body_bytes) {}

std::size_t RequestReader::kept_bytes() const {
  return head_.size() + request_.text.size() + body_.body().size();
}

void RequestReader::refuse(int status, std::string reason) {
  state_ = State::refused;
  refusal_ = {status, std::move(reason)};
}

bool RequestReader::must_continue() {
  return state_ == State::body && std::exchange(must_continue_, false);
}

CanonicalRequest RequestReader::take() {
  state_ = State::taken;
  return std::move(request_);
}

std::size_t RequestReader::read(std::string_view bytes) {
  std::size_t taken = 0;
  while (taken < bytes.size()) {
    const std::string_view rest = bytes.substr(taken);
    if (state_ == State::nothing || state_ == State::head) {
      taken += read_head(rest);
    } else if (state_ == State::body) {
      taken += read_body(rest);
    } else {
      break;
    }
  }
  return taken;
}

std::size_t RequestReader::read_head(std::string_view bytes) {
  state_ = State::head;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (!take_character(bytes[i])) return i + 1;
  }
  return bytes.size();
}

// False when the head is done, or refused.
bool RequestReader::take_character(char c) {
  const char before = head_.empty() ? '\0' : head_.back();
  if (c == '\n' ? before != '\r' : before == '\r') {
    refuse(400, "A line must end with CR LF.");
    return false;
  }
  if (c != '\r' && c != '\n' && is_control(c)) {
    refuse(400, "A control character stands in the head.");
    return false;
  }
  if (line_bytes_ == 0 && is_continuation(c)) {
    refuse(400, "A line begins with a space; folded lines are not taken.");
    return false;
  }
  if (head_.size() >= limits_.head_bytes) {
    refuse(431, "The head is too long.");
    return false;
  }
  head_ += c;
  ++line_bytes_;
  if (c == '\n') return end_line();
  const bool is_request_line = lines_ == 0;
  if (line_bytes_ > (is_request_line ? limits_.request_line_bytes : limits_.field_line_bytes)) {
    refuse(is_request_line ? 414 : 431, "A line of the head is too long.");
    return false;
  }
  return true;
}

bool RequestReader::end_line() {
  const bool is_empty = line_bytes_ == 2;
  line_bytes_ = 0;
  if (is_empty && lines_ > 0) {
    finish_head();
    return false;
  }
  if (is_empty) {  // one before the request line is forgiven: RFC 9112, 2.2
    if (std::exchange(skipped_empty_line_, true)) refuse(400, "There is no request line.");
    head_.clear();
    return state_ != State::refused;
  }
  ++lines_;
  if (lines_ > limits_.fields + 1) refuse(431, "There are too many header fields.");
  return state_ != State::refused;
}

void RequestReader::finish_head() {
  http::request_parser<http::empty_body> parser;
  parser.skip(true);  // only the head
  parser.eager(false);
  parser.header_limit(static_cast<std::uint32_t>(limits_.head_bytes + 4));
  boost::beast::error_code error;
  const std::size_t taken = parser.put({head_.data(), head_.size()}, error);
  if (error == http::error::bad_version && names_other_version(head_)) {
    return refuse(505, "This server speaks HTTP/1.1.");
  }
  if (error) return refuse(400, "The head is malformed: " + error.message() + ".");
  if (taken != head_.size() || !parser.is_done()) return refuse(400, "The head is malformed.");

  RequestHead head;
  head.method = view(parser.get().method_string());
  head.target = view(parser.get().target());
  head.is_http_1_0 = parser.get().version() == 10;
  for (const auto& field : parser.get()) {
    head.fields.push_back({view(field.name_string()), view(field.value())});
  }
  auto canonical = canonical_head(head);
  if (!canonical) return refuse(canonical.error().status, std::move(canonical.error().reason));
  if (canonical->body_bytes > limits_.body_bytes) return refuse(413, "The body is too long.");
  request_.text = std::move(canonical->text);
  request_.method = head.method;
  request_.target = std::move(canonical->target);
  request_.close_after = canonical->close_after;
  may_have_body_ = canonical->may_have_body;
  is_chunked_ = canonical->is_chunked;
  left_ = canonical->body_bytes;
  must_continue_ = canonical->expects_continue;
  std::string().swap(head_);
  state_ = State::body;
  if (!is_chunked_ && left_ == 0) finish_body();
}

std::size_t RequestReader::read_body(std::string_view bytes) {
  must_continue_ = false;  // the body comes without it
  if (!is_chunked_) {
    const std::size_t taken = std::min(left_, bytes.size());
    body_.body().append(bytes.substr(0, taken));
    left_ -= taken;
    if (left_ == 0) finish_body();
    return taken;
  }
  const std::size_t taken = body_.read(bytes);
  switch (body_.state()) {
    case ChunkedBody::State::complete:
      finish_body();
      break;
    case ChunkedBody::State::malformed:
      refuse(400, "The body's chunks are malformed.");
      break;
    case ChunkedBody::State::too_long:
      refuse(413, "The body is too long.");
      break;
    case ChunkedBody::State::open:
      break;
  }
  return taken;
}

void RequestReader::finish_body() {
  const std::string body = std::move(body_.body());
  if (may_have_body_) request_.text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  request_.text += "\r\n";
  request_.text += body;
  must_continue_ = false;
  state_ = State::complete;
}

}  // namespace yuanyue
