#include "backend/http/request_runner.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace yuanyue {

namespace {

thread_local RequestRun* run_of_this_thread = nullptr;

// Also when the library throws.
class CurrentRun {
 public:
  explicit CurrentRun(RequestRun& run) { run_of_this_thread = &run; }
  ~CurrentRun() { run_of_this_thread = nullptr; }
  CurrentRun(const CurrentRun&) = delete;
  CurrentRun& operator=(const CurrentRun&) = delete;
};

class MemoryStream : public httplib::Stream {
 public:
  explicit MemoryStream(std::string_view in) : in_(in) {}

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, std::size_t size) override {
    const std::size_t taken = std::min(size, in_.size());
    std::memcpy(to, in_.data(), taken);
    in_.remove_prefix(taken);
    return static_cast<ssize_t>(taken);
  }
  ssize_t write(const char* from, std::size_t size) override {
    out.append(from, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return INVALID_SOCKET; }

  std::string out;

 private:
  std::string_view in_;
};

}  // namespace

RequestRun* RequestRunner::current() { return run_of_this_thread; }

RequestAnswer RequestRunner::run_in_memory(const RequestJob& job, const Resume& resume) {
  RequestRun run;
  run.may_hold = job.may_hold;
  run.outcome = job.outcome.get();
  run.resume = resume;
  const CurrentRun current_run(run);
  MemoryStream stream(job.text);
  bool closed = false;
  const bool served =
      process_request(stream, job.address, job.port, "", 0, job.close_after, closed, nullptr);
  RequestAnswer answer;
  answer.comes_later = run.comes_later;
  answer.hold = std::move(run.hold);
  if (answer.hold || answer.comes_later) return answer;
  answer.bytes = std::move(stream.out);
  answer.close = !served || closed;
  return answer;
}

}  // namespace yuanyue
