// What a request's head must be, beyond what an HTTP parser asks; and its canonical text.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "backend/connections/request_reader.h"

namespace yuanyue {

struct HeaderField {
  std::string_view name;
  std::string_view value;  // without the white space around it
};

struct RequestHead {
  std::string_view method;
  std::string_view target;
  bool is_http_1_0 = false;
  std::vector<HeaderField> fields;  // in their order
};

struct CanonicalHead {
  std::string text;    // up to where Content-Length and the empty line follow
  std::string target;  // in origin form, or "*"
  bool may_have_body = false;
  bool is_chunked = false;
  std::size_t body_bytes = 0;  // when it is not chunked
  bool expects_continue = false;
  bool close_after = false;
};

std::expected<CanonicalHead, RequestRefusal> canonical_head(const RequestHead& head);

// C0 without tabulator, and DEL.
bool is_control(char c);
// A field behind a body in chunks that says nothing about framing or routing.
bool is_harmless_trailer(std::string_view line);
// The first line ends with an HTTP version that is well formed.
bool names_other_version(std::string_view head);

}  // namespace yuanyue
