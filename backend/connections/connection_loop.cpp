#include "backend/connections/connection_loop.h"

#include <atomic>
#include <deque>
#include <mutex>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <sys/resource.h>

#include "backend/connections/acceptor.h"
#include "backend/connections/connection_set.h"
#include "backend/log/log.h"
#include "backend/threads/worker_threads.h"

namespace yuanyue {

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Stage = Connection::Stage;

namespace {

// For the little that a connection would be lost without.
template <class Step>
void until_there_is_memory(const Step& step) {
  while (true) {
    try {
      return step();
    } catch (const std::bad_alloc&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
}

}  // namespace

class ConnectionLoop::Impl : public ConnectionEvents {
  // Woken requests go aside: a push does not wait behind thousands of pulls that one change has
  // woken. How many of them are with the workers is bounded here.
  using Workers = WorkerThreads<RequestJob>;

 public:
  Impl(RequestHandler& handler, ChangeHub& hub, const ConnectionLimits& limits)
      : handler_(handler),
        hub_(hub),
        limits_(limits),
        set_(loop_, *this, handler, limits),
        acceptor_(loop_,
                  [this](Acceptor::Socket socket) {
                    set_.add(std::move(socket));
                    open_count = set_.size();
                  }),
        held_(limits.held),
        mailbox_(std::make_shared<Mailbox>(*this)) {}

  // With the threads that it needs, so that whoever is told of the port is answered.
  int bind(const std::string& host, int port) {
    const auto run = [this](RequestJob job) { work(std::move(job)); };
    quick_ = std::make_unique<Workers>(limits_.workers, limits_.waiting_requests, run);
    slow_ = std::make_unique<Workers>(limits_.slow_workers, limits_.waiting_slow_requests, run);
    return acceptor_.bind(host, port);
  }

  void run() {
    hub_.listen([mailbox = mailbox_] {
      try {
        mailbox->post([](Impl& impl) { impl.take_news(); });
      } catch (const std::bad_alloc&) {
        log_event(LogLevel::error, "no_memory");  // the next tick looks
      }
    });
    while (true) {
      try {
        tick();
        loop_.run();
        break;
      } catch (const std::exception& error) {  // no memory; the others go on
        log_event(LogLevel::error, "connections_failed", {{"message", error.what()}});
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
    }
    hub_.listen({});
    mailbox_->close();
    quick_.reset();
    slow_.reset();
    set_.close_all();
  }

  void stop() {
    mailbox_->post([](Impl& impl) { impl.begin_to_stop(); });
  }

  std::atomic<std::size_t> open_count{0};
  std::atomic<std::size_t> held_count{0};

 private:
  // What other threads have for the loop. It survives the loop: an outcome may come too late.
  class Mailbox {
   public:
    explicit Mailbox(Impl& impl) : impl_(&impl) {}
    template <class Task>
    void post(Task task) {
      const std::lock_guard lock(mutex_);
      if (impl_ == nullptr) return;
      asio::post(impl_->loop_, [impl = impl_, task = std::move(task)]() mutable { task(*impl); });
    }
    void close() {
      const std::lock_guard lock(mutex_);
      impl_ = nullptr;
    }

   private:
    std::mutex mutex_;
    Impl* impl_;
  };

  // --- Requests ---

  void request_came(Connection& connection, CanonicalRequest request) override {
    connection.hold_until = {};
    connection.may_hold = true;
    connection.request = std::move(request.text);
    const bool is_slow = handler_.lane_of(request.method, request.target) == Lane::slow;
    RequestJob job = job_of(connection);
    if (!(is_slow ? *slow_ : *quick_).add(job)) set_.turn_down(connection);
  }

  RequestJob job_of(Connection& connection) {
    connection.stage = Stage::working;
    RequestJob job;
    job.connection = connection.id;
    job.text = std::move(connection.request);
    job.address = connection.address;
    job.port = connection.port;
    job.close_after = connection.close_after || is_stopping_;
    job.may_hold = connection.may_hold && !is_stopping_;
    job.ends = hub_.ends();
    job.outcome = std::exchange(connection.outcome, nullptr);
    return job;
  }

  struct Finished {
    RequestJob job;
    RequestAnswer answer;
  };

  // On a worker.
  void work(RequestJob job) {
    std::shared_ptr<Finished> finished;
    until_there_is_memory([&] { finished = std::make_shared<Finished>(); });
    finished->job = std::move(job);
    try {
      const Resume resume = [mailbox = mailbox_, id = finished->job.connection](
                                const std::shared_ptr<const RequestOutcome>& outcome) {
        until_there_is_memory(
            [&] { mailbox->post([id, outcome](Impl& impl) { impl.outcome_came(id, outcome); }); });
      };
      finished->answer = handler_.run(finished->job, resume);
    } catch (const std::exception& error) {
      log_event(LogLevel::error, "request_failed", {{"message", error.what()}});
    }
    const RequestAnswer& answer = finished->answer;
    if (!answer.hold && !answer.comes_later)
      std::string().swap(finished->job.text);  // others may need the memory
    until_there_is_memory([&] {
      mailbox_->post([finished](Impl& impl) {
        impl.answer_came(std::move(finished->job), std::move(finished->answer));
      });
    });
  }

  void answer_came(RequestJob job, RequestAnswer answer) {
    if (job.was_held) {
      --woken_with_workers_;
      run_woken();
    }
    const auto connection = set_.find(job.connection);
    if (!connection) return;
    set_.guarded(*connection, [&] {
      if (answer.hold) {
        connection->request = std::move(job.text);
        hold(*connection, std::move(*answer.hold), job.ends);
      } else if (answer.comes_later) {
        connection->request = std::move(job.text);
        connection->comes_later = true;
        set_.set_deadline(*connection, Clock::now() + limits_.deadlines.outcome);
        run_resumed(*connection);
      } else if (answer.bytes.empty()) {
        set_.turn_down(*connection);
      } else {
        connection->close_after = connection->close_after || answer.close || job.close_after;
        set_.begin_answer(*connection, std::move(answer.bytes));
      }
    });
  }

  void outcome_came(std::uint64_t id, std::shared_ptr<const RequestOutcome> outcome) {
    const auto connection = set_.find(id);
    if (!connection) return;
    connection->outcome = std::move(outcome);
    set_.guarded(*connection, [&] { run_resumed(*connection); });
  }

  // The outcome may be there before the run that started it has given its answer.
  void run_resumed(Connection& connection) {
    if (!connection.comes_later || !connection.outcome) return;
    connection.comes_later = false;
    DeadlineWheel::drop(connection);
    quick_->add_first(job_of(connection));
  }

  // --- Holding ---

  void hold(Connection& connection, Hold hold, std::uint64_t ends) {
    const auto now = Clock::now();
    if (connection.hold_until == Clock::time_point{}) connection.hold_until = now + hold.wait;
    if (is_stopping_ || now >= connection.hold_until ||
        ConnectionSet::has_half_closed(connection)) {
      return wake(connection, false);
    }
    // Between what the request read and now; whatever comes later is told to this thread.
    if (hub_.ends() != ends || hub_.has_changed(hold.audiences, hold.revision)) {
      return wake(connection, true);
    }
    if (!held_.add(connection.id, std::move(hold))) return wake(connection, false);
    held_count = held_.size();
    connection.stage = Stage::held;
    set_.set_deadline(connection, connection.hold_until);
    set_.watch(connection);
  }

  void wake(Connection& connection, bool may_hold_again) {
    held_.remove(connection.id);
    held_count = held_.size();
    DeadlineWheel::drop(connection);
    connection.stage = Stage::woken;
    connection.may_hold = may_hold_again;
    woken_.push_back(connection.id);
    run_woken();
  }

  void hold_is_over(Connection& connection) override { wake(connection, false); }

  void run_woken() {
    while (!woken_.empty() && woken_with_workers_ < 2 * limits_.workers &&
           (set_.untaken_bytes() < limits_.answer_bytes || is_stopping_)) {
      const auto connection = set_.find(woken_.front());
      woken_.pop_front();
      if (!connection || connection->stage != Stage::woken) continue;
      set_.guarded(*connection, [&] {
        RequestJob job = job_of(*connection);
        job.was_held = true;
        quick_->add_aside(std::move(job));
        ++woken_with_workers_;
      });
    }
  }

  void answer_taken() override { run_woken(); }

  // Without memory to say whom the news concern, everyone is woken, as soon as there is some.
  void take_news() {
    ChangeNews news = hub_.take_news();
    news.everyone = std::exchange(wakes_everyone_, true) || news.everyone;
    const std::vector<std::uint64_t> woken = held_.woken_by(news);
    wakes_everyone_ = false;
    for (const std::uint64_t id : woken) {
      const auto connection = set_.find(id);
      if (connection) set_.guarded(*connection, [&] { wake(*connection, true); });
    }
  }

  // --- Ends ---

  void closed(Connection& connection) override {
    if (connection.stage == Stage::held) held_.remove(connection.id);
    held_count = held_.size();
    open_count = set_.size();
    end_when_empty();
  }

  void begin_to_stop() {
    if (std::exchange(is_stopping_, true)) return;
    acceptor_.close();
    stop_timer_.expires_after(limits_.deadlines.stop);
    stop_timer_.async_wait([this](const error_code& error) {
      if (!error) loop_.stop();
    });
    for (const std::uint64_t id : held_.all()) {
      const auto connection = set_.find(id);
      if (connection) set_.guarded(*connection, [&] { wake(*connection, false); });
    }
    set_.stop();
    end_when_empty();
  }

  void end_when_empty() {
    if (is_stopping_ && set_.size() == 0) loop_.stop();
  }

  void tick() {
    ticks_.expires_after(DeadlineWheel::tick);
    ticks_.async_wait([this](const error_code& error) {
      if (!error) tick();
    });
    set_.tick(Clock::now());
    if (!is_stopping_) acceptor_.go_on();
    if (wakes_everyone_ || hub_.has_news()) take_news();
    run_woken();
  }

  RequestHandler& handler_;
  ChangeHub& hub_;
  const ConnectionLimits limits_;
  asio::io_context loop_{1};
  ConnectionSet set_;
  Acceptor acceptor_;
  asio::steady_timer ticks_{loop_};
  asio::steady_timer stop_timer_{loop_};
  HeldRequests held_;
  std::deque<std::uint64_t> woken_;
  std::size_t woken_with_workers_ = 0;
  bool wakes_everyone_ = false;
  bool is_stopping_ = false;
  std::shared_ptr<Mailbox> mailbox_;
  std::unique_ptr<Workers> quick_;
  std::unique_ptr<Workers> slow_;
};

ConnectionLoop::ConnectionLoop(RequestHandler& handler, ChangeHub& hub,
                               const ConnectionLimits& limits)
    : impl_(std::make_unique<Impl>(handler, hub, limits)) {}
ConnectionLoop::~ConnectionLoop() = default;
int ConnectionLoop::bind(const std::string& host, int port) { return impl_->bind(host, port); }
void ConnectionLoop::run() { impl_->run(); }
void ConnectionLoop::stop() { impl_->stop(); }
std::size_t ConnectionLoop::connections() const { return impl_->open_count; }
std::size_t ConnectionLoop::held() const { return impl_->held_count; }

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1'024;
  limit.rlim_cur = limit.rlim_max;
  static_cast<void>(::setrlimit(RLIMIT_NOFILE, &limit));
  static_cast<void>(::getrlimit(RLIMIT_NOFILE, &limit));
  return static_cast<std::size_t>(limit.rlim_cur);
}

std::size_t connections_for(std::size_t descriptors) {
  constexpr std::size_t others = 128;  // the store's files for each reader, logs, files of the page
  constexpr std::size_t at_least = 16;
  return descriptors > others + at_least ? descriptors - others : at_least;
}

}  // namespace yuanyue
