// The properties of a decoder of core/wire.
#pragma once

#include <string>

#include "core/domains/codec.h"
#include "core/protocol/protocol.h"
#include "tests/fuzz/fuzz.h"

namespace yuanyue::fuzz {

inline void check_error(const wire::DecodeError& error) {
  require(!wire::to_string(error.code).empty(), "an error has a name");
  require(error.path.size() < 4'096, "a path is bounded, however long the keys are");
  for (const char c : error.path) {
    require(static_cast<unsigned char>(c) >= 0x20, "a path has no control character");
  }
  using enum wire::DecodeErrorCode;
  const bool is_of_the_whole =
      error.code == not_json || error.code == not_utf8 || error.code == too_large ||
      error.code == too_deep || error.code == wrong_type || error.code == too_long ||
      error.code == bad_format || error.code == too_many || error.code == inconsistent;
  require(is_of_the_whole || !error.path.empty(), "an error says where");
}

// What was taken is written in one way, and reading that again gives the same.
template <class Decode>
void check_decoder(std::string_view text, Decode decode) {
  const auto value = decode(text);
  if (!value) {
    check_error(value.error());
    return;
  }
  const std::string written = wire::encode(*value);
  const auto again = decode(written);
  require(again.has_value(), "what is written can be read");
  require(wire::encode(*again) == written, "decode, encode, decode is the same");
}

}  // namespace yuanyue::fuzz
