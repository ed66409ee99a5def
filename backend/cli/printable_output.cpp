#include "backend/cli/printable_output.h"

#include <iostream>
#include <streambuf>
#include <string>

#include "core/base/visible_text.h"

namespace yuanyue {

// Collects a line, because a character may come in pieces, and passes it on at its end or when the
// stream is flushed.
class PrintableOutput::Buffer : public std::streambuf {
 public:
  explicit Buffer(std::ostream& stream) : stream_(stream), target_(stream.rdbuf(this)) {}
  ~Buffer() override {
    pass_on();
    target_->pubsync();
    stream_.rdbuf(target_);
  }

 protected:
  int_type overflow(int_type character) override {
    if (traits_type::eq_int_type(character, traits_type::eof()))
      return traits_type::not_eof(character);
    line_ += traits_type::to_char_type(character);
    if (line_.back() == '\n' && !pass_on()) return traits_type::eof();
    return character;
  }

  int sync() override { return pass_on() && target_->pubsync() == 0 ? 0 : -1; }

 private:
  bool pass_on() {
    const std::string shown = printable(line_);
    line_.clear();
    const auto size = static_cast<std::streamsize>(shown.size());
    return target_->sputn(shown.data(), size) == size;
  }

  std::ostream& stream_;
  std::streambuf* target_;
  std::string line_;
};

PrintableOutput::PrintableOutput()
    : out_(std::make_unique<Buffer>(std::cout)), error_(std::make_unique<Buffer>(std::cerr)) {}

PrintableOutput::~PrintableOutput() = default;

}  // namespace yuanyue
