#include "backend/connections/chunked_body.h"

#include <algorithm>

#include "backend/connections/request_rules.h"

namespace yuanyue {

namespace {

constexpr std::size_t max_line_bytes = 8 * 1024;  // a size with its extensions; all trailers
constexpr std::size_t max_digits = 8;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::size_t ChunkedBody::read(std::string_view bytes) {
  std::size_t taken = 0;
  while (taken < bytes.size() && state_ == State::open) {
    if (part_ == Part::data) {
      const std::size_t size = std::min(left_, bytes.size() - taken);
      body_.append(bytes.substr(taken, size));
      left_ -= size;
      taken += size;
      if (left_ == 0) part_ = Part::end_of_data;
    } else {
      take_character(bytes[taken++]);
    }
  }
  return taken;
}

// Of whatever is not data: lines that end with CR LF.
void ChunkedBody::take_character(char c) {
  if (after_cr_) {
    after_cr_ = false;
    if (c != '\n') {
      state_ = State::malformed;
    } else {
      end_line();
    }
    return;
  }
  if (c == '\r') {
    after_cr_ = true;
    return;
  }
  if (is_control(c) || part_ == Part::end_of_data || ++line_bytes_ > max_line_bytes) {
    state_ = State::malformed;
    return;
  }
  if (part_ == Part::size) {
    take_size(c);
  } else if (part_ == Part::trailer) {
    line_ += c;
  }
}

void ChunkedBody::take_size(char c) {
  const int value = hex_value(c);
  if (value >= 0 && digits_ < max_digits) {
    left_ = left_ * 16 + static_cast<std::size_t>(value);
    ++digits_;
  } else if (c == ';' && digits_ > 0) {
    part_ = Part::extension;
  } else {
    state_ = State::malformed;
  }
}

void ChunkedBody::end_line() {
  line_bytes_ = 0;
  switch (part_) {
    case Part::size:
    case Part::extension:
      return end_size_line();
    case Part::end_of_data:
      part_ = Part::size;
      digits_ = 0;
      return;
    case Part::trailer:
      return end_trailer_line();
    case Part::data:
      return;
  }
}

void ChunkedBody::end_size_line() {
  if (digits_ == 0) {
    state_ = State::malformed;
  } else if (left_ > max_bytes_ - body_.size()) {
    state_ = State::too_long;
  } else {
    part_ = left_ == 0 ? Part::trailer : Part::data;
  }
}

void ChunkedBody::end_trailer_line() {
  if (line_.empty()) {
    state_ = State::complete;
    return;
  }
  trailers_bytes_ += line_.size();
  if (trailers_bytes_ > max_line_bytes || !is_harmless_trailer(line_)) state_ = State::malformed;
  line_.clear();
}

}  // namespace yuanyue
