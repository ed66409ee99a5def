// Why a text from outside was not taken: a stable code, where, and a remark for whoever wrote the
// text.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace yuanyue::wire {

enum class DecodeErrorCode : std::uint8_t {
  not_json,           // no JSON text (RFC 8259), or something after it
  not_utf8,           // bytes that are no UTF-8 (RFC 3629)
  too_large,          // more bytes than the limit
  too_deep,           // objects and arrays nested deeper than the limit
  duplicate_field,    // the same key twice in one object
  unknown_field,      // a key that this object does not have
  missing_field,      // a key that it must have
  unknown_type,       // the "type" names nothing that can stand here
  not_allowed,        // it exists, but never comes from outside (run_due)
  wrong_type,         // a number for a string, a fraction for an integer, null …
  out_of_range,       // an integer beyond the field's limits
  too_short,          // a string with fewer bytes than the field's minimum
  too_long,           // a string with more bytes than the field's maximum
  too_few,            // an array with fewer elements than the field's minimum
  too_many,           // an array with more elements than the field's maximum
  bad_format,         // no UUID, date, time, instant, short name … in the exact form
  unknown_value,      // an enumerator that does not exist
  control_character,  // U+0000..U+001F or U+007F in a text; in a new one also what cannot be seen
  inconsistent,       // each field is well-formed, but together they mean nothing
};
std::string_view to_string(DecodeErrorCode code);  // the enumerator's name; stable

struct DecodeError {
  DecodeErrorCode code = DecodeErrorCode::not_json;
  std::string path;    // "wishes[2].date"; empty: the text as a whole
  std::string detail;  // English, for logs and API users; not stable
};

template <class Value>
using Decoded = std::expected<Value, DecodeError>;

}  // namespace yuanyue::wire
