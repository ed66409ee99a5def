// A body in chunks (RFC 9112, 7.1), strictly: what two servers could read differently is no body.
// Trailers are read and dropped. Beast's own reader of chunks is not used: bytes that come one by
// one can make an assertion of it fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace yuanyue {

class ChunkedBody {
 public:
  enum class State : std::uint8_t { open, complete, malformed, too_long };

  explicit ChunkedBody(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // Takes bytes up to the end of the body; how many they were.
  std::size_t read(std::string_view bytes);
  State state() const { return state_; }
  std::string& body() { return body_; }
  const std::string& body() const { return body_; }

 private:
  enum class Part : std::uint8_t { size, extension, data, end_of_data, trailer };

  void take_character(char c);
  void take_size(char c);
  void end_size_line();
  void end_trailer_line();
  void end_line();

  const std::size_t max_bytes_;
  State state_ = State::open;
  Part part_ = Part::size;
  bool after_cr_ = false;
  std::size_t digits_ = 0;
  std::size_t left_ = 0;        // of the chunk
  std::size_t line_bytes_ = 0;  // of the framing's line
  std::size_t trailers_bytes_ = 0;
  std::string line_;  // of the trailers
  std::string body_;
};

}  // namespace yuanyue
