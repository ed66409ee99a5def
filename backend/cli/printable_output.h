// What the command line prints comes from files, names and arguments that anybody may have written,
// and goes to a terminal that obeys control characters. While this object lives, standard output
// and standard error show hidden characters instead of sending them (see printable()).
#pragma once

#include <memory>

namespace yuanyue {

class PrintableOutput {
 public:
  PrintableOutput();
  ~PrintableOutput();
  PrintableOutput(const PrintableOutput&) = delete;
  PrintableOutput& operator=(const PrintableOutput&) = delete;

 private:
  class Buffer;
  std::unique_ptr<Buffer> out_;
  std::unique_ptr<Buffer> error_;
};

}  // namespace yuanyue
