// The one writer. It owns State, takes all waiting tasks, runs what is due, decides the commands in
// order, commits everything in one transaction, and only then answers. A failed commit is undone in
// State and answered with `unavailable`.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <expected>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "backend/engine_loop/batch.h"
#include "backend/engine_loop/change_hub.h"
#include "backend/engine_loop/clients.h"
#include "backend/engine_loop/directory.h"
#include "backend/engine_loop/keepable.h"
#include "backend/engine_loop/known_results.h"
#include "backend/engine_loop/server_clock.h"
#include "backend/store/store.h"
#include "core/wire/protocol.h"

namespace yuanyue {

// Answers; `error` unset means it is committed.
struct PushReply {
  std::optional<wire::ErrorCode> error;
  Instant server_now;
  std::uint64_t last_seq = 0;
  std::vector<std::string> results;  // JSON of CommandResult, one per pushed command
  std::optional<StoreFault> fault;   // with `unavailable`: why it could not be saved
};

struct ConsoleReply {
  bool unavailable = false;
  std::optional<Rejection> rejection;
  std::size_t rejected_command = 0;  // its place in the task, when rejected
};

struct PushTask {
  UserId user;
  wire::PushRequest request;
};

// All commands or none, in one commit with the credentials.
struct ConsoleTask {
  Actor actor{ActorKind::console, {}};
  std::vector<Command> commands;
  std::vector<CredentialWrite> credentials;
};

// Decodes every stored row; the error is a sentence for the console.
std::expected<void, std::string> load_rows(StoreReader& reader,
                                           const std::function<void(Row)>& take);

struct EngineOptions {
  std::size_t max_waiting_tasks = 1'024;  // beyond: refused at once
  std::size_t max_batch_commands = 512;
  std::int64_t results_kept_ms = 90 * ms_per_day;  // and clients not heard since
  std::size_t clients_per_user = 100;              // beyond: those not heard for longest go
  std::int64_t revisions_kept = 1'000'000;
  std::int64_t prune_every_ms = 10 * ms_per_minute;
  // What of an outcome could not be read again; for tests another one.
  std::function<std::optional<std::string>(const Outcome&)> unreadable =
      [](const Outcome& outcome) { return unreadable_part(outcome); };
};

// How the last commit went. While it is not well, an empty commit is tried every second.
struct EngineHealth {
  bool healthy = true;
  StoreFault fault = StoreFault::other;
  std::string message;
  Instant since;
};

class EngineLoop {
 public:
  // Referents must outlive the loop.
  EngineLoop(Store& store, ServerClock& clock, Directory& directory, ChangeHub& hub,
             EngineOptions options = {});
  ~EngineLoop();
  EngineLoop(const EngineLoop&) = delete;
  EngineLoop& operator=(const EngineLoop&) = delete;

  // Fills State from the store. Call before start(); the error is a sentence for the console.
  std::expected<void, std::string> load();
  void start();
  // Finishes what was accepted, then ends the thread.
  void stop();

  // nullopt: too many tasks are waiting, or the loop is stopping. Any thread.
  std::optional<std::future<PushReply>> push(PushTask task);
  // As push(), without a thread that waits: calls `answer` on the writer thread. False: as nullopt.
  bool push(PushTask task, std::function<void(PushReply)> answer);
  std::optional<std::future<ConsoleReply>> run(ConsoleTask task);
  // False when the clock may not be moved or `to` is not ahead. Runs and commits what falls due.
  std::optional<std::future<bool>> advance_clock(Instant to);
  // Calls `look` on the writer thread with the state as it is committed.
  std::optional<std::future<void>> inspect(std::function<void(const State&)> look);

  // For a process without the thread: does what the thread does when it wakes, on the caller's.
  void step();
  // When step() has something to do though nothing arrives.
  Instant next_step_at() const;

  bool healthy() const { return healthy_; }  // the last commit went through
  EngineHealth health() const;
  std::size_t waiting_tasks() const;

 private:
  struct PushJob {
    PushTask task;
    std::function<void(PushReply)> answer;
    PushReply reply;
  };
  struct ConsoleJob {
    ConsoleTask task;
    std::promise<ConsoleReply> answer;
    ConsoleReply reply;
  };
  struct ClockJob {
    Instant to;
    std::promise<bool> answer;
    bool moved = false;
  };
  struct InspectJob {
    std::function<void(const State&)> look;
    std::promise<void> answer;
  };
  using Job = std::variant<PushJob, ConsoleJob, ClockJob, InspectJob>;

  bool enqueue(Job job);
  void run_thread();
  void wait_for_work();
  std::deque<Job> take_jobs();
  void process(std::deque<Job> jobs);
  void run_due_until(Instant now, Batch& batch);
  void decide(PushJob& job, Batch& batch);
  void decide(ConsoleJob& job, Batch& batch);
  void decide(ClockJob& job, Batch& batch);
  void decide(InspectJob&, Batch&) {}  // looks after the commit
  void decide_pushed(PushJob& job, const wire::PushedCommand& pushed, ClientWrite& client,
                     Batch& batch);
  void look_up_results(const std::deque<Job>& jobs);
  void prefetch_for(const std::deque<Job>& jobs) const;
  // Refuses what could not be read again; the state is then as before.
  Result<Outcome> execute_keepable(const Envelope& envelope);
  bool commit(Batch& batch);
  void commit_failed(const StoreError& error);
  void commit_succeeded();
  void watch_clock();
  void answer(Job& job, bool committed);
  void prune_now_and_then();

  Store& store_;
  ServerClock& clock_;
  Directory& directory_;
  ChangeHub& hub_;
  const EngineOptions options_;

  // Writer thread only.
  State state_;
  std::int64_t revision_ = 0;
  Clients clients_;
  KnownResults known_results_;  // of the commands of this batch
  Instant batch_now_;
  Instant retry_at_;          // while not healthy_
  bool must_reload_ = false;  // the store has gone on without this process
  Instant logged_failure_at_{INT64_MIN};
  bool failure_was_logged_ = false;
  ClockStatus clock_status_;
  Instant next_prune_at_{INT64_MIN};
  Instant due_again_at_{INT64_MIN};  // after due work that could not be kept

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  EngineHealth health_;
  std::atomic<bool> healthy_ = true;
  std::thread thread_;
};

}  // namespace yuanyue
